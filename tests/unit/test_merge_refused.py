"""What cannot be joined is refused with its reason, and the own history stays as it was."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.exchange.merge import merge
from engine.exchange.trouble import ExchangeError, PlaceError
from engine.study.answer import Answer
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.schema import MIGRATIONS
from tests.shell import peephole, said

START = datetime(2027, 1, 10, 9, tzinfo=UTC)


def filled(home: Path, *numbers: int) -> Path:
    with History.open(home / HISTORY_FILE) as history:
        for number in numbers:
            at = START + timedelta(hours=number)
            history.append(Answer(f"u{number:04}", at, "s", "q", number, "2x2", "wrong", 0.0, None, 9.5))
    return home / HISTORY_FILE


def answers(home: Path) -> list[str]:
    with History.open(home / HISTORY_FILE) as history:
        return [answer.uuid for answer in history.answers()]


def recipes(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def endless(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        numbers = "WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n) SELECT seq FROM n"
        connection.execute(f"CREATE VIEW event AS {numbers}")


def newer(path: Path) -> None:
    History.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


NO_HISTORY = "no history of Peephole"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (recipes, NO_HISTORY),
        (endless, NO_HISTORY),
        (Path.touch, NO_HISTORY),
        (lambda path: path.write_bytes(b"\xa5" * 9000), NO_HISTORY),
        (os.mkfifo, NO_HISTORY),
        (lambda path: path.write_text('{"format": "peephole history"}', encoding="utf-8"), "peephole import"),
        (newer, "newer Peephole"),
    ],
)
def test_what_is_no_history_is_refused(make: Any, words: str, tmp_path: Path) -> None:
    make(tmp_path / "other")
    with History.open(tmp_path / HISTORY_FILE) as history:
        with pytest.raises(ExchangeError) as caught:
            merge(history, tmp_path / "other")
        assert words in caught.value.text.en
        assert str(tmp_path / "other") in caught.value.text.ja
        assert history.answers() == []


def test_the_same_file_a_folder_and_nothing_are_wrong_use(tmp_path: Path) -> None:
    own = filled(tmp_path, 1)
    (tmp_path / "link").symlink_to(own)
    for place, words in [
        (own, "the very history"),
        (tmp_path / "link", "the very history"),
        (tmp_path, f"Name the history in it: {own}"),
        (tmp_path / "nowhere", "No such file"),
    ]:
        code, out, err = said(peephole(tmp_path, "merge", place))
        assert (code, out) == (2, "")
        assert words in err
    with History.open(own) as history, pytest.raises(PlaceError):
        merge(history, own)
    assert answers(tmp_path) == ["u0001"]


def test_a_home_that_cannot_be_written_takes_nothing_and_says_why(tmp_path: Path) -> None:
    other = filled(tmp_path / "b", 1)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    code, out, err = said(peephole(tmp_path / "file" / "home", "merge", other))
    assert (code, out) == (1, "")
    assert "answers are not kept" in err
    assert "Nothing was added." in err


def test_a_history_in_use_elsewhere_takes_all_or_nothing(tmp_path: Path) -> None:
    own, other = filled(tmp_path / "a", 1), filled(tmp_path / "b", 2, 3)
    with closing(sqlite3.connect(own, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        code, out, err = said(peephole(tmp_path / "a", "merge", other))
        busy.execute("ROLLBACK")
    assert (code, out) == (1, "")
    assert "Another program is using the history" in err
    assert answers(tmp_path / "a") == ["u0001"]
