"""The standing is what one fold over all rows gives, whichever way they came in, and its snapshot is never trusted."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.clock import study_day
from engine.study.history import storage
from engine.study.history.history import History
from engine.study.history.schema import COLUMNS
from engine.study.memory import snapshot, standing
from engine.study.memory.course import Course
from engine.study.memory.schedule import Schedule
from engine.study.memory.standing import Review, Standing
from engine.study.memory.tally import Day, Tally
from tests.folded import attempt_of, schedule_after

START = datetime(2027, 1, 10, 9, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9))


def an_answer(number: int, hours: float = 0, question: str = "a", *, right: bool = True, session: str = "s") -> Answer:
    at = START + timedelta(hours=hours or 30 * number)
    mistake = None if right else f"mistake-{number % 2}"
    outcome: Outcome = "correct" if right else "wrong"
    return Answer(f"u{number:04}", at, session, question, number, "3", outcome, float(right), mistake, 20.5)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "history.sqlite3") as opened:
        yield opened


def expected(history: History, zone: tzinfo | None) -> dict[str, object]:
    """All that a standing holds, said once more and slowly."""
    courses: dict[str, Course] = {}
    tallies: dict[str, Tally] = {}
    days: dict[int, Day] = {}
    reviews: list[Review] = []
    for answer in history.answers():
        attempt = attempt_of(answer)
        day = study_day(answer.at, zone).toordinal()
        course = courses.setdefault(attempt.question, Course())
        if course.count and day > course.last:
            reviews.append(Review(attempt.question, course.stability, day - course.last, attempt.right))
        course.take(attempt, day)
        tallies.setdefault(attempt.question, Tally.empty()).count(attempt, 1)
        days.setdefault(day, Day()).count(attempt, 1)
    return {"courses": courses, "tallies": tallies, "days": days, "reviews": reviews[-standing.REVIEWS :]}


def held(found: Standing) -> dict[str, object]:
    return {"courses": found.courses, "tallies": found.tallies, "days": found.days, "reviews": found.reviews}


STEPS = st.one_of(
    st.tuples(
        st.just("answer"),
        st.integers(0, 400),  # hours since the start: also before the last one
        st.sampled_from("abc"),
        st.sampled_from(["correct", "wrong", "partial"]),
        st.sampled_from([None, "x", "y"]),
        st.sampled_from([None, True, False]),
    ),
    st.tuples(st.just("undo"), st.integers(0, 40)),
    st.tuples(st.just("confirm"), st.integers(0, 40), st.sampled_from(["correct", "wrong"]), st.integers(0, 9)),
    st.tuples(st.just("guess"), st.integers(0, 40), st.booleans(), st.integers(0, 9)),
    st.tuples(st.just("follow")),
)


def rows_of(steps: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The rows that the steps come to; undo and the others speak of any answer, also of one still to come."""
    rows: list[dict[str, Any]] = []
    blank: dict[str, Any] = dict.fromkeys(COLUMNS)
    for number, (kind, *rest) in enumerate(steps):
        row = blank | {"uuid": f"row-{number}"}
        match kind, rest:
            case "answer", [int(hours), question, outcome, mistake, sure]:
                at = int((START + timedelta(hours=hours)).timestamp() * 1_000_000)
                row |= {"kind": "answer", "at": at, "session": "s", "question": question, "seed": number, "text": ""}
                row |= {"outcome": outcome, "score": 0.5, "mistake": mistake, "seconds": 7.5, "hints": 0, "sure": sure}
            case "undo", [target]:
                row |= {"kind": "undo", "at": 0, "target": f"row-{target}"}
            case "confirm", [target, outcome, at]:
                row |= {"kind": "confirm", "at": at, "target": f"row-{target}", "outcome": outcome, "score": 1.0}
            case "guess", [target, guessed, at]:
                row |= {"kind": "confirm", "at": at, "target": f"row-{target}", "outcome": "correct", "score": 1.0}
                row |= {"guessed": guessed}
            case _:
                continue
        rows.append(row)
    return rows


@settings(max_examples=120, deadline=None)
@given(
    steps=st.lists(STEPS, max_size=40),
    zone=st.sampled_from([UTC, TOKYO]),
    batch=st.sampled_from([1, 3, 1000]),
    kept=st.sampled_from([2, 5, 2000]),
    data=st.data(),
)
def test_however_the_rows_come_in_it_is_what_one_fold_gives(
    steps: list[tuple[Any, ...]], zone: tzinfo, batch: int, kept: int, data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(rows_of(steps)), label="rows")
    stops = data.draw(st.sets(st.integers(0, len(rows))), label="stops")
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(standing, "BATCH", batch)
        patch.setattr(standing, "REVIEWS", kept)
        patch.setattr(standing, "SPARE", 2)
        with History.open(Path(folder, "history.sqlite3")) as history:
            grown = Standing(zone)
            for number, row in enumerate(rows):
                history.read(storage.insert, [row])
                if number in stops:
                    grown.follow(history)
            grown.follow(history)
            rebuilt = Standing(zone)
            rebuilt.follow(history)
            assert held(grown) == held(rebuilt) == expected(history, zone)
            assert Schedule(grown.courses) == schedule_after(history.answers(), zone)
            file = Path(folder, snapshot.FILE)
            assert snapshot.save(file, grown, history)
            kept_one = snapshot.load(file, history, zone)
            assert held(kept_one) == held(grown)
            assert kept_one.follow(history) == 0


