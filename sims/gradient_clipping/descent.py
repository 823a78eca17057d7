"""Gradient descent over the cliff from many starts at once, with one way of clipping."""

import numpy as np

from sims.cells import Array
from sims.gradient_clipping.cliff import error, error_and_gradient
from sims.gradient_clipping.clippers import Clip

FAR = 1.0  # a single step longer than this counts as thrown
REACHED = 1e-3  # an error below this counts as having reached the valley


class Descent:
    """R walks downhill from ``starts`` (R, 2), all with the learning rate ``rate`` and gradients clipped by ``clip``.

    ``path`` holds the places of the first walk, ``norms`` the lengths of its gradients before clipping.
    """

    def __init__(self, starts: Array, rate: float, threshold: float, clip: Clip) -> None:
        self.parameters, self.rate, self.threshold, self.clip = starts.copy(), rate, threshold, clip
        self.path: list[tuple[float, float]] = [(float(starts[0, 0]), float(starts[0, 1]))]
        self.norms: list[float] = []
        self.longest = np.zeros(len(starts))
        self.thrown_at: int | None = None

    @np.errstate(all="ignore")
    def walk(self, steps: int) -> None:
        """Take ``steps`` further steps."""
        for _ in range(steps):
            _, gradient = error_and_gradient(self.parameters)
            self.norms.append(float(np.linalg.norm(gradient[0])))
            step = self.rate * self.clip(gradient, self.threshold)
            lengths = np.linalg.norm(step, axis=1)
            self.longest = np.maximum(self.longest, lengths)
            if lengths[0] > FAR and self.thrown_at is None:
                self.thrown_at = len(self.norms)
            self.parameters = self.parameters - step
            self.path.append((float(self.parameters[0, 0]), float(self.parameters[0, 1])))

    @property
    def thrown(self) -> int:
        """How many walks have taken a step longer than ``FAR``."""
        return int((self.longest > FAR).sum())

    @property
    @np.errstate(all="ignore")
    def reached(self) -> int:
        """How many walks stand in the valley now."""
        return int((error(self.parameters) < REACHED).sum())
