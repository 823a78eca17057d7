"""How fast this learner forgets, from their own reviews: two numbers, as far as the reviews tell.

The default weights of FSRS promise too much to anyone whose forgetting is steeper than ``t^-0.154``. So a forecast
weighs 85 learners: stability ``k`` times the default's, and forgetting by ``t^-d`` for one of five ``d``. The ranking
of a day does not use this: in simulations it gained nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from engine.study.memory.recall import DECAY
from engine.study.memory.standing import Review

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

    Array = NDArray[float64]

GUESS, SLIP = 0.25, 0.03  # four options; a known answer typed wrongly

_LOG_SCALES = tuple(-3.2 + 0.4 * step for step in range(17))
_LOG_SCALE_SPREAD = 0.8
_DECAYS = (DECAY, 0.3, 0.5, 0.8, 1.2)
_DECAY_PRIOR = (0.4, 0.25, 0.15, 0.1, 0.1)
_GRID = tuple((math.exp(log_scale), decay) for log_scale, decay in product(_LOG_SCALES, _DECAYS))
_PRIOR = tuple(
    -((log_scale / _LOG_SCALE_SPREAD) ** 2) / 2 + math.log(share)
    for log_scale, share in product(_LOG_SCALES, _DECAY_PRIOR)
)


@dataclass(frozen=True)
class Learner:
    """How probable each of the 85 learners is. ``reviews`` says how many reviews that rests on."""

    weights: tuple[float, ...]
    reviews: int

    @property
    def scale(self) -> float:
        """How long memories last, as a multiple of the default's stability (geometric mean)."""
        return math.exp(sum(weight * math.log(k) for weight, (k, _) in zip(self.weights, _GRID, strict=True)))

    @property
    def decay(self) -> float:
        """How steeply recall falls in the long run: the mean exponent of ``t^-d``, 0.154 for the default."""
        return sum(weight * decay for weight, (_, decay) in zip(self.weights, _GRID, strict=True))

    def recall(self, stability: "Array", elapsed: "Array") -> "Array":
        """The expected chance of recall, for arrays of one shape (the default's stability, and days)."""
        import numpy as np

        each = recall_of(self._scales[:, None], self._decays[:, None], np.ravel(stability), np.ravel(elapsed))
        expected: Array = np.asarray(self.weights) @ each
        return expected.reshape(np.shape(stability))

    def draw(self, count: int, rng: "Generator") -> tuple["Array", "Array"]:
        """``count`` learners as arrays of ``k`` and ``d``, each as likely as it is."""
        chosen = rng.choice(len(_GRID), size=count, p=self.weights)
        return self._scales[chosen], self._decays[chosen]

    @property
    def grid(self) -> tuple["Array", "Array", "Array"]:
        """All learners that are weighed, as three arrays: ``k``, ``d`` and the weight of each."""
        import numpy as np

        return self._scales, self._decays, np.asarray(self.weights)

    @cached_property
    def _scales(self) -> "Array":
        import numpy as np

        return np.array([k for k, _ in _GRID])

    @cached_property
    def _decays(self) -> "Array":
        import numpy as np

        return np.array([decay for _, decay in _GRID])


def fit(reviews: Sequence[Review]) -> Learner:
    """The learner after ``reviews``, by Bayes' rule on the grid; without any, what is assumed of everyone.

    A right answer is recall without a slip, or a lucky one of four. Under 10 ms for 2,000 reviews.
    """
    import numpy as np

    scores = np.array(_PRIOR)
    if reviews:
        grid = np.array(_GRID)
        stability = np.array([review.stability for review in reviews])
        elapsed = np.array([float(review.elapsed) for review in reviews])
        right = chance_right(recall_of(grid[:, :1], grid[:, 1:], stability, elapsed))
        scores += np.where([review.right for review in reviews], np.log(right), np.log1p(-right)).sum(axis=1)
    weights = np.exp(scores - scores.max())
    return Learner(tuple((weights / weights.sum()).tolist()), len(reviews))


def recall_of(scale: "Array", decay: "Array", stability: "Array", elapsed: "Array") -> "Array":
    """The chance of recall of a learner ``(k, d)``: ``(1 + F t / (k S)) ^ -d``, with ``F`` making it 0.9 at k S."""
    factor = 0.9 ** (-1 / decay) - 1
    chance: Array = (1 + factor * elapsed / (scale * stability)) ** -decay
    return chance


def chance_right(recall: "Array") -> "Array":
    """The chance of a right answer at a given recall: ``(1 - slip) r + guess (1 - r)``."""
    return (1 - SLIP) * recall + GUESS * (1 - recall)
