"""Scores and weights as heat maps, the shapes of a pass, and the curves of saturation."""

from collections.abc import Sequence

import numpy as np

from sims.attention.heads import Head, Saturation
from sims.attention.words import RAW, SCALED
from sims.cells import Array
from sims.frames import NO_TEXT, Heatmap, Plot, Series, SeriesRole, Table
from sims.numerals import significant
from sims.text import Text, same

MOST_HEADS = 3  # maps beside each other
FAINTEST = 1e-4  # of a slope that is drawn
Known = Sequence[tuple[int, Saturation, Saturation]]


def score_map(title: Text, scores: Array, high: float) -> Heatmap:
    """Scores from −``high`` to ``high``; what is masked is drawn as the lowest."""
    return _map(title, np.clip(scores, -high, high), -high, high)


def weight_map(title: Text, weights: Array) -> Heatmap:
    """Weights from 0 to 1, a row a query."""
    return _map(title, np.clip(weights, 0.0, 1.0), 0.0, 1.0)


def maps(heads: Sequence[Head]) -> tuple[Heatmap, ...]:
    """The weights of the first heads."""
    several = len(heads) > 1
    return tuple(
        weight_map(
            Text(f"重み、ヘッド {place}", f"weights, head {place}") if several else Text("重み A", "weights A"),
            head.weights,
        )
        for place, head in enumerate(heads[:MOST_HEADS], 1)
    )


def shape_table(tokens: int, width: int, heads: int) -> Table:
    """What is made of what."""
    rows = [
        (same("Q, K, V"), same(f"{tokens}×{width}")),
        (same("A = softmax(Q Kᵀ/√d)"), same(f"{tokens}×{tokens}")),
        (same("A V"), same(f"{tokens}×{width}")),
    ]
    if heads > 1:
        rows.append((Text(f"{heads} ヘッドをつなぐ", f"{heads} heads joined"), same(f"{tokens}×{heads * width}")))
    return Table(NO_TEXT, (Text("配列", "array"), Text("形", "shape")), tuple(rows), lit=((len(rows) - 1, 1),))


def saturation_plots(known: Known, widths: Sequence[int]) -> tuple[Plot, Table]:
    """The slope of softmax against the width, and the numbers."""
    ends = (float(widths[0]), float(widths[-1]))
    series = (
        _slopes(RAW, "muted", [(width, raw.gradient) for width, raw, _ in known]),
        _slopes(SCALED, "lit", [(width, scaled.gradient) for width, _, scaled in known]),
    )
    title = Text("softmax の勾配（中央値）", "slope of softmax (median)")
    plot = Plot(title, series, ends, (FAINTEST, 1.0), Text("次元 d", "width d"), log_x=True, log_y=True)
    rows = tuple(
        (same(f"{width:,}"), same(significant(raw.largest)), same(significant(scaled.largest)))
        for width, raw, scaled in known
    )
    columns = (same("d"), RAW, SCALED)
    table = Table(Text("最大の重み", "largest weight"), columns, rows, lit=tuple((row, 2) for row in range(len(rows))))
    return plot, table


def _slopes(name: Text, role: SeriesRole, points: list[tuple[int, float]]) -> Series:
    """A curve as far as it stays in the picture."""
    shown = [point for point in points if point[1] > FAINTEST]
    return Series(name, tuple(float(width) for width, _ in shown), tuple(slope for _, slope in shown), role)


def _map(title: Text, values: Array, low: float, high: float) -> Heatmap:
    tokens = range(1, len(values) + 1)
    return Heatmap(
        title,
        tuple(tuple(row.tolist()) for row in values),
        low,
        high,
        tuple(same(f"q{token}") for token in tokens),
        tuple(same(f"k{token}") for token in tokens),
    )
