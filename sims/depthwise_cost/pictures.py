"""The pictures: what the convolutions cost, in bars and as a table, and how the cost grows with M."""

from collections.abc import Mapping

from sims.claimed_number import ClaimedNumber
from sims.depthwise_cost.multiplications import Counted
from sims.frames import NO_TEXT, Bar, Bars, Plot, Series, Table
from sims.text import Text, same

NAMES = {
    "standard": Text("通常", "standard"),
    "depthwise": Text("depthwise", "depthwise"),
    "pointwise": Text("pointwise", "pointwise"),
    "separable": Text("2 つの合計", "both together"),
}
FORMULAS = {"standard": "H·W·C·M·K²", "depthwise": "H·W·C·K²", "pointwise": "H·W·C·M", "separable": "H·W·C·(K² + M)"}
SIDE = 2  # height, width and channels of the small maps on which M grows


def cost_bars(counted: Counted, claimed: ClaimedNumber | None) -> Bars:
    """The multiplications of each part, and the number that somebody claims."""
    bars = [
        Bar(name, counted.multiplications[key], "lit" if key == "separable" else "muted") for key, name in NAMES.items()
    ]
    if claimed is not None and claimed.value is not None and claimed.value >= 0:
        bars.append(Bar(Text("あなた", "yours"), claimed.value, "claim"))
    return Bars(Text("掛け算の回数", "multiplications"), tuple(bars), max(bar.value for bar in bars))


def cost_table(counted: Counted) -> Table:
    """Formula, count and weights of each part."""
    rows = tuple(
        (name, same(FORMULAS[key]), same(f"{counted.multiplications[key]:,}"), same(f"{counted.weights[key]:,}"))
        for key, name in NAMES.items()
    )
    columns = (NO_TEXT, Text("式", "formula"), Text("数えた回数", "counted"), Text("重み", "weights"))
    return Table(NO_TEXT, columns, rows, lit=((3, 2),))


def weights_table(sizes: Mapping[str, int]) -> Table:
    """The shapes of the kernels."""
    c, m, k = sizes["C"], sizes["M"], sizes["K"]
    rows = (
        (NAMES["standard"], same(f"{m}×{c}×{k}×{k}")),
        (NAMES["depthwise"], same(f"{c}×{k}×{k}")),
        (NAMES["pointwise"], same(f"{m}×{c}")),
    )
    return Table(NO_TEXT, (NO_TEXT, Text("重みの形", "shape of the weights")), rows)


def growth_plot(curves: Mapping[int, Counted]) -> Plot:
    """Multiplications for one output pixel and one input channel as M grows; both scale alike with H, W and C."""
    x = tuple(float(m) for m in curves)
    lines = {name: tuple(each.multiplications[name] / SIDE**3 for each in curves.values()) for name in NAMES}
    series = (
        Series(NAMES["standard"], x, lines["standard"], "muted"),
        Series(NAMES["separable"], x, lines["separable"], "lit"),
    )
    high = max(max(line.y) for line in series)
    return Plot(Text("1 画素・1 チャネルあたり", "per pixel and channel"), series, (0.0, x[-1]), (0.0, high), same("M"))
