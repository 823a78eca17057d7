"""What the learner works towards."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Goal:
    """The exam's day, if there is one, and minutes a day."""

    exam: date | None = None
    minutes: int = 30
