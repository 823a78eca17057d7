"""Learning to imitate a teacher with the gradients of a backward pass, right or wrong."""

import numpy as np

from sims.bptt.linear import Back, BrokenError, Gradient, Network, backward, draw_example, draw_network, error
from sims.cells import Array

NETWORKS = 5
RATE, LONGEST = 0.03, 5.0


class Imitation:
    """Five linear RNNs that learn W and U by gradient descent, each from a teacher of its own; V is the teacher's.

    The same ``seed`` gives the same networks, teachers and inputs, whatever carries delta_t ``back``.
    """

    def __init__(self, back: Back, wraps: bool, seed: int) -> None:
        self._back, self._wraps = back, wraps
        self._rngs = [np.random.default_rng([seed, 3, run]) for run in range(NETWORKS)]
        self._teachers = [draw_network(rng) for rng in self._rngs]
        self._networks = [
            Network(n.W, n.U, t.V) for t, n in zip(self._teachers, map(draw_network, self._rngs), strict=True)
        ]
        self.broken: BrokenError | None = None

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> Array:
        """The error of each network before each of ``iterations`` steps, (NETWORKS, iterations); nan once it broke."""
        errors = np.full((NETWORKS, iterations), np.nan)
        for iteration in range(iterations):
            for run in range(NETWORKS):
                if self.broken is None:
                    errors[run, iteration] = self._step(run)
        return errors

    def _step(self, run: int) -> float:
        network, example = self._networks[run], draw_example(self._rngs[run], self._teachers[run])
        try:
            gradient = backward(network, example, self._back, self._wraps)
        except BrokenError as broken:
            self.broken = broken
            return float("nan")
        pace = RATE * min(1.0, LONGEST / _length(gradient))
        self._networks[run] = Network(network.W - pace * gradient.w, network.U - pace * gradient.u, network.V)
        return float(error(network, example))


def _length(gradient: Gradient) -> float:
    return float(np.sqrt(np.square(gradient.w).sum() + np.square(gradient.u).sum()))
