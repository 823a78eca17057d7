"""Name the first token: one of four comes at the first step, then noise, and it must be named after ``lag`` steps.

Every cell reads the same sequences and says the token through weights of its own (softmax, cross-entropy).
"""

from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from sims.cells import GRU, LSTM, RNN, Array, GRUTrace, Mix, Parameters, softmax
from sims.optimisers import Optimiser, clip_by_norm

TOKENS, NOISE = 4, 3
INPUTS, CELLS = TOKENS + NOISE, 16
CHANCE = 1 / TOKENS
BATCH, TESTS = 32, 128
RATE, LONGEST = 0.01, 1.0  # a gradient longer than this is clipped
SOLVED = 0.95  # named rightly, of all
Tokens = NDArray[np.int64]


class Sequences(NamedTuple):
    """``x`` (R, T, B, I), the first step a token and the others noise; ``token`` (R, B) is the one to name."""

    x: Array
    token: Tokens


def draw_sequences(rng: np.random.Generator, lag: int, runs: int, batch: int) -> Sequences:
    """Random sequences of ``lag`` + 1 steps. The noise has inputs of its own: a token is never mistaken for it."""
    token = rng.integers(0, TOKENS, (runs, batch))
    x = np.zeros((runs, lag + 1, batch, INPUTS))
    x[:, 0, :, :TOKENS] = np.eye(TOKENS)[token]
    x[:, 1:, :, TOKENS:] = rng.normal(size=(runs, lag, batch, NOISE))
    return Sequences(x, token)


def draw_readout(rng: np.random.Generator, runs: int) -> Parameters:
    """First weights of the readout: ``V`` (R, H, 4) and ``d`` (R, 1, 4)."""
    return {"V": rng.normal(0, CELLS**-0.5, (runs, CELLS, TOKENS)), "d": np.zeros((runs, 1, TOKENS))}


class _Traced(Protocol):
    @property
    def h(self) -> Array: ...


T = TypeVar("T", bound=_Traced)


class _Cell(Protocol[T]):
    def forward(self, parameters: Parameters, x: Array, /) -> T: ...

    def backward(self, parameters: Parameters, trace: T, d_h: Array, /) -> tuple[Parameters, Array]: ...


class Student(Generic[T]):
    """A cell with its parameters, those of the readout among them, and how it learns.

    ``size`` counts the cell's own parameters, ``products`` the multiplications by a weight of one step.
    """

    def __init__(self, cell: _Cell[T], parameters: Parameters, readout: Parameters) -> None:
        self.size = sum(value[0].size for value in parameters.values())
        self.products = sum(parameters[name][0].size for name in ("W", "U"))
        self.parameters = {name: value.copy() for name, value in (parameters | readout).items()}
        self._cell, self._adam = cell, Optimiser("adam", RATE)

    def train(self, given: Sequences) -> Array:
        """One step of Adam; the share of tokens that were named rightly before it, (R,)."""
        trace = self._cell.forward(self.parameters, given.x)
        last = trace.h[:, -1]
        scores = self.scores(last)
        d_scores = (softmax(scores) - np.eye(TOKENS)[given.token]) / given.token.shape[1]
        d_h = np.zeros_like(trace.h)
        d_h[:, -1] = d_scores @ self.parameters["V"].swapaxes(-1, -2)
        gradients, _ = self._cell.backward(self.parameters, trace, d_h)
        gradients |= {"V": last.swapaxes(-1, -2) @ d_scores, "d": d_scores.sum(1, keepdims=True)}
        clip_by_norm(gradients, LONGEST)
        self._adam.step(self.parameters, gradients)
        return share_right(scores, given.token)

    def test(self, given: Sequences) -> Array:
        """The share of tokens that are named rightly, (R,)."""
        return share_right(self.scores(self._cell.forward(self.parameters, given.x).h[:, -1]), given.token)

    def scores(self, h: Array) -> Array:
        """What each token scores when the last state is ``h`` (R, B, H): (R, B, 4)."""
        scores: Array = h @ self.parameters["V"] + self.parameters["d"]
        return scores


