"""The states of two RNNs, one reading from each end, and what of the input each row knows once they are joined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sims.cells import RNN, Array, Parameters
from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.text import Text

NAMES = ("h_f", "h_b")
WAYS: Mapping[str, str] = {
    "side": "np.concatenate([h_f, h_b[::-1]], axis=1)",
    "unturned": "np.concatenate([h_f, h_b], axis=1)",
    "stacked": "np.concatenate([h_f, h_b[::-1]], axis=0)",
    "sum": "h_f + h_b[::-1]",
}
OUTPUTS = 2  # rows of the readout V
NEAR = 1e-12  # a change smaller than this is none
_READ_OUT = parse("joined.dot(V.T)", ("joined", "V"))
_BESIDE = parse("np.concatenate([h_f, h_b], axis=1)", NAMES)
Join = Callable[[Array, Array], Array]
Reach = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TwoWays:
    """Two RNNs of equal size over ``x`` (T, 1); ``V`` (outputs, 2H) reads their joined states."""

    x: Array
    rnn: RNN
    forward: Parameters
    backward: Parameters
    V: Array

    def states(self, x: Array) -> tuple[Array, Array]:
        """``h_f`` and ``h_b``, (T, H) each, in the order in which they were made: ``h_b`` begins at the last input."""
        made = [
            self.rnn.forward(part, np.ascontiguousarray(read)[None, :, None]).h[0, :, 0]
            for part, read in ((self.forward, x), (self.backward, x[::-1]))
        ]
        return made[0], made[1]

    def joined(self, join: Join) -> Array:
        """What ``join`` makes of the states."""
        return join(*self.states(self.x))

    def reach(self, join: Join) -> Reach:
        """Which inputs each row depends on, (rows, T): those whose change changes it."""
        rows = self.joined(join)
        found = []
        for step in range(len(self.x)):
            other = self.x.copy()
            other[step] += 1.0
            moved = np.abs(join(*self.states(other)) - rows).reshape(len(rows), -1).max(1)
            found.append(moved > NEAR)
        return np.array(found).T


@dataclass(frozen=True, slots=True)
class Joined:
    """What a way of joining comes to: ``shape``, ``reach``, ``problem`` if V cannot read it, ``same`` if right."""

    shape: tuple[int, ...] | None = None
    reach: Reach | None = None
    problem: Text | None = None
    same: bool = False


def draw(steps: int, cells: int, rng: np.random.Generator) -> TwoWays:
    """Random inputs, and random RNNs of ``cells`` cells."""
    rnn = RNN(1, cells)
    x = rng.normal(0, 1, (steps, 1))
    return TwoWays(x, rnn, rnn.draw(rng, 1), rnn.draw(rng, 1), rng.normal(0, 1, (OUTPUTS, 2 * cells)))


def joiner(source: str, beside: bool = False) -> Join:
    """A way written over h_f and h_b; with ``beside`` it is only what stands to the right of h_f.

    Raises :class:`ExpressionError`, the join :class:`EvaluationError`.
    """
    expression = parse(source, NAMES)

    def join(h_f: Array, h_b: Array) -> Array:
        value = evaluate(expression, {"h_f": h_f, "h_b": h_b})
        return evaluate(_BESIDE, {"h_f": h_f, "h_b": value}) if beside else value

    return join


def look_at(source: str, ways: TwoWays, beside: bool = False) -> Joined:
    """Run a way of joining, and let V read what it makes."""
    try:
        join = joiner(source, beside)
        rows = ways.joined(join)
        if rows.ndim != 2 or len(rows) < 1:
            return Joined(rows.shape, problem=_not_a_matrix(rows))
        reach = ways.reach(join)
        try:
            read = evaluate(_READ_OUT, {"joined": rows, "V": ways.V})
        except EvaluationError as error:
            return Joined(rows.shape, reach, error.text)
    except (ExpressionError, EvaluationError) as error:
        return Joined(problem=error.text)
    right = ways.joined(joiner(WAYS["side"]))
    if len(read) != len(right):
        return Joined(rows.shape, reach, _wrong_rows(len(read), len(right)))
    return Joined(rows.shape, reach, same=bool(np.abs(rows - right).max() < NEAR))


def _not_a_matrix(rows: Array) -> Text:
    shape = rows.shape
    return Text(
        f"形が {shape} で、時刻ごとの行になっていません。", f"Its shape is {shape}: there is no row for each step."
    )


def _wrong_rows(rows: int, steps: int) -> Text:
    return Text(
        f"出力が {rows} 行になります。系列は {steps} ステップです。", f"It gives {rows} outputs for {steps} steps."
    )
