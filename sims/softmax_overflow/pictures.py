"""What is drawn: powers and probabilities in a table, where formats overflow, and losses over the gap."""

import numpy as np

from sims.frames import NO_TEXT, Bar, Bars, Plot, Series, Table
from sims.numerals import places, significant
from sims.softmax_overflow.measures import FORMATS, Floats, losses, plain, shifted
from sims.text import Text, same

GAP = 40.0
YOURS = Text("あなた", "yours")


def shift_table(logits: Floats, claim: tuple[float, ...] | None) -> Table:
    """z, e^z, the plain softmax, and the one with the largest logit taken off; perhaps somebody's beside them."""
    with np.errstate(all="ignore"):
        columns = [logits, np.exp(logits), plain(logits), np.exp(logits - logits.max()), shifted(logits)]
    names = [same("z"), same("e^z"), same("p"), same("e^(z−c)"), Text("p（−c）", "p (−c)")]
    wrong: tuple[tuple[int, int], ...] = ()
    if claim is not None and len(claim) == len(logits):
        columns.append(np.array(claim))
        names.append(YOURS)
        apart = np.abs(columns[-1] - columns[-2]) > 1e-9
        wrong = tuple((int(row), 5) for row in np.flatnonzero(apart))
    rows = tuple(tuple(same(_written(float(column[row]))) for column in columns) for row in range(len(logits)))
    lit = tuple((row, 4) for row in range(len(logits)))
    return Table(NO_TEXT, tuple(names), rows, lit, wrong)


def limit_bars(limits: dict[str, float], top: float, number_format: str) -> Bars:
    """The largest x before e^x is inf in each format, and the largest logit now."""
    bars = [Bar(same(name), limits[name], "floor" if name == number_format else "muted") for name in FORMATS]
    bars.append(Bar(Text("最大の z", "largest z"), max(top, 1.0), "lit"))
    return Bars(Text("e^x が inf になる x", "x at which e^x is inf"), tuple(bars), 1000.0, 1.0, log=True)


def loss_plot(until: float, epsilon: float) -> Plot:
    """The loss over the gap, exactly and with ``epsilon``."""
    gaps = np.linspace(0, until, max(int(2 * until), 2))
    found = np.array([losses(float(gap), epsilon) for gap in gaps])
    x, cap = tuple(gaps.tolist()), float(-np.log(epsilon))
    told = f"{epsilon:.0e}".replace("e-0", "e-")
    series = (
        Series(Text(f"上限 {places(cap, 1)}", f"at most {places(cap, 1)}"), (0.0, GAP), (cap, cap), "floor"),
        Series(same("−ln p"), x, tuple(found[:, 0].tolist()), "muted"),
        Series(same(f"−ln(p + {told})"), x, tuple(found[:, 2].tolist()), "lit"),
    )
    title = Text("交差エントロピー", "cross-entropy")
    return Plot(title, series, (0.0, GAP), (0.0, GAP), Text("正解のロジットの低さ", "how far the right logit is below"))


def zero_table(epsilon: float) -> Table:
    """p and its logarithm at a few gaps."""
    rows = []
    for gap in (1.0, 10.0, 100.0, 740.0, 750.0):
        _, through, safe = losses(gap, epsilon)
        p = float(shifted(np.array([0.0, gap]))[0])
        rows.append(tuple(same(text) for text in (f"{gap:g}", _written(p), _written(through), _written(safe))))
    names = (Text("差", "gap"), same("p"), same("−ln p"), same("＋ε"))
    return Table(NO_TEXT, names, tuple(rows), lit=tuple((row, 3) for row in range(len(rows))))


def _written(value: float) -> str:
    if np.isnan(value):
        return "nan"
    if np.isinf(value):
        return "inf" if value > 0 else "−inf"
    if value and abs(value) < 1e-4:
        return f"{value:.0e}".replace("-", "−")
    return significant(value, 3) if abs(value) < 100 else places(value, 1)
