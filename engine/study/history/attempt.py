"""An answer as the folds see it: what was judged of it, in the order of time, and nothing that was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple, Self

from engine.grading.verdict import Outcome
from engine.study.answer import DAY_STARTS, Answer, study_day

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_DAY = 24 * 60 * 60 * 1_000_000
_FIRST_DAY = EPOCH.toordinal()


class Attempt(NamedTuple):
    """One attempt at a question. ``at`` is in microseconds since 1970; ``sure`` and ``guessed`` may be 0, 1 or None."""

    at: int
    uuid: str
    question: str
    seed: int
    outcome: Outcome
    score: float
    mistake: str | None
    seconds: float
    hints: int
    sure: int | None
    guessed: int | None

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The attempt that ``answer`` was."""
        return cls(
            microseconds(answer.at),
            answer.uuid,
            answer.question,
            answer.seed,
            answer.outcome,
            answer.score,
            answer.mistake,
            answer.seconds,
            answer.hints,
            answer.sure,
            answer.guessed,
        )

    @property
    def right(self) -> bool:
        """Whether it was right and known, as far as the learner says."""
        return self.outcome == "correct" and not self.guessed


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A later row about an answer: its undoing, or the learner's own word. The latest word counts."""

    at: int
    uuid: str
    undone: bool
    outcome: Outcome | None = None
    score: float | None = None
    sure: int | None = None
    guessed: int | None = None


def judged(attempt: Attempt, judgements: Sequence[Judgement]) -> Attempt | None:
    """The attempt as it counts after ``judgements``, in any order; None if it was undone."""
    if any(each.undone for each in judgements):
        return None
    if not judgements:
        return attempt
    last = max(judgements, key=lambda each: (each.at, each.uuid))
    return attempt._replace(
        outcome=last.outcome or attempt.outcome,
        score=attempt.score if last.score is None else last.score,
        sure=attempt.sure if last.sure is None else last.sure,
        guessed=attempt.guessed if last.guessed is None else last.guessed,
    )


def in_order(answers: Iterable[Answer]) -> list[Attempt]:
    """The attempts in the order of time; of two answers with one uuid the later given counts."""
    by_uuid = {answer.uuid: Attempt.of(answer) for answer in answers}
    return sorted(by_uuid.values(), key=lambda attempt: (attempt.at, attempt.uuid))


def microseconds(at: datetime) -> int:
    """An aware time in microseconds since 1970. Raises ValueError for one without its zone."""
    if at.tzinfo is None:
        raise ValueError("a time is kept with its zone")
    return (at - EPOCH) // MICROSECOND


class StudyDays:
    """The study day of a time as the ordinal of a date; quick, because a zone is asked twice a day at most."""

    def __init__(self, timezone: tzinfo | None) -> None:
        self.timezone = timezone
        self._ahead: dict[int, int | None] = {}

    def __call__(self, at: int) -> int:
        """The study day of ``at`` (microseconds since 1970)."""
        date = at // _DAY
        try:
            ahead = self._ahead[date]
        except KeyError:
            ahead = self._ahead[date] = self._ahead_all_day(date)
        if ahead is None:  # the clocks are changed on this day
            return study_day(_datetime(at), self.timezone).toordinal()
        return _FIRST_DAY + (at + ahead) // _DAY

    def _ahead_all_day(self, date: int) -> int | None:
        """How far the study day is ahead of the UTC day number ``date``; None if that changes in the course of it."""
        first, last = (ahead_of_utc(_datetime(at), self.timezone) for at in (date * _DAY, (date + 1) * _DAY))
        return (first - DAY_STARTS) // MICROSECOND if first == last else None


def ahead_of_utc(at: datetime, timezone: tzinfo | None) -> timedelta:
    """How far the clocks of ``timezone`` (the machine's if None) are ahead of UTC at an aware time."""
    return at.astimezone(timezone).replace(tzinfo=None) - at.astimezone(UTC).replace(tzinfo=None)


def _datetime(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
