"""The slope of the sigmoid is at most a quarter, so a chain of sigmoids lets hardly any gradient through."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.cells import Array, sigmoid
from sims.frames import Frame, Metric
from sims.metrics import measured
from sims.scene import Scene, numbered
from sims.sigmoid_derivative import pictures, words
from sims.sigmoid_derivative.measures import FORMATS, Chain, chain, points, slope, underflow

SCANS = 8
MOST_LAYERS_SHOWN = 10


def run(x: float, weight: float, layers: int, claim: int | None, seed: int) -> Iterator[Frame]:
    """Measure the slope of σ at ``x`` and everywhere, then multiply such slopes along a chain of ``layers`` sigmoids.

    Between two sigmoids stands the weight ``weight``. ``claim`` is what somebody expects as the largest slope, in
    hundredths.
    """
    total = 1 + SCANS + 1 + len(_ends(layers))
    passed = chain(weight, layers, seed)
    metrics = _metrics(x, layers, passed)
    expected = None if claim is None else claim / 100
    yield from numbered(_story(x, weight, layers, expected, passed), total, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The slope is a quarter at 0 and less elsewhere; a product of such slopes stays below its bound and fades."""
    maximum, at, left, bound = (measured(metrics, name) for name in ("maximum", "maximum_at", "product", "bound"))
    below = left <= bound and metrics["share_below_bound"] == 1.0
    return abs(maximum - 0.25) < 1e-12 and abs(at) < 1e-12 and below


def _story(x: float, weight: float, layers: int, claim: float | None, passed: Chain) -> Iterator[Scene]:
    scanned, here = points(), np.array([x])
    most = float(slope(scanned).max())
    wrong = None if claim == most else claim
    yield Scene(
        (pictures.curve_plot(scanned, x), pictures.slope_plot(scanned, x, None, wrong)),
        words.point_words(x, float(sigmoid(here)[0]), float(slope(here)[0])),
    )
    yield from _scan(scanned, wrong)
    powers = pictures.power_bars(layers), pictures.underflow_table()
    yield Scene(powers, words.power_words(layers, *(underflow(each) for each in FORMATS[:2])))
    for layer in _ends(layers)[:-1]:
        yield Scene((pictures.chain_plot(passed, layer, weight, x, wrong),), words.layer_words(passed, layer))
    panels = pictures.chain_plot(passed, layers, weight, x, wrong), pictures.slope_plot(scanned, x, most, wrong)
    if wrong is None:
        yield Scene(panels, words.chain_words(passed, weight))
    else:
        yield Scene(panels, words.claimed_chain_words(passed, weight, wrong), True)


def _scan(scanned: Array, wrong: float | None) -> Iterator[Scene]:
    """The slope from left to right, and the largest so far."""
    for part in range(1, SCANS + 1):
        known = scanned[: 1 + part * (len(scanned) - 1) // SCANS]
        heights, until = slope(known), float(known[-1])
        at, most = float(known[heights.argmax()]), float(heights.max())
        if part < SCANS:
            panels = pictures.slope_plot(known, until, most, wrong), pictures.curve_plot(scanned, until)
            yield Scene(panels, words.scan_words(until, at, most))
    caption = words.largest_words(at, most)
    if wrong is not None:
        caption = words.claim_words(wrong, at, most, int((heights > wrong).sum()))
    panels = pictures.slope_plot(known, at, most, wrong), pictures.curve_plot(scanned, at)
    yield Scene(panels, caption, wrong is not None)


def _ends(layers: int) -> list[int]:
    """At most ten layers, the last one among them."""
    frames = min(layers, MOST_LAYERS_SHOWN)
    return [layers * part // frames for part in range(1, frames + 1)]


def _metrics(x: float, layers: int, passed: Chain) -> dict[str, Metric]:
    scanned = points()
    heights = slope(scanned)
    metrics: dict[str, Metric] = {
        "maximum": float(heights.max()),
        "maximum_at": float(scanned[heights.argmax()]),
        "points": len(scanned),
        "slope_at_x": float(slope(np.array([x]))[0]),
        "power": 0.25**layers,
        "product": float(passed.median[-1]),
        "bound": float(passed.bound[-1]),
        "share_below_bound": float(np.mean(passed.sigmoid <= passed.bound)),
        "factor_per_layer": passed.factor,
        "product_tanh": float(np.median(passed.tanh[:, -1])),
    }
    return metrics | {f"underflow_{each.__name__}": underflow(each) for each in FORMATS}
