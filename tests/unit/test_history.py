"""The history keeps what it acknowledged: rows, undo and confirmation, several processes, SIGKILL."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.history import storage
from engine.study.history.history import History
from engine.study.history.schema import COLUMNS, MIGRATIONS

START = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9))
WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from engine.study.history import storage
from engine.study.answer import Answer
from engine.study.history.history import History

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
with History.open(path, timeout=20) as history:
    for i in range(count):
        at = datetime(2027, 1, 10, tzinfo=UTC) + timedelta(seconds=i)
        history.append(Answer(f"{name}-{i}", at, name, "conv-output-size", i, "2x2", "wrong", 0.0, None, 3.5))
        print(f"{name}-{i}", history.kept, flush=True)
"""


def an_answer(
    number: int,
    *,
    question: str = "conv-output-size",
    session: str = "monday",
    outcome: Outcome = "correct",
    score: float = 1.0,
    at: datetime | None = None,
    text: str = "３×３",
    sure: bool | None = None,
) -> Answer:
    when = at or START + timedelta(minutes=number)
    return Answer(f"u{number:03}", when, session, question, number, text, outcome, score, None, 12.25, 1, sure)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "home" / "history.sqlite3") as opened:
        yield opened


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.parametrize("sure", [True, False, None])
@pytest.mark.parametrize("text", ["３×３", "", "E[X] [/ \x1b[31m", "a\nb\x00c", "勾配が消える。" * 500])
def test_an_answer_comes_back_as_it_was_given(history: History, text: str, sure: bool | None) -> None:
    answer = an_answer(1, text=text, sure=sure, at=START + timedelta(microseconds=123_457))
    history.append(answer)
    assert history.answers() == [answer]


