"""Truncated backpropagation: networks learn to say the input of eight steps ago, and go back more or fewer steps.

Inputs are −1 or 1 at each of ten steps, and the output after the last one is the probability that the input LAG steps
before it was 1. With six units nothing is remembered by accident, as it would be in a large random network. Inputs
that are still older disturb: the longer the sequence, the less it helps to go back just as far as the wanted one.

Williams & Peng 1990, *An efficient gradient-based algorithm for on-line training of recurrent network trajectories*.
"""

import numpy as np

from sims.cells import RNN, Array, Parameters, sigmoid
from sims.optimisers import Optimiser, clip_by_norm

LAG = 8
LENGTH = 10
HIDDEN, BATCH, RATE, LONGEST = 6, 32, 0.02, 1.0
BACK = (4, 6, LAG, LAG + 1, LENGTH)  # steps that the gradient goes back; the last one is all of them
RUNS = 8


class Recall:
    """RUNS networks for each number in BACK, in this order; run r begins alike and sees the same data in each."""

    def __init__(self, seed: int) -> None:
        weights, self._data = (np.random.default_rng([seed, stream]) for stream in range(2))
        self.cell = RNN(1, HIDDEN)
        first = self.cell.draw(weights, RUNS)
        first |= {"V": weights.normal(0, HIDDEN**-0.5, (RUNS, HIDDEN, 1)), "d": np.zeros((RUNS, 1, 1))}
        self.parameters: Parameters = {name: np.concatenate([part] * len(BACK)) for name, part in first.items()}
        self._adam = Optimiser("adam", RATE)

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> Array:
        """Take ``iterations`` steps of Adam; the share of right answers before each, (len(BACK), RUNS, iterations)."""
        right = np.empty((len(BACK) * RUNS, iterations))
        for iteration in range(iterations):
            x = np.concatenate([self._data.choice([-1.0, 1.0], (RUNS, LENGTH, BATCH, 1))] * len(BACK))
            gradients, right[:, iteration] = self.gradients(x)
            clip_by_norm(gradients, LONGEST)
            self._adam.step(self.parameters, gradients)
        return right.reshape(len(BACK), RUNS, iterations)

    def gradients(self, x: Array) -> tuple[Parameters, Array]:
        """The truncated gradients of the mean cross entropy on ``x`` (R, T, B, 1), and the shares of right answers."""
        trace = self.cell.forward(self.parameters, x)
        target = x[:, LENGTH - 1 - LAG] > 0
        h = trace.states[:, -1]
        output = sigmoid(h @ self.parameters["V"] + self.parameters["d"])
        d_output = (output - target) / x.shape[2]
        gradients = {
            "V": h.swapaxes(1, 2) @ d_output,
            "d": d_output.sum(1, keepdims=True),
            **{name: np.zeros_like(self.parameters[name]) for name in "WUb"},
        }
        d_h = d_output @ self.parameters["V"].swapaxes(1, 2)
        for back in range(LENGTH):
            first = RUNS * sum(steps <= back for steps in BACK)  # those that stop here drop out
            step = LENGTH - 1 - back
            d_h = d_h[first - len(x) :]
            d_u = d_h * self.cell.slope(trace.states[first:, step + 1])
            gradients["W"][first:] += x[first:, step].swapaxes(1, 2) @ d_u
            gradients["U"][first:] += trace.states[first:, step].swapaxes(1, 2) @ d_u
            gradients["b"][first:] += d_u.sum(1)
            d_h = d_u @ self.parameters["U"][first:].swapaxes(1, 2)
        return gradients, ((output > 0.5) == target).mean((1, 2))
