"""The simple recurrent cell with its backward pass written out, for many independent runs at once.

Axes: R runs, T time steps, B sequences of a batch, I inputs, H cells.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sims.cells.arrays import Array, Parameters, sigmoid

Activation = Literal["tanh", "sigmoid", "relu", "linear"]


@dataclass(frozen=True, slots=True)
class RNNTrace:
    """What a forward pass leaves behind: ``x`` (R, T, B, I) and ``states`` (R, T + 1, B, H), the first state first."""

    x: Array
    states: Array

    @property
    def h(self) -> Array:
        """What leaves the cells at each step, (R, T, B, H)."""
        return self.states[:, 1:]


@dataclass(frozen=True, slots=True)
class RNN:
    """h = g(x W + h' U + b) with h' one step before and g the ``activation``.

    Elman 1990, *Finding structure in time*.
    """

    inputs: int
    cells: int
    activation: Activation = "tanh"

    def draw(self, rng: np.random.Generator, runs: int) -> Parameters:
        """First parameters: ``W`` (R, I, H) and ``U`` (R, H, H) from N(0, 1 / fan-in), ``b`` (R, H) zero."""
        H = self.cells
        return {
            "W": rng.normal(0, self.inputs**-0.5, (runs, self.inputs, H)),
            "U": rng.normal(0, H**-0.5, (runs, H, H)),
            "b": np.zeros((runs, H)),
        }

    def forward(self, parameters: Parameters, x: Array, start: Array | None = None) -> RNNTrace:
        """Run over ``x`` (R, T, B, I) from the state ``start`` (R, B, H), or from the empty one."""
        R, T, B, _ = x.shape
        net = (x.reshape(R, T * B, -1) @ parameters["W"]).reshape(R, T, B, self.cells)
        net += parameters["b"][:, None, None]
        states = np.zeros((R, T + 1, B, self.cells))
        if start is not None:
            states[:, 0] = start
        for t in range(T):
            u = net[:, t]
            if t or start is not None:
                u += states[:, t] @ parameters["U"]
            states[:, t + 1] = self.activate(u)
        return RNNTrace(x, states)

    def backward(self, parameters: Parameters, trace: RNNTrace, d_h: Array) -> tuple[Parameters, Array]:
        """Backpropagation through time of an error E, summed over the batch.

        ``d_h`` (R, T, B, H) is ∂E/∂h as E sees h directly. Returns the gradients of the parameters, in their shapes,
        and the whole ∂E/∂h (R, T, B, H), with all that arrives from later steps.
        """
        back = np.ascontiguousarray(parameters["U"].swapaxes(-1, -2))  # small products are slow on a transposed view
        d_u, whole = np.empty_like(d_h), d_h.copy()
        for t in reversed(range(d_h.shape[1])):
            if t + 1 < d_h.shape[1]:
                whole[:, t] += d_u[:, t + 1] @ back
            d_u[:, t] = whole[:, t] * self.slope(trace.states[:, t + 1])
        R, T, B, _ = d_h.shape
        x, before, stacked = (part.reshape(R, T * B, -1) for part in (trace.x, trace.states[:, :-1], d_u))
        return {
            "W": x.swapaxes(-1, -2) @ stacked,
            "U": before.swapaxes(-1, -2) @ stacked,
            "b": np.ones(T * B) @ stacked,
        }, whole

    def activate(self, u: Array) -> Array:
        """g(u)."""
        match self.activation:
            case "tanh":
                return np.tanh(u)
            case "sigmoid":
                return sigmoid(u)
            case "relu":
                return np.maximum(u, 0.0)
            case "linear":
                return u

    def slope(self, h: Array) -> Array | float:
        """g′(u), from h = g(u)."""
        match self.activation:
            case "tanh":
                return 1 - h**2
            case "sigmoid":
                return h * (1 - h)
            case "relu":
                return (h > 0).astype(np.float64)
            case "linear":
                return 1.0
