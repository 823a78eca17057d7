"""An LSTM cell with its gates set by hand, and the same cell with somebody's rule for its new state beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sims.cells import Array, State, Trace, Update
from sims.cells.steered import steered, steering
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.text import Text

MOST_STEPS = 12
BATCH, CELLS = 2, 3  # of different size, so that a product that only fits single numbers does not pass
LEVELS = {"0": 0.0, "1": 1.0, "h": 0.5}
PATTERNS: Mapping[str, tuple[str, str, str]] = {  # i, f and o, step by step: closed, open or half open
    "story": ("10000110", "11110111", "00010001"),
    "remember": ("10000000", "11111111", "11111111"),
    "write": ("11111111", "00000000", "11111111"),
    "add": ("11111111", "11111111", "11111111"),
    "half": ("hhhhhhhh", "hhhhhhhh", "hhhhhhhh"),
}
ENDS = ((0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.5, 0.5))  # i and f at which the rule is looked at
NEW, OLD, OUTPUT = 0.8, 2.0, 0.5  # a, c′ and o there
FIRST = 0.8  # the content of the first step; the others follow in random order
OTHERS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.9)
NAMES = ("a", "i", "f", "o", "c")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is in one cell: everything (T,), ``c`` with the empty state before it, (T + 1,)."""

    a: Array
    i: Array
    f: Array
    o: Array
    c: Array
    h: Array


@dataclass(frozen=True, slots=True)
class Ends:
    """The new c and ∂c/∂c′ at each of :data:`ENDS`."""

    c: Array
    slope: Array


@dataclass(slots=True)
class Claim:
    """Somebody's rule in the same cell: its ``c`` up to where it could be computed, and what is wrong with it.

    ``problem`` says why it cannot be read or computed at all; ``stopped`` is the step, from 1, at which it left
    the range of numbers.
    """

    source: str
    c: list[float] = field(default_factory=lambda: [0.0])
    ends: list[float] = field(default_factory=list)
    problem: Text | None = None
    stopped: int | None = None


def gates_of(pattern: str, steps: int, leak: float) -> tuple[Array, Array, Array]:
    """The gates i, f and o of a pattern, (T,) each; a closed one still lets ``leak`` through, an open one 1 - leak."""
    levels = (np.array([LEVELS[letter] for letter in line]) for line in PATTERNS[pattern])
    i, f, o = (np.resize(leak + (1 - 2 * leak) * level, steps) for level in levels)
    return i, f, o


class GateRun:
    """The pattern runs in the first cell; the others, with random gates, are there to catch rules that mix cells."""

    def __init__(self, pattern: str, steps: int, leak: float, seed: int) -> None:
        rng, other = np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])
        following = np.resize(rng.permutation(OTHERS), MOST_STEPS - 1) * rng.choice([-1, 1], MOST_STEPS - 1)
        a, *gates = other.uniform(0, 1, (4, steps, BATCH, CELLS))
        a[:, 0, 0] = np.insert(following, 0, FIRST)[:steps]
        for gate, level in zip(gates, gates_of(pattern, steps, leak), strict=True):
            gate[:, 0, 0] = level
        self.x = steering(a, *gates)
        self.lstm, self.parameters = steered(CELLS)

    def right(self) -> Cell:
        """The first cell under the rule of the LSTM."""
        trace = self.lstm.forward(self.parameters, self.x)
        a, i, f, o = trace.blocks[0, :, :, 0, 0]
        return Cell(a, i, f, o, trace.c[0, :, 0, 0], trace.h[0, :, 0, 0])

    def claimed(self, source: str) -> Claim:
        """The first cell under the rule ``source``, an expression over :data:`NAMES`."""
        claim = Claim(source)
        try:
            update = _rule(parse(source, NAMES))
            claim.ends = _at_ends(update).c[0, 1, :, 0].tolist()
        except (ExpressionError, EvaluationError) as error:
            claim.problem = error.text
            return claim
        state: State | None = None
        for t in range(self.x.shape[1]):
            try:
                trace = self.lstm.forward(self.parameters, self.x[:, t : t + 1], state, update)
            except EvaluationError as error:
                if error.reason == "value":
                    claim.stopped = t + 1
                else:
                    claim.problem = error.text
                break
            state = trace.end
            claim.c.append(float(state.c[0, 0, 0]))
        return claim


def right_ends() -> Ends:
    """The LSTM's own rule at :data:`ENDS`; the slope is a central difference, exact since the rule is linear in c."""
    step = 0.5
    above, below = (_at_ends(None, OLD + sign * step).c[0, 1, :, 0] for sign in (1, -1))
    return Ends(_at_ends(None).c[0, 1, :, 0], (above - below) / (2 * step))


def _at_ends(update: Update | None, old: float = OLD) -> Trace:
    """One step from the state ``old``: the axis of the batch runs over :data:`ENDS`, the two cells are alike."""
    lstm, parameters = steered(2)
    i, f = (np.repeat(gate, 2).reshape(1, -1, 2) for gate in np.array(ENDS).T)
    x = steering(np.full_like(i, NEW), i, f, np.full_like(i, OUTPUT))
    start = State(np.full((1, len(ENDS), 2), old), np.zeros((1, len(ENDS), 2)))
    return lstm.forward(parameters, x, start, update)


def _rule(expression: Expression) -> Update:
    """``expression`` as the rule of a cell. It is given (B, H) arrays, and a single number stands for all of them."""

    def update(*parts: Array | float) -> Array:
        arrays = {name: np.asarray(part)[0] for name, part in zip(NAMES, parts, strict=True)}
        value = evaluate(expression, arrays)
        wanted = arrays["c"].shape
        try:
            return np.broadcast_to(value, wanted)[None]
        except ValueError:
            raise EvaluationError(
                Text(
                    f"結果の形が {value.shape} です。c は {wanted} です。",
                    f"The result is {value.shape}, c is {wanted}.",
                ),
                "shape",
            ) from None

    return update
