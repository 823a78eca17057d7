"""What is drawn: σ with a tangent, its slope, powers of a quarter, and what is left of a gradient layer by layer."""

import math

import numpy as np

from sims.cells import Array, sigmoid
from sims.curves import staying
from sims.frames import Bar, Bars, Plot, Series, Table
from sims.numerals import number
from sims.sigmoid_derivative.measures import FORMATS, HIGH, LOW, Chain, slope, underflow
from sims.text import Text, same

DRAWN = 4  # every fourth point of the scan
TANGENT = 1.5  # to either side
POWERS = (1, 2, 5, 10, 20, 50)
DEEPEST, HIGHEST = 1e-60, 1e6


def curve_plot(scanned: Array, x: float) -> Plot:
    """σ over its whole range, with the tangent at ``x``."""
    across = scanned[::DRAWN]
    value, steep = (float(f(np.array([x]))[0]) for f in (sigmoid, slope))
    ends = np.array([max(x - TANGENT, LOW), min(x + TANGENT, HIGH)])
    series = (
        Series(same("σ"), tuple(across.tolist()), tuple(sigmoid(across).tolist()), "muted"),
        Series(Text("接線", "tangent"), tuple(ends.tolist()), tuple((value + steep * (ends - x)).tolist()), "lit"),
    )
    return Plot(same("σ(x)"), series, (LOW, HIGH), (-0.2, 1.2), same("x"))


def slope_plot(scanned: Array, x: float, most: float | None, claim: float | None) -> Plot:
    """σ′ as far as it is scanned, its value at ``x``, the largest found, and the largest that somebody expects."""
    across = scanned[::DRAWN]
    height = float(slope(np.array([x]))[0])
    series = [Series(same("σ′"), tuple(across.tolist()), tuple(slope(across).tolist()), "muted")]
    series.append(Series(same(f"x = {number(x)}"), (x, x), (0.0, height), "lit"))
    if most is not None:
        series.append(
            Series(Text(f"最大 {number(most)}", f"largest {number(most)}"), (LOW, HIGH), (most,) * 2, "floor")
        )
    if claim is not None:
        name = Text(f"あなた {number(claim)}", f"yours {number(claim)}")
        series.append(Series(name, (LOW, HIGH), (claim,) * 2, "claim"))
    top = 0.3 if claim is None or claim <= 0.25 else min(1.0, 1.2 * claim)
    return Plot(same("σ′(x)"), tuple(series), (LOW, HIGH), (0.0, top), same("x"))


def power_bars(layers: int) -> Bars:
    """Powers of a quarter on a logarithmic axis; the one of ``layers`` is lit."""
    shown = sorted({*POWERS, layers})
    bars = tuple(Bar(same(f"0.25^{n}"), 0.25**n, "lit" if n == layers else "muted") for n in shown)
    return Bars(Text("0.25 を n 回掛ける", "a quarter, n times"), bars, 1.0, 0.25 ** max(*shown, 60), log=True)


def underflow_table() -> Table:
    """After how many factors a product of quarters is exactly 0."""
    rows = tuple((same(each.__name__), same(str(underflow(each)))) for each in FORMATS)
    return Table(Text("0 になる n", "exactly 0 at n"), (Text("形式", "format"), same("n")), rows)


def chain_plot(chain: Chain, until: int, weight: float, x: float, claim: float | None) -> Plot:
    """What is left ``until`` layers back, with the bound, tanh, and sigmoids that would all stand at ``x``.

    ``claim`` adds the bound that would follow from somebody's largest slope.
    """
    layers = len(chain.bound) - 1
    level = (abs(weight) * float(slope(np.array([x]))[0])) ** np.arange(layers + 1.0)
    tanh = np.median(chain.tanh, axis=0)
    lowest = min(float(line[-1]) for line in (chain.median, chain.bound))
    low = max(10.0 ** math.floor(math.log10(max(lowest, DEEPEST))), DEEPEST)
    high = min(10.0 ** math.ceil(math.log10(max(1.0, float(chain.bound[-1])))), HIGHEST)
    ends = (low, high)
    series = [
        staying(
            Text(f"上限 {number(abs(weight) / 4)}^n", f"bound {number(abs(weight) / 4)}^n"), chain.bound, ends, "floor"
        ),
        staying(same("tanh"), tanh[: until + 1], ends),
        staying(Text(f"どの層も x = {number(x)}", f"all at x = {number(x)}"), level[: until + 1], ends),
        staying(same("σ"), chain.median[: until + 1], ends, "lit"),
    ]
    if claim is not None:
        name = Text(f"あなた {number(abs(weight) * claim)}^n", f"yours {number(abs(weight) * claim)}^n")
        series.append(staying(name, (abs(weight) * claim) ** np.arange(layers + 1.0), ends, "claim"))
    title = Text(f"残る勾配（w = {number(weight)}）", f"gradient left, w = {number(weight)}")
    return Plot(title, tuple(series), (0.0, float(layers)), ends, Text("戻った層", "layers back"), log_y=True)
