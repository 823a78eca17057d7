"""A history that is damaged, locked, read-only, full, newer or older: it says so, keeps a backup, and goes on."""

import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.study.answer import Answer
from engine.study.history import storage
from engine.study.history.history import History
from engine.study.history.schema import COLUMNS
from engine.study.history.trouble import HistoryError

NOW = datetime(2027, 2, 19, 3, 45, 12, tzinfo=UTC)
ASIDE = "history-corrupt-20270219T034512Z"
READ_ONLY = """
import json, os, sys
from datetime import UTC, datetime
from pathlib import Path
from engine.study.answer import Answer
from engine.study.history.history import History
from sims.text import Text

if os.geteuid() == 0:  # root may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
history = History.open(Path(sys.argv[1]), timeout=0.1)
before = len(history.answers())
history.append(Answer("new", datetime(2027, 3, 1, tzinfo=UTC), "s", "q", 0, "1", "correct", 1.0, None, 1.0))
print(json.dumps([history.kept, before, len(history.answers()), history.warning and history.warning.en]))
"""


def an_answer(number: int) -> Answer:
    at = NOW + timedelta(minutes=number)
    return Answer(f"u{number:06}", at, "monday", f"question-{number % 7}", number, "2×2", "wrong", 0.0, "flip", 9.5)


def filled(path: Path, count: int) -> list[Answer]:
    answers = [an_answer(number) for number in range(count)]
    with History.open(path) as history:
        for answer in answers:
            history.append(answer)
    return answers


def reopened(path: Path, timeout: float = 0.05) -> History:
    return History.open(path, clock=lambda: NOW, timeout=timeout)


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311  (reproducible, not secret)


def overwrite(path: Path, start: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(noise(size))


def all_noise(path: Path) -> None:
    path.write_bytes(noise(path.stat().st_size))


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def a_few_bytes(path: Path) -> None:
    os.truncate(path, 10)


def no_header(path: Path) -> None:
    overwrite(path, 0, 100)


def no_middle(path: Path) -> None:
    overwrite(path, path.stat().st_size // 8192 * 4096, 3 * 4096)


def another_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.execute("PRAGMA user_version = 1")


def version(number: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as other:
            other.execute(f"PRAGMA user_version = {number}")

    return change


def no_format(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(47)  # the schema format number
        file.write(b"\xff")


DAMAGES = [
    *[(all_noise, 0), (a_few_bytes, 0), (no_header, 0), (no_format, 0), (another_database, 0)],
    *[
        (half, 100),
        (no_middle, 300),
        (version(0), 400),
        (version(-5), 400),
        (version(1234567890), 400),
    ],
]


@pytest.mark.parametrize(("damage", "at_least"), DAMAGES)
def test_a_damaged_file_is_set_aside_and_its_readable_rows_go_on(
    damage: Callable[[Path], None], at_least: int, tmp_path: Path
) -> None:
    path = tmp_path / "history.sqlite3"
    answers = filled(path, 400)
    damage(path)
    broken = path.read_bytes()
    with reopened(path) as history:
        assert history.kept
        assert history.warning is not None
        assert all(ASIDE in text for text in (history.warning.ja, history.warning.en))
        saved = history.answers()
        assert str(len(saved)) in history.warning.ja
        history.append(an_answer(1000))
    assert set(saved) <= set(answers)
    assert len(saved) >= at_least
    assert (tmp_path / f"{ASIDE}.sqlite3").read_bytes() == broken
    with reopened(path) as history:
        assert history.warning is None
        assert history.answers() == [*saved, an_answer(1000)]


def test_a_second_damage_in_the_same_second_keeps_both_files(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    for _ in range(2):
        filled(path, 3)
        all_noise(path)
        reopened(path).close()
    assert {file.name for file in tmp_path.glob("*corrupt*")} == {f"{ASIDE}.sqlite3", f"{ASIDE}-2.sqlite3"}


def test_rows_still_in_the_write_ahead_log_are_saved_too(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    answers = filled(path, 5)
    with History.open(path) as open_elsewhere:
        open_elsewhere.append(an_answer(5))  # not in the main file until this is closed
        overwrite(path, path.stat().st_size - 4096, 4096)
        with reopened(path) as history:
            assert set(history.answers()) >= {*answers, an_answer(5)}


def test_damage_that_shows_only_while_reading_is_repaired_then(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    with closing(storage.connect(path, NOW, 1)) as connection:
        rows = [
            dict.fromkeys(COLUMNS)
            | {"uuid": f"x{n}", "kind": "answer", "at": n, "session": "s", "question": "q", "seed": 0}
            | {"text": "x" * 100, "outcome": "correct", "score": 1.0, "seconds": 1.0, "hints": 0}
            for n in range(6000)
        ]
        storage.insert(connection, rows)
    assert path.stat().st_size > storage.CHECKED_BYTES
    overwrite(path, 4096 * 40, 4096 * 4)
    with reopened(path) as history:
        saved = history.answers()
        assert history.warning is not None
        assert 5000 < len(saved) < 6000
        history.append(an_answer(1))
        assert an_answer(1) in history.answers()


def test_while_another_program_writes_answers_wait_and_are_written_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    filled(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with reopened(path) as history:
            with pytest.raises(HistoryError) as caught:
                history.append(an_answer(1))
            assert str(path) in caught.value.text.ja
            other.execute("ROLLBACK")
            history.append(an_answer(2))
            assert history.answers() == [an_answer(number) for number in range(3)]


def test_answers_that_waited_to_the_end_are_not_lost_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    filled(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        history = reopened(path)
        with pytest.raises(HistoryError):
            history.append(an_answer(1))
        with pytest.raises(HistoryError):
            history.close()


def test_a_locked_file_lets_the_learner_go_on(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    filled(path, 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with reopened(path) as history:
            assert not history.kept
            assert history.warning is not None
            assert "Another program" in history.warning.en
            history.append(an_answer(9))
            assert an_answer(9) in history.answers()
        other.execute("ROLLBACK")
    with reopened(path) as history:
        assert len(history.answers()) == 2


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o444, 0o555), (0o666, 0o555)])
def test_a_read_only_history_is_read_and_says_that_nothing_is_kept(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory(prefix="peephole-") as folder:
        path = Path(folder, "history.sqlite3")
        filled(path, 3)
        path.chmod(file_mode)
        Path(folder).chmod(folder_mode)
        command = [sys.executable, "-c", READ_ONLY, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=30)
        Path(folder).chmod(0o755)
        kept, before, after, warning = json.loads(done.stdout)
        assert (kept, before, after) == (False, 3, 4)
        assert str(path) in warning
        with reopened(path) as history:
            assert len(history.answers()) == 3


def test_a_place_where_no_file_can_be_lets_the_learner_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    (tmp_path / "history.sqlite3").mkdir()
    for path in (tmp_path / "file" / "history.sqlite3", tmp_path / "history.sqlite3"):
        with reopened(path) as history:
            assert not history.kept
            assert history.warning is not None
            history.append(an_answer(1))
            assert history.answers() == [an_answer(1)]


def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    filled(path, 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with reopened(path) as history:
        history.append(an_answer(1))
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (Path(f"{path}-wal").stat().st_size, hard))
            with pytest.raises(HistoryError):
                history.append(an_answer(2))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert history.answers() == [an_answer(0), an_answer(1)]
        history.append(an_answer(3))
        assert history.answers() == [an_answer(number) for number in range(4)]
