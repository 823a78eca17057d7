"""What is measured: the slope of σ at many points, powers of a quarter in three formats, and a chain of sigmoids."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sims.cells import Array, sigmoid

LOW, HIGH, POINTS = -8.0, 8.0, 1601
RUNS = 20
FORMATS = (np.float16, np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Chain:
    """What is left of a gradient 0, 1, … layers back, (RUNS, layers + 1), through sigmoids and through tanh."""

    sigmoid: Array
    tanh: Array
    bound: Array  # (layers + 1,)

    @property
    def median(self) -> Array:
        """The gradient through sigmoids, (layers + 1,), the median of the runs."""
        return np.median(self.sigmoid, axis=0)

    @property
    @np.errstate(divide="ignore")  # a product may be exactly 0
    def factor(self) -> float:
        """By what a layer multiplies the gradient: the geometric mean over all layers and runs."""
        layers = self.sigmoid.shape[1] - 1
        return float(np.exp(np.log(self.sigmoid[:, -1]).mean() / layers))


def slope(x: Array) -> Array:
    """σ′(x) = σ(x) (1 − σ(x))."""
    s = sigmoid(x)
    return s * (1 - s)


def points() -> Array:
    """Where the slope is scanned, (POINTS,)."""
    return np.linspace(LOW, HIGH, POINTS)


def chain(weight: float, layers: int, seed: int) -> Chain:
    """The product of derivatives along z ← f(weight · z + noise), noise from N(0, 1), for f = σ and for f = tanh.

    Both see the same noise and begin with the same z from U(0, 1). As σ′ is at most 1/4, the product over n layers
    is at most (|weight| / 4)ⁿ.
    """
    rng = np.random.default_rng(seed)
    first, noise = rng.uniform(0, 1, RUNS), rng.normal(size=(layers, RUNS))
    left = {name: _products(name, weight, first, noise) for name in _NAMES}
    return Chain(left["sigmoid"], left["tanh"], (abs(weight) / 4) ** np.arange(layers + 1.0))


def underflow(number_format: type[np.floating]) -> int:
    """The least n for which ¼ multiplied n times is exactly 0 in ``number_format``."""
    product, n = number_format(1), 0
    while product > 0:
        product, n = number_format(product * number_format(0.25)), n + 1
    return n


_Name = Literal["sigmoid", "tanh"]
_NAMES: tuple[_Name, ...] = ("sigmoid", "tanh")


def _products(name: _Name, weight: float, first: Array, noise: Array) -> Array:
    left, z = np.ones((len(first), len(noise) + 1)), first
    for layer, disturbance in enumerate(noise, 1):
        u = weight * z + disturbance
        z = sigmoid(u) if name == "sigmoid" else np.tanh(u)
        left[:, layer] = left[:, layer - 1] * weight * (z * (1 - z) if name == "sigmoid" else 1 - z**2)
    return left
