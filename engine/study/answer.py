"""One answer as it is kept."""

from dataclasses import dataclass
from datetime import datetime

from engine.grading.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """One attempt: which question at which seed, what was typed, what came of it.

    ``at`` is an aware UTC time, ``seconds`` the time from question to answer, ``hints`` how many were shown,
    ``sure`` the learner's own word where it was asked for. ``uuid`` makes histories of two machines mergeable.
    """

    uuid: str
    at: datetime
    session: str
    question: str
    seed: int
    text: str
    outcome: Outcome
    score: float
    mistake: str | None
    seconds: float
    hints: int = 0
    sure: bool | None = None
