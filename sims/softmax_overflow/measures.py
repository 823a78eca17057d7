"""Softmax in three number formats, plainly and with the largest logit taken off; and the logarithm of its result.

Goodfellow, Bengio & Courville 2016, *Deep learning*, section 4.1.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sims.cells import Array
from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.text import Text

Floats = NDArray[np.floating]
FORMATS: dict[str, type[np.floating]] = {"float16": np.float16, "float32": np.float32, "float64": np.float64}
SHIFTS = (0, 5, 10, 12, 50, 80, 90, 300, 700, 710, 1000)
SAME = 1e-9


@np.errstate(all="ignore")
def plain(logits: Floats) -> Floats:
    """e^z over the sum of them for ``logits`` (n,), in their format: inf/inf once e^z overflows."""
    powers = np.exp(logits)
    return np.asarray(powers / powers.sum())


def shifted(logits: Floats) -> Floats:
    """The same with the largest logit taken off first, so that no power is above 1."""
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def last_finite(number_format: type[np.floating]) -> float:
    """The largest x, to six digits, whose e^x is finite in ``number_format``: found by bisection."""
    return _bisect(lambda x: bool(np.isfinite(np.exp(number_format(x)))), 1000.0)


def last_positive(number_format: type[np.floating]) -> float:
    """The largest x whose e^−x is above 0 in ``number_format``."""
    return _bisect(lambda x: bool(np.exp(number_format(-x)) > 0), 1000.0)


@np.errstate(all="ignore")
def _bisect(holds: Callable[[float], bool], high: float) -> float:
    low = 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


@np.errstate(all="ignore")
def losses(gap: float, epsilon: float) -> tuple[float, float, float]:
    """−ln p of a class whose logit is ``gap`` below the other: exactly, through softmax, and with ``epsilon`` added."""
    p = float(shifted(np.array([0.0, gap]))[0])
    return float(np.logaddexp(0.0, gap)), float(-np.log(p)), float(-np.log(p + epsilon))


class Claim(NamedTuple):
    """Somebody's softmax: what it gives at the first shift, from which shift on it is wrong, and why if it stops."""

    first: tuple[float, ...] | None
    wrong_from: int | None
    stopped: bool
    problem: Text | None


def look_at_claim(source: str, logits: Array) -> Claim:
    """Run the expression ``source`` over a, c = max(a) and z, with a = z + shift, at each of :data:`SHIFTS`."""
    first, wanted = None, shifted(logits)
    try:
        expression = parse(source, ("a", "c", "z"))
    except ExpressionError as error:
        return Claim(None, 0, True, error.text)
    for shift in SHIFTS:
        a = logits + shift
        try:
            y = evaluate(expression, {"a": a, "c": np.array(a.max()), "z": logits})
        except EvaluationError as error:
            return Claim(first, shift, True, error.text if first is None else None)
        if first is None:
            first = tuple(np.atleast_1d(y).ravel().tolist())
        if y.shape != wanted.shape or not np.allclose(y, wanted, rtol=0, atol=SAME):
            return Claim(first, shift, False, None)
    return Claim(first, None, False, None)
