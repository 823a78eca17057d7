"""The GRU with its backward pass written out, for many independent runs at once.

Axes: R runs, T time steps, B sequences of a batch, I inputs, H cells, G blocks (the candidate, then each gate).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np

from sims.cells.arrays import Array, Parameters, sigmoid

GRUGate = Literal["update", "reset"]
GRU_GATES: tuple[GRUGate, ...] = ("update", "reset")


class Slopes(NamedTuple):
    """How the new state changes with z, r, the old state and the candidate, entry by entry; all of one shape."""

    z: Array
    r: Array
    h: Array
    h_bar: Array


class Mix(Protocol):
    """A formula for the new state in place of the right one; it works entry by entry on arrays of one shape."""

    def value(self, z: Array, r: Array, h: Array, h_bar: Array) -> Array:
        """The new state."""

    def slopes(self, z: Array, r: Array, h: Array, h_bar: Array) -> Slopes:
        """Its derivatives there."""


@dataclass(frozen=True, slots=True)
class GRUTrace:
    """What a forward pass leaves behind.

    ``x`` (R, T, B, I) came in; ``blocks`` (R, 3, T, B, H) are the candidate and the gates z and r; ``states``
    (R, T + 1, B, H) begin with the one before the first step.
    """

    x: Array
    blocks: Array
    states: Array

    @property
    def h(self) -> Array:
        """What leaves the cells at each step, (R, T, B, H)."""
        return self.states[:, 1:]


@dataclass(frozen=True, slots=True)
class GRU:
    """Gated recurrent unit; h' is one step before, * elementwise.

    ::

        z = σ(x W_z + h' U_z + b_z)             the update gate
        r = σ(x W_r + h' U_r + b_r)             the reset gate
        h_bar = tanh(x W + (r * h') U + b)      the candidate
        h = (1 - z) * h' + z * h_bar

    as in Chung et al. 2014, *Empirical evaluation of gated recurrent neural networks on sequence modeling*. With
    ``z_keeps`` it is the mirror image h = z * h' + (1 - z) * h_bar of Cho et al. 2014, *Learning phrase
    representations using RNN encoder-decoder*, which PyTorch and Keras follow.
    """

    inputs: int
    cells: int
    z_keeps: bool = False

    def draw(self, rng: np.random.Generator, runs: int, biases: Mapping[GRUGate, float] | None = None) -> Parameters:
        """First parameters: weights from N(0, 1 / fan-in), biases 0 but those of the gates in ``biases``.

        ``W`` (R, 3, I, H), ``U`` (R, 3, H, H), ``b`` (R, 3, H).
        """
        H, G = self.cells, 1 + len(GRU_GATES)
        parameters = {
            "W": rng.normal(0, self.inputs**-0.5, (runs, G, self.inputs, H)),
            "U": rng.normal(0, H**-0.5, (runs, G, H, H)),
            "b": np.zeros((runs, G, H)),
        }
        for gate, bias in (biases or {}).items():
            parameters["b"][:, self.block(gate)] = bias
        return parameters

    def block(self, gate: GRUGate) -> int:
        """Where ``gate`` lies on the axis G."""
        return 1 + GRU_GATES.index(gate)

    def mirrored(self, parameters: Parameters) -> tuple["GRU", Parameters]:
        """The same function in the other convention: since 1 - σ(u) = σ(-u), all that feeds z changes its sign."""
        sign = np.ones(1 + len(GRU_GATES))
        sign[self.block("update")] = -1
        turned = {name: value * sign.reshape(-1, *[1] * (value.ndim - 2)) for name, value in parameters.items()}
        return GRU(self.inputs, self.cells, not self.z_keeps), turned

    def forward(self, parameters: Parameters, x: Array, start: Array | None = None, mix: Mix | None = None) -> GRUTrace:
        """Run over ``x`` (R, T, B, I) from the state ``start`` (R, B, H), or from the empty one.

        ``mix`` makes the new state from arrays (R, B, H) in place of the right formula.
        """
        R, T, B, _ = x.shape
        net = x.reshape(R, 1, T * B, -1) @ parameters["W"]
        net += parameters["b"][:, :, None]  # in place: a second array of this size costs more than the product
        blocks = net.reshape(R, -1, T, B, self.cells)
        states = np.zeros((R, T + 1, B, self.cells))
        if start is not None:
            states[:, 0] = start
        for t in range(T):
            u, before = blocks[:, :, t], states[:, t]
            u[:, 1:] += before[:, None] @ parameters["U"][:, 1:]
            gates = sigmoid(u[:, 1:], out=u[:, 1:])
            z, r = gates[:, 0], gates[:, 1]
            u[:, 0] += (r * before) @ parameters["U"][:, 0]
            candidate = np.tanh(u[:, 0], out=u[:, 0])
            states[:, t + 1] = (mix or self).value(z, r, before, candidate)
        return GRUTrace(x, blocks, states)

    def backward(
        self, parameters: Parameters, trace: GRUTrace, d_h: Array, mix: Mix | None = None
    ) -> tuple[Parameters, Array]:
        """Backpropagation through time of an error E, summed over the batch.

        ``d_h`` (R, T, B, H) is ∂E/∂h as E sees h directly; ``mix`` is that of the forward pass. Returns the gradients
        of the parameters, in their shapes, and the whole ∂E/∂h (R, T, B, H), with all that arrives from later steps.
        """
        back = np.ascontiguousarray(parameters["U"].swapaxes(-1, -2))  # small products are slow on a transposed view
        candidate, z, r = (trace.blocks[:, block] for block in range(3))
        before = trace.states[:, :-1]
        slopes = (mix or self).slopes(z, r, before, candidate)
        to_candidate, to_z, to_r = slopes.h_bar * (1 - candidate**2), slopes.z * z * (1 - z), r * (1 - r)
        d_u, whole = np.empty_like(trace.blocks), d_h.copy()
        for t in reversed(range(d_h.shape[1])):
            left, d_net = whole[:, t], d_u[:, :, t]
            np.multiply(left, to_candidate[:, t], out=d_net[:, 0])
            np.multiply(left, to_z[:, t], out=d_net[:, 1])
            d_seen = d_net[:, 0] @ back[:, 0]  # of r * h', which the candidate sees
            d_r = d_seen * before[:, t]
            if mix:  # the right formula does not see r
                d_r += left * slopes.r[:, t]
            np.multiply(d_r, to_r[:, t], out=d_net[:, 2])
            if t:
                whole[:, t - 1] += left * slopes.h[:, t] + d_seen * r[:, t] + (d_net[:, 1:] @ back[:, 1:]).sum(1)
        return self._gradients(trace, d_u), whole

    def value(self, z: Array, r: Array, h: Array, h_bar: Array) -> Array:
        """The new state, in this cell's convention."""
        first, second = (h_bar, h) if self.z_keeps else (h, h_bar)
        return (1 - z) * first + z * second

    def slopes(self, z: Array, r: Array, h: Array, h_bar: Array) -> Slopes:
        """The derivatives of :meth:`value`."""
        if self.z_keeps:
            return Slopes(h - h_bar, np.zeros_like(r), z, 1 - z)
        return Slopes(h_bar - h, np.zeros_like(r), 1 - z, z)

    def _gradients(self, trace: GRUTrace, d_u: Array) -> Parameters:
        """Gradients of the parameters from those of the net inputs ``d_u`` (R, G, T, B, H)."""
        R, G, T, B, H = d_u.shape
        x, stacked = trace.x.reshape(R, 1, T * B, -1), d_u.reshape(R, G, T * B, H)
        before = trace.states[:, :-1]
        seen = np.stack([trace.blocks[:, self.block("reset")] * before, before, before], axis=1)
        return {
            "W": x.swapaxes(-1, -2) @ stacked,
            "U": seen.reshape(R, G, T * B, H).swapaxes(-1, -2) @ stacked,
            "b": np.ones(T * B) @ stacked,
        }
