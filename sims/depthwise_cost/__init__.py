"""What a convolution costs: every multiplication is counted while a standard and a separable one really run."""

from collections.abc import Iterator, Mapping

from sims.claimed_number import agrees, read_number
from sims.depthwise_cost.multiplications import Counted, count
from sims.depthwise_cost.pictures import SIDE, cost_bars, cost_table, growth_plot, weights_table
from sims.depthwise_cost.words import claim_words, counted_words, given_words, growth_words
from sims.frames import Frame, Metric, Panel
from sims.metrics import measured

# A formula is held against the counts at these sizes: H, W, C, M, K.
OTHERS = ((2, 3, 2, 5, 1), (4, 3, 1, 2, 3), (3, 5, 4, 3, 3), (2, 2, 3, 7, 5))


def run(
    layer: str, height: int, width: int, channels: int, filters: int, kernel: int, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Convolve ``channels`` maps of ``height``×``width`` into ``filters`` maps by ``kernel``×``kernel`` kernels.

    The padding keeps the size, the stride is 1, and a multiplication by a padded 0 counts as one. ``layer`` is what
    is asked about; ``claim`` a number for it, or a formula in H, W, C, M and K.
    """
    total = 4 if claim else 3
    sizes = {"H": height, "W": width, "C": channels, "M": filters, "K": kernel}
    yield Frame(1, total, (weights_table(sizes),), given_words(sizes))
    counted = count(height, width, channels, filters, kernel, seed)
    panels: tuple[Panel, ...] = (cost_bars(counted, None), cost_table(counted))
    yield Frame(2, total, panels, counted_words(counted))
    curves = {m: count(SIDE, SIDE, SIDE, m, kernel, seed) for m in _several(filters)}
    metrics = _metrics(layer, counted)
    panels = (cost_bars(counted, None), growth_plot(curves))
    yield Frame(3, total, panels, growth_words(counted, filters, kernel), False, metrics)
    if claim:
        claimed = read_number(claim, {name: float(size) for name, size in sizes.items()})
        metrics |= {"claim": claimed.value, "claim_wrong_points": _wrong_points(layer, claim, seed)}
        panels = (cost_bars(counted, claimed), cost_table(counted))
        yield Frame(4, total, panels, claim_words(float(_asked(layer, counted)), claimed), True, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The separable convolution computes the same from 1/M + 1/K² of the multiplications."""
    ratio, expected, difference = (measured(metrics, name) for name in ("ratio", "formula_ratio", "difference"))
    return agrees(ratio, expected) and difference < 1e-9


def _several(most: int) -> list[int]:
    """Some numbers of filters from 1 to ``most`` and a little beyond."""
    return sorted({1, *(max(1, round(most * part / 8)) for part in range(1, 11))})


def _wrong_points(layer: str, claim: str, seed: int) -> int:
    """At how many of several sizes the claimed formula is not the number counted there."""
    wrong = 0
    for sizes in OTHERS:
        claimed = read_number(claim, dict(zip("HWCMK", map(float, sizes), strict=True)))
        wrong += not agrees(claimed.value, float(_asked(layer, count(*sizes, seed))))
    return wrong


def _asked(layer: str, counted: Counted) -> int | float:
    if layer == "ratio":
        return counted.multiplications["separable"] / counted.multiplications["standard"]
    if layer == "weights":
        return counted.weights["separable"]
    return counted.multiplications[layer]


def _metrics(layer: str, counted: Counted) -> dict[str, Metric]:
    found = counted.multiplications
    weights = counted.weights
    return {
        "counted": _asked(layer, counted),
        **found,
        **{f"weights_{name}": number for name, number in weights.items()},
        "ratio": found["separable"] / found["standard"],
        "formula_ratio": weights["depthwise"] / weights["standard"] + weights["pointwise"] / weights["standard"],
        "difference": counted.difference,
    }
