"""Learners to plan for, whose memory is not the planner's: five families, with guesses, slips and prior knowledge.

A family holds the memories of many learners at once: arrays of learners × questions. Nobody is told its numbers.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.study.memory import recall as fsrs

Array = NDArray[np.float64]
Index = tuple[NDArray[np.intp], NDArray[np.intp]]
Bools = NDArray[np.bool_]

LEARNER_SPREAD, ITEM_SPREAD = 0.4, 0.5  # of the logarithm of how long a memory lasts


class Family(Protocol):
    """How memories fade and grow."""

    def recall(self, at: Any, day: int) -> Array:
        """The chance of recall of the questions ``at`` that were met, on ``day``."""

    def review(self, at: Index, day: int, right: Bools, first: Bools) -> None:
        """The questions ``at`` were answered, and what is right was read after a mistake."""


def spread(shape: tuple[int, int], rng: np.random.Generator) -> Array:
    """How much longer than its family's each memory lasts: some learners forget faster, and some questions."""
    learner, item = rng.normal(0, LEARNER_SPREAD, (shape[0], 1)), rng.normal(0, ITEM_SPREAD, shape)
    factor: Array = np.exp(learner + item)
    return factor


class ScaledFsrs:
    """FSRS as it stands, except that all memories last ``scale`` times as long."""

    def __init__(self, shape: tuple[int, int], rng: np.random.Generator, scale: float) -> None:
        self._scale = scale * spread(shape, rng)
        self._stability, self._difficulty = np.ones(shape), np.full(shape, 5.0)
        self._last = np.zeros(shape)

    def recall(self, at: Any, day: int) -> Array:
        return fsrs.recall(self._scale[at] * self._stability[at], day - self._last[at])

    def review(self, at: Index, day: int, right: Bools, first: Bools) -> None:
        chance, stability, difficulty = self.recall(at, day), self._stability[at], self._difficulty[at]
        good, again = fsrs.recalled(stability, difficulty, chance), fsrs.forgotten(stability, difficulty, chance)
        starts = (fsrs.initial_stability(fsrs.GOOD), fsrs.initial_stability(fsrs.AGAIN))
        self._stability[at] = np.where(first, np.where(right, *starts), np.where(right, good, again))
        harder = fsrs.next_difficulty(difficulty, fsrs.AGAIN)
        same = fsrs.next_difficulty(difficulty, fsrs.GOOD)
        begun = np.where(right, fsrs.initial_difficulty(fsrs.GOOD), fsrs.initial_difficulty(fsrs.AGAIN))
        self._difficulty[at] = np.where(first, begun, np.where(right, same, harder))
        self._last[at] = day


class ActR:
    """Traces that add up, each fading by a power of time, faster where the last came soon (Pavlik, Anderson 2005)."""

    THRESHOLD, NOISE, DECAY, SPACING = -0.35, 0.35, 0.18, 0.217

    def __init__(self, shape: tuple[int, int], rng: np.random.Generator, days: int) -> None:
        self._threshold = self.THRESHOLD - 0.5 * np.log(spread(shape, rng))
        self._days = np.full((*shape, days), -1, dtype=np.float32)
        self._decays = np.zeros((*shape, days), dtype=np.float32)
        self._count = np.zeros(shape, dtype=np.intp)

    def recall(self, at: Any, day: int) -> Array:
        scaled = (self._activation(at, day) - self._threshold[at]) / self.NOISE
        chance: Array = 1 / (1 + np.exp(-np.clip(scaled, -30, 30)))
        return chance

    def review(self, at: Index, day: int, right: Bools, first: Bools) -> None:
        place = (*at, self._count[at])
        self._decays[place] = self.SPACING * np.exp(self._activation(at, day)) + self.DECAY
        self._days[place] = day
        self._count[at] += 1

    def _activation(self, at: Any, day: int) -> Array:
        used = max(int(self._count.max()), 1)
        days, decays = self._days[..., :used][at], self._decays[..., :used][at]
        age = np.where(days >= 0, np.maximum(day - days, 1), 1)
        total = np.where(days >= 0, age**-decays, 0).sum(axis=-1, dtype=np.float64)
        activation: Array = np.log(np.maximum(total, 1e-9))
        return activation


class TwoExponentials:
    """A quick part and a slow part, both fading exponentially; a spaced review makes the slow one larger and slower.

    With a slow part of one constant life, 26 reviews 56 days apart would be gone within two years, where people kept
    three quarters for five (Bahrick et al. 1993). Half a year and more for each spaced review leaves 15 % eight years
    after seven reviews 30 days apart, as in Bahrick and Phelps 1987.
    """

    QUICK, SLOW, LONGER, START, GROWTH = 2.5, 120.0, 240.0, 0.2, 0.4

    def __init__(self, shape: tuple[int, int], rng: np.random.Generator) -> None:
        self._scale = spread(shape, rng)
        self._slow, self._life = np.full(shape, self.START), np.full(shape, self.SLOW)
        self._last = np.zeros(shape)

    def recall(self, at: Any, day: int) -> Array:
        age = (day - self._last[at]) / self._scale[at]
        slow = self._slow[at]
        chance: Array = slow * np.exp(-age / self._life[at]) + (1 - slow) * np.exp(-age / self.QUICK)
        return chance

    def review(self, at: Index, day: int, right: Bools, first: Bools) -> None:
        age = (day - self._last[at]) / self._scale[at]
        kept = self._slow[at] * np.exp(-age / self._life[at]) * np.where(right, 1.0, 0.9)
        spaced = 1 - np.exp(-age / self.QUICK)
        self._slow[at] = np.where(first, self.START, kept + (1 - kept) * self.GROWTH * spaced)
        self._life[at] = np.where(first, self.SLOW, self._life[at] + self.LONGER * spaced)
        self._last[at] = day


class HalfLife:
    """A half-life that every right answer stretches, however soon it comes (half-life regression: no spacing)."""

    START, RIGHT, WRONG, LEAST = 2.5, 1.8, 0.7, 0.5

    def __init__(self, shape: tuple[int, int], rng: np.random.Generator) -> None:
        self._start = self.START * spread(shape, rng)
        self._half = self._start.copy()
        self._last = np.zeros(shape)

    def recall(self, at: Any, day: int) -> Array:
        chance: Array = 2 ** -((day - self._last[at]) / self._half[at])
        return chance

    def review(self, at: Index, day: int, right: Bools, first: Bools) -> None:
        changed = np.maximum(self._half[at] * np.where(right, self.RIGHT, self.WRONG), self.LEAST)
        self._half[at] = np.where(first, self._start[at], changed)
        self._last[at] = day


FAMILIES = ("FSRS x0.15", "FSRS x0.5", "ACT-R", "two exponentials", "half-life")


def family(name: str, shape: tuple[int, int], days: int, rng: np.random.Generator) -> Family:
    """The family ``name`` with ``shape`` = learners × questions, nothing met yet."""
    match name:
        case "FSRS x0.15":
            return ScaledFsrs(shape, rng, 0.15)
        case "FSRS x0.5":
            return ScaledFsrs(shape, rng, 0.5)
        case "ACT-R":
            return ActR(shape, rng, days)
        case "two exponentials":
            return TwoExponentials(shape, rng)
        case _:
            return HalfLife(shape, rng)
