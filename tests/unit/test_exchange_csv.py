"""The answers as a table that spreadsheets open, and none of whose cells they compute."""

import csv
from datetime import timedelta, timezone
from io import BytesIO, StringIO
from pathlib import Path

from engine.exchange import table
from engine.study.history.history import HISTORY_FILE, History
from tests.histories import TEXTS, filled
from tests.shell import peephole, said

TOKYO = timezone(timedelta(hours=9))


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_is_a_table_of_the_answers_that_count(tmp_path: Path) -> None:
    home, file = filled(tmp_path / "a"), tmp_path / "answers.csv"
    assert said(peephole(home, "export", "csv", file)) == (0, f"8 answers written to {file}.\n", "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbftime,utc,day,topic,")
    found = read_csv(file.read_bytes())
    assert [row["uuid"] for row in found] == [f"u{number}" for number in range(1, 9)]
    assert (found[0]["outcome"], found[0]["score"], found[0]["sure"], found[0]["guessed"]) == (
        "correct",
        "1.0",
        "1",
        "1",
    )
    assert (found[1]["topic"], found[1]["utc"]) == ("convolution", "2027-01-10T09:02:01.123457Z")
    piped = peephole(home, "export", "csv", "-").stdout
    assert b"\xef\xbb\xbf" + piped == file.read_bytes()


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    home = filled(tmp_path)
    with History.open(home / HISTORY_FILE) as history:
        file = BytesIO()
        table.write_csv(file, history.answers(), {"conv-output-size": "@topic"}, TOKYO)
    found = read_csv(file.getvalue())
    assert [row["answer"] for row in found[1:4]] == ["'=1+1", "'-2x", "'＝A1"]
    assert found[0]["topic"] == "'@topic"
    assert found[5]["answer"] == TEXTS[6]
    assert (found[0]["time"], found[0]["day"]) == ("2027-01-10 18:01:01", "2027-01-10")
    for row in csv.reader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) for cell in row)
