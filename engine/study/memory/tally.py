"""Sums over answers that can be taken back one by one: what an answer adds, its undoing subtracts, exactly.

All are whole numbers, so that the same answers give the same sums in whatever order they come.
"""

import math

import msgspec

from engine.study.history.attempt import Attempt

LONGEST_SECONDS = 600.0  # whoever takes longer was away
BUCKETS = 18  # times by half octaves, from 2 s up
_FIRST_EDGE = 2.0

SURE, UNSURE, UNSAID, GUESSED = 0, 2, 4, 6  # right ones there, wrong ones one further; a guess is always right


class Day(msgspec.Struct, array_like=True):
    """A study day: answers, right ones, milliseconds."""

    answers: int = 0
    right: int = 0
    milliseconds: int = 0

    def count(self, attempt: Attempt, sign: int) -> None:
        """Add an attempt (``sign`` 1) or take it back (-1)."""
        self.answers += sign
        self.right += sign * (attempt.outcome == "correct")
        self.milliseconds += sign * thousandths(attempt.seconds)


class Tally(msgspec.Struct, array_like=True):
    """A question's sums. ``told`` are the answers by what the learner said of them, ``times`` by how long they took."""

    answers: int
    right: int
    milliseconds: int
    told: list[int]
    times: list[int]

    @classmethod
    def empty(cls) -> "Tally":
        """A tally of nothing."""
        return cls(0, 0, 0, [0] * (GUESSED + 1), [0] * BUCKETS)

    def count(self, attempt: Attempt, sign: int) -> None:
        """Add an attempt (``sign`` 1) or take it back (-1)."""
        right = attempt.outcome == "correct"
        self.answers += sign
        self.right += sign * right
        self.milliseconds += sign * thousandths(attempt.seconds)
        self.told[_told(attempt.sure, attempt.guessed, right)] += sign
        self.times[_bucket(attempt.seconds)] += sign

    def add(self, other: "Tally") -> None:
        """Add another tally, as of a topic's next question."""
        self.answers += other.answers
        self.right += other.right
        self.milliseconds += other.milliseconds
        self.told = [own + more for own, more in zip(self.told, other.told, strict=True)]
        self.times = [own + more for own, more in zip(self.times, other.times, strict=True)]

    def median_seconds(self) -> float:
        """The median time of an answer, as near as half octaves tell (within a fifth); 0 without answers."""
        half, below = self.answers / 2, 0
        for bucket, number in enumerate(self.times):
            if number and below + number >= half:
                low = 0.0 if bucket == 0 else _FIRST_EDGE * 2 ** ((bucket - 1) / 2)
                return low + (_FIRST_EDGE * 2 ** (bucket / 2) - low) * (half - below) / number
            below += number
        return 0.0


def thousandths(seconds: float) -> int:
    """Seconds as whole milliseconds, at most :data:`LONGEST_SECONDS`."""
    return round(1000 * min(max(seconds, 0.0), LONGEST_SECONDS))


def _told(sure: int | None, guessed: int | None, right: bool) -> int:
    if guessed and right:
        return GUESSED
    return (UNSAID if sure is None else SURE if sure else UNSURE) + (not right)


def _bucket(seconds: float) -> int:
    if seconds <= _FIRST_EDGE:
        return 0
    return min(1 + math.floor(2 * math.log2(min(seconds, LONGEST_SECONDS) / _FIRST_EDGE)), BUCKETS - 1)
