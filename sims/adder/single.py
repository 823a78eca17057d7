"""One run on its own. At this size a call costs more than its arithmetic, so there are as few as possible: a time step
is one product and one tanh.

Everything between two steps lies in a row, and all weights lie in one matrix P::

    [h_t (H), ·, x_t (2), 1] @ P = [p_t+1 (H), q_t-1]        h = tanh(p)        2 y - 1 = tanh(q)

Column H of a row takes the output that a step leaves there; its row in P is 0. A sigmoid is a tanh in other units,
σ(u) = (1 + tanh(u / 2)) / 2: the state of the network is z = shift + scale * h with p = slope * u, so the weights in
P are W * scale * slope and W_in * slope, and the last row is what ``shift`` comes to. Gradient descent on the weights
is a step on P as well, once the rows have been multiplied by a matrix that has the units in it.
"""

from dataclasses import dataclass

import numpy as np

from sims.adder.batched import STEPS
from sims.adder.settings import Settings
from sims.cells import Array, Parameters

_OUTPUT_SLOPE = 0.5
_ENLARGED = 4  # the errors of a backward pass are kept this many times too large; the mixing matrix makes up for it


def can_train(settings: Settings) -> bool:
    """Whether this formulation knows the ``settings``."""
    plain = settings.time_factor == "right" and settings.truncation is None and settings.clip is None
    return plain and settings.activation in ("sigmoid", "tanh") and settings.delta in ("note", "true")


def train_one(settings: Settings, weights: Parameters, x: Array, target: Array, differences: Array) -> Parameters:
    """One iteration of gradient descent for each of n sums; returns the weights after them.

    ``x`` (n, 2, 8) are the bits of a and b and ``target`` (n, 8) those of their sum, lowest first. Writes y − d, as
    it was before the update, into ``differences`` (n, 8).
    """
    units = _Units.of(settings)
    P = units.pack(weights)
    _descend(units, P, x.swapaxes(1, 2), 2 * target - 1, differences)
    differences /= 2  # 2 y − 1 against −1 or 1
    return units.unpack(P)


@dataclass(frozen=True, slots=True)
class _Units:
    """How the weights of one setting lie in P (H + 4, H + 1)."""

    settings: Settings
    shift: float
    scale: float
    slope: float

    @classmethod
    def of(cls, settings: Settings) -> "_Units":
        return cls(settings, *((0.5, 0.5, 0.5) if settings.activation == "sigmoid" else (0.0, 1.0, 1.0)))

    def pack(self, weights: Parameters) -> Array:
        H = self.settings.hidden_size
        P = np.zeros((H + 4, H + 1))
        P[:H, :H] = weights["W"] * (self.scale * self.slope)
        P[:H, H:] = weights["W_out"] * (self.scale * _OUTPUT_SLOPE)
        P[H + 1 : H + 3, :H] = weights["W_in"] * self.slope
        P[H + 3] = P[:H].sum(0) * (self.shift / self.scale)
        return P

    def unpack(self, P: Array) -> Parameters:
        H = self.settings.hidden_size
        return {
            "W_in": P[H + 1 : H + 3, :H] / self.slope,
            "W": P[:H, :H] / (self.scale * self.slope),
            "W_out": P[:H, H:] / (self.scale * _OUTPUT_SLOPE),
        }

    def mixing(self) -> Array:
        """What turns rows (T, H + 4) into those whose product with the errors is the step on P.

        A step on W moves the rows of h by ``scale`` and the last row by ``shift``, and gets its gradient from both.
        """
        H = self.settings.hidden_size
        moved = np.zeros((H + 4, H + 2))
        moved[np.arange(H), np.arange(H)] = self.scale
        moved[H + 1, H] = moved[H + 2, H + 1] = 1.0
        moved[H + 3, :H] = self.shift
        mixing: Array = self.settings.rate * self.slope**2 / _ENLARGED * (moved @ moved.T)
        return mixing


def _descend(units: _Units, P: Array, x: Array, target: Array, differences: Array) -> None:
    """The loop. No array is made in it, every operand of a product is contiguous, every call is bound beforehand:
    ``a.dot(M, out)`` takes half the time of ``np.dot(a, M, out=out)``."""
    settings, H = units.settings, units.settings.hidden_size
    rows, mixed, step = np.zeros((STEPS + 2, H + 4)), np.empty((STEPS + 2, H + 4)), np.empty_like(P)
    slopes, errors, factor = np.empty((STEPS, H)), np.zeros((STEPS + 2, H + 1)), np.empty(STEPS)
    rows[0, :H] = -units.shift / units.scale  # z = 0
    rows[:, H + 3] = 1.0
    bits, states, said = rows[:STEPS, H + 1 : H + 3], rows[1 : STEPS + 1, :H], rows[2:, H]
    said_errors, unused = errors[1 : STEPS + 1, H], P[H + 1 : H + 3, H]
    forward = [(rows[t].dot, rows[t + 1, : H + 1]) for t in range(STEPS + 1)]
    backward = [(errors[t], errors[t - 1, :H], slopes[t - 1]) for t in range(STEPS, 0, -1)]
    carry, mix, mixing, gather = P[:H].dot, rows.dot, units.mixing(), mixed.T.dot
    ratio, note = (_OUTPUT_SLOPE / units.slope) ** 2, settings.delta == "note"
    add, subtract, multiply, tanh = np.add, np.subtract, np.multiply, np.tanh
    for k in range(len(x)):
        bits[...] = x[k]
        for product, row in forward:
            product(P, row)
            tanh(row, row)
        multiply(states, states, slopes)
        subtract(1.0, slopes, slopes)
        difference = subtract(said, target[k], differences[k])
        if note:  # 1 − tanh² at y / 2, which is 4 σ′(y)
            multiply(said, 0.25, factor)
            add(factor, 0.25, factor)
            tanh(factor, factor)
            multiply(factor, factor, factor)
        else:
            multiply(said, said, factor)
        subtract(1.0, factor, factor)
        multiply(factor, difference, said_errors)
        for later, error, slope in backward:
            carry(later, error)
            multiply(error, slope, error)
        if ratio != 1.0:  # a step on the weights of the output counts in other units
            multiply(said_errors, ratio, said_errors)
        mix(mixing, mixed)
        gather(errors, step)
        if settings.frozen:
            step[:H, :H] = 0.0
            step[H + 3, :H] = 0.0
        subtract(P, step, P)
        unused.fill(0.0)  # the input does not lead straight to the output
