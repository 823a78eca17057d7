"""The check: numeric differences beside the gradients, their error against h, and what a forgotten sigmoid does."""

import math
from functools import partial

import numpy as np

from sims.autodiff import build
from sims.chain_rule import words
from sims.chain_rule.differences import Errors, central, errors_of, forward
from sims.chain_rule.problem import RNN_FORMULA, Problem, rnn_graph
from sims.expression import parse
from sims.frames import Bar, Bars, Metric, Plot, Series, SeriesRole, Table
from sims.metrics import finite
from sims.numerals import number, power_of_ten
from sims.scene import Make, Scene
from sims.text import Text, same

H_RANGE = (1e-15, 1.0)
ERROR_RANGE = (1e-16, 10.0)
REFERENCE = "tanh(0.7*x + y)**2"
MUTANTS = ("sigmoid(W_out*(W*z0 + W_in*x1 + b) + c)", "W_out*sigmoid(W*z0 + W_in*x1 + b) + c")
FORWARD = Text("前進差分", "forward")
CENTRAL = Text("中心差分", "central")


def numeric_scenes(problem: Problem, h: float, seed: int) -> list[Make]:
    """The gradients checked with step ``h``, the error against h for this function and another, then the mutants."""
    name = problem.wrt
    slope = problem.slope(problem.at, name)
    ahead = errors_of(forward, problem.value, problem.at, name, slope)
    centre = errors_of(central, problem.value, problem.at, name, slope)
    scenes: list[Make] = [
        partial(_differences, problem, h, ahead, centre),
        partial(_reference, problem, ahead, centre, seed),
    ]
    return [*scenes, partial(_mutants, problem)] if problem.claims_output else scenes


def _differences(problem: Problem, h: float, ahead: Errors, centre: Errors) -> Scene:
    gradients = {name: problem.slope(problem.at, name) for name in problem.graph.inputs}
    numeric = {name: central(problem.value, problem.at, name, h) for name in problem.graph.inputs}
    errors = [_least_error(problem, name, slope) for name, slope in gradients.items()]
    metrics: dict[str, Metric] = {
        "h": h,
        "numeric_x": finite(numeric.get(problem.first, 0.0)),
        "numeric_y": finite(numeric.get(problem.second, 0.0)),
        "gradient_error": finite(max(errors)),
        "best_h_forward": None if ahead.best is None else 10.0**ahead.best,
        "best_h_central": None if centre.best is None else 10.0**centre.best,
        "forward_error_at_1": _error_at(ahead, 0),
        "central_error_at_1": _error_at(centre, 0),
        "forward_errors": [*ahead.errors],
        "central_errors": [*centre.errors],
    }
    rows = tuple(
        (same(name), same(number(gradients[name])), same(number(numeric[name], 8).replace("?", "–")))
        for name in problem.graph.inputs
    )
    lit = tuple((row, 1) for row, name in enumerate(problem.graph.inputs) if name == problem.wrt)
    size_of_h = power_of_ten(round(math.log10(h))) if math.log10(h).is_integer() else number(h)
    table = Table(
        Text("逆伝播と数値微分", "backward and numeric"),
        (same("∂"), Text("逆伝播", "backward"), same(f"h = {size_of_h}")),
        rows,
        lit=lit,
    )
    plot = _plot(Text(f"誤差: {problem.slope_name}", f"error of {problem.slope_name}"), ahead, centre)
    return Scene((plot, table), words.difference_words(ahead, centre), metrics=metrics)


def _least_error(problem: Problem, name: str, slope: float) -> float:
    """The error of the central difference, at its best h, relative to the sizes that are subtracted."""
    errors = errors_of(central, problem.value, problem.at, name, slope).errors
    return min(errors, default=math.nan) / (1 + abs(problem.value(problem.at)) + abs(slope))


def _reference(problem: Problem, ahead: Errors, centre: Errors, seed: int) -> Scene:
    """The same picture for a function that is no polynomial, at a random point."""
    graph = build(parse(REFERENCE, ("x", "y")))
    x, y = (float(value) for value in np.random.default_rng(seed).normal(size=2))
    at = {"x": x, "y": y}
    slope = float(graph.gradient(at)["x"])
    first, second = (
        errors_of(method, lambda inputs: float(graph.value(inputs)), at, "x", slope) for method in (forward, central)
    )
    metrics: dict[str, Metric] = {
        "best_h_reference": None if second.best is None else 10.0**second.best,
        "reference_errors": [*second.errors],
    }
    own = _plot(Text(f"誤差: {problem.slope_name}", f"error of {problem.slope_name}"), ahead, centre)
    other = _plot(same("tanh(0.7x + y)²"), first, second)
    return Scene((own, other), words.reference_words(problem, centre, second), metrics=metrics)


def _mutants(problem: Problem) -> Scene:
    """y1 with both sigmoids and without either."""
    names = (Text("g を 2 つとも", "both g"), Text("z1 の g なし", "no g on z1"), Text("y1 の g なし", "no g on y1"))
    values = [float(rnn_graph(formula).value(problem.at)) for formula in (RNN_FORMULA, *MUTANTS)]
    roles: tuple[SeriesRole, ...] = ("lit", "muted", "muted")
    rows = tuple((name, same(number(value))) for name, value in zip(names, values, strict=True))
    metrics: dict[str, Metric] = {"without_g_on_z1": values[1], "without_g_on_y1": values[2]}
    if min(values) < 0:
        panel: Table | Bars = Table(same("y1"), (Text("式", "formula"), same("y1")), rows, lit=((0, 1),))
    else:
        bars = tuple(Bar(name, value, role) for name, value, role in zip(names, values, roles, strict=True))
        panel = Bars(same("y1"), bars, max(1.0, *values))
    return Scene((panel,), words.mutants_words(*values), metrics=metrics)


def _plot(title: Text, ahead: Errors, centre: Errors) -> Plot:
    """Both errors against h; what is too small for the axis stands on its lower edge."""
    curves = (_curve(FORWARD, ahead, "muted"), _curve(CENTRAL, centre, "lit"))
    return Plot(title, curves, H_RANGE, ERROR_RANGE, same("h"), log_x=True, log_y=True)


def _curve(name: Text, found: Errors, role: SeriesRole) -> Series:
    low, high = ERROR_RANGE
    return Series(name, found.steps, tuple(min(max(error, low), high) for error in found.errors), role)


def _error_at(found: Errors, exponent: int) -> float | None:
    return dict(zip(found.exponents, found.errors, strict=True)).get(exponent)
