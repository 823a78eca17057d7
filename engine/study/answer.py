"""One answer as it is kept, and who keeps it."""

from datetime import datetime
from typing import Protocol

import msgspec

from engine.bank.asked import Asked
from engine.grading.verdict import Outcome, Verdict


class Answer(msgspec.Struct, frozen=True):
    """One attempt: which question at which seed, what was typed, what came of it.

    ``at`` is an aware UTC time, ``seconds`` the time from question to answer, ``hints`` how many were shown,
    ``sure`` the learner's own word where it was asked for, ``guessed`` their word after a right answer that it was
    luck. ``uuid`` makes histories of two machines mergeable.
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
    guessed: bool = False

    @property
    def right(self) -> bool:
        """Whether it was right and known, as far as the learner says."""
        return self.outcome == "correct" and not self.guessed

    @property
    def order(self) -> tuple[datetime, str]:
        """Where this answer stands among all others: the same on every machine, whichever row came in first."""
        return self.at, self.uuid


class Answered(msgspec.Struct, frozen=True):
    """A question with its answer and its verdict, as they count now."""

    asked: Asked
    answer: Answer
    verdict: Verdict


class Recorder(Protocol):
    """Where answers are kept. Each call returns when it is safe; it may raise ``HistoryError``."""

    def append(self, answer: Answer) -> None:
        """Keep an answer."""

    def undo(self, uuid: str, at: datetime) -> None:
        """Take the answer ``uuid`` back."""

    def confirm(
        self,
        uuid: str,
        outcome: Outcome,
        score: float,
        at: datetime,
        sure: bool | None = None,
        guessed: bool | None = None,
    ) -> None:
        """Let the learner's own judgement of the answer ``uuid`` count: how good, how sure, or only guessed."""
