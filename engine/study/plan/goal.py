"""What the learner works towards."""

from datetime import date

import msgspec

SECONDS_A_QUESTION = 69.0  # the pace of the exam


class Goal(msgspec.Struct, frozen=True):
    """The exam's day, if there is one, and minutes a day."""

    exam: date | None = None
    minutes: int = 30
