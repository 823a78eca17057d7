"""Formulas for the output y1 of one step of an RNN: the right one, it without each g, and somebody's; and the cell.

All is scalar, g the sigmoid. Every array is (N,): N places at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sims.cells import RNN, Array, sigmoid
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.text import Text

FORMULAS = {
    "full": "g(W_out*g(W*z0 + W_in*x1 + b) + c)",
    "hidden": "g(W_out*(W*z0 + W_in*x1 + b) + c)",
    "output": "W_out*g(W*z0 + W_in*x1 + b) + c",
    "both": "W_out*(W*z0 + W_in*x1 + b) + c",
}
VARIABLES = ("x1", "z0", "W_in", "W", "W_out", "b", "c")
POINTS = 200
TOLERANCE = 1e-6
Place = Mapping[str, float | Array]


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's formula: its value ``at`` the place shown and along the ``curve``.

    It is wrong at ``wrong`` of the random places and always equals the formula ``like``; ``problem`` says why it has
    no value at all.
    """

    at: float | None = None
    curve: Array | None = None
    wrong: int = POINTS
    like: str | None = None
    problem: Text | None = None


def random_places(seed: int) -> dict[str, Array]:
    """:data:`POINTS` values of every variable."""
    drawn = np.random.default_rng(seed).normal(0, 1.5, (len(VARIABLES), POINTS))
    return dict(zip(VARIABLES, drawn, strict=True))


def cell_step(at: Mapping[str, Array]) -> tuple[Array, Array, Array]:
    """u, z1 and y1 by the cell itself; every entry of ``at`` is (N,), and each place is a run of its own."""
    cell = RNN(1, 1, "sigmoid")
    weights = {"W": at["W_in"][:, None, None], "U": at["W"][:, None, None], "b": at["b"][:, None]}
    x, start = at["x1"][:, None, None, None], at["z0"][:, None, None]
    z1 = cell.forward(weights, x, start).h[:, 0, 0, 0]
    u = RNN(1, 1, "linear").forward(weights, x, start).h[:, 0, 0, 0]
    return u, z1, sigmoid(at["W_out"] * z1 + at["c"])


def value(formula: str | Expression, at: Place) -> Array:
    """A formula for y1 over :data:`VARIABLES`; raises what :mod:`sims.expression` raises."""
    read = parse(formula, VARIABLES, {"g": "sigmoid"}) if isinstance(formula, str) else formula
    size = max(np.size(value) for value in at.values())
    arrays = {name: np.broadcast_to(value, (size,) if size > 1 else ()) for name, value in at.items()}
    return evaluate(read, arrays)


def look_at_claim(claim: str, at: Place, across: Array, random: Mapping[str, Array]) -> Claim:
    """Somebody's formula at one place, along a curve, and at random places."""
    try:
        read = parse(claim, VARIABLES, {"g": "sigmoid"})
        here, curve, everywhere = (value(read, place) for place in (at, {**at, "x1": across}, random))
    except (ExpressionError, EvaluationError) as error:
        return Claim(problem=error.text)
    if here.ndim or everywhere.size not in (1, POINTS):
        return Claim(problem=Text("1 つの数になりません。", "It is not a single number."))
    everywhere, curve = np.broadcast_to(everywhere, POINTS), np.broadcast_to(curve, across.shape)
    equal = [name for name, formula in FORMULAS.items() if not _wrong(everywhere, value(formula, random))]
    wrong = _wrong(everywhere, value(FORMULAS["full"], random))
    return Claim(float(here), curve, wrong, equal[0] if equal else None)


def _wrong(claimed: Array, true: Array) -> int:
    return int((np.abs(claimed - true) > TOLERANCE * np.maximum(1, np.abs(true))).sum())
