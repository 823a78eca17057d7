"""When questions are due: study days, ratings, and a fold that does not depend on how the answers came in."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from fsrs import Card, Rating, Scheduler
from msgspec.structs import replace

from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.clock import study_day
from engine.study.memory.course import rate
from engine.study.memory.schedule import Schedule
from tests.folded import schedule_after

TOKYO = timezone(timedelta(hours=9))
DAY = date(2027, 1, 10)


class Changing(tzinfo):
    """A zone whose clocks are changed once: by ``shift`` hours at a moment in UTC."""

    def __init__(self, hours: float, shift: float, moment: datetime) -> None:
        self.before, self.after = timedelta(hours=hours), timedelta(hours=hours + shift)
        self.moment = moment.replace(tzinfo=None)

    def fromutc(self, dt: datetime) -> datetime:
        return dt + (self.before if dt.replace(tzinfo=None) < self.moment else self.after)

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return self.after

    def dst(self, dt: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, dt: datetime | None) -> str:
        return "changing"


def at(text: str, zone: tzinfo = UTC) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def an_answer(
    day: int = 0,
    question: str = "gru-gates",
    outcome: Outcome = "correct",
    *,
    hour: float = 12,
    score: float | None = None,
    seconds: float = 20.0,
    hints: int = 0,
    sure: bool | None = None,
    guessed: bool = False,
) -> Answer:
    when = datetime(2027, 1, 10, tzinfo=UTC) + timedelta(days=day, hours=hour)
    points = {"correct": 1.0, "partial": 0.5}.get(outcome, 0.0) if score is None else score
    uuid = f"{question}-{day}-{hour}-{outcome}"
    return Answer(uuid, when, "s", question, day, "3", outcome, points, None, seconds, hints, sure, guessed)


def fold(*answers: Answer) -> Schedule:
    return schedule_after(answers, UTC)


@pytest.mark.parametrize(
    ("answer", "rating"),
    [
        (an_answer(outcome="wrong"), Rating.Again),
        (an_answer(outcome="wrong", sure=True, seconds=3), Rating.Again),
        (an_answer(outcome="partial", score=0.4), Rating.Again),
        (an_answer(outcome="partial", score=0.5), Rating.Hard),
        (an_answer(sure=True, seconds=3, guessed=True), Rating.Again),
        (an_answer(hints=1), Rating.Hard),
        (an_answer(hints=1, sure=True, seconds=3), Rating.Hard),
        (an_answer(sure=False), Rating.Hard),
        (an_answer(seconds=100, sure=True), Rating.Hard),
        (an_answer(), Rating.Good),
        (an_answer(seconds=3), Rating.Good),
        (an_answer(seconds=20, sure=True), Rating.Good),
        (an_answer(seconds=3, sure=True), Rating.Easy),
    ],
)
def test_an_answer_is_rated_by_what_it_says_of_the_memory(answer: Answer, rating: Rating) -> None:
    assert rate(answer) == rating


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2027-01-10 04:00:00", date(2027, 1, 10)),
        ("2027-01-10 23:59:59", date(2027, 1, 10)),
        ("2027-01-11 03:59:59.999999", date(2027, 1, 10)),
        ("2027-01-11 04:00:00", date(2027, 1, 11)),
    ],
)
def test_a_study_day_starts_at_four_in_the_morning(time: str, day: date) -> None:
    assert study_day(at(time, TOKYO), TOKYO) == day
    with pytest.raises(ValueError, match="zone"):
        study_day(datetime.fromisoformat(time), TOKYO)


@pytest.mark.parametrize("shift", [1, -1])
def test_on_the_days_when_clocks_change_the_wall_clock_counts(shift: int) -> None:
    zone = Changing(-5, shift, at("2027-03-14 07:00:00"))
    four = at("2027-03-14 09:00:00") - timedelta(hours=shift)
    assert study_day(four, zone) == date(2027, 3, 14)
    assert study_day(four - timedelta(seconds=1), zone) == date(2027, 3, 13)
    assert study_day(four + timedelta(hours=24, seconds=-1), zone) == date(2027, 3, 14)


def test_a_clock_put_back_across_four_does_not_turn_the_memory_back() -> None:
    zone = Changing(0, -1, at("2027-01-10 04:30:00"))
    before, after = an_answer(hour=4.25), an_answer(hour=4.75, outcome="wrong")
    assert study_day(before.at, zone) > study_day(after.at, zone)
    memory = schedule_after([before, after], zone).courses["gru-gates"]
    assert memory.last == memory.lapsed == DAY.toordinal()


def test_without_a_zone_the_machines_own_is_used() -> None:
    local = datetime(2027, 1, 10, 4, 0).astimezone()
    assert study_day(local.astimezone(UTC), None) == DAY
    assert study_day((local - timedelta(seconds=1)).astimezone(UTC), None) == DAY - timedelta(days=1)


def test_a_question_never_answered_is_new_and_never_due() -> None:
    schedule = fold()
    assert schedule.is_new("gru-gates")
    assert schedule.retrievability("gru-gates", DAY) == 0
    assert schedule.due(DAY + timedelta(days=9999)) == []
    assert schedule.next_due(DAY) is None


def test_the_memory_is_what_fsrs_says_of_whole_study_days() -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1)
    outcomes: dict[int, Outcome] = {0: "wrong", 1: "correct", 4: "partial", 15: "correct", 90: "wrong"}
    answers = []
    for day, outcome in outcomes.items():
        answers.append(an_answer(day, outcome=outcome, hour=23 if day % 2 else 5))
        noon = datetime(2027, 1, 10, 12, tzinfo=UTC) + timedelta(days=day)
        card, _ = scheduler.review_card(card, Rating(rate(answers[-1])), noon)
    memory = fold(*answers).courses["gru-gates"]
    assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
    assert date.fromordinal(memory.due) == card.due.date()
    later = datetime(2027, 5, 1, 12, tzinfo=UTC)
    assert fold(*answers).retrievability("gru-gates", later.date()) == scheduler.get_card_retrievability(card, later)


def test_an_evening_and_the_next_morning_are_two_days() -> None:
    evening, morning = an_answer(hour=22), an_answer(1, hour=8)
    same_day = an_answer(hour=22.5)
    assert fold(evening, morning).courses["gru-gates"].stability > (
        1.2 * fold(evening, same_day).courses["gru-gates"].stability
    )


def test_wrong_answers_come_back_before_right_ones() -> None:
    outcomes: dict[str, Outcome] = {"a": "correct", "b": "wrong", "c": "partial"}
    schedule = fold(*(an_answer(question=question, outcome=outcome) for question, outcome in outcomes.items()))
    due = {question: date.fromordinal(course.due) for question, course in schedule.courses.items()}
    assert DAY < due["b"] <= due["c"] < due["a"]
    assert schedule.due(DAY) == []
    assert schedule.next_due(DAY) == (DAY + timedelta(days=1), 2)
    assert schedule.due(due["a"]) == ["b", "c", "a"]
    assert schedule.due_count(due["a"]) == 3
    assert schedule.due(due["a"], among=["a", "b", "never-asked"]) == ["b", "a"]
    assert schedule.next_due(due["b"], among=["a"]) == (due["a"], 1)


def test_being_wrong_again_and_again_in_one_day_is_one_lapse() -> None:
    def held(*answers: Answer) -> tuple[float, float, int]:
        course = fold(an_answer(), *answers).courses["gru-gates"]
        return course.stability, course.difficulty, course.due

    once = an_answer(5, outcome="wrong", hour=9)
    assert held(*(an_answer(5, outcome="wrong", hour=9 + hour) for hour in range(5))) == held(once)
    assert held(once, an_answer(6, outcome="wrong")) != held(once)


def test_a_question_is_missed_until_it_is_answered_right() -> None:
    wrong, partial = an_answer(question="a", outcome="wrong"), an_answer(question="b", outcome="partial")
    schedule = fold(wrong, partial, an_answer(question="c"))
    assert schedule.missed(DAY) == ["a", "b"]
    assert schedule.missed(DAY, among=["b", "c"]) == ["b"]
    assert fold(wrong, partial, an_answer(1, question="a")).missed(DAY) == ["b"]


def slipped(day: int, mistake: str | None = "padding-forgotten", **more: Any) -> Answer:
    return replace(an_answer(day, outcome="wrong", **more), mistake=mistake)


def test_a_named_mistake_made_twice_is_reviewed_by_itself() -> None:
    once = fold(slipped(0))
    assert once.due_mistakes(DAY + timedelta(days=999)) == {}
    twice = fold(slipped(0), slipped(3))
    assert twice.due_mistakes(DAY + timedelta(days=3)) == {}
    assert twice.due_mistakes(DAY + timedelta(days=4)) == {"gru-gates": ["padding-forgotten"]}
    assert twice.due_mistakes(DAY + timedelta(days=4), among=["lstm-gates"]) == {}


def test_a_mistake_brings_its_question_back_before_the_question_itself_is_due() -> None:
    right = [an_answer(day) for day in (4, 20, 80)]  # the question is well known by now
    mistakes = [slipped(81, hour=8), slipped(81, hour=9), an_answer(81, hour=10, sure=True, seconds=3)]
    schedule = fold(*right, *mistakes)
    day = DAY + timedelta(days=84)
    assert not schedule.is_due_itself("gru-gates", day)
    assert schedule.due(day) == ["gru-gates"]
    assert schedule.due_mistakes(day) == {"gru-gates": ["padding-forgotten"]}
    assert schedule.next_due(DAY + timedelta(days=81)) is not None
    reviewed = fold(*right, *mistakes, an_answer(84))
    assert reviewed.due_mistakes(day) == {}
    assert fold(*right, *mistakes, an_answer(84, guessed=True)).due_mistakes(day) == {
        "gru-gates": ["padding-forgotten"]
    }
    again = fold(*right, *mistakes, an_answer(84), slipped(86))
    assert again.due_mistakes(DAY + timedelta(days=87)) == {"gru-gates": ["padding-forgotten"]}


def test_giving_up_is_no_mistake_to_review() -> None:
    assert fold(*(slipped(day, "gave-up") for day in range(4))).due_mistakes(DAY + timedelta(days=99)) == {}
