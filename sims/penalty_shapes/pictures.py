"""What is drawn: contours that touch a diamond and a circle, weights over λ, and what became exactly 0."""

import numpy as np

from sims.cells import Array
from sims.frames import NO_TEXT, Plot, Series, SeriesRole, Table
from sims.numerals import significant, trimmed
from sims.penalty_shapes.fit import CURVATURE, FREE, Claim, loss_of_two
from sims.penalty_shapes.words import NAMES
from sims.text import Text, same

RANGE = (-1.2, 2.4)
STRENGTHS = np.geomspace(0.01, 2.0, 25)


def touch_plot(shape: str, w: Array) -> Plot:
    """The penalty's shape through ``w``, and the contour of the loss through the same place."""
    angle = np.linspace(0, 2 * np.pi, 81)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    size = np.abs(w).sum() if shape == "l1" else np.linalg.norm(w)
    across = np.abs(ring).sum(axis=1, keepdims=True) if shape == "l1" else 1.0
    values, axes = np.linalg.eigh(CURVATURE)
    level = float(loss_of_two(w))
    contour = FREE + (np.sqrt(2 * level / values) * ring) @ axes.T
    series = (
        _closed(Text("等高線", "contour"), contour, "muted"),
        _closed(Text("罰則", "penalty"), size * ring / across, "lit"),
        _closed(Text("接点", "contact"), w + 0.05 * ring[::10], "floor"),
    )
    return Plot(NAMES[shape], series, RANGE, RANGE, same("w1"))


def path_plot(shape: str, weights: Array, until: int) -> Plot:
    """Ten weights (L, D) over the first ``until`` strengths; those that matter are lit."""
    x = tuple(STRENGTHS[:until].tolist())
    series = []
    for place in range(weights.shape[1] - 1, -1, -1):
        name = Text("意味のある 3 つ", "the 3 that matter") if place < 3 else Text("ほかの 7 つ", "the other 7")
        role: SeriesRole = "lit" if place < 3 else "muted"
        series.append(Series(name, x, tuple(weights[:until, place].tolist()), role))
    title = Text(f"{shape.upper()} の重み", f"weights with {shape.upper()}")
    return Plot(title, tuple(series), (0.01, 2.0), (-1.6, 2.0), same("λ"), log_x=True)


def zero_table(strength: float, weights: dict[str, Array], lit: str) -> Table:
    """The ten weights of the first data set by each way."""
    names = {"l1": same("L1"), "l2": same("L2"), "subgradient": same("sign")}
    columns = (same(f"λ = {strength:g}"), *names.values())
    rows = []
    for place in range(len(weights["l1"])):
        values = [_written(float(weights[way][place])) for way in names]
        rows.append((same(f"w{place + 1}"), *map(same, values)))
    column = list(names).index(lit) + 1
    return Table(NO_TEXT, columns, tuple(rows), lit=tuple((row, column) for row in range(len(rows))))


def claim_table(claim: Claim, shape: str) -> Table:
    """The slope of the penalty at three weights, and what somebody's expression says there."""
    told = claim.problem is None
    rows = []
    for place, at in enumerate(claim.at.tolist()):
        row = [trimmed(at), trimmed(float(claim.true[place]))]
        rows.append(tuple(map(same, [*row, trimmed(float(claim.said[place]))] if told else row)))
    wrong = [row for row in range(len(rows)) if told and abs(claim.said[row] - claim.true[row]) > 1e-6]
    columns = (same("w"), Text("傾き", "slope"), Text("あなた", "yours"))[: 3 if told else 2]
    title = Text(f"{shape.upper()} の罰則の傾き", f"slope of the {shape.upper()} penalty")
    return Table(title, columns, tuple(rows), claim=tuple((row, 2) for row in wrong))


def hand_table(rows: list[tuple[Text, float]], claim: float | None) -> Table:
    """The parts of a step by hand, the last one lit, and somebody's result below."""
    cells = [(name, same(trimmed(value, 5))) for name, value in rows]
    lit = ((len(cells) - 1, 1),)
    wrong = tuple[tuple[int, int], ...]()
    if claim is not None:
        cells.append((Text("あなた", "yours"), same(trimmed(claim, 5))))
        wrong = ((len(cells) - 1, 1),)
    columns = (Text("手で 1 歩", "one step by hand"), Text("値", "value"))
    return Table(NO_TEXT, columns, tuple(cells), lit, wrong)


def _closed(name: Text, points: Array, role: SeriesRole) -> Series:
    inside = np.clip(points, *RANGE)
    return Series(name, tuple(inside[:, 0].tolist()), tuple(inside[:, 1].tolist()), role)


def _written(value: float) -> str:
    if value == 0:
        return "0"
    return significant(value, 1) if abs(value) < 0.005 else trimmed(value)
