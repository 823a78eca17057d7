"""Count pulses in silence: from the N-th on the output must be 1, before it 0, so it shows nothing of the count.

One LSTM cell whose h is the output. What its gates see besides the input differs: nothing, h, c, or both.
"""

from typing import NamedTuple

import numpy as np

from sims.cells import LSTM, Array, Trace
from sims.optimisers import Optimiser, clip_by_norm

ARMS = {"x": (False, False), "xh": (True, False), "xc": (False, True), "xhc": (True, True)}  # h, c
STEPS_A_COUNT = 4  # length of a sequence in units of N
BATCH, TESTED = 32, 64
RATE, LONGEST, REMEMBERS = 0.1, 1.0, 1.0  # the last: bias of the forget gate before training


class Sequences(NamedTuple):
    """``x`` (R, T, B, 1) of pulses; ``target`` (R, T, B)."""

    x: Array
    target: Array


class Scores(NamedTuple):
    """Of every arm and run, (arms, R): mean squared error in variances of the target, sequences right from end to
    end, and mean output before the N-th pulse."""

    error: Array
    right: Array
    leak: Array


class Look(NamedTuple):
    """Inside one cell while it reads one sequence; every field is (T,)."""

    o: Array
    c: Array
    h: Array


def pulses_to_sequences(pulses: Array, count: int) -> Sequences:
    """Inputs and targets from ``pulses`` (R, T, B) of 0 and 1."""
    return Sequences(pulses[..., None], (pulses.cumsum(1) >= count).astype(float))


def draw_sequences(rng: np.random.Generator, runs: int, count: int, batch: int) -> Sequences:
    """Random sequences for ``runs`` independent runs; a pulse comes with probability 1/2."""
    pulses = (rng.random((runs, STEPS_A_COUNT * count, batch)) < 0.5).astype(float)
    return pulses_to_sequences(pulses, count)


class PulseCounting:
    """All arms, ``runs`` times each, training in one pass.

    Run r has the same first weights and reads the same sequences in every arm. What an arm does not see has a
    weight of 0 that training does not move.
    """

    def __init__(self, count: int, runs: int, seed: int) -> None:
        weights, self._data, test = (np.random.default_rng([seed, stream]) for stream in range(3))
        self.count, self.runs = count, runs
        self._lstm = LSTM(1, 1, peepholes=True)
        first = self._lstm.draw(weights, runs, {"forget": REMEMBERS})
        self._parameters = {name: np.concatenate([value] * len(ARMS)) for name, value in first.items()}
        sees = np.repeat(np.array(list(ARMS.values()), float), runs, axis=0)
        self._sees = {"U": sees[:, 0].reshape(-1, 1, 1, 1), "p": sees[:, 1].reshape(-1, 1, 1)}
        self._parameters["U"] *= self._sees["U"]
        self._adam = Optimiser("adam", RATE)
        self._test = draw_sequences(test, 1, count, TESTED)

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> None:
        """Take ``iterations`` steps of Adam, each on a fresh batch."""
        for _ in range(iterations):
            drawn = draw_sequences(self._data, self.runs, self.count, BATCH)
            x, target = (np.concatenate([part] * len(ARMS)) for part in drawn)
            trace = self._lstm.forward(self._parameters, x)
            d_h = (2 / target[0].size) * (trace.h - target[..., None])
            gradients, _ = self._lstm.backward(self._parameters, trace, d_h)
            for name, sees in self._sees.items():
                gradients[name] *= sees
            clip_by_norm(gradients, LONGEST)
            self._adam.step(self._parameters, gradients)

    @np.errstate(all="ignore")
    def scores(self) -> Scores:
        """How well every network does now, on sequences that are never trained on."""
        target = self._test.target
        h = self._read(self._test.x).h[..., 0]
        error = np.square(h - target).mean((1, 2)) / target.var()
        right = ((h > 0.5) == (target > 0.5)).all(1).mean(1)
        leak = (h * (1 - target)).sum((1, 2)) / (1 - target).sum()
        return Scores(*(values.reshape(len(ARMS), -1) for values in (error, right, leak)))

    def look(self, arm: str, pulses: Array) -> Look:
        """Read one sequence of ``pulses`` (T,) with the run of ``arm`` whose error is the median."""
        place = list(ARMS).index(arm)
        run = int(np.argsort(self.scores().error[place])[(self.runs - 1) // 2])
        trace = self._read(pulses[None, :, None, None])
        row = place * self.runs + run
        o = trace.blocks[row, self._lstm.block("output"), :, 0, 0]
        return Look(o, trace.c[row, 1:, 0, 0], trace.h[row, :, 0, 0])

    @np.errstate(all="ignore")
    def _read(self, x: Array) -> Trace:
        """All networks read ``x`` (1, T, B, 1)."""
        return self._lstm.forward(self._parameters, np.broadcast_to(x, (len(ARMS) * self.runs, *x.shape[1:])))
