"""What is drawn: the cliff from above with the paths on it, the gradients' lengths, and tables of what was measured."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from sims.cells import Array
from sims.frames import NO_TEXT, Heatmap, Mark, Plot, Series, SeriesRole, Table
from sims.gradient_clipping.cliff import B_RANGE, TARGET, W_RANGE
from sims.gradient_clipping.clippers import BY_COMPONENT, TRIALS, Tried
from sims.gradient_clipping.descent import Descent
from sims.numerals import number
from sims.text import LANGUAGES, Text, same

ROWS, COLUMNS = 22, 36
SQUARE = (W_RANGE[1] - W_RANGE[0]) / COLUMNS, (B_RANGE[1] - B_RANGE[0]) / ROWS  # in w and in b
MOST_SQUARES = 4000  # of one step; one that is longer leaves the picture with its first square
NORMS = (1e-4, 1e4)
LETTERS = {"plain": "x", "clipped": "o", "claim": "v"}
NAMES: Mapping[str, Text] = {
    "plain": Text("そのまま", "plain"),
    "clipped": Text("切り詰め", "clipped"),
    "claim": Text("あなた", "yours"),
}
ROLES: Mapping[str, SeriesRole] = {"plain": "muted", "clipped": "lit", "claim": "claim"}


def map_of(heights: Array, walks: Mapping[str, Descent], starts: Array | None = None) -> Heatmap:
    """√E = |σ(x₅₀) − 0.7| over w and b with the paths of the first walks, or with the ``starts`` (R, 2) of all."""
    marks: list[Mark] = []
    if starts is not None:
        marks = [mark for place in starts for mark in _mark(place[0], place[1], "x")]
    for name, walk in walks.items():
        marks += _way(walk.path, LETTERS[name])
    title = Text("√E(w, b)  横 w、縦 b  x 出発点", "√E(w, b)  w across, b up  x starts")
    if walks:
        key = [(LETTERS[name], NAMES[name]) for name in walks]
        title = Text(*("  ".join(["√E", *(f"{a} {name.get(to)}" for a, name in key)]) for to in LANGUAGES))
    whole = [round((number - W_RANGE[0]) / (W_RANGE[1] - W_RANGE[0]) * COLUMNS) for number in (4, 5, 6)]
    names = [NO_TEXT] * COLUMNS
    for column, w in zip(whole, (4, 5, 6), strict=True):
        names[column] = same(str(w))
    return Heatmap(
        title,
        tuple(tuple(row) for row in np.sqrt(heights).tolist()),
        0.0,
        TARGET,
        column_names=tuple(names),
        marks=tuple(marks),
    )


def norms_of(walks: Mapping[str, Descent], threshold: float, steps: int) -> Plot:
    """The lengths of the gradients of the first walks before clipping, and the threshold."""
    series = [
        Series(
            Text(f"threshold {threshold:g}", f"threshold {threshold:g}"), (0.0, float(steps)), (threshold,) * 2, "floor"
        )
    ]
    for name, walk in walks.items():
        norms = np.clip(np.nan_to_num(walk.norms), *NORMS)
        series.append(Series(NAMES[name], tuple(map(float, range(len(norms)))), tuple(norms.tolist()), ROLES[name]))
    title = Text("勾配の長さ（切り詰める前）", "gradient norm before clipping")
    return Plot(title, tuple(series), (0.0, float(steps)), NORMS, Text("ステップ", "steps"), log_y=True)


def result_table(walks: Mapping[str, Descent], wrong: bool) -> Table:
    """How many walks were thrown, and how many reached the valley; a ``wrong`` claim is marked."""
    rows = tuple(
        (NAMES[name], same(str(walk.thrown)), same(str(walk.reached)), same(size(float(walk.longest.max()))))
        for name, walk in walks.items()
    )
    columns = (NO_TEXT, Text("飛んだ", "thrown"), Text("谷", "valley"), Text("最長の歩", "longest"))
    names = list(walks)
    claim = ((names.index("claim"), 0),) if wrong and "claim" in names else ()
    return Table(NO_TEXT, columns, rows, lit=((names.index("clipped"), 2),), claim=claim)


def clipper_table(tried: Mapping[str, Tried], claim: str | None) -> Table:
    """What each way of clipping makes of random gradients: its length in thresholds, and the least cosine."""
    rows = []
    for text, found in tried.items():
        name = Text("成分ごと", "by component") if text == BY_COMPONENT else same(_short(text))
        length, cosine = ("–", "–") if found.failure else (span(found.shares), f"{found.cosines.min():.2g}")
        rows.append((name, same(length), same(cosine.replace("-", "−"))))
    names = list(tried)
    return Table(
        Text(f"乱数の g {TRIALS} 個（threshold を 1 として）", f"{TRIALS} random g, threshold as 1"),
        (NO_TEXT, Text("長さ", "norm"), same("cos")),
        tuple(rows),
        lit=tuple((row, column) for row, found in enumerate(tried.values()) if found.is_right for column in (1, 2)),
        claim=((names.index(claim), 0),) if claim is not None else (),
    )


def size(value: float) -> str:
    """A length in few characters: ``0.25``, ``1.4``, ``119``, ``14,619``, ``1.2×10⁸``."""
    return f"{value:,.0f}" if 10 <= value < 1e6 else number(value, 2)


def span(values: Array) -> str:
    """From the least to the greatest in two digits: ``1``, ``0.81–5``."""
    low, high = (size(float(end)) for end in (values.min(), values.max()))
    return low if low == high else f"{low}–{high}"


def _way(path: list[tuple[float, float]], letter: str) -> list[Mark]:
    """A letter on every square that a path crosses."""
    marks = _mark(*path[0], letter)
    for (w, b), (to_w, to_b) in pairwise(path):
        squares = 1 + int(min(max(abs(to_w - w) / SQUARE[0], abs(to_b - b) / SQUARE[1]), MOST_SQUARES))
        for part in range(1, squares + 1):
            share = part / squares
            marks += _mark(w + share * (to_w - w), b + share * (to_b - b), letter)
    return list(dict.fromkeys(marks))


def _mark(w: float, b: float, letter: str) -> list[Mark]:
    """A letter where ``w`` and ``b`` lie, if that is in the picture."""
    across, down = (w - W_RANGE[0]) / (W_RANGE[1] - W_RANGE[0]), (B_RANGE[1] - b) / (B_RANGE[1] - B_RANGE[0])
    if not (0 <= across < 1 and 0 <= down < 1):
        return []
    return [Mark(int(down * ROWS), int(across * COLUMNS), letter)]


def _short(text: str) -> str:
    text = text.replace("np.", "")
    return text if len(text) <= 21 else text[:20] + "…"
