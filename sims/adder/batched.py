"""Many runs side by side: every product is one call for all of them, and so is everything else."""

import numpy as np
from numpy.typing import NDArray

from sims.adder.settings import TIME_FACTORS, Settings, TimeFactor
from sims.cells import Array, Parameters, sigmoid

STEPS = 8
LOWEST = -np.log(np.finfo(np.float64).max)  # exp(−v) overflows below this
Flags = NDArray[np.bool_]


class Passes:
    """Forward and backward passes of R runs.

    Step t multiplies the state z_t by [W | W_out]: that makes the next state and, in the last column, what the
    present one says, so y_t lies beside the state that is two rows after z_t. Time is the first axis of all that a
    pass fills, which keeps a step of all runs in one piece.

    Where all units are sigmoids, states and bits are kept doubled and weights at a quarter: a step is then a product
    and 2 σ(u) = 1 + tanh(u / 2). With ``scale`` 2 or else 1, ``scale`` z and W / ``scale``² are kept; errors are kept
    as ∂E/∂u * rate / ``scale``³, so that states times errors are a step of gradient descent on the weights kept.

    ``overflowed`` (R,) says whether exp(−v) of the output overflowed in the last forward pass, or a value was not a
    number. Only an unbounded activation can come to that, so only with ``relu`` is it looked for.

    All runs have the ``structure`` of ``settings``; ``rates`` (R,) are their own.
    """

    def __init__(self, settings: Settings, weights: Parameters, rates: Array) -> None:
        R, H = len(weights["W"]), settings.hidden_size
        self.settings, self.hidden_size = settings, H
        self.scale = 2.0 if settings.activation == "sigmoid" else 1.0
        self._rates = rates[:, None, None]
        self._unit = rates[:, None] / self.scale**3  # of the errors
        self.overflowed: Flags = np.zeros(R, dtype=bool)
        self._joint = np.zeros((R, H + 2, H + 1))  # [W | W_out] above [W_in | 0]
        self._joint[:, :H, :H], self._joint[:, :H, H:] = weights["W"], weights["W_out"]
        self._joint[:, H:, :H] = weights["W_in"]
        self._joint /= self.scale**2
        self._step = np.empty_like(self._joint)
        self._bits, self._from_bits = np.zeros((R, 2, STEPS + 1)), np.empty((STEPS + 1, R, H + 1))
        self._rows = np.zeros((STEPS + 2, R, H + 1))
        self._before, self._after = self._rows[:-1], self._rows[1:-1]
        self._said = self._rows[2:, :, H].T
        self._errors, self._slopes = np.zeros_like(self._before), np.empty_like(self._after)

    def weights(self) -> Parameters:
        """The weights as they are now."""
        return self._parts(self._joint, self.scale**2)

    def output(self) -> Array:
        """y of the last forward pass, (R, 8), lowest bit first."""
        return self._said / self.scale

    def states(self) -> Array:
        """z of the last forward pass after each step, (R, 8, H)."""
        return self._after[:, :, : self.hidden_size].swapaxes(0, 1) / self.scale

    def gradients(self, x: Array, target: Array) -> Parameters:
        """The gradients of the loss by every weight, for bits ``x`` (R, 2, 8) and ``target`` (R, 8)."""
        self.forward(x)
        self._backward(target, np.empty_like(target))
        return self._parts(self._descent(), self.scale**2 / self._rates)

    def train(self, x: Array, target: Array, differences: Array, overflow: Flags) -> None:
        """One iteration of gradient descent for each of n sums.

        ``x`` (n, R, 2, 8) are the bits of a and b and ``target`` (n, R, 8) those of their sum, lowest first. Writes
        y − d, as it was before the update, into ``differences`` (n, R, 8), and where a run overflowed into
        ``overflow`` (n, R).
        """
        for k in range(len(x)):
            self.forward(x[k])
            self._backward(target[k], differences[k])
            overflow[k] = self.overflowed
            np.subtract(self._joint, self._descent(), out=self._joint)

    def forward(self, x: Array) -> None:
        """Read bits ``x`` (R, 2, 8), lowest first."""
        H, rows, from_bits = self.hidden_size, self._rows, self._from_bits
        np.multiply(x, self.scale, out=self._bits[:, :, :STEPS])
        np.matmul(self._bits.swapaxes(1, 2), self._joint[:, H:], out=from_bits.swapaxes(0, 1))
        from_state = self._joint[:, :H]
        self.overflowed[:] = False
        rows[1] = from_bits[0]  # the state before is empty
        self._activate(rows[1])
        for t in range(1, STEPS + 1):
            after = rows[t + 1]
            np.matmul(rows[t, :, None, :H], from_state, out=after[:, None])
            after += from_bits[t]
            self._activate(after)

    def _activate(self, u: Array) -> None:
        """The activations of one step (R, H + 1), in place."""
        H = self.hidden_size
        match self.settings.activation:
            case "sigmoid":
                np.tanh(u, out=u)
                u += 1.0
                return
            case "tanh":
                np.tanh(u[:, :H], out=u[:, :H])
            case "relu":
                np.maximum(u[:, :H], 0.0, out=u[:, :H])
                self.overflowed |= ~(u[:, H] >= LOWEST)
        sigmoid(u[:, H], out=u[:, H])

    def _backward(self, target: Array, difference: Array) -> None:
        """Carry the errors of the last forward pass back; y − d goes into ``difference``."""
        settings, y = self.settings, self.output()
        np.subtract(y, target, out=difference)
        error = self._errors[1:, :, -1].T
        if callable(settings.delta):
            v = self.scale * np.einsum("trh,rh->rt", self._after[:, :, :-1], self._joint[:, :-2, -1])
            np.multiply(settings.delta(v, target, y), self._unit, out=error)
        else:
            s = sigmoid(y) if settings.delta == "note" else y  # the note squashes y again
            np.multiply(difference, s * (1 - s) * self._unit, out=error)
        self._differentiate()
        if not isinstance(settings.time_factor, str):
            self._through_time_by(settings.time_factor)
        elif settings.truncation is None:
            self._through_time(self._carrier(settings.time_factor))
        else:
            self._through_steps(self._carrier(settings.time_factor), settings.truncation)

    def _differentiate(self) -> None:
        """The slope of the activation at every state, times ``scale``²; 1 in the last column."""
        rows, slopes = self._after, self._slopes
        if self.settings.time_factor == "no_derivative":
            slopes.fill(self.scale**2)
        elif self.settings.activation == "relu":
            np.greater(rows, 0.0, out=slopes)
        elif self.settings.activation == "tanh":
            np.multiply(rows, rows, out=slopes)
            np.subtract(1.0, slopes, out=slopes)
        else:
            np.subtract(2.0, rows, out=slopes)
            slopes *= rows
        slopes[:, :, -1] = 1.0

    def _carrier(self, time_factor: str) -> Array:
        """What carries errors one step back (R, H, H + 1): W from the next state, W_out from the output."""
        H = self.hidden_size
        carrier = self._joint[:, :H]
        if time_factor in ("right", "no_derivative"):
            return carrier
        carrier = carrier.copy()
        carrier[:, :, :H] = TIME_FACTORS[time_factor](self._joint[:, :H, :H])
        return carrier

    def _through_time(self, carrier: Array) -> None:
        H, errors, slopes = self.hidden_size, self._errors, self._slopes
        for t in range(STEPS, 0, -1):
            error = errors[t - 1]
            np.matmul(carrier, errors[t, :, :, None], out=error[:, :H, None])
            error *= slopes[t - 1]  # the 1 beside the slopes lets whole rows be multiplied, which is faster

    def _through_steps(self, carrier: Array, steps: int) -> None:
        """All errors at once, one step back after the other, through no more than ``steps`` with their own."""
        H, errors, slopes = self.hidden_size, self._errors, self._slopes[:, :, :-1]
        age = errors[1:, :, H, None] * carrier[:, :, H] * slopes
        errors[:-1, :, :H] = age
        for _ in range(min(steps, STEPS) - 1):
            age[:-1] = (carrier[:, :, :H] @ age[1:, ..., None])[..., 0] * slopes[:-1]
            age[-1] = 0.0
            errors[:-1, :, :H] += age

    def _through_time_by(self, time_factor: TimeFactor) -> None:
        """The same with somebody's own formula for what W carries back, which is given ∂E/∂u and W as they are."""
        H, errors, slopes = self.hidden_size, self._errors, self._slopes
        W, W_out, unit = self._joint[:, :H, :H] * self.scale**2, self._joint[:, :H, H], self._unit
        for t in range(STEPS, 0, -1):
            carried = time_factor(errors[t, :, :H] / unit, W) * (unit / self.scale**2)
            errors[t - 1, :, :H] = (carried + errors[t, :, H, None] * W_out) * slopes[t - 1, :, :H]

    def _descent(self) -> Array:
        """The step of gradient descent that follows from the last two passes, in the shape of all weights."""
        H, step, errors = self.hidden_size, self._step, self._errors.swapaxes(0, 1)
        np.matmul(self._before[:, :, :H].transpose(1, 2, 0), errors, out=step[:, :H])
        np.matmul(self._bits, errors, out=step[:, H:])
        step[:, H:, H] = 0.0  # the input does not lead straight to the output
        if self.settings.frozen:
            step[:, :H, :H] = 0.0
        if self.settings.clip is not None:
            longest = self.settings.clip * self._rates / self.scale**2
            step *= longest / np.maximum(np.sqrt(np.square(step).sum((1, 2), keepdims=True)), longest)
        return step

    def _parts(self, joint: Array, factor: Array | float) -> Parameters:
        H = self.hidden_size
        real = joint * factor
        return {"W_in": real[:, H:, :H].copy(), "W": real[:, :H, :H].copy(), "W_out": real[:, :H, H:].copy()}
