"""The mock exam as a state machine: whatever keys come, the clock is honest and nothing is lost."""

import math
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.load import SHIPPED, load
from engine.bank.model import Bank, Question
from engine.study.exam.exam import SAVED_EVERY, Exam
from engine.study.exam.item import Item
from engine.study.exam.paper import MOST, available, paper, size
from engine.study.exam.sheet import Place, Sheet

LIBRARY = load([SHIPPED])


def drawn(name: str, seed: int) -> Asked | None:
    found = LIBRARY.find(name)
    return ask(found[1], found[0].topic, seed) if found else None


ITEMS = paper(LIBRARY.questions(["convolution", "parameters"]), 6, 1, drawn)


def sheet_of(items: list[Item], limit: float = 414.0) -> Sheet:
    places = tuple(Place(question=each.asked.id, seed=each.asked.seed) for each in items)
    return Sheet(id="one", seed=1, begun=datetime(2026, 11, 23, tzinfo=UTC), limit=limit, places=places)


def exam_of(limit: float = 414.0, kept: list[Sheet] | None = None) -> Exam:
    return Exam(sheet_of(ITEMS, limit), ITEMS, (kept if kept is not None else []).append)


ACTIONS: dict[str, Callable[[Exam, int, float], object]] = {
    "choose": lambda exam, number, now: exam.choose(number % 5, now),
    "clear": lambda exam, number, now: exam.clear(now),
    "flag": lambda exam, number, now: exam.flag(now),
    "go": lambda exam, number, now: exam.go(number, now),
    "next": lambda exam, number, now: exam.next(now),
    "previous": lambda exam, number, now: exam.previous(now),
    "tick": lambda exam, number, now: exam.tick(now),
    "leave": lambda exam, number, now: exam.leave(now),
    "enter": lambda exam, number, now: exam.enter(now),
    "hand_in": lambda exam, number, now: exam.hand_in(now) if number == 7 else None,
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(-2, 9), st.floats(-5.0, 60.0, allow_nan=False)),
    max_size=40,
)


def reopened(kept: list[Sheet]) -> Exam:
    """The exam as another process finds it."""
    sheet = msgspec.json.decode(msgspec.json.encode(kept[-1]), type=Sheet)
    return Exam(sheet, ITEMS, kept.append)


def runs(exam: Exam) -> bool:
    return not exam.finished and exam.left(math.inf) == 0


@given(STEPS)
@settings(max_examples=150, deadline=None)
def test_any_keys_keep_the_account_straight(steps: list[tuple[str, int, float]]) -> None:
    kept: list[Sheet] = []
    exam, now, warnings = exam_of(300.0, kept), 1000.0, 0
    exam.enter(now)
    for action, number, passed in steps:
        before, ran = exam.sheet, runs(exam)
        now += passed
        warnings += ACTIONS[action](exam, number, now) is True
        sheet = exam.sheet
        assert 0 <= sheet.here < exam.total
        assert before.used <= sheet.used <= sheet.limit
        assert sum(place.seconds for place in sheet.places) == pytest.approx(sheet.used)
        assert 0 <= exam.left(now) <= sheet.limit - sheet.used
        assert [place.question for place in sheet.places] == [item.asked.id for item in ITEMS]
        for place, item in zip(sheet.places, ITEMS, strict=True):
            assert place.chosen is None or item.place(place.chosen) is not None
        if before.finished or not ran:
            assert sheet == before
        if sheet.used >= sheet.limit:
            assert exam.finished
        if exam.finished:
            assert kept[-1] == sheet
    assert warnings <= 1


@given(STEPS, st.integers(0, 40))
@settings(max_examples=80, deadline=None)
def test_going_on_from_the_file_equals_going_on(steps: list[tuple[str, int, float]], cut: int) -> None:
    straight_kept: list[Sheet] = []
    broken_kept: list[Sheet] = []
    straight, broken = exam_of(300.0, straight_kept), exam_of(300.0, broken_kept)
    now = 0.0
    for exam in (straight, broken):
        exam.enter(now)
    for index, (action, number, passed) in enumerate(steps):
        now += passed
        for exam in (straight, broken):
            ACTIONS[action](exam, number, now)
        if index == cut and runs(straight):
            straight.leave(now)
            straight.enter(now)
            broken.leave(now)
            broken = reopened(broken_kept)
            broken.enter(now)
        assert broken.sheet == straight.sheet


def test_leaving_stops_the_clock_and_another_process_goes_on_with_it() -> None:
    kept: list[Sheet] = []
    exam = exam_of(kept=kept)
    exam.enter(0.0)
    exam.choose(2, 10.0)
    exam.next(12.0)
    exam.leave(20.0)
    exam.leave(5000.0)
    assert exam.left(9999.0) == 394.0
    again = reopened(kept)
    assert again.left(77.0) == 394.0
    again.enter(77.0)
    assert (again.number, again.sheet.places[0].seconds, again.left(80.0)) == (2, 12.0, 391.0)


