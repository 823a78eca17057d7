"""The policies compared: ours, run by the program's own functions, and what people use instead.

A policy says on one day how early each question comes: an array of learners × questions, ``NEVER`` for not today.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.study.memory import recall
from engine.study.plan.imagined import Array, Bools, Deck, Index
from engine.study.plan.policy import GUESS, NEVER, Outlook

LEITNER_DAYS = np.array([1, 2, 4, 8, 16, 32])
LAST_WEEK = 7


@dataclass
class BoxedDeck(Deck):
    """The program's own imagined deck, and beside it Leitner's boxes."""

    box: NDArray[np.intp] = field(default_factory=lambda: np.zeros((0, 0), np.intp))

    @classmethod
    def empty(cls, learners: int, questions: int) -> Self:
        """Nothing met yet, everything in the first box."""
        deck = super().empty(learners, questions)
        deck.box = np.zeros((learners, questions), np.intp)
        return deck

    def record(self, at: Index, day: int, right: Bools) -> None:
        """The questions ``at`` were answered on ``day``."""
        up = np.minimum(self.box[at] + 1, len(LEITNER_DAYS) - 1)
        self.box[at] = np.where(right & self.seen[at], up, 0)
        super().record(at, day, right)


Policy = Callable[[BoxedDeck, int, Outlook, Array], Array]


def ours(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
    """Keep safe, then earn, then one last pass."""
    return deck.keys(day, outlook)


def fsrs(retention: float, *, fill: bool) -> Policy:
    """What is due at ``retention``, weakest first; then new ones; then, to ``fill`` the time, the weakest left."""

    def policy(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
        chance = recall.recall(deck.stability, day - deck.last)
        return _tiers(deck, chance < retention, 1 - chance, fill)

    return policy


def leitner(*, fill: bool) -> Policy:
    """Boxes of 1, 2, 4, 8, 16 and 32 days; then new ones; then, to ``fill`` the time, what is nearest its day."""

    def policy(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
        over = (day - deck.last) / LEITNER_DAYS[deck.box]
        return _tiers(deck, over >= 1, over / (1 + over), fill)

    return policy


def in_random_order(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
    """Any question, new or not."""
    return dice


def cyclic(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
    """Round and round in the deck's order."""
    return np.where(deck.seen, -1.0 - deck.last, 1.0)


def last_week_only(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
    """Nothing until the last week, then round and round."""
    return cyclic(deck, day, outlook, dice) if outlook.left <= LAST_WEEK else np.full_like(dice, NEVER)


def crammed(deck: BoxedDeck, day: int, outlook: Outlook, dice: Array) -> Array:
    """FSRS 0.90 and spare minutes; in the last week everything once, weakest first, and a new one counts as a guess."""
    if outlook.left > LAST_WEEK:
        return FILLED_90(deck, day, outlook, dice)
    chance = np.where(deck.seen, recall.recall(deck.stability, day - deck.last), GUESS)
    fresh = deck.seen & (deck.last > day + outlook.left - LAST_WEEK - 1)
    return np.where(fresh, 0.0, 1.0) + 1 - chance


def _tiers(deck: BoxedDeck, due: Bools, need: Array, fill: bool) -> Array:
    known = np.where(due, 20 + need, need if fill else NEVER)
    return np.where(deck.seen, known, 10.0)


FILLED_90 = fsrs(0.90, fill=True)
OURS = "ours"
POLICIES: dict[str, Policy] = {
    OURS: ours,
    "FSRS 0.90": fsrs(0.90, fill=False),
    "FSRS 0.95": fsrs(0.95, fill=False),
    "Leitner": leitner(fill=False),
    "random": in_random_order,
    "cyclic": cyclic,
    "last week only": last_week_only,
    "FSRS 0.90 + fill": FILLED_90,
    "FSRS 0.95 + fill": fsrs(0.95, fill=True),
    "Leitner + fill": leitner(fill=True),
    "FSRS 0.90 + fill + last week": crammed,
}
