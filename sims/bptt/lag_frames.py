"""Gradient against lag: four activations at one spectral radius, then a table of several."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.bptt.flow import ACTIVATIONS, LAGS, RUNS, Draw, Flow
from sims.bptt.words import HUGE, LOST, NAMES, flow_words, rough, sweep_words, sweeping_words
from sims.cells import Array
from sims.curves import staying
from sims.frames import NO_TEXT, Frame, Metric, Plot, Table
from sims.numerals import number
from sims.text import Text, same

EACH = 10  # lags a frame
RADII = (0.5, 0.9, 1.0, 1.1, 1.5, 2.0, 4.0, 8.0)
RANGE = (1e-16, 1e8)
Sizes = dict[float, dict[str, Array]]  # by spectral radius and activation: at the last lag, (RUNS,)


def lag_frames(activation: str, rho: float, hidden: int, input_std: float, seed: int) -> Iterator[Frame]:
    """Follow the gradient back through four kinds of networks, then measure them at other spectral radii."""
    draw = Draw(hidden, seed)
    flows: dict[str, Flow] = {name: Flow(draw, name, rho, input_std) for name in ACTIVATIONS}
    radii = sorted({*RADII, rho})
    total = LAGS // EACH + len(radii)
    title = _title(rho, input_std)
    for step in range(1, LAGS // EACH + 1):
        for flow in flows.values():
            flow.go_back(EACH)
        medians = {name: flow.medians for name, flow in flows.items()}
        panels = _plot(medians, activation, title), _now_table(medians, activation)
        yield Frame(step, total, panels, flow_words(activation, rho, input_std, medians[activation]))
    known: Sizes = {rho: {name: flow.sizes[:, -1] for name, flow in flows.items()}}
    for radius in (*(each for each in radii if each != rho), rho):
        if radius != rho:
            known[radius] = {name: _at_end(Flow(draw, name, radius, input_std)) for name in ACTIVATIONS}
        shown = {each: known[each] for each in radii if each in known}
        last = radius == rho
        caption = sweep_words(shown, activation, rho) if last else sweeping_words(radius, shown[radius])
        metrics = _metrics(shown, activation, rho, medians[activation]) if last else {}
        panels = _plot(medians, activation, title), _sweep_table(shown, activation, rho)
        yield Frame(LAGS // EACH + len(shown) - (not last), total, panels, caption, metrics=metrics)


def _at_end(flow: Flow) -> Array:
    flow.go_back(LAGS)
    sizes: Array = flow.sizes[:, -1]
    return sizes


def _title(rho: float, input_std: float) -> Text:
    radius, size = number(rho), number(input_std)
    return Text(f"勾配の大きさ（ρ = {radius}、入力 {size}）", f"gradient size, ρ = {radius}, input {size}")


def _plot(medians: Mapping[str, Array], activation: str, title: Text) -> Plot:
    """The median of the runs against the lag, each curve as far as it stays in the picture."""
    series = [
        staying(NAMES[name], sizes, RANGE, "lit" if name == activation else "muted") for name, sizes in medians.items()
    ]
    label = Text("さかのぼるステップ数", "steps back")
    return Plot(title, tuple(series), (0.0, float(LAGS)), RANGE, label, log_y=True)


def _now_table(medians: Mapping[str, Array], activation: str) -> Table:
    lag = len(medians[activation]) - 1
    rows = tuple(
        (NAMES[name], same(rough(float(sizes[-1]))), same(number(float(sizes[-1]) ** (1 / lag), 2)))
        for name, sizes in medians.items()
    )
    columns = (NO_TEXT, Text(f"{lag} 前", f"{lag} back"), Text("1 歩の倍率", "per step"))
    at = list(medians).index(activation)
    return Table(NO_TEXT, columns, rows, lit=((at, 1), (at, 2)))


def _sweep_table(sizes: Sizes, activation: str, rho: float) -> Table:
    """What is left after all lags, by spectral radius and activation."""
    rows = tuple(
        (same(number(radius)), *(same(rough(float(np.median(found)))) for found in row.values()))
        for radius, row in sizes.items()
    )
    lit = ((list(sizes).index(rho), 1 + list(sizes[rho]).index(activation)),)
    title = Text(f"{LAGS} ステップ前", f"{LAGS} steps back")
    return Table(title, (same("ρ"), *(NAMES[name] for name in ACTIVATIONS)), rows, lit=lit)


def _metrics(sizes: Sizes, activation: str, rho: float, medians: Array) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {
        "experiment": "lag",
        "runs": RUNS,
        "gradient": float(medians[-1]),
        "factor_per_step": float(medians[-1] ** (1 / LAGS)),
        "exploding_runs": int((sizes[rho][activation] > HUGE).sum()),
        "vanishing_runs": int((sizes[rho][activation] < LOST).sum()),
    }
    for radius, row in sizes.items():
        metrics |= {f"{name}_{radius:g}": float(np.median(found)) for name, found in row.items()}
    return metrics
