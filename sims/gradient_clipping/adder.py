"""The binary adder with ReLU and He's weights, with its gradients as they are and clipped by norm."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.adder import Adder, Settings
from sims.cells import Array
from sims.frames import NO_TEXT, Frame, Metric, Plot, Series, Table
from sims.gradient_clipping.adder_words import learning_words, solved_words
from sims.gradient_clipping.pictures import NAMES, ROLES
from sims.metrics import finite
from sims.text import Text, same

RUNS = 8
ITERATIONS, EACH = 4000, 80
TRIED_AT_ONCE = 2
TOTAL = ITERATIONS // EACH + RUNS // TRIED_AT_ONCE
NORMS = (1e-2, 1e6)
SOLVED = 0.999  # share of all sums
SUMS = 6  # on which the length of the gradient is measured


def adder_frames(threshold: float, rate: float, seed: int) -> Iterator[Frame]:
    """The same eight networks learn to add, without clipping and with it; then all sums are tried."""
    adders = {
        name: Adder(Settings("he", activation="relu", rate=rate, clip=clip), RUNS, seed)
        for name, clip in (("plain", None), ("clipped", threshold))
    }
    probe = Adder(Settings("he", activation="relu", rate=rate), RUNS, seed)
    shares: dict[str, list[float]] = {name: [] for name in adders}
    norms: dict[str, list[float]] = {name: [] for name in adders}
    pairs = np.random.default_rng([seed, 2]).integers(0, 128, (ITERATIONS // EACH, SUMS, 2, RUNS))
    for step in range(1, ITERATIONS // EACH + 1):
        for name, adder in adders.items():
            shares[name].append(float(np.median(adder.train(EACH).right.mean(1))))
            norms[name].append(_longest(adder, probe, pairs[step - 1]))
        panels = _shares_plot(shares), _norms_plot(norms, threshold)
        yield Frame(step, TOTAL, panels, learning_words(adders, shares), metrics={"iteration": step * EACH})
    exact = {name: np.empty(0) for name in adders}
    for first in range(0, RUNS, TRIED_AT_ONCE):
        for name, adder in adders.items():
            exact[name] = np.append(exact[name], adder.score(slice(first, first + TRIED_AT_ONCE)).exact)
        shown = _shares_plot(shares), _table(adders, exact), _norms_plot(norms, threshold)
        tried = first + TRIED_AT_ONCE
        metrics = _metrics(adders, exact, norms) if tried == RUNS else {}
        caption = solved_words(adders, {name: _solved(all_) for name, all_ in exact.items()}, tried)
        yield Frame(ITERATIONS // EACH + tried // TRIED_AT_ONCE, TOTAL, shown, caption, metrics=metrics)


@np.errstate(all="ignore")
def _longest(adder: Adder, probe: Adder, pairs: Array) -> float:
    """The longest gradient on some sums (n, 2, R) before clipping, the median of the runs; infinite if overflowed."""
    probe.weights = adder.weights
    longest = np.zeros(RUNS)
    for a, b in pairs:
        squares = [np.square(part).reshape(RUNS, -1).sum(1) for part in probe.gradients(a, b).values()]
        norms = np.sqrt(np.sum(squares, axis=0))
        longest = np.maximum(longest, np.where(np.isnan(norms), np.inf, norms))
    return float(np.median(longest))


def _x() -> tuple[float, ...]:
    return tuple(float(end) for end in range(EACH, ITERATIONS + 1, EACH))


def _shares_plot(shares: Mapping[str, list[float]]) -> Plot:
    """The share of sums with every bit right among the latest, the median of the runs."""
    series = tuple(Series(NAMES[name], _x()[: len(found)], tuple(found), ROLES[name]) for name, found in shares.items())
    title = Text("正しく足せた割合（中央値）", "sums right (median)")
    return Plot(title, series, (0.0, float(ITERATIONS)), (0.0, 1.0), Text("反復", "iterations"))


def _norms_plot(norms: Mapping[str, list[float]], threshold: float) -> Plot:
    """The longest gradient before clipping; what has overflowed lies at the upper edge."""
    series = [Series(same(f"threshold {threshold:g}"), (0.0, float(ITERATIONS)), (threshold,) * 2, "floor")]
    for name, found in norms.items():
        inside = tuple(np.clip(found, *NORMS).tolist())
        series.append(Series(NAMES[name], _x()[: len(found)], inside, ROLES[name]))
    title = Text("勾配の長さ（切り詰める前）", "gradient norm before clipping")
    return Plot(title, tuple(series), (0.0, float(ITERATIONS)), NORMS, Text("反復", "iterations"), log_y=True)


def _solved(exact: Array) -> int:
    return int((exact > SOLVED).sum())


def _table(adders: Mapping[str, Adder], exact: Mapping[str, Array]) -> Table:
    rows = tuple(
        (NAMES[name], same(f"{_solved(exact[name])} / {len(exact[name])}"), same(str(int((adder.overflow >= 0).sum()))))
        for name, adder in adders.items()
    )
    return Table(NO_TEXT, (NO_TEXT, Text("覚えた", "learned"), Text("オーバーフロー", "overflow")), rows, lit=((1, 1),))


def _metrics(
    adders: Mapping[str, Adder], exact: Mapping[str, Array], norms: Mapping[str, list[float]]
) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"runs": RUNS, "iterations": ITERATIONS}
    for name, adder in adders.items():
        metrics[f"solved_{name}"] = _solved(exact[name])
        metrics[f"exact_{name}"] = float(np.median(exact[name]))
        metrics[f"overflow_at_{name}"] = adder.overflow.tolist()
        metrics[f"longest_gradient_{name}"] = finite(max(norms[name]))
    return metrics
