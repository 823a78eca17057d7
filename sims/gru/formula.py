"""Somebody's formula for the new state of a GRU, run in a real cell for fifty steps beside the right one."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from sims.autodiff import ComputationGraph, build
from sims.cells import GRU, Array, Mix, Parameters, Slopes
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.simulation import ParameterError
from sims.text import Text

STEPS = 50
INPUTS, CELLS, RUNS, BATCH = 4, 16, 4, 4
NAMES = ("z", "r", "h", "h_bar")
SAME = 1e-9
FADED = 0.01  # what is left of the first state counts as nothing below this share
Outcome = Literal["same", "mirror", "overflow", "grows", "dies", "deaf", "forgets", "differs"]


class Formula:
    """A formula over z, r, h and h_bar as a :class:`sims.cells.Mix`.

    Made of + − * / ** and functions of single entries it has derivatives and ``learns``; of anything else only
    :meth:`value` is there. Raises :class:`ExpressionError` if ``source`` cannot be read.
    """

    def __init__(self, source: str) -> None:
        self._expression: Expression = parse(source, NAMES)
        try:
            self._graph: ComputationGraph | None = build(self._expression)
        except ParameterError:
            self._graph = None

    @property
    def learns(self) -> bool:
        """Whether a cell can be trained with it."""
        return self._graph is not None

    def value(self, z: Array, r: Array, h: Array, h_bar: Array) -> Array:
        """The new state (R, B, H), nan where it is not finite; :class:`EvaluationError` if the shapes do not fit."""
        given = dict(zip(NAMES, (z, r, h, h_bar), strict=True))
        if self._graph is not None:
            return self._graph.value(given)
        new = np.empty_like(h)
        for run in range(len(h)):  # the formula sees one run at a time, as the question has it: (B, H)
            try:
                value = evaluate(self._expression, {name: array[run] for name, array in given.items()})
            except EvaluationError as error:
                if error.reason != "value":
                    raise
                value = np.full(h[run].shape, np.nan)
            if value.shape != h[run].shape:
                raise EvaluationError(_other_shape(value.shape, h[run].shape), "shape")
            new[run] = value
        return new

    def slopes(self, z: Array, r: Array, h: Array, h_bar: Array) -> Slopes:
        """The derivatives of :meth:`value`; 0 by everything if the formula does not learn."""
        given = dict(zip(NAMES, (z, r, h, h_bar), strict=True))
        found = self._graph.gradient(given) if self._graph is not None else {}
        return Slopes(*(found.get(name, np.zeros_like(z)) for name in NAMES))


class Course(NamedTuple):
    """How a state goes on for :data:`STEPS` steps; medians over the runs, each (STEPS + 1,).

    ``size`` is the largest entry, ``trace`` what is left of the difference between two first states, as a share.
    ``fresh`` is the difference that other inputs make in the end, ``h`` (R, T + 1, B, H) the states themselves.
    """

    size: Array
    trace: Array
    fresh: float
    h: Array

    @property
    def overflow(self) -> int | None:
        """The first step, from 1, after which a state is no longer finite."""
        lost = np.flatnonzero(~np.isfinite(self.size))
        return int(lost[0]) if lost.size else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The right formula's course and, unless ``problem`` says why it has none, that of ``formula``."""

    right: Course
    yours: Course | None = None
    outcome: Outcome | None = None
    formula: Formula | None = None
    problem: Text | None = None

    @property
    def trainable(self) -> Formula | None:
        """The formula, if a cell can be trained with it."""
        return self.formula if self.formula is not None and self.formula.learns else None


@np.errstate(all="ignore")
def compare(source: str, bias: float, z_keeps: bool, seed: int) -> Comparison:
    """Run ``source`` in a freshly drawn GRU whose update gate starts with ``bias`` towards keeping the state."""
    rng = np.random.default_rng([seed, 20])
    cell = GRU(INPUTS, CELLS)
    parameters = cell.draw(rng, RUNS, {"update": -bias})
    if z_keeps:
        cell, parameters = cell.mirrored(parameters)
    x = rng.normal(size=(RUNS, STEPS, BATCH, INPUTS))
    inputs = np.concatenate([x, x, rng.normal(size=x.shape)], axis=2)
    first, second = rng.uniform(-1, 1, (2, RUNS, BATCH, CELLS))
    starts = np.concatenate([first, second, first], axis=1)
    right = _course(cell, parameters, inputs, starts, None)
    try:
        formula = Formula(source)
        yours = _course(cell, parameters, inputs, starts, formula)
        other, turned = cell.mirrored(parameters)
        mirrored = other.forward(turned, inputs, starts, formula).states
    except (ExpressionError, EvaluationError) as error:
        return Comparison(right, problem=error.text)
    return Comparison(right, yours, _outcome(right, yours, mirrored), formula)


def _course(cell: GRU, parameters: Parameters, x: Array, starts: Array, mix: Mix | None) -> Course:
    h = cell.forward(parameters, x, starts, mix).states
    one, other_start, other_input = np.split(h, 3, axis=2)
    apart = np.linalg.norm(one - other_start, axis=(2, 3))
    fresh = np.linalg.norm(one[:, -1] - other_input[:, -1], axis=(1, 2))
    return Course(
        np.median(np.abs(h).max((2, 3)), axis=0),
        np.median(apart / apart[:, :1], axis=0),
        float(np.median(fresh)),
        h,
    )


def _outcome(right: Course, yours: Course, mirrored: Array) -> Outcome:
    if np.abs(yours.h - right.h).max() < SAME:
        return "same"
    if np.abs(mirrored - right.h).max() < SAME:
        return "mirror"
    if yours.overflow is not None:
        return "overflow"
    if yours.size[-1] > 1.5 * max(1.0, right.size[-1]):
        return "grows"
    if yours.size[-1] < 1e-3:
        return "dies"
    if yours.fresh < SAME:
        return "deaf"
    return "forgets" if yours.trace[-1] < FADED * right.trace[-1] else "differs"


def _other_shape(found: tuple[int, ...], wanted: tuple[int, ...]) -> Text:
    ja, en = (f"の形は {found} ", f"has shape {found}") if found else ("は 1 つの数", "is a single number")
    return Text(f"結果{ja}で、h の形 {wanted} と違います。", f"The result {en}, but h has shape {wanted}.")