def test_it_is_still_there_the_next_day(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    with History.open(path) as today:
        today.append(an_answer(1))
    with History.open(path) as tomorrow:
        assert tomorrow.answers() == [an_answer(1)]
        assert tomorrow.warning is None
        assert tomorrow.kept


def test_a_time_in_another_zone_is_the_same_moment(history: History) -> None:
    history.append(an_answer(1, at=START.astimezone(TOKYO)))
    assert history.answers()[0].at == START
    assert history.answers()[0].at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(history: History) -> None:
    with pytest.raises(ValueError, match="zone"):
        history.append(an_answer(1, at=START.replace(tzinfo=None)))
    assert history.answers() == []


def test_text_that_has_no_utf8_is_kept_as_far_as_it_has(history: History) -> None:
    history.append(an_answer(1, text="2x\udcff2"))
    assert history.answers()[0].text == "2x?2"


def test_undo_takes_one_answer_back_however_often_it_is_pressed(history: History) -> None:
    history.append(an_answer(1))
    history.append(an_answer(2))
    history.undo("u002", START)
    history.undo("u002", START)
    assert history.answers() == [an_answer(1)]


def test_the_learners_last_word_counts(history: History) -> None:
    history.append(an_answer(1, outcome="partial", score=0.25))
    history.confirm("u001", "wrong", 0.0, START + timedelta(minutes=2))
    history.confirm("u001", "correct", 1.0, START + timedelta(minutes=3))
    assert history.answers() == [an_answer(1)]


def test_a_guess_is_the_learners_word_and_can_be_taken_back(history: History) -> None:
    answer = an_answer(1, sure=True)
    history.append(answer)
    for minute, guessed in enumerate((True, False, True)):
        history.confirm("u001", "correct", 1.0, START + timedelta(minutes=5 + minute), True, guessed)
        assert history.answers() == [replace(answer, guessed=guessed)]


def test_an_undone_answer_stays_undone_when_confirmed(history: History) -> None:
    history.append(an_answer(1))
    history.undo("u001", START)
    history.confirm("u001", "partial", 0.5, START)
    assert history.answers() == []


def test_the_same_answer_twice_is_one_answer(history: History) -> None:
    history.append(an_answer(1))
    history.append(an_answer(1))
    assert history.answers() == [an_answer(1)]


def test_a_clock_that_jumps_back_loses_nothing_and_orders_by_time(history: History) -> None:
    history.append(an_answer(1, at=START))
    history.append(an_answer(2, at=START - timedelta(days=3)))
    history.append(an_answer(3, at=START))
    assert [answer.uuid for answer in history.answers()] == ["u002", "u001", "u003"]


def test_rows_are_never_changed_or_removed(history: History, tmp_path: Path) -> None:
    history.append(an_answer(1))
    other = sqlite3.connect(history.path)
    for statement in ("UPDATE event SET outcome = 'correct'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            other.execute(statement)
    other.close()
    assert history.answers() == [an_answer(1)]


def test_a_row_that_cannot_be_is_refused_and_holds_nothing_up(history: History) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        history.append(an_answer(1, outcome="unreadable"))
    history.append(an_answer(2))
    assert history.answers() == [an_answer(2)]


def test_the_latest_answers_come_first_and_no_more_than_asked_for(history: History) -> None:
    assert history.latest(3) == []
    for number in (5, 1, 4, 6):
        history.append(an_answer(number))
    history.undo("u006", START)
    assert history.latest(2) == [an_answer(5), an_answer(4)]


def test_processes_that_make_and_write_one_history_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    processes = [writer(path, name, 40) for name in ("a", "b", "c")]
    for process in processes:
        start(process)
    said = [process.communicate(timeout=60)[0].splitlines() for process in processes]
    assert [line.split()[1] for lines in said for line in lines] == ["True"] * 120
    with History.open(path) as history:
        assert {answer.uuid for answer in history.answers()} == {f"{name}-{i}" for name in "abc" for i in range(40)}
        assert history.warning is None


def test_what_was_acknowledged_survives_sigkill(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    acknowledged: set[str] = set()
    for run in range(12):
        process = writer(path, f"run{run}", 10_000)
        start(process)
        assert process.stdout is not None
        for _ in range(run * 3 + 1):
            acknowledged.add(process.stdout.readline().split()[0])
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate(timeout=30)
        acknowledged |= {line.split()[0] for line in rest.splitlines() if line.endswith("True")}
        assert process.returncode == -signal.SIGKILL
        with History.open(path) as history:
            assert history.warning is None
            assert acknowledged <= {answer.uuid for answer in history.answers()}
    assert len(acknowledged) >= 12


def filled(path: Path, count: int) -> list[Answer]:
    answers = [an_answer(number) for number in range(count)]
    with History.open(path) as history:
        for answer in answers:
            history.append(answer)
    return answers


def test_a_history_of_a_newer_program_is_read_but_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    answers = filled(path, 3)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with History.open(path) as history:
        assert not history.kept
        assert history.warning is not None
        assert "newer" in history.warning.en
        assert history.answers() == answers
        history.append(an_answer(9))
    assert path.read_bytes() == before


WITH_NOTES = ("ALTER TABLE event ADD COLUMN note TEXT",)
BROKEN = WITH_NOTES * 2


def test_an_older_history_is_brought_up_to_date_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    answers = filled(path, 3)
    for _ in range(2):  # the second time there is nothing to do
        with closing(storage.connect(path, START, 1, (*MIGRATIONS, WITH_NOTES))) as connection:
            assert connection.execute("SELECT count(note IS NULL) FROM event").fetchone()[0] == 3
    name = f"history-v{len(MIGRATIONS)}-20270110T090000Z.sqlite3"
    assert [file.name for file in tmp_path.glob("history-*")] == [name]
    with History.open(tmp_path / name) as backup:
        assert backup.answers() == answers


def first_version(path: Path) -> list[Answer]:
    """A file as the first version of the program wrote it: two answers, one of them confirmed."""
    answers = [an_answer(1, sure=True), an_answer(2, outcome="wrong", score=0.0)]
    columns = [name for name in COLUMNS if name != "guessed"]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        storage.build(connection, MIGRATIONS[0])
        connection.execute("PRAGMA user_version = 1")
        insert = f"INSERT INTO event ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
        for each in answers:
            at = int(each.at.timestamp() * 1_000_000)
            row = [each.uuid, "answer", at, None, each.session, each.question, each.seed, each.text, each.outcome]
            row += [each.score, each.mistake, each.seconds, each.hints, each.sure]
            connection.execute(insert, row)
        confirmed = ["c1", "confirm", int(START.timestamp() * 1_000_000), "u002"]
        connection.execute(insert, [*confirmed, *[None] * 4, "partial", 0.5, None, None, None, None])
    return [answers[0], replace(answers[1], outcome="partial", score=0.5)]


def test_a_history_of_the_first_version_goes_on_with_the_answers_it_has(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    answers = first_version(path)
    with History.open(path, clock=lambda: START) as history:
        assert (history.warning, history.kept) == (None, True)
        assert history.answers() == answers
        history.confirm("u001", "correct", 1.0, START, guessed=True)
        assert history.answers() == [replace(answers[0], guessed=True), answers[1]]
    backup = tmp_path / "history-v1-20270110T090000Z.sqlite3"
    with closing(sqlite3.connect(backup)) as other:
        assert other.execute("SELECT count(*) FROM event").fetchone()[0] == 3


def test_a_damaged_history_of_the_first_version_is_salvaged_too(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    answers = first_version(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 0")
    with History.open(path, clock=lambda: START) as history:
        assert history.warning is not None
        assert "damaged" in history.warning.en
        assert history.answers() == answers


def test_a_migration_that_fails_leaves_the_history_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    answers = filled(path, 3)
    with pytest.raises(sqlite3.OperationalError, match="duplicate column"):
        storage.connect(path, START, 1, (*MIGRATIONS, BROKEN))
    with History.open(path) as history:
        assert history.warning is None
        assert history.answers() == answers
