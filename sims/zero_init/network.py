"""One hidden layer that starts from zeros, from one constant, or from random numbers, trained on a product of inputs.

The target is x1·x2, scaled to variance 1: no single unit can follow it, so units must become different. Forward and
backward passes add in the same order for every unit, so that units which start alike can stay alike to the last bit.
Rumelhart, Hinton & Williams 1986, *Learning internal representations by error propagation*, on breaking symmetry.
"""

from typing import NamedTuple

import numpy as np

from sims.cells import Array, Parameters, sigmoid
from sims.optimisers import Optimiser

STARTS = ("zero", "constant", "random")
INPUTS, SAMPLES, CONSTANT = 4, 64, 0.5
SAME = 1e-9  # a singular value below this part of the largest is none


class Sizes(NamedTuple):
    """How much of W there is: its rank, and how many units have a row of their own, each (3, R)."""

    rank: Array
    different: Array


class Twins:
    """``runs`` networks of ``hidden`` units for each way to start; parameters are (3 · R, …), ways outermost."""

    def __init__(self, hidden: int, activation: str, rate: float, runs: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.runs, self.hidden, self.activation, self.rule = runs, hidden, activation, Optimiser("sgd", rate)
        x = rng.uniform(-1, 1, (runs, SAMPLES, INPUTS))
        y = 3 * x[..., 0] * x[..., 1]
        self.x, self.y = np.tile(x, (3, 1, 1)), np.tile(y, (3, 1))
        W = [np.zeros((runs, INPUTS, hidden)), np.full((runs, INPUTS, hidden), CONSTANT)]
        v = [np.zeros((runs, hidden)), np.full((runs, hidden), CONSTANT)]
        W.append(rng.normal(0, 1 / np.sqrt(INPUTS), W[0].shape))
        v.append(rng.normal(0, 1 / np.sqrt(hidden), v[0].shape))
        both = 3 * runs
        self.parameters: Parameters = {
            "W": np.concatenate(W),
            "b": np.zeros((both, hidden)),
            "v": np.concatenate(v),
            "c": np.zeros(both),
        }

    @np.errstate(all="ignore")
    def losses(self) -> Array:
        """The mean squared error of each network, (3, R); inf where it has left the range of numbers."""
        _, said = self._forward()
        loss = np.square(said - self.y).mean(1).reshape(3, self.runs)
        finite: Array = np.where(np.isfinite(loss), loss, np.inf)
        return finite

    def gradients(self) -> Parameters:
        """The gradient of half the mean squared error."""
        z, said = self._forward()
        error = (said - self.y) / SAMPLES
        back = error[..., None] * self.parameters["v"][:, None] * self._slope(z)
        return {
            "W": np.einsum("rni,rnh->rih", self.x, back),
            "b": back.sum(1),
            "v": np.einsum("rn,rnh->rh", error, z),
            "c": error.sum(1),
        }

    @np.errstate(all="ignore")
    def train(self, steps: int) -> None:
        """That many steps over all samples."""
        for _ in range(steps):
            self.rule.step(self.parameters, self.gradients())

    def sizes(self) -> Sizes:
        """Ranks and different units now."""
        W = np.nan_to_num(self.parameters["W"], posinf=0.0, neginf=0.0)
        values = np.linalg.svd(W, compute_uv=False)
        rank = (values > SAME * np.maximum(values[:, :1], 1e-300)).sum(1)
        rank[values[:, 0] == 0] = 0
        units = np.array([len(np.unique(np.round(weights.T, 9), axis=0)) for weights in W])
        return Sizes(rank.reshape(3, -1), units.reshape(3, -1))

    def weights(self, start: str) -> Array:
        """W of the first network of a start, (inputs, hidden)."""
        first: Array = self.parameters["W"][STARTS.index(start) * self.runs]
        return first

    def _forward(self) -> tuple[Array, Array]:
        u = np.einsum("rni,rih->rnh", self.x, self.parameters["W"]) + self.parameters["b"][:, None]
        z = (
            sigmoid(u)
            if self.activation == "sigmoid"
            else np.tanh(u)
            if self.activation == "tanh"
            else np.maximum(u, 0)
        )
        return z, np.einsum("rnh,rh->rn", z, self.parameters["v"]) + self.parameters["c"][:, None]

    def _slope(self, z: Array) -> Array:
        if self.activation == "sigmoid":
            return z * (1 - z)
        return 1 - z**2 if self.activation == "tanh" else (z > 0).astype(float)
