"""Many runs side by side: every product is one call for all of them, and so is everything else."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sims.adder.packing import ENLARGED, ROWS, STEPS, Packing
from sims.adder.settings import TIME_FACTORS
from sims.cells import Array

Bits = NDArray[np.uint8]
Flags = NDArray[np.bool_]
LOWEST = -0.5 * np.log(np.finfo(np.float64).max)  # exp(−v) overflows where v / 2 is below this


class Passes:
    """Forward and backward passes of R runs whose weights lie in ``P`` (R, H + 4, H + 1), changed in place.

    ``overflowed`` (R,) says whether exp(−v) of the output sigmoid overflowed in the last forward pass, or a value was
    not a number. Only an unbounded activation can come to that, so only with ``relu`` is it looked for.
    """

    def __init__(self, packing: Packing, P: Array) -> None:
        R, H = len(P), packing.hidden_size
        self.packing, self.P = packing, P
        self.rows, self.errors = np.zeros((R, ROWS, H + 4)), np.zeros((R, ROWS, H + 1))
        self.rows[:, 0, :H] = -packing.shift / packing.scale  # z = 0
        self.rows[:, :, H + 3] = 1.0
        self.states, self.said = self.rows[:, 1 : STEPS + 1, :H], self.rows[:, 2:, H]
        self.overflowed: Flags = np.zeros(R, dtype=bool)
        self._slopes, self._factor = np.empty((R, STEPS, H)), np.empty((R, STEPS))
        self._mixed, self._step = np.empty_like(self.rows), np.empty_like(P)
        self._relu = packing.settings.activation == "relu"

    def train(self, x: Bits, target: Array, differences: Array, overflow: Flags) -> None:
        """One iteration of gradient descent for each of n sums.

        ``x`` (n, R, 8, 2) are the bits, lowest first, ``target`` (n, R, 8) is −1 or 1 for each bit of the sum. Writes
        2 y − 1 − target, as it was before the update, into ``differences`` (n, R, 8), and where a run overflowed
        into ``overflow`` (n, R).
        """
        clip = self.packing.settings.clip
        for k in range(len(x)):
            self.forward(x[k])
            self.backward(target[k], differences[k])
            step = self.step()
            if self._relu:
                overflow[k] = self.overflowed
            if clip is not None:
                step *= clip / np.maximum(self.packing.norms(step), clip)
            np.subtract(self.P, step, out=self.P)

    def forward(self, x: Bits) -> None:
        """Read bits ``x`` (R, 8, 2): fills ``states`` (R, 8, H) and ``said`` = 2 y − 1 (R, 8)."""
        H = self.packing.hidden_size
        self.rows[:, :STEPS, H + 1 : H + 3] = x
        self.overflowed[:] = False
        for t in range(STEPS + 1):
            after = self.rows[:, t + 1, : H + 1]
            np.matmul(self.rows[:, t, None], self.P, out=after[:, None])
            if self._relu:
                np.maximum(after[:, :H], 0.0, out=after[:, :H])
                if t:
                    self.overflowed |= ~(after[:, H] >= LOWEST)
                np.tanh(after[:, H], out=after[:, H])
            else:
                np.tanh(after, out=after)

    def backward(self, target: Array, difference: Array) -> None:
        """Carry the errors of the last forward pass back; ``difference`` (R, 8) takes 2 y − 1 − target."""
        H, settings = self.packing.hidden_size, self.packing.settings
        np.subtract(self.said, target, out=difference)
        factor = self._factor
        if settings.delta == "note":  # σ′ at y instead of at v
            np.multiply(self.said, 0.25, out=factor)
            factor += 0.25
            np.tanh(factor, out=factor)
            factor *= factor
        else:
            np.multiply(self.said, self.said, out=factor)
        np.subtract(1.0, factor, out=factor)
        np.multiply(factor, difference, out=self.errors[:, 1 : STEPS + 1, H])
        self._differentiate()
        if callable(settings.time_factor):
            self._through_time_by(settings.time_factor)
        elif settings.steps_back is not None:
            self._some_steps_back(settings.steps_back)
        else:
            self._through_time(self._carrier())

    def step(self) -> Array:
        """The step of gradient descent on P (R, H + 4, H + 1) that follows from the last two passes."""
        H, ratio = self.packing.hidden_size, self.packing.output_ratio
        if ratio != 1.0:
            self.errors[:, :, H] *= ratio
        flat = self.rows.reshape(-1, H + 4)
        np.matmul(flat, self.packing.mixing, out=self._mixed.reshape(flat.shape))
        np.matmul(self._mixed.swapaxes(1, 2), self.errors, out=self._step)
        self.packing.keep_zero(self._step)
        return self._step

    def _differentiate(self) -> None:
        """The slopes of the activation at every state."""
        if self.packing.settings.time_factor == "no_derivative":
            self._slopes.fill(1 / (self.packing.scale * self.packing.slope))  # 1 in the units of the network
        elif self._relu:
            np.greater(self.states, 0.0, out=self._slopes)
        else:
            np.multiply(self.states, self.states, out=self._slopes)
            np.subtract(1.0, self._slopes, out=self._slopes)

    def _carrier(self) -> Array:
        """What carries errors one step back (R, H, H + 1): by W from the state, by W_out from the output."""
        H, name = self.packing.hidden_size, self.packing.settings.time_factor
        carrier = self.P[:, :H]
        if name in ("right", "no_derivative"):
            return carrier
        carrier = carrier.copy()
        carrier[:, :, :H] = TIME_FACTORS[str(name)](self.P[:, :H, :H])
        return carrier

    def _through_time(self, carrier: Array) -> None:
        H, errors = self.packing.hidden_size, self.errors
        for t in range(STEPS, 0, -1):
            error = errors[:, t - 1, :H]
            np.matmul(carrier, errors[:, t, :, None], out=error[..., None])
            error *= self._slopes[:, t - 1]

    def _some_steps_back(self, steps: int) -> None:
        """All errors at once, one step back after the other, and no further than ``steps``."""
        H, errors, carrier = self.packing.hidden_size, self.errors, self._carrier()
        to_state = carrier[:, :, :H].swapaxes(1, 2)
        age = errors[:, 1 : STEPS + 1, H, None] * carrier[:, None, :, H] * self._slopes
        errors[:, :STEPS, :H] = age
        for _ in range(min(steps, STEPS - 1)):
            age[:, :-1] = (age[:, 1:] @ to_state) * self._slopes[:, :-1]
            age[:, -1] = 0.0
            errors[:, :STEPS, :H] += age

    def _through_time_by(self, time_factor: Callable[[Array, Array], Array]) -> None:
        """The same with somebody's own formula, which is given delta and W in the units of the network."""
        H, errors, packing = self.packing.hidden_size, self.errors, self.packing
        W = self.P[:, :H, :H] / (packing.scale * packing.slope)
        to_delta = packing.slope / ENLARGED
        for t in range(STEPS, 0, -1):
            carried = time_factor(errors[:, t, :H] * to_delta, W)
            error = errors[:, t - 1, :H]
            np.multiply(carried, ENLARGED * packing.scale, out=error)
            error += self.P[:, :H, H] * errors[:, t, H, None]
            error *= self._slopes[:, t - 1]
