"""A cell wired by hand to fire at every N-th step, by peepholes; and the same weights on h instead.

c grows by 1/N. Between the values of the last two steps lies θ = (N - 1/2)/N: above it the output gate opens, and at
the next step the forget gate empties the cell::

    c = σ(-K(c' - θ)) · c' + 1/N        h = σ(K(c - θ)) · c

with K so large that a gate is open or shut within one step. Without peepholes the gates are given h in place of c.
After Gers, Schraudolph & Schmidhuber 2002, *Learning precise timing with LSTM recurrent networks*.
"""

import numpy as np
from numpy.typing import NDArray

from sims.cells import LSTM, Array, Parameters, State

STEEP = 40  # K in units of N: σ(±20) half a step away from θ
Spikes = NDArray[np.bool_]
FIRES = 0.5  # h above this is a spike


class Timers:
    """One timer for each of the ``periods`` N, all running side by side; ``peepholes`` or h on the same weights."""

    def __init__(self, periods: NDArray[np.int64], peepholes: bool) -> None:
        self._lstm = LSTM(1, 1, ("forget", "output"), recurrent=not peepholes, peepholes=peepholes, squash=False)
        N = periods.astype(float)
        K, theta = STEEP * N, (N - 0.5) / N
        W, b, seen = np.zeros((len(N), 3, 1, 1)), np.zeros((len(N), 3, 1)), np.zeros((len(N), 3, 1))
        W[:, 0, 0, 0] = 1 / N
        b[:, 1, 0], b[:, 2, 0] = K * theta, -K * theta
        seen[:, 1, 0], seen[:, 2, 0] = -K, K
        self._parameters: Parameters = {"W": W, "b": b}
        self._parameters |= {"p": seen[:, 1:]} if peepholes else {"U": seen[:, :, None]}
        self._state: State | None = None

    @np.errstate(all="ignore")
    def go_on(self, steps: int) -> tuple[Array, Array]:
        """The next ``steps`` steps; c and h, both (R, steps)."""
        x = np.ones((len(self._parameters["W"]), steps, 1, 1))
        trace = self._lstm.forward(self._parameters, x, self._state)
        self._state = trace.end
        return trace.c[:, 1:, 0, 0], trace.h[:, :, 0, 0]


class Sweep:
    """Timers of many periods, with peepholes and without, followed for a number of their own periods."""

    def __init__(self, periods: NDArray[np.int64], rounds: int) -> None:
        self.periods, self.rounds = periods, rounds
        self._pair = Timers(periods, True), Timers(periods, False)
        self._fired: tuple[list[Spikes], list[Spikes]] = [], []

    @property
    def steps(self) -> int:
        """How many steps the longest takes."""
        return int(self.periods.max()) * self.rounds

    def go_on(self, steps: int) -> None:
        """Let all of them run ``steps`` steps more."""
        for timers, fired in zip(self._pair, self._fired, strict=True):
            fired.append(timers.go_on(steps)[1] > FIRES)

    def spikes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How often each has fired so far within its rounds, (R,): with peepholes, without."""
        with_, without = (self._within(fired).sum(1) for fired in self._fired)
        return with_, without

    def exact(self) -> Spikes:
        """Which of those with peepholes have fired at each N-th step so far, and at no other."""
        fired = self._within(self._fired[0])
        due = np.arange(1, fired.shape[1] + 1) % self.periods[:, None] == 0
        right: Spikes = np.all(fired == (due & self._rounds(fired.shape[1])), axis=1)
        return right

    def _within(self, fired: list[Spikes]) -> Spikes:
        joined = np.concatenate(fired, axis=1)
        return joined & self._rounds(joined.shape[1])

    def _rounds(self, steps: int) -> Spikes:
        """Which of the first ``steps`` steps lie within the rounds of each, (R, steps)."""
        inside: Spikes = np.arange(1, steps + 1) <= (self.rounds * self.periods)[:, None]
        return inside