def test_a_kill_costs_at_most_the_seconds_since_the_last_look() -> None:
    kept: list[Sheet] = []
    exam = exam_of(kept=kept)
    exam.enter(0.0)
    for second in range(1, 100):
        exam.tick(float(second))
        used = kept[-1].used if kept else 0.0
        assert second - used <= SAVED_EVERY
    assert len(kept) < 20


def test_time_over_finishes_by_itself_and_the_late_answer_does_not_count() -> None:
    exam = exam_of(100.0)
    exam.enter(0.0)
    exam.choose(1, 99.0)
    exam.next(99.5)
    exam.choose(0, 100.5)
    assert exam.finished
    assert [place.chosen is not None for place in exam.sheet.places].count(True) == 1
    assert exam.sheet.used == 100.0


@pytest.mark.parametrize(("limit", "left"), [(7176.0, 600.0), (1201.0, 600.0), (1200.0, 240.0), (69.0, 13.8)])
def test_the_warning_comes_once_at_ten_minutes_or_at_a_fifth_of_a_short_exam(limit: float, left: float) -> None:
    exam = exam_of(limit)
    exam.enter(0.0)
    assert not exam.tick(limit - left - 0.1)
    assert exam.tick(limit - left + 0.1)
    assert not exam.tick(limit - left + 0.2)
    exam.leave(limit - left + 0.2)
    exam.enter(0.0)
    assert not exam.tick(1.0)


def test_a_clock_that_goes_back_gives_no_time_back() -> None:
    exam = exam_of()
    exam.enter(100.0)
    exam.tick(150.0)
    exam.tick(20.0)
    assert exam.sheet.used == 50.0
    exam.tick(25.0)
    assert exam.sheet.used == 55.0


def test_an_answer_can_be_changed_and_taken_back() -> None:
    exam = exam_of()
    exam.enter(0.0)
    exam.choose(0, 1.0)
    exam.choose(3, 2.0)
    assert exam.place.chosen == exam.item.options[3].id
    exam.clear(3.0)
    assert exam.sheet.open == exam.total


QUESTIONS = LIBRARY.questions()


def papers(count: int, seed: int) -> list[Item]:
    return paper(QUESTIONS, count, seed, drawn)


def test_each_question_once_in_sets_of_its_topic() -> None:
    items = papers(MOST, 5)
    names = [item.asked.id for item in items]
    assert len(names) == len(set(names)) == available([question for _, question in QUESTIONS], MOST)
    runs: list[tuple[str, int]] = []
    for item in items:
        topic = item.asked.topic
        if runs and runs[-1][0] == topic:
            runs[-1] = (topic, runs[-1][1] + 1)
        else:
            runs.append((topic, 1))
    sizes: dict[str, int] = {}
    for topic, length in runs:
        sizes[topic] = sizes.get(topic, 0) + length
    assert all(length >= min(3, sizes[topic]) or sizes[topic] in (1, 2, 5) for topic, length in runs[:-1])
    order = [question.id for _, question in QUESTIONS]
    assert names != sorted(names, key=order.index)


def test_the_same_seed_gives_the_same_paper_and_another_one_another() -> None:
    assert papers(12, 3) == papers(12, 3)
    assert papers(12, 3) != papers(12, 4)
    assert len(papers(5, 3)) == 5


def test_a_question_that_cannot_be_drawn_is_left_out() -> None:
    broken = QUESTIONS[0][1].id
    items = paper(QUESTIONS, MOST, 1, lambda name, seed: None if name == broken else drawn(name, seed))
    assert broken not in {item.asked.id for item in items}
    assert len(items) >= 30


@pytest.mark.parametrize(
    ("given_", "count", "minutes", "expected"),
    [
        (200, None, None, (104, 7176.0)),
        (44, None, None, (44, 3036.0)),
        (44, 20, None, (20, 1380.0)),
        (44, 60, None, (44, 3036.0)),
        (200, None, 30, (26, 1800.0)),
        (200, 10, 30, (10, 1800.0)),
        (200, None, 1, (1, 60.0)),
        (0, None, None, (0, 0.0)),
    ],
)
def test_the_time_is_in_proportion_unless_it_is_said(
    given_: int, count: int | None, minutes: int | None, expected: tuple[int, float]
) -> None:
    assert size(lambda wished: min(given_, wished), count, minutes) == expected


def test_a_bank_with_one_topic_of_five_is_cut_in_two_sets() -> None:
    pairs: list[tuple[Bank, Question]] = [pair for pair in QUESTIONS if pair[0].topic == "parameters"]
    assert {item.asked.id for item in paper(pairs, 9, 1, drawn)} == {question.id for _, question in pairs[:9]}
