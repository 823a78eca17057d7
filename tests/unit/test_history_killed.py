"""Killed at any moment, cut off or overwritten anywhere: what was acknowledged is there when it opens again."""

import itertools
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from engine.bank.load import Library
from engine.study.answer import Answer
from engine.study.clock import study_day
from engine.study.desk import Desk
from engine.study.history.history import HISTORY_FILE, History
from engine.study.memory import snapshot
from engine.study.memory.standing import Standing
from tests.folded import schedule_after

NOW = datetime(2027, 2, 19, 3, 45, 12, tzinfo=UTC)
LEARNER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from engine.bank.load import Library
from engine.study import record
from engine.study.answer import Answer
from engine.study.desk import Desk

record.KEPT_EVERY = 2  # a snapshot after nearly every answer
desk = Desk.open(Library((), ()), Path(sys.argv[1]), lambda: datetime.now(UTC), UTC)
start = datetime(2027, 1, 10, tzinfo=UTC)
for number in range(100_000):
    uuid = f"{sys.argv[2]}-{number}"
    wrong = number % 3 == 0
    desk.record.append(Answer(uuid, start + timedelta(hours=number), sys.argv[2], f"q{number % 5}", number, "",
        "wrong" if wrong else "correct", float(not wrong), "flip" if wrong else None, 9.5))
    if number % 7 == 3:
        desk.record.undo(uuid, start)
    else:
        print(uuid, flush=True)
"""


def killed(home: Path, name: str, after: int) -> set[str]:
    """The answers that a learner's process acknowledged before it was killed, soon after its first ``after``."""
    process = subprocess.Popen(
        [sys.executable, "-c", LEARNER, str(home), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    first = "".join(process.stdout.readline() for _ in range(after))
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=30)
    return {line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")}


def check(home: Path, acknowledged: set[str]) -> None:
    with History.open(home / HISTORY_FILE) as history:
        assert history.warning is None
        answers = history.answers()
        assert acknowledged <= {answer.uuid for answer in answers}
        kept = snapshot.load(home / snapshot.FILE, history, UTC)
        kept.follow(history)
        rebuilt = Standing(UTC)
        rebuilt.follow(history)
        assert kept.courses == rebuilt.courses == schedule_after(answers, UTC).courses
        assert (kept.tallies, kept.days, kept.reviews) == (rebuilt.tallies, rebuilt.days, rebuilt.reviews)


def kill_often(home: Path, runs: int) -> None:
    rng = random.Random(runs)  # noqa: S311  (reproducible, not secret)
    acknowledged: set[str] = set()
    for run in range(runs):
        lines = killed(home, f"run{run}", 1 + int(rng.expovariate(1 / 12)))
        acknowledged |= {line.strip() for line in lines}
        check(home, acknowledged)
    assert len(acknowledged) >= runs


def test_killed_while_answering_and_keeping_snapshots_nothing_is_lost(tmp_path: Path) -> None:
    kill_often(tmp_path, 20)


@pytest.mark.slow
def test_killed_two_hundred_times_nothing_is_lost(tmp_path: Path) -> None:
    kill_often(tmp_path, 200)


def an_answer(number: int) -> Answer:
    at = NOW + timedelta(minutes=number)
    return Answer(f"u{number:06}", at, "monday", f"question-{number % 7}", number, "2×2", "wrong", 0.0, "flip", 9.5)


def filled(home: Path, count: int) -> list[Answer]:
    desk = a_desk(home)
    answers = [an_answer(number) for number in range(count)]
    for answer in answers:
        desk.record.append(answer)
    desk.close()
    return answers


def a_desk(home: Path) -> Desk:
    return Desk.open(Library((), ()), home, lambda: NOW, UTC)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_anywhere_it_opens_with_what_can_be_read_and_stands_by_that(tmp_path: Path, seed: int) -> None:
    answers = filled(tmp_path, 300)
    path = tmp_path / HISTORY_FILE
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    size = path.stat().st_size
    if seed % 2:
        os.truncate(path, rng.randrange(1, size))
    else:
        with path.open("r+b") as file:
            for _ in range(rng.randrange(1, 40)):
                file.seek(rng.randrange(size))
                file.write(rng.randbytes(rng.randrange(1, 200)))
    damaged = path.read_bytes()
    desk = a_desk(tmp_path)
    saved = desk.history.answers()
    assert desk.history.kept
    assert desk.schedule.courses == schedule_after(saved, UTC).courses
    if desk.history.warning is not None:
        (aside,) = tmp_path.glob("*corrupt*.sqlite3")
        assert aside.read_bytes() == damaged
    desk.record.append(an_answer(1000))
    assert an_answer(1000) in desk.history.answers()
    desk.close()
    if seed % 2:
        assert set(saved) <= set(answers)


def test_two_learners_at_one_home_both_count_and_either_snapshot_will_do(tmp_path: Path) -> None:
    first, second = a_desk(tmp_path), a_desk(tmp_path)
    assert first.is_first_run
    assert second.is_first_run
    for number in range(6):
        (first if number % 2 else second).record.append(an_answer(number))
    first.record.append(an_answer(6))
    assert first.record.standing.state.seq == 7  # the other's are folded with one's own
    first.close()
    second.close()
    check(tmp_path, {an_answer(number).uuid for number in range(7)})


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Lord_Howe"])
def test_a_clock_put_back_and_clocks_changed_either_way_leave_the_standing_right(tmp_path: Path, zone: str) -> None:
    timezone = ZoneInfo(zone)
    desk = Desk.open(Library((), ()), tmp_path, lambda: NOW, timezone)
    hours = [0, 31, 8.9, 9.1, 12, -20, 13.1, 400, 2]  # by and by, and back
    changes = [
        datetime(2027, month, day, 8, 30, tzinfo=UTC) for month, day in ((3, 14), (3, 28), (4, 3), (10, 31), (11, 7))
    ]
    for number, (day, hour) in enumerate(itertools.product(changes, hours)):
        desk.record.append(replace(an_answer(number), at=day + timedelta(hours=hour)))
    answers = desk.history.answers()
    assert desk.schedule.courses == schedule_after(answers, timezone).courses
    counted = Counter(study_day(answer.at, timezone).toordinal() for answer in answers)
    assert {day: each.answers for day, each in desk.record.standing.days.items()} == counted
    desk.close()
    with History.open(tmp_path / HISTORY_FILE) as history:
        assert snapshot.load(tmp_path / snapshot.FILE, history, timezone).follow(history) == 0
