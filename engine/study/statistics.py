"""What the standing says of the learner: by topic, by day, by mistake. Data only; nothing here asks for anything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from engine.study.memory.standing import Standing
from engine.study.memory.tally import GUESSED, SURE, UNSAID, UNSURE, Day, Tally
from engine.study.score import Score

WEEKS = 26
CURVE_DAYS = 5
LISTED = 8
LEAST_ANSWERS = 2  # before a question can be called hard


class TopicStatistics(msgspec.Struct, frozen=True):
    """A topic: its questions, how many were met, and how they fare.

    ``retention`` is the mean chance of recall today of those met, ``share`` of right answers; None before the first.
    ``seconds`` is the usual time of an answer (median, within a fifth).
    """

    topic: str
    questions: int
    met: int
    answers: int
    right: int
    retention: float | None
    due: int
    seconds: float

    @property
    def share(self) -> float | None:
        """Right answers of all."""
        return self.right / self.answers if self.answers else None


class QuestionStatistics(msgspec.Struct, frozen=True):
    """A question that was often wrong; ``retention`` as of today."""

    question: str
    topic: str
    answers: int
    right: int
    retention: float
    seconds: float


class MistakeStatistics(msgspec.Struct, frozen=True):
    """A mistake with a name: on which question, how often, when last, and whether it is to be reviewed."""

    question: str
    topic: str
    mistake: str
    times: int
    last: date
    due: bool


class Calibration(msgspec.Struct, frozen=True):
    """Right answers by what the learner said of them. ``guessed`` are right ones called a guess afterwards."""

    sure: Score
    unsure: Score
    unsaid: Score
    guessed: int


class DayStatistics(msgspec.Struct, frozen=True):
    """A study day; ``mean`` is the share of right answers over it and the four studied days before."""

    day: date
    answers: int
    right: int
    seconds: float
    mean: float


class Statistics(msgspec.Struct, frozen=True):
    """Everything as of ``today``. ``days`` are the study days of the last 26 weeks that have answers, oldest first.

    ``streak`` counts the days in a row up to today (or yesterday, while today is young), ``longest`` the most ever.
    ``gone`` are the answers to questions that no bank has any more; they count only in the totals and the days.
    """

    today: date
    answers: int
    right: int
    guessed: int
    hours: float
    due: int
    retention: float | None
    streak: int
    longest: int
    gone: int
    topics: tuple[TopicStatistics, ...]
    days: tuple[DayStatistics, ...]
    mistakes: tuple[MistakeStatistics, ...]
    hardest: tuple[QuestionStatistics, ...]
    calibration: Calibration


def statistics(standing: Standing, topics: Mapping[str, str], today: date) -> Statistics:
    """The statistics of ``standing`` for the questions in ``topics`` (the topic of each id) as of ``today``."""
    whole = _sum(standing.tallies.values())
    met = [name for name in topics if name in standing.courses]
    by_topic: dict[str, list[str]] = defaultdict(list)
    for question, topic in topics.items():
        by_topic[topic].append(question)
    told = whole.told
    return Statistics(
        today=today,
        answers=whole.answers,
        right=whole.right,
        guessed=told[GUESSED],
        hours=whole.milliseconds / 3_600_000,
        due=_due(standing, met, today),
        retention=_retention(standing, met, today),
        streak=streak(standing.days, today),
        longest=longest(standing.days),
        gone=sum(tally.answers for name, tally in standing.tallies.items() if name not in topics),
        topics=tuple(sorted((_topic(standing, *each, today) for each in by_topic.items()), key=_weakness)),
        days=tuple(_days(standing.days, today)),
        mistakes=_mistakes(standing, topics, today),
        hardest=_hardest(standing, topics, today),
        calibration=Calibration(_told(told, SURE), _told(told, UNSURE), _told(told, UNSAID), told[GUESSED]),
    )


def streak(days: Mapping[int, Day], today: date) -> int:
    """Study days in a row up to today, or to yesterday if today has none yet."""
    last = today.toordinal()
    last -= last not in days
    first = last
    while first in days:
        first -= 1
    return last - first


def longest(days: Mapping[int, Day]) -> int:
    """The most study days in a row there ever were."""
    most = run = 0
    before = None
    for day in sorted(days):
        run = run + 1 if before is not None and day == before + 1 else 1
        most, before = max(most, run), day
    return most


def _topic(standing: Standing, topic: str, questions: list[str], today: date) -> TopicStatistics:
    met = [name for name in questions if name in standing.courses]
    whole = _sum(standing.tallies[name] for name in met)
    return TopicStatistics(
        topic,
        len(questions),
        len(met),
        whole.answers,
        whole.right,
        _retention(standing, met, today),
        _due(standing, met, today),
        whole.median_seconds(),
    )


def _weakness(topic: TopicStatistics) -> tuple[bool, float]:
    """Topics not yet met come last."""
    return (topic.share is None, topic.share or 0.0)


def _days(days: Mapping[int, Day], today: date) -> Iterable[DayStatistics]:
    """The monday 25 weeks ago and what came after it."""
    monday = (today - timedelta(days=today.weekday(), weeks=WEEKS - 1)).toordinal()
    studied = sorted(day for day in days if day <= today.toordinal())
    for place, ordinal in enumerate(studied):
        if ordinal < monday:
            continue
        window = [days[each] for each in studied[max(0, place - CURVE_DAYS + 1) : place + 1]]
        mean = sum(each.right for each in window) / sum(each.answers for each in window)
        day = days[ordinal]
        yield DayStatistics(date.fromordinal(ordinal), day.answers, day.right, day.milliseconds / 1000, mean)


def _mistakes(standing: Standing, topics: Mapping[str, str], today: date) -> tuple[MistakeStatistics, ...]:
    ordinal = today.toordinal()
    found = [
        (slip.times, slip.at, name, mistake)
        for name, course in standing.courses.items()
        if course.slips and name in topics
        for mistake, slip in course.slips.items()
    ]
    return tuple(
        MistakeStatistics(
            name,
            topics[name],
            mistake,
            times,
            date.fromordinal(standing.study_day(at)),
            mistake in standing.courses[name].due_slips(ordinal),
        )
        for times, at, name, mistake in sorted(found, reverse=True)[:LISTED]
    )


def _hardest(standing: Standing, topics: Mapping[str, str], today: date) -> tuple[QuestionStatistics, ...]:
    found = [
        (tally.right / tally.answers, -tally.answers, name)
        for name, tally in standing.tallies.items()
        if name in topics and LEAST_ANSWERS <= tally.answers > tally.right
    ]
    return tuple(
        QuestionStatistics(
            name,
            topics[name],
            standing.tallies[name].answers,
            standing.tallies[name].right,
            standing.courses[name].retrievability(today.toordinal()),
            standing.tallies[name].median_seconds(),
        )
        for _, _, name in sorted(found)[:LISTED]
    )


def _retention(standing: Standing, met: list[str], today: date) -> float | None:
    ordinal = today.toordinal()
    chances = [standing.courses[name].retrievability(ordinal) for name in met]
    return sum(chances) / len(chances) if chances else None


def _due(standing: Standing, met: list[str], today: date) -> int:
    ordinal = today.toordinal()
    return sum(standing.courses[name].soonest() <= ordinal for name in met)


def _sum(tallies: Iterable[Tally]) -> Tally:
    whole = Tally.empty()
    for tally in tallies:
        whole.add(tally)
    return whole


def _told(told: list[int], place: int) -> Score:
    return Score(told[place], told[place] + told[place + 1])
