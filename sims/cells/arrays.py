"""What networks share: the type of their arrays, the sigmoid and softmax."""

import numpy as np
from numpy.typing import NDArray

from sims.cells.allocation import keep_at_hand

Array = NDArray[np.float64]
Parameters = dict[str, Array]

keep_at_hand()


def softmax(scores: Array, axis: int = -1) -> Array:
    """e^scores over their sum along ``axis``, in the shape of ``scores``, without overflow; −∞ becomes 0."""
    raised = np.exp(scores - scores.max(axis, keepdims=True))
    weights: Array = raised / raised.sum(axis, keepdims=True)
    return weights


def sigmoid(u: Array, out: Array | None = None) -> Array:
    """1 / (1 + e^-u) without overflow, exactly 1 at +inf; into ``out`` where given."""
    out = np.multiply(u, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1.0
    out *= 0.5
    return out
