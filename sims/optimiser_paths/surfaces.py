"""Two surfaces to walk down: a narrow valley, and a saddle between two hollows. The five rules walk side by side."""

from typing import NamedTuple

import numpy as np

from sims.cells import Array
from sims.optimisers import METHODS, Method, Rule

RUNS = 8
LONG, SHORT = 1 / 20, 1.0  # the valley is (LONG x² + SHORT y²)
RATES: dict[str, dict[Method, float]] = {
    "valley": {"sgd": 0.9, "momentum": 0.1, "adagrad": 1.5, "rmsprop": 0.3, "adam": 0.3},
    "saddle": {"sgd": 0.1, "momentum": 0.1, "adagrad": 0.1, "rmsprop": 0.1, "adam": 0.1},
}
X_RANGE: dict[str, tuple[float, float]] = {"valley": (-9.0, 9.0), "saddle": (-2.0, 2.0)}
Y_RANGE: dict[str, tuple[float, float]] = {"valley": (-4.0, 4.0), "saddle": (-1.6, 1.6)}
ESCAPED = -0.125  # half-way from the saddle, at 0, down to the hollows, at -1/4


class Walk(NamedTuple):
    """``path`` (steps + 1, R, 2), ``loss`` (steps + 1, R), and what gradients of x were multiplied by, (steps, R)."""

    path: Array
    loss: Array
    scale: Array


def loss(surface: str, at: Array) -> Array:
    """The height of ``surface`` at places (..., 2)."""
    x, y = at[..., 0], at[..., 1]
    return LONG * x**2 + SHORT * y**2 if surface == "valley" else x**2 / 2 - y**2 / 2 + y**4 / 4


def gradient(surface: str, at: Array) -> Array:
    """Its gradient (..., 2)."""
    x, y = at[..., 0], at[..., 1]
    if surface == "valley":
        return np.stack([2 * LONG * x, 2 * SHORT * y], axis=-1)
    return np.stack([x, y**3 - y], axis=-1)


def starts(surface: str, seed: int) -> Array:
    """Where ``RUNS`` walks begin, (R, 2): far up the valley, or almost on the ridge that leads to the saddle."""
    rng = np.random.default_rng(seed)
    if surface == "valley":
        return np.array([-7.0, 2.0]) * rng.uniform(0.85, 1.15, (RUNS, 2))
    return np.stack([-1.5 * rng.uniform(0.9, 1.1, RUNS), 10.0 ** rng.uniform(-4, -3, RUNS)], axis=-1)


def walk(surface: str, method: Method, factor: float, steps: int, seed: int) -> Walk:
    """``steps`` steps of ``method`` at ``factor`` times its rate; a walk that leaves the range of numbers is inf."""
    rule = Rule(method, factor * RATES[surface][method])
    at = starts(surface, seed)
    path, scale = np.empty((steps + 1, *at.shape)), np.empty((steps, len(at)))
    path[0] = at
    for step in range(steps):
        at = rule.step(at, gradient(surface, at))
        path[step + 1] = at
        scale[step] = rule.rate if method in ("sgd", "momentum") else np.asarray(rule.scale())[:, 0]
    return Walk(path, loss(surface, path), scale)


def walks(surface: str, factor: float, steps: int, seed: int) -> dict[Method, Walk]:
    """All five from the same starts."""
    return {method: walk(surface, method, factor, steps, seed) for method in METHODS}
