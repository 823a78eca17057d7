"""What is drawn: the walks seen from above, their heights, and what each rule multiplies a gradient by."""

import math
from collections.abc import Mapping

import numpy as np

from sims.cells import Array
from sims.frames import Plot, Series, SeriesRole, Table
from sims.numerals import significant
from sims.optimiser_paths.hand import NAMES
from sims.optimiser_paths.surfaces import LONG, RATES, SHORT, X_RANGE, Y_RANGE, Walk
from sims.optimisers import Method
from sims.text import Text, same

LEVELS = (0.3, 1.2, 2.7)
FLOOR = {"valley": 1e-8, "saddle": 1e-3}


def map_plot(surface: str, lit: Method, walks: Mapping[Method, Walk], step: int) -> Plot:
    """The first walk of the lit rule and, unless it is itself, that of SGD, as far as ``step``."""
    series = [_contour(surface, level) for level in LEVELS] if surface == "valley" else list(_hollows())
    others: tuple[Method, ...] = () if lit == "sgd" else ("sgd",)
    for method in (*others, lit):
        role: SeriesRole = "lit" if method == lit else "muted"
        series.append(_path(method, walks[method].path[: step + 1, 0], surface, role))
    title = Text("谷を上から見た図" if surface == "valley" else "鞍を上から見た図", f"the {surface} from above")
    return Plot(title, tuple(series), X_RANGE[surface], Y_RANGE[surface], same("x"))


def loss_plot(surface: str, lit: Method, walks: Mapping[Method, Walk], step: int) -> Plot:
    """The median height of each rule as far as ``step``; on the saddle above the bottom of the hollows."""
    low, total = FLOOR[surface], len(walks["sgd"].loss) - 1
    bottom = -0.25 if surface == "saddle" else 0.0
    series = []
    for method in sorted(walks, key=lambda method: method == lit):
        height = np.median(walks[method].loss[: step + 1], axis=1) - bottom
        shown = np.clip(height, low, 100.0)
        kept = tuple(float(t) for t in range(step + 1) if np.isfinite(shown[t]))
        values = tuple(float(shown[int(t)]) for t in kept)
        series.append(Series(same(NAMES[method]), kept, values, "lit" if method == lit else "muted"))
    title = Text("損失（中央値）", "loss (median)") if bottom == 0 else Text("底からの高さ", "height above the bottom")
    return Plot(title, tuple(series), (0.0, float(total)), (low, 100.0), Text("歩", "steps"), log_y=True)


def scale_plot(walks: Mapping[Method, Walk]) -> Plot:
    """By what AdaGrad, RMSProp and Adam multiply the gradient of x, step by step."""
    series, ends = [], []
    adaptive: tuple[Method, ...] = ("adam", "rmsprop", "adagrad")
    for method in adaptive:
        scale = np.median(walks[method].scale, axis=1)
        ends += [float(scale.min()), float(scale.max())]
        x = tuple(float(t + 1) for t in range(len(scale)))
        series.append(Series(same(NAMES[method]), x, tuple(scale.tolist()), "lit" if method == "adagrad" else "muted"))
    bounds = (10.0 ** math.floor(math.log10(min(ends))), 10.0 ** math.ceil(math.log10(max(ends))))
    title = Text("実質の学習率 η/√h", "effective rate η/√h")
    return Plot(title, tuple(series), (0.0, float(len(scale))), bounds, Text("歩", "steps"), log_y=True)


def end_table(
    surface: str, lit: Method, factor: float, walks: Mapping[Method, Walk], last: Mapping[Method, str]
) -> Table:
    """The rules with their rates, the median loss, and a number that says how they walked."""
    rows = [
        (
            same(NAMES[method]),
            same(f"{factor * RATES[surface][method]:g}"),
            same(significant(float(np.median(walk.loss[-1])))),
            same(last[method]),
        )
        for method, walk in walks.items()
    ]
    place = list(walks).index(lit)
    name = Text("横切り", "crossings") if surface == "valley" else Text("脱出", "left at")
    columns = (Text("手法", "rule"), same("η"), Text("損失", "loss"), name)
    return Table(Text("", ""), columns, tuple(rows), lit=((place, 3),))


def _path(method: Method, path: Array, surface: str, role: SeriesRole) -> Series:
    """A walk as far as it stays on the map."""
    (x0, x1), (y0, y1) = X_RANGE[surface], Y_RANGE[surface]
    out = ~((path[:, 0] >= x0) & (path[:, 0] <= x1) & (path[:, 1] >= y0) & (path[:, 1] <= y1))
    end = int(np.argmax(out)) if out.any() else len(path)
    return Series(same(NAMES[method]), tuple(path[:end, 0].tolist()), tuple(path[:end, 1].tolist()), role)


def _contour(surface: str, level: float) -> Series:
    angle = np.linspace(0, 2 * np.pi, 60)
    x, y = np.sqrt(level / LONG) * np.cos(angle), np.sqrt(level / SHORT) * np.sin(angle)
    inside = tuple(zip(np.clip(x, *X_RANGE[surface]).tolist(), y.tolist(), strict=True))
    return Series(Text("等高線", "contours"), tuple(p[0] for p in inside), tuple(p[1] for p in inside), "floor")


def _hollows() -> tuple[Series, ...]:
    """Rings round the two lowest points, (0, ±1)."""
    angle = np.linspace(0, 2 * np.pi, 40)
    return tuple(
        Series(
            Text("くぼみ", "hollows"),
            tuple((0.3 * np.cos(angle)).tolist()),
            tuple((side + 0.25 * np.sin(angle)).tolist()),
            "floor",
        )
        for side in (1.0, -1.0)
    )
