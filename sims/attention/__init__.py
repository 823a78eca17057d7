"""Scaled dot-product attention, step by step; then what happens to softmax if the scores are not divided by √d."""

from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np

from sims.attention.claim import Claim, look_at
from sims.attention.heads import Head, Saturation, attend, dot_deviation, draw_heads, saturation
from sims.attention.pictures import maps, saturation_plots, score_map, shape_table, weight_map
from sims.attention.words import (
    RAW,
    SCALED,
    YOURS,
    claim_words,
    dots_words,
    output_words,
    saturation_words,
    scaling_words,
    scores_words,
    weights_words,
)
from sims.frames import Frame, Metric
from sims.metrics import measured
from sims.scene import Scene, gathered, numbered
from sims.text import Text, same

WIDTHS = (1, 4, 16, 64, 256, 1024)
DRAWS = 200
PASS = 5  # frames of one pass


def run(
    view: str, tokens: int, width: int, heads: int, mask: str, hole: str, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Let ``tokens`` tokens attend to each other in ``heads`` heads of ``width`` entries each.

    ``view`` is ``map`` for one pass, ``scale`` for the softmax at growing widths, ``story`` for both. ``claim`` is
    somebody's expression in place of the scores, of softmax's divisor, or of the output, as ``hole`` says.
    """
    parts = draw_heads(tokens, width, heads, np.random.default_rng([seed, 0]))
    causal = mask == "causal"
    found = [attend(part, causal) for part in parts]
    claimed = look_at(hole, claim, parts[0], found[0]) if claim else None
    stories = []
    if view != "scale":
        stories.append(_pass(found, attend(parts[0], causal, scaled=False), causal))
    if view != "map":
        stories.append(_widths(np.random.default_rng([seed, 1])))
    if claimed is not None:
        stories.append(iter([_claimed(claimed, hole, found[0])]))
    total = PASS * (view != "scale") + len(WIDTHS) * (view != "map") + (claimed is not None)
    yield from numbered(gathered(chain.from_iterable(stories)), total)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Rows of weights sum to 1; without the division softmax saturates as d grows, with it it stays as it was."""
    shown = True
    if "row_sum_error" in metrics:
        shown = measured(metrics, "row_sum_error") < 1e-12
    if "gradient_raw_at_1024" in metrics:
        raw, scaled = measured(metrics, "gradient_raw_at_1024"), measured(metrics, "gradient_scaled_at_1024")
        shown = shown and raw < 0.05 and 0.7 < scaled / measured(metrics, "gradient_scaled_at_16") < 1.4
    return shown


def _pass(found: list[Head], raw: Head, causal: bool) -> Iterator[Scene]:
    """Dot products, scores, weights, output; at last the weights that the first head has without the division."""
    first = found[0]
    tokens, width = first.output.shape
    deviation = dot_deviation(width)
    dots = score_map(same("Q Kᵀ"), first.dots, width)
    scores = score_map(same("Q Kᵀ / √d"), first.scores, width**0.5)
    yield Scene((dots,), dots_words(tokens, width))
    yield Scene((dots, scores), scores_words(width, deviation), metrics={"score_deviation": deviation})
    yield Scene((scores, maps(found)[0]), weights_words(first, causal))
    joined = np.concatenate([head.output for head in found], axis=1)
    weights = np.stack([head.weights for head in found])
    metrics: dict[str, Metric] = {
        "weights": weights.size,
        "weights_open": int(np.count_nonzero(weights)),
        "row_sum_error": float(np.abs(weights.sum(-1) - 1).max()),
        "output_shape": "x".join(map(str, joined.shape)),
    }
    table = shape_table(tokens, width, len(found))
    yield Scene((*maps(found), table), output_words(tokens, width, len(found)), metrics=metrics)
    metrics = {f"top_{name}": float(np.median(head.weights.max(1))) for name, head in (("raw", raw), ("scaled", first))}
    pair = (weight_map(RAW, raw.weights), weight_map(SCALED, first.weights))
    yield Scene(pair, scaling_words(raw, first), metrics=metrics)


def _widths(rng: np.random.Generator) -> Iterator[Scene]:
    """Softmax over random scores, one width after the other."""
    known: list[tuple[int, Saturation, Saturation]] = []
    metrics: dict[str, Metric] = {}
    for width in WIDTHS:
        raw, scaled = (saturation(width, way, DRAWS, rng) for way in (False, True))
        known.append((width, raw, scaled))
        for name, one in (("raw", raw), ("scaled", scaled)):
            metrics |= {f"largest_{name}_at_{width}": one.largest, f"gradient_{name}_at_{width}": one.gradient}
        yield Scene(saturation_plots(known, WIDTHS), saturation_words(width, raw, scaled), metrics=metrics)


def _claimed(claimed: Claim, hole: str, right: Head) -> Scene:
    """Somebody's weights beside the right ones."""
    key = weight_map(Text("正しい重み", "right weights"), right.weights)
    panels = (key,) if claimed.weights is None else (weight_map(YOURS, claimed.weights), key)
    return Scene(panels, claim_words(claimed, hole, right), True, _claim_metrics(claimed))


def _claim_metrics(claimed: Claim) -> dict[str, Metric]:
    return {
        "claim_same": claimed.same,
        "claim_problem": claimed.problem.en if claimed.problem else None,
        "claim_row_sums": [] if claimed.weights is None else claimed.weights.sum(1).tolist(),
    }