def test_what_another_process_writes_is_folded_with_the_next_of_ones_own(history: History) -> None:
    own = Standing(UTC)
    history.append(an_answer(1))
    assert own.follow(history) == 1
    with History.open(history.path) as other:
        other.append(an_answer(2, question="b"))
        other.undo("u0001", START)
    history.append(an_answer(3))
    assert own.follow(history) == 3
    assert held(own) == expected(history, UTC)


def test_a_history_rebuilt_under_the_standing_is_folded_anew(history: History) -> None:
    found = Standing(UTC)
    for number in range(50):
        history.append(an_answer(number))
    found.follow(history)
    history.generation += 1  # as when the file was broken, and its rows have other numbers
    found.follow(history)
    assert held(found) == expected(history, UTC)


def filled(history: History, count: int = 60) -> Standing:
    for number in range(count):
        history.append(an_answer(number, question="abc"[number % 3], right=number % 4 > 0))
    found = Standing(UTC)
    found.follow(history)
    return found


def test_a_snapshot_spares_the_rows_it_holds(history: History, tmp_path: Path) -> None:
    file = tmp_path / snapshot.FILE
    assert snapshot.save(file, filled(history), history)
    history.append(an_answer(100))
    opened = snapshot.load(file, history, UTC)
    assert opened.follow(history) == 1
    assert held(opened) == expected(history, UTC)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "noise", "folder"])
def test_a_damaged_snapshot_is_as_good_as_none(history: History, tmp_path: Path, damage: str) -> None:
    file = tmp_path / snapshot.FILE
    snapshot.save(file, filled(history), history)
    content = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    for place in range(0, len(content), max(1, len(content) // 50)):
        if damage != "folder":
            flipped = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
            noise = bytes(each * 7 % 251 for each in range(place))
            file.write_bytes({"cut": content[:place], "flip": flipped, "empty": b"", "noise": noise}[damage])
        opened = snapshot.load(file, history, UTC)
        assert opened.state.seq == 0
        assert opened.follow(history) == 60
    assert held(opened) == expected(history, UTC)


def test_the_snapshot_of_another_history_is_not_used(history: History, tmp_path: Path) -> None:
    file = tmp_path / snapshot.FILE
    snapshot.save(file, filled(history), history)
    with History.open(tmp_path / "restored.sqlite3") as restored:
        for number in [*range(20), *range(21, 70)]:  # a backup without one answer, gone on with
            restored.append(an_answer(number, question="b"))
        opened = snapshot.load(file, restored, UTC)
        opened.follow(restored)
        assert held(opened) == expected(restored, UTC)
    with History.open(tmp_path / "older.sqlite3") as older:
        older.append(an_answer(0))
        assert snapshot.load(file, older, UTC).follow(older) == 1


def test_the_snapshot_of_other_days_or_other_rules_is_not_used(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / snapshot.FILE
    snapshot.save(file, filled(history), history)
    assert snapshot.load(file, history, TOKYO).state.seq == 0
    assert snapshot.load(file, history, UTC).state.seq == 60
    monkeypatch.setattr(snapshot, "RULES", "another fold")
    assert snapshot.load(file, history, UTC).state.seq == 0


def test_where_no_snapshot_can_be_written_nothing_is_lost(history: History, tmp_path: Path) -> None:
    (tmp_path / "standing.new").mkdir()
    assert not snapshot.save(tmp_path / snapshot.FILE, filled(history), history)
    (tmp_path / "none").touch()  # where the folder should be
    assert not snapshot.save(tmp_path / "none" / snapshot.FILE, filled(history, 0), history)


def test_progress_is_told_to_the_end(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "BATCH", 25)
    for number in range(60):
        history.append(an_answer(number))
    told: list[tuple[int, int]] = []
    Standing(UTC).follow(history, lambda done, total: told.append((done, total)))
    assert told == [(25, 60), (50, 60), (60, 60)]


@pytest.mark.parametrize("huge", [1e300, float("inf")])
def test_numbers_that_no_grader_gives_neither_stop_the_fold_nor_the_snapshot(
    history: History, tmp_path: Path, huge: float
) -> None:
    history.append(replace(an_answer(1), score=huge, seconds=huge))
    found = filled(history)
    assert snapshot.save(tmp_path / snapshot.FILE, found, history)
    assert held(snapshot.load(tmp_path / snapshot.FILE, history, UTC)) == held(found)


def test_snapshots_of_an_older_fold_are_told_apart(history: History) -> None:
    """If this fails, the same rows give another standing than before: raise snapshot.FOLD together with this number."""
    for number in range(40):
        answer = an_answer(number, question="ab"[number % 2], right=number % 5 > 0)
        history.append(replace(answer, hints=number % 3 // 2, sure=(None, True, False)[number % 3]))
    history.undo("u0007", START)
    found = Standing(UTC)
    found.follow(history)
    memory = {name: (round(each.stability, 6), round(each.difficulty, 6)) for name, each in found.courses.items()}
    sums = {name: (each.answers, each.right, each.milliseconds) for name, each in found.tallies.items()}
    slips = {name: {slip: each.times for slip, each in course.slips.items()} for name, course in found.courses.items()}
    told = repr((memory, sums, slips, len(found.days), len(found.reviews)))
    assert (snapshot.FOLD, zlib.crc32(told.encode())) == (2, 3519678269)
