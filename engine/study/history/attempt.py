"""An answer as the folds see it: what was judged of it, in the order of time, and nothing that was typed."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from engine.grading.verdict import Outcome


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

    @property
    def right(self) -> bool:
        """Whether it was right and known, as far as the learner says."""
        return self.outcome == "correct" and not self.guessed


class Judgement(msgspec.Struct, frozen=True, order=True):
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
