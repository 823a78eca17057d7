"""What the learner works towards."""

from dataclasses import dataclass
from datetime import date

SECONDS_A_QUESTION = 69.0  # the pace of the exam


@dataclass(frozen=True, slots=True)
class Goal:
    """The exam's day, if there is one, and minutes a day."""

    exam: date | None = None
    minutes: int = 30
