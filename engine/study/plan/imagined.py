"""Many learners at once, day after day: what the planner holds of their memories, and sessions as they would go.

Arrays are learners × questions, days are whole numbers from today (0). NumPy is imported here: import this lazily.
"""

from collections.abc import Callable
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.study.memory import recall
from engine.study.plan import policy
from engine.study.plan.policy import NEVER, Outlook, Pace

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Index = tuple[NDArray[np.intp], NDArray[np.intp]]


class Deck(msgspec.Struct):
    """What FSRS holds of every question, and how first encounters went: arrays of one row a learner."""

    stability: Array
    difficulty: Array
    last: Array
    seen: Bools
    first_right: Array
    first_tries: Array

    @classmethod
    def empty(cls, learners: int, questions: int) -> Self:
        """Nothing met yet."""
        shape = (learners, questions)
        none = np.zeros((learners, 1))
        return cls(np.ones(shape), np.full(shape, 5.0), np.zeros(shape), np.zeros(shape, bool), none, none.copy())

    def keys(self, day: int, outlook: Outlook) -> Array:
        """How early each question comes on ``day`` by the policy; never what was asked that day."""
        elapsed = day - self.last
        share = policy.share_known(self.first_right, self.first_tries)
        key = policy.keys(self.stability, self.difficulty, np.maximum(elapsed, 1.0), self.seen, share, outlook)
        return np.where(self.seen & (elapsed < 1), NEVER, key)

    def record(self, at: Index, day: int, right: Bools) -> None:
        """The questions ``at`` were answered on ``day``: Good or Again."""
        first, stability, difficulty = ~self.seen[at], self.stability[at], self.difficulty[at]
        chance = recall.recall(stability, np.maximum(day - self.last[at], 1.0))
        good, again = recall.recalled(stability, difficulty, chance), recall.forgotten(stability, difficulty, chance)
        start = np.where(right, recall.initial_stability(recall.GOOD), recall.initial_stability(recall.AGAIN))
        self.stability[at] = np.where(first, start, np.where(right, good, again))
        same, harder = recall.next_difficulty(difficulty, recall.GOOD), recall.next_difficulty(difficulty, recall.AGAIN)
        begun = np.where(right, recall.initial_difficulty(recall.GOOD), recall.initial_difficulty(recall.AGAIN))
        self.difficulty[at] = np.where(first, begun, np.where(right, same, harder))
        self.last[at], self.seen[at] = day, True
        self.first_tries[:, 0] += np.bincount(at[0][first], minlength=len(self.seen))
        self.first_right[:, 0] += np.bincount(at[0][first & right], minlength=len(self.seen))


def session(
    order: Array, seen: Bools, answer: Callable[[Index], Bools], seconds: Array | float, pace: Pace
) -> tuple[Index, Bools]:
    """Questions from the highest of ``order`` down until the ``seconds`` are used, and which answers were right.

    ``seconds`` may be one column for all learners. ``answer`` says for questions whether they would be right.
    """
    quickest = min(pace.right, pace.wrong, pace.new_right, pace.new_wrong)
    most = min(order.shape[1], int(np.max(seconds) // quickest) + 1)
    top = np.argsort(-order, axis=1, kind="stable")[:, :most]
    rows = np.broadcast_to(np.arange(len(order))[:, None], top.shape)
    right = answer((rows, top))
    review, new = np.where(right, pace.right, pace.wrong), np.where(right, pace.new_right, pace.new_wrong)
    times = np.where(seen[rows, top], review, new)
    used = np.cumsum(times, axis=1) - times
    asked = (used < seconds) & (order[rows, top] > NEVER)
    return (rows[asked], top[asked]), right[asked]
