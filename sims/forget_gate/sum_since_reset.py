"""Sum since the last reset: numbers come in, and at a mark the sum starts anew. With and without a forget gate.

Numbers are from U(0, 1); at each step a mark comes with probability ``RESET``, and the sum starts again with the
number of that step. The target is the sum times ``SCALE``.
"""

from typing import NamedTuple

import numpy as np

from sims.cells import LSTM, Array, State, Trace
from sims.cells.readout import draw_readout, read_out, read_out_backward
from sims.optimisers import Optimiser, clip_by_norm

RESET, SCALE = 0.2, 0.2
STEPS, BATCH = 30, 16  # of a sequence that is trained on; how many at once
TESTED = 64
CELLS, RATE, LONGEST = 4, 0.05, 5.0
ARMS = ("with", "without")  # a forget gate


class Sequences(NamedTuple):
    """``x`` (R, T, B, 2) of number and mark; ``target`` (R, T, B)."""

    x: Array
    target: Array


class Heard(NamedTuple):
    """What was said of a stream so far: outputs, forget gates and largest cells, each (2, R, T): with and without."""

    output: Array
    forget: Array
    largest: Array


def running_sum(numbers: Array, marks: Array) -> Array:
    """The sum since the last mark, literally; the steps are the first axis of both."""
    total, sums = np.zeros(numbers.shape[1:]), np.empty_like(numbers)
    for t, (number, mark) in enumerate(zip(numbers, marks, strict=True)):
        total = np.where(mark > 0, 0.0, total) + number
        sums[t] = total
    return sums


def draw_sequences(rng: np.random.Generator, runs: int, steps: int, batch: int) -> Sequences:
    """Random sequences for ``runs`` independent runs."""
    numbers = rng.uniform(0, 1, (runs, steps, batch))
    marks = (rng.random((runs, steps, batch)) < RESET).astype(float)
    sums = running_sum(numbers.swapaxes(0, 1), marks.swapaxes(0, 1)).swapaxes(0, 1)
    return Sequences(np.stack([numbers, marks], -1), SCALE * sums)


def wired(x: Array) -> Array:
    """The cell set by hand: g the identity, i = 1, and f exactly 0 at a mark, else 1; the same without a forget gate.

    ``x`` (T, 2). Returns c (2, T): with, without.
    """
    lstm = LSTM(2, 1, gates=("forget",), recurrent=False, squash=False)
    W, b = np.zeros((2, 2, 2, 1)), np.zeros((2, 2, 1))
    W[:, 0, 0], W[:, 1, 1], b[:, 1] = 1.0, -2000.0, 1000.0
    parameters = {"W": W, "b": b}
    lstm.hold_open(parameters, "forget", np.array([False, True]))
    parameters["W"][1, 1] = 0.0
    return lstm.forward(parameters, np.broadcast_to(x[None, :, None], (2, len(x), 1, 2))).c[:, 1:, 0, 0]


class SumSinceReset:
    """``runs`` networks with a forget gate and ``runs`` without, alike in all else, training in one pass.

    Without ``feedback`` the gates see the inputs alone and the cells are linear, with it they see h as well and
    are squashed by tanh.
    """

    def __init__(self, runs: int, feedback: bool, seed: int) -> None:
        weights, self._data, test = (np.random.default_rng([seed, stream]) for stream in range(3))
        self.runs = runs
        self._lstm = LSTM(2, CELLS, recurrent=feedback, squash=feedback)
        first = self._lstm.draw(weights, runs)
        first |= draw_readout(weights, runs, CELLS, CELLS**-0.5)
        self._parameters = {name: np.concatenate([value, value]) for name, value in first.items()}
        self._lstm.hold_open(self._parameters, "forget", np.arange(2 * runs) >= runs)
        self._adam = Optimiser("adam", RATE)
        self._test = draw_sequences(test, 1, STEPS, TESTED)

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> None:
        """Take ``iterations`` steps of Adam, each on a fresh batch."""
        for _ in range(iterations):
            x, target = (np.concatenate([part, part]) for part in draw_sequences(self._data, self.runs, STEPS, BATCH))
            trace, output = self._forward(x)
            d_output = (2 / (BATCH * STEPS)) * (output - target)
            d_h, by_readout = read_out_backward(self._parameters, trace.h, d_output)
            gradients, _ = self._lstm.backward(self._parameters, trace, d_h)
            gradients |= by_readout
            clip_by_norm(gradients, LONGEST)
            self._adam.step(self._parameters, gradients)

    @np.errstate(all="ignore")
    def errors(self) -> tuple[Array, Array]:
        """Of sequences as long as those trained on: the errors (2, R) in variances of the target, the largest |c|."""
        x = np.broadcast_to(self._test.x, (2 * self.runs, *self._test.x.shape[1:]))
        trace, output = self._forward(x)
        error: Array = np.square(output - self._test.target).mean((1, 2)) / self._test.target.var()
        return error.reshape(2, -1), np.abs(trace.c).max((1, 2, 3)).reshape(2, -1)

    @np.errstate(all="ignore")
    def listen(self, x: Array, state: State | None) -> tuple[Heard, State]:
        """Go on reading streams ``x`` (R, T, 1, 2) from a state; what is said of them, and the state after them."""
        trace, output = self._forward(np.concatenate([x, x]), state)
        part = np.abs(trace.h[:, :, 0] * self._parameters["V"][:, None, :, 0]).mean(1, keepdims=True)
        forget = trace.blocks[:, self._lstm.block("forget"), :, 0]
        weighted = (forget * part).sum(-1) / part.sum(-1)
        largest = np.abs(trace.c[:, 1:, 0]).max(-1)
        heard = Heard(*(values.reshape(2, self.runs, -1) for values in (output[..., 0], weighted, largest)))
        return heard, trace.end

    def _forward(self, x: Array, state: State | None = None) -> tuple[Trace, Array]:
        trace = self._lstm.forward(self._parameters, x, state)
        return trace, read_out(self._parameters, trace.h)
