"""Why L1 makes weights exactly 0 and L2 only small: a diamond and a circle, then a regression with ten weights."""

from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np

from sims.cells import Array
from sims.claimed_number import agrees, number_of
from sims.frames import Frame, Metric
from sims.metrics import measured
from sims.penalty_shapes import pictures, words
from sims.penalty_shapes.fit import (
    RATE,
    Claim,
    Regressions,
    descend,
    draw,
    lasso,
    look_at_claim,
    ridge,
    soft,
    two_weights,
)
from sims.penalty_shapes.pictures import STRENGTHS
from sims.scene import Scene, numbered
from sims.text import Text

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
RUNS = 8


def run(
    shape: str,
    strength: float,
    weight: float | None,
    gradient: float,
    rate: float,
    proximal: str,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """Let contours touch a diamond and a circle, then follow ten weights while λ grows, with ``shape`` at last.

    ``claim`` is somebody's expression over param for the gradient of the penalty. With ``weight`` there is one step by
    hand instead, at ``rate`` against ``gradient`` with λ = ``strength``, and ``claim`` is the weight expected after it;
    ``proximal`` says whether L1 moves the weight towards 0 after the step or adds its sign to the gradient.
    """
    data = draw(RUNS, seed)
    grid = np.append(STRENGTHS, strength)
    weights = {"l1": lasso(data, grid), "l2": ridge(data, grid)}
    ends = {
        "l1": weights["l1"][:, -1],
        "l2": weights["l2"][:, -1],
        "subgradient": descend(data, strength, np.sign),
    }
    metrics = _metrics(ends, strength)
    after = _after(shape, strength, weight, gradient, rate, proximal == "on")
    metrics["hand_weight"] = after
    told = _told(shape, strength, weight, gradient, rate, after, claim, data, metrics, weights[shape][0])
    total = len(LEVELS) + len(STRENGTHS[4::5]) + 1 + (told is not None)
    story = _story(shape, strength, weights, ends, metrics)
    yield from numbered(chain(story, () if told is None else (told,)), total, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """L1 makes weights exactly 0; L2 and plain steps along the sign make none."""
    others = measured(metrics, "zeros_l2") + measured(metrics, "zeros_subgradient")
    return measured(metrics, "zeros_l1") >= 2 and others == 0 and metrics["corner"] is True


def _story(
    shape: str, strength: float, weights: Mapping[str, Array], ends: Mapping[str, Array], metrics: Mapping[str, Metric]
) -> Iterator[Scene]:
    first, second = ("l1", "l2") if shape == "l1" else ("l2", "l1")
    for level in LEVELS:
        touching = {name: two_weights(name, level) for name in ("l1", "l2")}
        panels = (pictures.touch_plot(first, touching[first]), pictures.touch_plot(second, touching[second]))
        yield Scene(panels, words.touch_words(level, touching["l1"], touching["l2"]))
    for until in range(5, len(STRENGTHS) + 1, 5):
        zeros = float(np.median((weights[shape][:, until - 1] == 0).sum(1)))
        paths = tuple(pictures.path_plot(name, weights[name][0], until) for name in (first, second))
        yield Scene(paths, words.path_words(shape, float(STRENGTHS[until - 1]), zeros))
    shown = {name: end[0] for name, end in ends.items()}
    table = pictures.zero_table(strength, shown, shape)
    zeros_of = {name: measured(metrics, f"zeros_{name}") for name in ends}
    last = (table, pictures.path_plot(shape, weights[shape][0], len(STRENGTHS)))
    yield Scene(last, words.end_words(strength, zeros_of, measured(metrics, "smallest_subgradient")))


def _after(
    shape: str, strength: float, weight: float | None, gradient: float, rate: float, proximal: bool
) -> float | None:
    """``weight`` after one step with the penalty."""
    if weight is None:
        return None
    w = np.array(weight)
    if shape == "l1" and proximal:
        return float(soft(w - rate * gradient, rate * strength))
    return float(w - rate * (gradient + strength * (np.sign(w) if shape == "l1" else w)))


def _told(
    shape: str,
    strength: float,
    weight: float | None,
    gradient: float,
    rate: float,
    after: float | None,
    claim: str | None,
    data: Regressions,
    metrics: dict[str, Metric],
    path: Array,
) -> Scene | None:
    """The step by hand with somebody's result, or somebody's gradient; None if there is neither."""
    plot = pictures.path_plot(shape, path[:-1], len(STRENGTHS))
    if weight is not None and after is not None:
        yours = number_of(claim)
        wrong = claim is not None and not agrees(yours, after)
        penalty = float(np.sign(weight)) if shape == "l1" else weight
        rows = [
            (Text("重み w", "weight w"), weight),
            (Text("損失の勾配", "loss gradient"), gradient),
            (Text("罰則の勾配", "penalty gradient"), strength * penalty),
            (Text("次の w", "next w"), after),
        ]
        caption = words.hand_words(shape, weight, after, yours, wrong)
        return Scene((pictures.hand_table(rows, yours if wrong else None), plot), caption, wrong)
    if not claim:
        return None
    found: Claim = look_at_claim(claim, shape, strength, data)
    metrics["claim_right"] = found.right
    metrics["claim_error"] = None if found.problem else float(np.abs(found.said - found.true).max())
    return Scene((pictures.claim_table(found, shape), plot), words.claim_words(shape, found), not found.right)


def _metrics(ends: Mapping[str, Array], strength: float) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"strength": strength, "rate": RATE}
    for name, end in ends.items():
        metrics[f"zeros_{name}"] = float(np.median((end == 0).sum(1)))
        metrics[f"size_{name}"] = float(np.median(np.linalg.norm(end, axis=1)))
    touching = {name: two_weights(name, 0.5) for name in ("l1", "l2")}
    metrics["smallest_subgradient"] = float(np.median(np.abs(ends["subgradient"]).min(1)))
    metrics["corner"] = bool(touching["l1"][0] == 0 != touching["l1"][1] and (touching["l2"] != 0).all())
    return metrics
