"""A cliff in the error of the smallest recurrent network: one unit, x ← w σ(x) + b, fifty steps from x = 0.5.

The error is E = (σ(x₅₀) − 0.7)². Where w is large, x runs to one of two fixed points, and on the line in the plane
of (w, b) where it changes from one to the other E is a wall. Pascanu, Mikolov & Bengio 2013, *On the difficulty of
training recurrent neural networks*, section 2.3.
"""

import math

import numpy as np

from sims.cells import Array, sigmoid

STEPS = 50
FIRST, TARGET = 0.5, 0.7
W_RANGE, B_RANGE = (3.2, 6.8), (-3.6, -0.8)
SHOWN_START = (5.5, 0.08)  # w and height above the edge of the start that is drawn


def edge(w: Array) -> Array:
    """The b at which x = 0.5 is a fixed point; it is the unstable one, and so the edge, where w > 4.26."""
    return FIRST - w / (1 + math.exp(-FIRST))


def error(parameters: Array) -> Array:
    """E of ``parameters`` (..., 2), each w and b."""
    w, b = parameters[..., 0], parameters[..., 1]
    x = np.full_like(w, FIRST)
    for _ in range(STEPS):
        x = w * sigmoid(x) + b
    return np.square(sigmoid(x) - TARGET)


def error_and_gradient(parameters: Array) -> tuple[Array, Array]:
    """E (R,) and (∂E/∂w, ∂E/∂b) (R, 2) of ``parameters`` (R, 2), by backpropagation through the fifty steps."""
    w, b = parameters.T
    x, states = np.full_like(w, FIRST), np.empty((STEPS, len(w)))
    for s in states:
        x = w * sigmoid(x, out=s) + b
    y = sigmoid(x)
    d_x = 2 * (y - TARGET) * y * (1 - y)
    slopes = w * states * (1 - states)
    gradient = np.zeros((2, len(w)))
    for s, slope in zip(states[::-1], slopes[::-1], strict=True):
        gradient[0] += d_x * s
        gradient[1] += d_x
        d_x = d_x * slope
    return np.square(y - TARGET), gradient.T


def landscape(rows: int, columns: int) -> Array:
    """E (rows, columns) in the middle of each square of the drawn region; the first row has the largest b."""
    w = W_RANGE[0] + (np.arange(columns) + 0.5) / columns * (W_RANGE[1] - W_RANGE[0])
    b = B_RANGE[1] - (np.arange(rows) + 0.5) / rows * (B_RANGE[1] - B_RANGE[0])
    return error(np.stack(np.meshgrid(w, b), axis=-1))


def draw_starts(rng: np.random.Generator, count: int) -> Array:
    """``count`` places (count, 2) a little above the edge; the first is always the same."""
    w, height = rng.uniform(4.5, 6.8, count), rng.uniform(0.02, 0.3, count)
    w[0], height[0] = SHOWN_START
    return np.stack([w, edge(w) + height], axis=-1)
