"""The history as CSV and as JSON, and JSON back: nothing is lost, nothing comes twice, nothing half."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exchange import archive, event
from engine.exchange.archive import import_json, write_json
from engine.exchange.trouble import ExchangeError
from engine.study.clock import microseconds
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.schema import COLUMNS, Value
from tests.histories import filled
from tests.shell import ROOT, peephole, said


def rows(home: Path) -> list[tuple[object, ...]]:
    with History.open(home / HISTORY_FILE) as history:
        columns = ", ".join(COLUMNS)
        sql = f"SELECT {columns} FROM event ORDER BY seq"  # noqa: S608
        return history.read(lambda connection: [tuple(row) for row in connection.execute(sql)])


def document(*events: dict[str, Any], **changes: Any) -> bytes:
    return json.dumps({"format": archive.FORMAT, "version": 1, "rows": list(events)} | changes).encode()


def an_undo(**changes: Any) -> dict[str, Any]:
    return {"uuid": "x", "kind": "undo", "at": "2027-01-10T09:00:00Z", "target": "u1"} | changes


def an_answer(**changes: Any) -> dict[str, Any]:
    values = {"session": "s", "question": "q", "seed": 0, "text": "1", "outcome": "wrong", "score": 0, "seconds": 1}
    return {"uuid": "y", "kind": "answer", "at": "2027-01-10T09:00:00Z", "hints": 0} | values | changes


def test_json_comes_back_as_it_was_however_often(tmp_path: Path) -> None:
    home, other, file = filled(tmp_path / "a"), tmp_path / "b", tmp_path / "all.json"
    assert said(peephole(home, "export", "json", file))[0] == 0
    assert json.loads(file.read_bytes())["version"] == 1
    code, out, err = said(peephole(other, "import", file))
    assert (code, out, err) == (0, "9 new answers, 3 undone or judged added.\n", "")
    assert rows(other) == rows(home)
    assert said(peephole(other, "import", file))[1] == "0 new answers added. 12 rows were here already.\n"
    assert rows(other) == rows(home)
    assert peephole(other, "export", "json", "-").stdout == file.read_bytes()
    assert peephole(tmp_path / "c", "import", "-", given=file.read_bytes()).returncode == 0
    assert rows(tmp_path / "c") == rows(home)


def test_a_long_history_is_read_piece_by_piece_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event, "ALL", event.ALL.replace(str(event.BATCH), "4"))
    home = filled(tmp_path, 9)
    with History.open(home / HISTORY_FILE) as history:
        file = BytesIO()
        assert write_json(file, history) == 12
    assert [row["uuid"] for row in json.loads(file.getvalue())["rows"]] == [row[0] for row in rows(home)]


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    at=st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    score=st.floats(-1e6, 1e6),
    seed=st.integers(-(2**63), 2**63 - 1),
    sure=st.none() | st.booleans(),
)
def test_any_row_travels_unchanged(text: str, at: datetime, score: float, seed: int, sure: bool | None) -> None:
    row: dict[str, Value] = dict.fromkeys(COLUMNS)
    row |= {"uuid": "u", "kind": "answer", "at": microseconds(at), "sure": sure}
    row |= {"session": text, "question": text, "seed": seed, "text": text, "outcome": "wrong", "score": score}
    row |= {"seconds": 0.1, "hints": 0}
    read = msgspec.json.decode(event.as_json(row), type=event.Event)
    assert read.as_row() == row
    assert event.checked(row).as_row() == row


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", ":1:", "truncated"),
        (b"[]", ":1:", "Expected `object`"),
        (b"not json", ":1:", "malformed"),
        (b"\xff\xfe\x00", ":1:", ""),
        (b'{"a":' * 100_000, ":1:", ""),
        (b'{\n"format": "peephole history",\n"version": x', ":3:", "malformed"),
        (document()[:-4] + b"\n\n", ":1:", "truncated"),
        (document(format="recipes"), ":1:", 'format is "recipes"'),
        (document(rows={}), ":1:", "Expected `array`"),
        (document(an_undo(), an_undo(at="yesterday")), " (row 2):", "Invalid RFC3339"),
        (document(an_undo(at="2027-01-10T09:00:00")), " (row 1):", "timezone"),
        (document(an_undo(at="0001-01-01T00:00:00Z")), " (row 1):", "out of range"),
        (document(an_undo(target=None)), " (row 1):", "undo without target"),
        (document(an_undo(kind="redo")), " (row 1):", "redo"),
        (document(an_undo(uuid="")), " (row 1):", "length >= 1"),
        (document(an_undo(uuid="u" * 201)), " (row 1):", "length <= 200"),
        (document(an_undo(colour="red")), " (row 1):", "unknown field `colour`"),
        (document(an_undo(**{"\x1b[31m": 1})), " (row 1):", "␛[31m"),
        (document(an_answer(session=None, hints=None)), " (row 1):", "answer without session, hints"),
        (document(an_answer(outcome="unreadable")), " (row 1):", "unreadable is not counted"),
        (document(an_answer(seed=2**63)), " (row 1):", "int"),
        (document(an_answer(score=1e308)), " (row 1):", "float"),
        (document(an_answer(text="x" * 100_001)), " (row 1):", "length <= 100000"),
        (document(an_answer(text=3)), " (row 1):", "Expected `str"),
        (document(an_answer(), "row"), " (row 2):", "Expected `object`"),  # type: ignore[arg-type]
    ],
)
def test_a_bad_file_says_where_and_nothing_of_it_is_taken(data: bytes, where: str, what: str, tmp_path: Path) -> None:
    home = filled(tmp_path, 2)
    before = rows(home)
    with History.open(home / HISTORY_FILE) as history, pytest.raises(ExchangeError) as caught:
        import_json(history, data, "all.json")
    assert where in caught.value.text.en
    assert what in caught.value.text.en
    assert what in caught.value.text.ja
    assert rows(home) == before


def test_the_line_of_a_bad_row_is_named_and_those_before_it_are_not_taken(tmp_path: Path) -> None:
    home, other, file = filled(tmp_path / "a"), tmp_path / "b", tmp_path / "all.json"
    peephole(home, "export", "json", file)
    lines = file.read_text(encoding="utf-8").split("\n")
    lines[5] = lines[5].replace('"partial"', '"perfect"')
    file.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = said(peephole(other, "import", file))
    assert (code, out) == (1, "")
    assert f"{file}:6 (row 5): " in err
    assert "Nothing was imported" in err
    assert rows(other) == []


def test_another_version_is_refused_before_its_rows_are_judged(tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    file.write_bytes(document(an_undo(colour="red"), version=2))
    code, _, err = said(peephole(tmp_path / "home", "import", file))
    assert code == 1
    assert "version 2" in err
    assert "update" in err


def test_a_file_that_an_editor_marked_or_formatted_is_read(tmp_path: Path) -> None:
    data = json.dumps(json.loads(document(an_answer(), an_undo())), indent=2).encode()
    with History.open(tmp_path / HISTORY_FILE) as history:
        assert import_json(history, b"\xef\xbb\xbf" + data, "all.json") == (1, 1, 2)


def test_a_database_is_sent_to_merge_and_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    home = filled(tmp_path / "a", 2)
    code, _, err = said(peephole(tmp_path / "b", "import", home / HISTORY_FILE))
    assert code == 1
    assert f"peephole merge {home / HISTORY_FILE}" in err
    for place in (tmp_path / "none.json", tmp_path, Path("/dev/null")):
        code, out, err = said(peephole(tmp_path / "b", "import", place))
        assert (code, out) == (2, "")
        assert str(place) in err


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.cli.import_ import _read
    from engine.exchange.trouble import PlaceError

    monkeypatch.setattr(archive, "LARGEST", 100)
    file = tmp_path / "all.json"
    file.write_bytes(b" " * 101)
    with pytest.raises(PlaceError):
        _read(str(file))


def test_a_home_that_cannot_be_written_takes_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    data = document(an_answer())
    code, out, err = said(peephole(tmp_path / "file" / "home", "import", "-", given=data))
    assert (code, out) == (1, "")
    assert str(tmp_path / "file") in err
    assert "Nothing was added." in err


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_export_replaces_its_like_alone_and_leaves_nothing_behind(kind: str, tmp_path: Path) -> None:
    home, folder = filled(tmp_path / "home", 2), tmp_path / "out"
    folder.mkdir()
    file = folder / "out"
    file.touch()
    for _ in range(2):
        assert peephole(home, "export", kind, file).returncode == 0
    (folder / "link").symlink_to(file)
    assert peephole(home, "export", kind, folder / "link").returncode == 0
    assert (folder / "link").is_symlink()
    (folder / "thesis").write_text("five years of work", encoding="utf-8")
    os.mkfifo(folder / "pipe")
    for place in (folder / "thesis", folder, folder / "pipe", Path("/dev/null"), folder / "none" / "out", file / "out"):
        code, out, err = said(peephole(home, "export", kind, place))
        assert (code, out) == (2, "")
        assert str(place) in err
        assert "Traceback" not in err
    assert (folder / "thesis").read_text(encoding="utf-8") == "five years of work"
    assert {each.name for each in folder.iterdir()} == {"out", "link", "thesis", "pipe"}


def test_an_export_that_breaks_off_leaves_the_earlier_one(tmp_path: Path) -> None:
    from engine.exchange.target import starts_with, whole_file

    file = tmp_path / "all.json"
    file.write_bytes(archive.BEGINNING)

    def broken() -> Iterable[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), whole_file(file, starts_with(archive.BEGINNING)) as opened:
        opened.writelines(broken())
    assert file.read_bytes() == archive.BEGINNING
    assert list(tmp_path.iterdir()) == [file]


def test_topics_are_for_cards_alone(tmp_path: Path) -> None:
    assert said(peephole(tmp_path, "export", "csv", "-", "convolution"))[::2] == (
        2,
        "Topics can be chosen for anki alone.\n",
    )


def test_the_commands_speak_japanese(tmp_path: Path) -> None:
    home, file = filled(tmp_path / "home", 2), tmp_path / "all.json"
    assert "記録のすべて（5 行）" in said(peephole(home, "export", "json", file, "--lang", "ja"))[1]
    assert "すでにありました" in said(peephole(home, "import", file, "--lang", "ja"))[1]


def test_export_needs_neither_numpy_nor_textual(tmp_path: Path) -> None:
    program = (
        "import sys; from engine.cli import main\nmain(['export', 'json', sys.argv[1]])\n"
        "sys.exit(any(name in sys.modules for name in ('textual', 'numpy', 'sympy', 'genanki')))"
    )
    environment = {**os.environ, "PEEPHOLE_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", program, str(tmp_path / "all.json")]
    assert subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode == 0
