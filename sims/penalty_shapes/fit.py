"""Least squares with a penalty: two weights whose contours can be drawn, and a regression with ten of them.

The penalties are λ·Σ|w| (L1, lasso; Tibshirani 1996) and λ/2·Σw² (L2, ridge; Hoerl & Kennard 1970), added to half
the mean squared error. L1 is minimised by proximal steps (ISTA; Daubechies, Defrise & De Mol 2004), which can make a
weight exactly 0, and, to compare, by plain steps along the subgradient λ·sign(w).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sims.cells import Array
from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.text import Text

FREE = np.array([0.5, 1.6])  # the minimum of the loss of two weights
CURVATURE = np.array([[0.9, 0.1], [0.1, 0.9]])
SAMPLES, WEIGHTS = 40, 10
TRUE = np.array([1.5, -1.0, 0.6] + [0.0] * (WEIGHTS - 3))
STEPS, RATE = 600, 0.1
H = 1e-6


class Regressions(NamedTuple):
    """``runs`` data sets: XᵀX/n (R, D, D) and Xᵀy/n (R, D)."""

    square: Array
    cross: Array


def soft(w: Array, by: Array | float) -> Array:
    """Every weight moved towards 0 by ``by``, and to exactly 0 where it is smaller: the proximal step of Σ|w|."""
    return np.sign(w) * np.maximum(np.abs(w) - by, 0.0)


def two_weights(shape: str, strength: float) -> Array:
    """The minimum (2,) of the penalised loss of two weights."""
    if shape == "l2":
        return np.asarray(np.linalg.solve(CURVATURE + strength * np.eye(2), CURVATURE @ FREE))
    w, rate = FREE.copy(), 0.5
    for _ in range(300):
        w = soft(w - rate * CURVATURE @ (w - FREE), rate * strength)
    return w


def loss_of_two(w: Array) -> Array:
    """The loss without its penalty at weights (..., 2)."""
    off = w - FREE
    return np.asarray(0.5 * np.einsum("...i,ij,...j->...", off, CURVATURE, off))


def draw(runs: int, seed: int) -> Regressions:
    """Data whose target depends on the first three of ten inputs."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(runs, SAMPLES, WEIGHTS))
    y = X @ TRUE + 0.5 * rng.normal(size=(runs, SAMPLES))
    return Regressions(X.swapaxes(1, 2) @ X / SAMPLES, np.einsum("rnd,rn->rd", X, y) / SAMPLES)


def ridge(data: Regressions, strengths: Array) -> Array:
    """The minimum (R, L, D) with L2 for each of ``strengths`` (L,), by solving its linear equations."""
    system = data.square[:, None] + strengths[:, None, None] * np.eye(WEIGHTS)
    return np.asarray(np.linalg.solve(system, data.cross[:, None, :, None])[..., 0])


def lasso(data: Regressions, strengths: Array) -> Array:
    """The minimum (R, L, D) with L1 for each of ``strengths`` (L,), by proximal steps."""
    w, rate = np.zeros((len(data.cross), len(strengths), WEIGHTS)), 0.3
    for _ in range(STEPS):
        w = soft(w - rate * (w @ data.square - data.cross[:, None]), rate * strengths[:, None])
    return w


def descend(data: Regressions, strength: float, penalty: Callable[[Array], Array]) -> Array:
    """Where plain gradient descent with ``penalty`` as the penalty's gradient gets, (R, D)."""
    w = np.zeros_like(data.cross)
    for _ in range(STEPS):
        w = w - RATE * (np.einsum("rd,rde->re", w, data.square) - data.cross + strength * penalty(w))
    return w


class Penalty:
    """Somebody's expression over ``param`` for the gradient of a penalty. Calling it may raise EvaluationError."""

    def __init__(self, source: str) -> None:
        self.expression = parse(source, ("param",))

    def __call__(self, w: Array) -> Array:
        """Its value at ``w``, spread over all weights."""
        rows = [np.broadcast_to(evaluate(self.expression, {"param": row}), row.shape) for row in np.atleast_2d(w)]
        return np.reshape(rows, w.shape)


class Claim(NamedTuple):
    """What somebody's gradient gives at three weights beside the true one, and where descent with it ends, (R, D)."""

    at: Array
    said: Array
    true: Array
    ends: Array | None
    problem: Text | None

    @property
    def right(self) -> bool:
        """Whether it is the numeric derivative of the penalty."""
        return self.problem is None and bool(np.allclose(self.said, self.true, rtol=1e-6, atol=1e-8))


def numeric_gradient(shape: str, w: Array) -> Array:
    """The central difference of Σ|w| or Σw²/2 in each weight."""

    def value(w: Array) -> Array:
        return np.abs(w) if shape == "l1" else w**2 / 2

    return (value(w + H) - value(w - H)) / (2 * H)


def look_at_claim(source: str, shape: str, strength: float, data: Regressions) -> Claim:
    """Evaluate ``source`` where the penalty's slope is known, then descend with it."""
    at = np.array([-1.5, 0.2, 2.0])
    true, nothing = numeric_gradient(shape, at), np.zeros(3)
    try:
        penalty = Penalty(source)
        said = penalty(at)
    except (ExpressionError, EvaluationError, ValueError) as error:
        fallback = Text("形が合いません。", "The shapes do not fit.")
        return Claim(at, nothing, true, None, getattr(error, "text", fallback))
    try:
        ends = descend(data, strength, penalty)
    except (EvaluationError, ValueError):
        return Claim(at, said, true, None, None)
    return Claim(at, said, true, ends, None)
