"""One step of an RNN, y1 = g(W_out·g(W·z0 + W_in·x1 + b) + c): the formula against the cell, and without each g."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.cells import Array
from sims.frames import NO_TEXT, Frame, Graph, Metric, Node, Note, Panel, Plot, Series, SeriesRole, Table
from sims.metrics import measured
from sims.rnn_step.formula import FORMULAS, Claim, cell_step, look_at_claim, random_places, value
from sims.rnn_step.words import (
    NAMES,
    YOURS,
    claim_words,
    deletion_words,
    formula_words,
    given_words,
    hidden_words,
    number,
    output_words,
)
from sims.text import Text, same

B, C = 0.5, -0.5  # the biases b and c
REACH = 5.0  # the curves run over x1 from -5 to 5


def run(x1: float, z0: float, W_in: float, W: float, W_out: float, claim: str | None, seed: int) -> Iterator[Frame]:
    """Go through one step, delete each g in turn, and evaluate ``claim``, somebody's formula for y1, beside it.

    The formula is compared with the cell here and at random places, drawn by ``seed``.
    """
    at = {"x1": x1, "z0": z0, "W_in": W_in, "W": W, "W_out": W_out, "b": B, "c": C}
    across, random = np.linspace(-REACH, REACH, 81), random_places(seed)
    curves = {name: value(formula, {**at, "x1": across}) for name, formula in FORMULAS.items()}
    values = {name: float(value(formula, at)) for name, formula in FORMULAS.items()}
    u, z1, y1 = (float(part[0]) for part in cell_step({name: np.array([each]) for name, each in at.items()}))
    v = W_out * z1 + C
    metrics = {"u": u, "z1": z1, "y1": values["full"], "y1_of_cell": y1} | _metrics(values, random)
    claimed = look_at_claim(claim, at, across, random) if claim else None
    total = 8 if claimed else 7
    yield Frame(1, total, _step(at, ()), given_words(at))
    yield Frame(2, total, _step(at, (u,)), hidden_words(u, None))
    yield Frame(3, total, _step(at, (u, z1)), hidden_words(u, z1))
    yield Frame(4, total, _step(at, (u, z1, v, y1)), output_words(z1, v, y1))
    same_value = formula_words(values["full"], y1, metrics["formula_difference"])
    yield Frame(5, total, _pictures(curves, values, ("full",), x1), same_value)
    words = deletion_words("hidden", values, curves)
    yield Frame(6, total, _pictures(curves, values, ("full", "hidden"), x1), words)
    words = deletion_words("output", values, curves)
    yield Frame(7, total, _pictures(curves, values, tuple(FORMULAS), x1), words, metrics=metrics)
    if claimed is not None:
        panels = _pictures(curves, values, ("full",), x1, claimed)
        yield Frame(8, total, panels, claim_words(claimed, values, at), True, metrics | _claim_metrics(claimed))


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Formula and cell agree everywhere, and neither g can be left out."""
    changes = [measured(metrics, f"change_without_{name}") for name in ("hidden", "output", "both")]
    agree = measured(metrics, "formula_difference") < 1e-12
    return agree and min(changes) > 0.02 and metrics["outside_without_output"] != 0


def _metrics(values: Mapping[str, float], random: Mapping[str, Array]) -> dict[str, Metric]:
    found = {name: value(formula, random) for name, formula in FORMULAS.items()}
    outside = (found["output"] < 0) | (found["output"] > 1)
    return {
        "formula_difference": float(np.abs(found["full"] - cell_step(random)[2]).max()),
        **{f"without_{name}": values[name] for name in ("hidden", "output", "both")},
        **{
            f"change_without_{name}": float(np.median(np.abs(found[name] - found["full"])))
            for name in FORMULAS
            if name != "full"
        },
        "outside_without_output": float(outside.mean()),
    }


def _claim_metrics(claimed: Claim) -> dict[str, Metric]:
    return {
        "claim_y1": claimed.at,
        "claim_wrong_points": claimed.wrong,
        "claim_like": claimed.like,
        "claim_problem": claimed.problem.en if claimed.problem else None,
    }


def _step(at: Mapping[str, float], known: tuple[float, ...]) -> tuple[Panel, ...]:
    """The graph and the calculations; ``known`` are u, z1, v, y1 as far as they are."""
    return _graph(at, known), _note(at, known)


def _graph(at: Mapping[str, float], known: tuple[float, ...]) -> Graph:
    """z0 and x1 meet in z1, and z1 makes y1."""
    z1 = number(known[1]) if len(known) > 1 else ""
    y1 = number(known[3]) if len(known) > 3 else ""
    nodes = (
        Node("z0", 0, 0, number(at["z0"]), lit=not known),
        Node("x1", 0, 1, number(at["x1"]), lit=not known),
        Node("z1", 1, 0, z1, lit=0 < len(known) < 4),
        Node("y1", 2, 0, y1, lit=len(known) > 3),
    )
    return Graph(same("z0, x1 → z1 → y1"), nodes, ((0, 2), (1, 2), (2, 3)))


def _note(at: Mapping[str, float], known: tuple[float, ...]) -> Note:
    """The weights, and the calculations so far."""
    lines = [
        same(f"W_in = {number(at['W_in'])}, W = {number(at['W'])}, W_out = {number(at['W_out'])}"),
        same(f"b = {number(at['b'])}, c = {number(at['c'])}"),
    ]
    names = ("u = W·z0 + W_in·x1 + b", "z1 = g(u)", "v = W_out·z1 + c", "y1 = g(v)")
    lines += [same(f"{name} = {number(value)}") for name, value in zip(names, known, strict=False)]
    return Note(Text("計算", "calculation"), tuple(lines))


def _pictures(
    curves: Mapping[str, Array],
    values: Mapping[str, float],
    shown: tuple[str, ...],
    x1: float,
    claimed: Claim | None = None,
) -> tuple[Panel, ...]:
    """y1 as x1 moves, and its value here, by the formulas ``shown``."""
    across = tuple(np.linspace(-REACH, REACH, len(curves["full"])).tolist())
    drawn = [_series(name, across, curves[name]) for name in shown if name != "both"]
    rows = [(NAMES[name], same(number(values[name]))) for name in shown]
    claims: tuple[tuple[int, int], ...] = ()
    if claimed is not None:
        rows.append((YOURS, same("–" if claimed.at is None else number(claimed.at))))
        claims = ((1, 1),) if claimed.like != "full" else ()
        if claimed.curve is not None:
            drawn.append(Series(YOURS, across, tuple(claimed.curve.tolist()), "claim"))
    every = np.concatenate([series.y for series in drawn])
    low, high = np.floor(2 * min(0.0, every.min())) / 2, np.ceil(2 * max(1.0, every.max())) / 2
    plot = Plot(
        Text("x1 を動かしたときの y1", "y1 as x1 moves"),
        tuple(drawn),
        (-REACH, REACH),
        (float(low), float(high)),
        same("x1"),
    )
    columns = (Text("式", "formula"), same(f"y1 (x1 = {number(x1)})"))
    return plot, Table(NO_TEXT, columns, tuple(rows), lit=((0, 1),), claim=claims)


def _series(name: str, across: tuple[float, ...], curve: Array) -> Series:
    role: SeriesRole = "lit" if name == "full" else "muted"
    return Series(NAMES[name], across, tuple(curve.tolist()), role)
