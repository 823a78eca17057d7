"""Ways to make a gradient shorter, among them whatever somebody typed, tried on random gradients."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sims.cells import Array
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.text import Text

NAMES = ("g", "norm", "threshold", "rate")  # of the code, where rate = threshold / norm
RIGHT = "g * rate"
OPTIONS = (RIGHT, "g / norm", "g / threshold", "np.maximum(g, threshold)")
BY_COMPONENT = "np.clip(g, -threshold, threshold)"
TRIALS = 60
SHAPE = (3, 4)
TOLERANCE = 1e-9
Clip = Callable[[Array, float], Array]  # gradients (R, 2) and the threshold; new gradients (R, 2)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a way of clipping does to random gradients that are too long; ``failure`` says why it cannot be used.

    ``lengths`` (TRIALS,) are those after it, ``shares`` the same in units of the threshold, ``cosines`` those of the
    angle between before and after.
    """

    lengths: Array
    shares: Array
    cosines: Array
    failure: Text | None = None

    @property
    def keeps_direction(self) -> bool:
        """Whether every gradient points where it pointed before."""
        return self.failure is None and bool((self.cosines > 1 - TOLERANCE).all())

    @property
    def is_right(self) -> bool:
        """Whether every gradient has the threshold as its length and points where it pointed before."""
        return self.keeps_direction and bool((np.abs(self.shares - 1) < TOLERANCE).all())

    @property
    def has_one_length(self) -> bool:
        """Whether all lengths are equal, whatever the threshold."""
        return self.failure is None and float(np.ptp(self.lengths)) < TOLERANCE * float(self.lengths.max())


def never(gradients: Array, threshold: float) -> Array:
    """No clipping."""
    return gradients


def by_norm(gradients: Array, threshold: float) -> Array:
    """Each of ``gradients`` (R, n) shortened to length ``threshold`` where it is longer; the direction stays."""
    norms: Array = np.sqrt(np.square(gradients).sum(1, keepdims=True))
    return gradients * (threshold / np.maximum(norms, threshold))


class TypedClip:
    """An expression in g, norm, threshold and rate as what stands in ``if rate < 1: g = …``.

    Raises :class:`ExpressionError` if it cannot be read.
    """

    def __init__(self, text: str) -> None:
        self.expression: Expression = parse(text, NAMES)

    def __call__(self, gradients: Array, threshold: float) -> Array:
        """Clip each of ``gradients`` (R, 2) on its own; one for which there is no value becomes 0, and stands still."""
        clipped = gradients.copy()
        for run in np.flatnonzero(np.square(gradients).sum(1) > threshold**2):
            try:
                clipped[run] = self.replace(gradients[None, run], threshold)[0]
            except EvaluationError:
                clipped[run] = 0.0
        return clipped

    def replace(self, g: Array, threshold: float) -> Array:
        """What takes the place of ``g``. Raises :class:`EvaluationError` if there is no value of its shape."""
        norm = float(np.sqrt(np.square(g).sum()))
        value = evaluate(
            self.expression, {"g": g, "norm": norm, "threshold": threshold, "rate": threshold / norm}, limit=2**12
        )
        if value.shape != g.shape:
            raise EvaluationError(_other_shape(value, g), "shape")
        return value


def typed(text: str) -> TypedClip | Text:
    """The clipper that ``text`` describes, or why it cannot be read."""
    try:
        return TypedClip(text)
    except ExpressionError as error:
        return error.text


@np.errstate(all="ignore")
def try_out(clip: TypedClip | Text, threshold: float, seed: int) -> Tried:
    """Run ``clip`` on the random gradients of ``seed``, 1.1 to 30 times as long as thresholds around ``threshold``."""
    rng = np.random.default_rng([seed, 1])
    lengths, shares, cosines = np.zeros((3, TRIALS))
    if isinstance(clip, Text):
        return Tried(lengths, shares, cosines, clip)
    for trial in range(TRIALS):
        limit = threshold * 2.5 ** rng.uniform(-1, 1)
        g = rng.normal(size=SHAPE)
        g *= limit * float(np.exp(rng.uniform(np.log(1.1), np.log(30)))) / np.linalg.norm(g)
        try:
            after = clip.replace(g, limit)
        except EvaluationError as error:
            return Tried(lengths, shares, cosines, error.text)
        lengths[trial] = np.linalg.norm(after)
        shares[trial] = lengths[trial] / limit
        cosines[trial] = (g * after).sum() / max(np.linalg.norm(g) * lengths[trial], np.finfo(float).tiny)
    return Tried(lengths, shares, cosines)


def _other_shape(value: Array, g: Array) -> Text:
    if not value.ndim:
        return Text(f"結果が 1 つの数です。g の形は {g.shape} です。", f"The result is one number; g is {g.shape}.")
    return Text(
        f"結果の形は {value.shape} で、g の {g.shape} と違います。",
        f"The result has shape {value.shape}, but g is {g.shape}.",
    )