def share_right(scores: Array, token: Tokens) -> Array:
    """The share of tokens with the highest score, (R,); scores that are not finite name nothing."""
    right = (scores.argmax(-1) == token) & np.isfinite(scores).all(-1)
    return np.asarray(right.mean(1))


class _Student(Protocol):
    """What a student of any cell can do."""

    parameters: Parameters
    size: int
    products: int

    def train(self, given: Sequences) -> Array: ...

    def test(self, given: Sequences) -> Array: ...


@dataclass(frozen=True, slots=True)
class Mixed:
    """A GRU that makes its new state by another formula."""

    cell: GRU
    mix: Mix

    def forward(self, parameters: Parameters, x: Array, /) -> GRUTrace:
        """:meth:`GRU.forward` with the formula."""
        return self.cell.forward(parameters, x, mix=self.mix)

    def backward(self, parameters: Parameters, trace: GRUTrace, d_h: Array, /) -> tuple[Parameters, Array]:
        """:meth:`GRU.backward` with the formula."""
        return self.cell.backward(parameters, trace, d_h, self.mix)


class FirstToken:
    """The three cells learn side by side, ``runs`` networks each; or the GRU and one with the formula ``mix``.

    ``bias`` is the bias with which a gate that keeps the state starts: the LSTM's forget gate, and the GRU's update
    gate (with the opposite sign where z is the share of the new). ``z_keeps`` is the GRU's convention; its first
    weights are mirrored too, so that both begin as the same function.
    """

    def __init__(self, lag: int, bias: float, z_keeps: bool, runs: int, seed: int, mix: Mix | None = None) -> None:
        self.lag, self.runs = lag, runs
        self._data = np.random.default_rng([seed, 0])
        self.tests = draw_sequences(np.random.default_rng([seed, 1]), lag, runs, TESTS)
        rnn, lstm, self.gru = RNN(INPUTS, CELLS), LSTM(INPUTS, CELLS), GRU(INPUTS, CELLS)
        weights = np.random.default_rng([seed, 2])
        gates = self.gru.draw(weights, runs, {"update": -bias})
        if z_keeps:
            self.gru, gates = self.gru.mirrored(gates)
        readout = draw_readout(weights, runs)
        self.students: dict[str, _Student] = {"gru": Student(self.gru, gates, readout)}
        if mix is not None:
            self.students["yours"] = Student(Mixed(self.gru, mix), gates, readout)
        else:
            first = rnn.draw(weights, runs), lstm.draw(weights, runs, {"forget": bias})
            self.students = {
                "rnn": Student(rnn, first[0], draw_readout(weights, runs)),
                **self.students,
                "lstm": Student(lstm, first[1], draw_readout(weights, runs)),
            }

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> dict[str, Array]:
        """Train every cell on fresh batches; the shares named rightly on the way, (R,), by the cells' names."""
        batches = [draw_sequences(self._data, self.lag, self.runs, BATCH) for _ in range(iterations)]
        return {
            name: np.mean([student.train(batch) for batch in batches], axis=0)
            for name, student in self.students.items()
        }

    @np.errstate(all="ignore")
    def accuracies(self) -> dict[str, Array]:
        """The shares named rightly in sequences that are never trained on, (R,), by the cells' names."""
        return {name: student.test(self.tests) for name, student in self.students.items()}

    def both_conventions(self) -> tuple[GRUTrace, GRUTrace]:
        """What the GRU does as it is now, with z as the share of the new state and with z as that of the old."""
        parameters = self.students["gru"].parameters
        own = {name: parameters[name] for name in ("W", "U", "b")}
        other, turned = self.gru.mirrored(own)
        traces = self.gru.forward(own, self.tests.x), other.forward(turned, self.tests.x)
        return traces if other.z_keeps else traces[::-1]
