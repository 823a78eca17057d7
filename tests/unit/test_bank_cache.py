"""Banks kept in a cache: the same questions as fresh, and never an old one."""

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.bank import cards
from engine.bank.files import read_regular
from engine.bank.load import SHIPPED, load
from tests.small_banks import LONG_AGO, answers, write


def test_shipped_questions_from_the_cache_are_the_very_same(tmp_path: Path) -> None:
    copy = tmp_path / "quizzes"
    copy.mkdir()
    for file in SHIPPED.glob("*.yaml"):
        (copy / file.name).write_bytes(file.read_bytes())
        os.utime(copy / file.name, (LONG_AGO, LONG_AGO))
    fresh = load([copy])
    for library in (load([copy], tmp_path / "cache"), load([copy], tmp_path / "cache")):
        assert library.problems == fresh.problems
        assert library.banks == fresh.banks
        assert library.questions() == fresh.questions()
        assert library.cards() == fresh.cards()
        assert [source.path for source in library.sources] == [source.path for source in fresh.sources]
        for bank, question in fresh.questions():
            assert library.find(question.id) == (bank, question)


def test_what_was_read_once_is_not_read_again(banks: Path, folder: Path, read: list[str]) -> None:
    load([banks], folder)
    assert sorted(read) == ["a.yaml", "b.yaml", "c.yaml"]
    read.clear()
    again = load([banks], folder)
    assert answers(again) == answers(load([banks]))
    assert read == ["a.yaml", "b.yaml", "c.yaml"]  # by the load without a cache
    assert [card.id for _, card in again.cards(["b"])] == ["b-one", "b-two"]
    assert again.cards()[0][1] == cards.Card("a-one", "number", "parameters", True, ("a", "b"))


def test_a_start_from_the_cache_needs_no_yaml(banks: Path, folder: Path) -> None:
    load([banks], folder)
    program = (
        "import sys; from pathlib import Path; from engine.bank.load import load\n"
        "library = load([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "assert library.find('a-one') and len(library.cards()) == 6\n"
        "sys.exit('yaml' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(banks), str(folder)]
    assert subprocess.run(command, check=False, cwd=SHIPPED.parent).returncode == 0


def test_questions_are_decoded_when_they_are_asked_for(
    banks: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([banks], folder)
    decoded = []
    decoder = cards._decoder()

    class Counting:
        def decode(self, body: bytes) -> object:
            decoded.append(body)
            return decoder.decode(body)

    monkeypatch.setattr(cards, "_decoder", Counting)
    library = load([banks], folder)
    assert len(library.cards()) == 6
    assert [len(bank.questions) for bank in library.banks] == [2, 2, 2]
    assert library.find("none") is None
    assert decoded == []
    found = library.find("c-two")
    assert found is not None
    assert found[1].id == "c-two"
    assert len(decoded) == 1


@pytest.mark.parametrize("at", [LONG_AGO, LONG_AGO + 1])
def test_a_changed_file_alone_is_read(banks: Path, folder: Path, read: list[str], at: int) -> None:
    """Also one of the same size whose time was set back."""
    load([banks], folder)
    read.clear()
    write(banks / "b.yaml", 2, at=at)
    assert answers(load([banks], folder))["b-one"] == "2"
    assert read == ["b.yaml"]
    read.clear()
    assert answers(load([banks], folder))["b-one"] == "2"
    assert read == []


def test_files_come_and_go(banks: Path, folder: Path, read: list[str]) -> None:
    load([banks], folder)
    (banks / "a.yaml").unlink()
    write(banks / "d.yaml")
    read.clear()
    assert [bank.topic for bank in load([banks], folder).banks] == ["b", "c", "d"]
    assert read == ["d.yaml"]
    (banks / "b.yaml").rename(banks / "z.yaml")
    assert [Path(source.path).name for source in load([banks], folder).sources] == ["z.yaml", "c.yaml", "d.yaml"]


def test_a_file_written_just_now_may_change_within_its_time_and_is_not_kept(
    banks: Path, folder: Path, read: list[str]
) -> None:
    now = time.time()
    os.utime(banks / "a.yaml", (now, now))
    load([banks], folder)
    read.clear()
    load([banks], folder)
    assert read == ["a.yaml"]


@pytest.mark.parametrize(("changes", "settled"), [(1, True), (100, False)])
def test_a_file_that_changes_while_it_is_read_is_read_again(
    banks: Path, monkeypatch: pytest.MonkeyPatch, changes: int, settled: bool
) -> None:
    real, calls = os.fstat, itertools.count()
    file = banks / "a.yaml"

    def changing(descriptor: int) -> os.stat_result:
        status = real(descriptor)
        if (call := next(calls)) % 2 == 0 and call < 2 * changes:  # between the two looks at it
            with file.open("a", encoding="utf-8") as writer:
                writer.write("# more\n")
            os.utime(file, (LONG_AGO, LONG_AGO))
        return status

    monkeypatch.setattr(os, "fstat", changing)
    data, stamp = read_regular(file, 10_000)
    assert (stamp is not None) is settled
    assert not settled or data == file.read_bytes()


def test_faulty_banks_are_reported_every_time_and_not_kept(banks: Path, folder: Path, read: list[str]) -> None:
    write(banks / "b.yaml").write_text("topic: [", encoding="utf-8")
    os.utime(banks / "b.yaml", (LONG_AGO, LONG_AGO))
    problems = load([banks], folder).problems
    assert len(problems) == 1
    read.clear()
    again = load([banks], folder)
    assert again.problems == problems
    assert [bank.topic for bank in again.banks] == ["a", "c"]
    assert read == ["b.yaml"]


def test_an_id_used_twice_is_found_among_kept_banks_too(banks: Path, folder: Path) -> None:
    write(banks / "d.yaml", topic="a")
    fresh, first, again = load([banks]), load([banks], folder), load([banks], folder)
    assert {problem.question for problem in fresh.problems} == {"a-one", "a-two"}
    assert fresh.problems == first.problems == again.problems
    assert [problem.line for problem in again.problems] == [4, 12]


@pytest.mark.parametrize("name", ["問題 と 答え", "two\nlines", "with space", os.fsdecode(b"not \xff utf-8")])
def test_a_path_may_have_any_name(tmp_path: Path, folder: Path, read: list[str], name: str) -> None:
    try:
        file = write(tmp_path / name / f"{name}.yaml", topic="named")
    except OSError:
        pytest.skip("this file system has no such names")
    for path in (file, file.parent):
        load([path], folder)
        read.clear()
        assert answers(load([path], folder)) == {"named-one": "1", "named-two": None}
        assert read == []


def test_relative_paths_are_told_apart(
    tmp_path: Path, folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("one", "two")):
        write(tmp_path / name / "bank.yaml", number)
    found = []
    for name in ("one", "two", "one"):
        monkeypatch.chdir(tmp_path / name)
        found.append(answers(load([Path("bank.yaml")], folder))["bank-one"])
        found.append(answers(load([Path()], folder))["bank-one"])
    assert found == ["0", "0", "1", "1", "0", "0"]
    assert len(read) == 4


def test_progress_counts_the_files(banks: Path, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    for _ in range(2):
        load([banks, SHIPPED / "cec.yaml"], folder, lambda done, files: told.append((done, files)))
    assert told == 2 * [(1, 4), (2, 4), (3, 4), (4, 4)]
