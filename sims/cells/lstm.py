"""The LSTM with its backward pass written out, for many independent runs at once.

Axes: R runs, T time steps, B sequences of a batch, I inputs, H cells, G blocks (the candidate, then each gate).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sims.cells.arrays import Array, Parameters, sigmoid

Gate = Literal["input", "forget", "output"]
GATES: tuple[Gate, ...] = ("input", "forget", "output")
Part = Array | float  # a gate that is not there is 1
Update = Callable[[Array, Part, Part, Part, Array], Array]


class State(NamedTuple):
    """Cells ``c`` and what left them, ``h``, both (R, B, H), after some step."""

    c: Array
    h: Array


@dataclass(frozen=True, slots=True)
class Trace:
    """What a forward pass leaves behind.

    ``x`` (R, T, B, I) came in; ``blocks`` (R, G, T, B, H) are the candidate a and the gates; ``c`` (R, T + 1, B, H)
    the cells, from the one before the first step on; ``h`` (R, T, B, H) is what leaves them. ``start`` is the h
    before the first step, where there was one.
    """

    x: Array
    blocks: Array
    c: Array
    h: Array
    start: Array | None = None

    @property
    def end(self) -> State:
        """The state to go on from."""
        return State(self.c[:, -1], self.h[:, -1])


@dataclass(frozen=True, slots=True)
class LSTM:
    """Long short-term memory, with every part that was added over the years as a switch.

    ::

        a = g(x W_a + h' U_a + b_a)                    h', c': one step before; * elementwise
        i = σ(x W_i + h' U_i + b_i + p_i * c')         g: tanh, or the identity without ``squash``
        f = σ(x W_f + h' U_f + b_f + p_f * c')
        c = f * c' + i * a
        o = σ(x W_o + h' U_o + b_o + p_o * c)
        h = o * g(c)

    A gate that is not in ``gates`` is 1. Without any, ``squash`` and ``recurrent`` off, what is left is the constant
    error carousel c = c' + a, h = c (Hochreiter & Schmidhuber 1997, *Long short-term memory*). Forget gate: Gers,
    Schmidhuber & Cummins 2000, *Learning to forget*. Peepholes p: Gers, Schraudolph & Schmidhuber 2002, *Learning
    precise timing with LSTM recurrent networks*. With ``recurrent`` off, nothing sees h'.
    """

    inputs: int
    cells: int
    gates: tuple[Gate, ...] = GATES
    recurrent: bool = True
    peepholes: bool = False
    squash: bool = True

    def draw(self, rng: np.random.Generator, runs: int, biases: Mapping[Gate, float] | None = None) -> Parameters:
        """First parameters: weights from N(0, 1 / fan-in), peepholes 0, biases 0 but those of the gates in ``biases``.

        ``W`` (R, G, I, H), ``b`` (R, G, H), and where switched on ``U`` (R, G, H, H) and ``p`` (R, G - 1, H).
        """
        H, G = self.cells, 1 + len(self.gates)
        parameters = {
            "W": rng.normal(0, self.inputs**-0.5, (runs, G, self.inputs, H)),
            "b": np.zeros((runs, G, H)),
        }
        if self.recurrent:
            parameters["U"] = rng.normal(0, H**-0.5, (runs, G, H, H))
        if self.peepholes:
            parameters["p"] = np.zeros((runs, G - 1, H))
        for gate, bias in (biases or {}).items():
            parameters["b"][:, self.block(gate)] = bias
        return parameters

    def block(self, gate: Gate) -> int:
        """Where ``gate`` lies on the axis G."""
        return 1 + self.gates.index(gate)

    def hold_open(self, parameters: Parameters, gate: Gate, runs: NDArray[np.bool_]) -> None:
        """Take ``gate`` away from some of the runs, so that several designs train in one pass.

        Its bias becomes infinite: σ is then exactly 1 and its derivative exactly 0, and no training moves it.
        """
        parameters["b"][runs, self.block(gate)] = np.inf

    def forward(
        self, parameters: Parameters, x: Array, start: State | None = None, update: Update | None = None
    ) -> Trace:
        """Run over ``x`` (R, T, B, I) from the state ``start``, or from the empty one.

        ``update(a, i, f, o, c)``, all (R, B, H), makes the new cells in place of the right rule: somebody's formula.
        As it may use o, it is for cells without peepholes.
        """
        R, T, B, _ = x.shape
        H = self.cells
        net = x.reshape(R, 1, T * B, -1) @ parameters["W"]
        net += parameters["b"][:, :, None]  # in place: a second array of this size costs more than the product
        blocks = net.reshape(R, -1, T, B, H)
        c, h = np.zeros((R, T + 1, B, H)), np.empty((R, T, B, H))
        seen = None
        if start is not None:
            c[:, 0], seen = start
        if self.recurrent:  # the blocks side by side, so that one product a step serves them all
            U = parameters["U"].swapaxes(1, 2).reshape(R, H, -1)
        for t in range(T):
            u, before, after = blocks[:, :, t], c[:, t], c[:, t + 1]
            if self.recurrent and seen is not None:
                u += (seen @ U).reshape(R, B, -1, H).swapaxes(1, 2)
            a = np.tanh(u[:, 0], out=u[:, 0]) if self.squash else u[:, 0]
            i = self._open("input", parameters, u, before)
            f = self._open("forget", parameters, u, before)
            if update is None:
                np.add(f * before, i * a, out=after)
                o = self._open("output", parameters, u, after)
            else:
                o = self._open("output", parameters, u, before)
                after[:] = update(a, i, f, o, before)
            seen = h[:, t]
            np.multiply(o, np.tanh(after) if self.squash else after, out=seen)
        return Trace(x, blocks, c, h, None if start is None else start.h)

    def backward(self, parameters: Parameters, trace: Trace, d_h: Array) -> tuple[Parameters, Array]:
        """Backpropagation through time of an error E, summed over the batch.

        ``d_h`` (R, T, B, H) is ∂E/∂h as E sees h directly. Returns the gradients of the parameters, in their shapes,
        and the whole ∂E/∂c (R, T, B, H), with all that arrives from later steps. Not for a trace of another ``update``.
        """
        R, T, B, H = d_h.shape
        d_u, d_c = np.empty_like(trace.blocks), np.empty_like(d_h)
        from_c, from_h = np.zeros_like(d_h[:, 0]), np.zeros_like(d_h[:, 0])
        if self.recurrent:
            U = parameters["U"].swapaxes(-1, -2).reshape(R, -1, H)
        for t in reversed(range(T)):
            before, after, blocks, d_net = trace.c[:, t], trace.c[:, t + 1], trace.blocks[:, :, t], d_u[:, :, t]
            i, f, o = (self._value(gate, blocks) for gate in GATES)
            left = d_h[:, t] + from_h
            s = np.tanh(after) if self.squash else after
            inwards = left * o * (1 - s**2) if self.squash else left * o
            d_c[:, t] = from_c + inwards + self._close("output", parameters, left * s, o, d_net)
            d_a = d_c[:, t] * i
            d_net[:, 0] = d_a * (1 - blocks[:, 0] ** 2) if self.squash else d_a
            from_c = d_c[:, t] * f
            from_c += self._close("input", parameters, d_c[:, t] * blocks[:, 0], i, d_net)
            from_c += self._close("forget", parameters, d_c[:, t] * before, f, d_net)
            if self.recurrent:
                from_h = d_net.swapaxes(1, 2).reshape(R, B, -1) @ U
        return self._gradients(trace, d_u), d_c

    def _open(self, gate: Gate, parameters: Parameters, u: Array, seen: Array) -> Part:
        """σ of a gate's net input, in place in ``u`` (R, G, B, H); its peephole sees ``seen`` (R, B, H)."""
        if gate not in self.gates:
            return 1.0
        block = self.block(gate)
        if self.peepholes:
            u[:, block] += parameters["p"][:, block - 1, None] * seen
        return sigmoid(u[:, block], out=u[:, block])

    def _value(self, gate: Gate, blocks: Array) -> Part:
        return blocks[:, self.block(gate)] if gate in self.gates else 1.0

    def _close(self, gate: Gate, parameters: Parameters, d_gate: Array, value: Part, d_net: Array) -> Part:
        """Put the gradient of a gate's net input into ``d_net``; what flows on through its peephole into the cell."""
        if gate not in self.gates:
            return 0.0
        block = self.block(gate)
        d_net[:, block] = d_gate * value * (1 - value)
        return parameters["p"][:, block - 1, None] * d_net[:, block] if self.peepholes else 0.0

    def _gradients(self, trace: Trace, d_u: Array) -> Parameters:
        """Gradients of the parameters from those of the net inputs ``d_u`` (R, G, T, B, H)."""
        R, G, T, B, H = d_u.shape
        x, stacked = trace.x.reshape(R, 1, T * B, -1), d_u.reshape(R, G, T * B, H)
        gradients = {"W": x.swapaxes(-1, -2) @ stacked, "b": np.ones(T * B) @ stacked}
        if self.recurrent:
            before = trace.h[:, :-1].reshape(R, 1, -1, H)
            gradients["U"] = before.swapaxes(-1, -2) @ d_u[:, :, 1:].reshape(R, G, -1, H)
            if trace.start is not None:
                gradients["U"] += trace.start[:, None].swapaxes(-1, -2) @ d_u[:, :, 0]
        if self.peepholes:
            seen = {"input": trace.c[:, :-1], "forget": trace.c[:, :-1], "output": trace.c[:, 1:]}
            gradients["p"] = np.zeros((R, G - 1, H))
            for gate in self.gates:
                block = self.block(gate)
                gradients["p"][:, block - 1] = (d_u[:, block] * seen[gate]).sum((1, 2))
        return gradients
