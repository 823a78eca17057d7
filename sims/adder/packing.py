"""All weights of a run in one matrix P, so that one product and one tanh make a whole time step.

A row holds what a step starts from, and the product with P what it ends with, before the activation::

    [h_t (H), ·, x_t (2), 1] @ P = [p_t+1 (H), q_t-1]        h = f(p)        2 y - 1 = tanh(q)

Column H of a row has room for the output of two steps before, which the step leaves there; its row in P is 0.
A sigmoid is a tanh in other units, σ(u) = (1 + tanh(u / 2)) / 2, so the state z of the network is written
z = shift + scale * h with p = slope * u, and the weights in P are those of the network times ``unit``; the last row
is what ``shift`` comes to. Gradient descent on the weights is a step on P as well: ``mixing`` has the units in it.
"""

from dataclasses import dataclass

import numpy as np

from sims.adder.settings import Activation, Settings
from sims.cells import Array, Parameters

STEPS = 8
ROWS = STEPS + 2  # from the empty state to the row that takes the last output
OUTPUT_SLOPE = 0.5
ENLARGED = 4  # the errors of a backward pass are kept this many times too large; ``mixing`` has the factor in it
_FORMS: dict[Activation, tuple[float, float, float]] = {
    "sigmoid": (0.5, 0.5, 0.5),
    "tanh": (0.0, 1.0, 1.0),
    "relu": (0.0, 1.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Packing:
    """How the weights of one setting lie in P (H + 4, H + 1).

    ``unit`` (H + 4, H + 1) is 0 where P holds no weight. ``mixing`` (H + 4, H + 4) turns the rows of a run into
    those whose product with the errors is the step of gradient descent on P; it is symmetric.
    """

    settings: Settings
    shift: float
    scale: float
    slope: float
    unit: Array
    mixing: Array

    @classmethod
    def of(cls, settings: Settings) -> "Packing":
        """The packing for ``settings``."""
        shift, scale, slope = _FORMS[settings.activation]
        H = settings.hidden_size
        slopes = np.full(H + 1, slope)
        slopes[H] = OUTPUT_SLOPE
        unit = np.zeros((H + 4, H + 1))
        unit[:H] = scale * slopes
        unit[H + 1 : H + 3, :H] = slope
        # z = shift + scale h: a step on W moves the rows of h by scale and the row of 1 by shift
        moved = np.zeros((H + 4, H + 2))
        moved[np.arange(H), np.arange(H)] = scale
        moved[H + 1, H] = moved[H + 2, H + 1] = 1.0
        moved[H + 3, :H] = shift
        mixing = settings.rate * slope**2 / ENLARGED * (moved @ moved.T)
        return cls(settings, shift, scale, slope, unit, mixing)

    @property
    def hidden_size(self) -> int:
        """H."""
        return self.settings.hidden_size

    @property
    def output_ratio(self) -> float:
        """By what the errors of the output count more than those of the state in a step on P."""
        return (OUTPUT_SLOPE / self.slope) ** 2

    def pack(self, weights: Parameters) -> Array:
        """P (..., H + 4, H + 1) of ``W_in`` (..., 2, H), ``W`` (..., H, H) and ``W_out`` (..., H, 1)."""
        H = self.hidden_size
        P = np.zeros((*weights["W"].shape[:-2], H + 4, H + 1))
        P[..., :H, :H] = weights["W"]
        P[..., :H, H:] = weights["W_out"]
        P[..., H + 1 : H + 3, :H] = weights["W_in"]
        P *= self.unit
        P[..., H + 3, :] = P[..., :H, :].sum(-2) * (self.shift / self.scale)
        return P

    def weights(self, P: Array) -> Parameters:
        """The weights in ``P`` (R, H + 4, H + 1), as new arrays."""
        return self._parts(P, 1.0)

    def gradients(self, step: Array) -> Parameters:
        """The gradients of the weights from a step of gradient descent on P (R, H + 4, H + 1)."""
        return self._parts(step, 1 / self.settings.rate)

    def norms(self, step: Array) -> Array:
        """The length (R, 1, 1) of each run's whole gradient, from a step of gradient descent on P."""
        squares = np.square(step * self._inverse()).sum((-2, -1), keepdims=True)
        norms: Array = np.sqrt(squares) / self.settings.rate
        return norms

    def keep_zero(self, step: Array) -> None:
        """Take out of a step (..., H + 4, H + 1) what would put weights where there are none."""
        H = self.hidden_size
        step[..., H + 1 : H + 3, H] = 0.0
        if self.settings.frozen:
            step[..., :H, :H] = 0.0
            step[..., H + 3, :H] = 0.0

    def _parts(self, P: Array, factor: float) -> Parameters:
        H = self.hidden_size
        real = P * (self._inverse() * factor)
        return {
            "W_in": real[..., H + 1 : H + 3, :H].copy(),
            "W": real[..., :H, :H].copy(),
            "W_out": real[..., :H, H:].copy(),
        }

    def _inverse(self) -> Array:
        return np.divide(1.0, self.unit, out=np.zeros_like(self.unit), where=self.unit > 0)
