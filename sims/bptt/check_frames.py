"""A gradient check of the backward pass and of mutants of it, then what they learn."""

from collections.abc import Iterator, Sequence

import numpy as np

from sims.bptt.check_words import checked_words, checking_words, learned_words, learning_words, left_after, off
from sims.bptt.imitation import Imitation
from sims.bptt.linear import BrokenError, Gradient
from sims.bptt.mutants import Mutant, mutants
from sims.cells import Array
from sims.curves import staying
from sims.frames import NO_TEXT, Frame, Heatmap, Metric, Note, Panel, Plot, Table
from sims.metrics import finite
from sims.text import Text, same

EXAMPLES, AT_ONCE = 20, 2
ITERATIONS, EACH = 100, 5
CHECKS = EXAMPLES // AT_ONCE
TOTAL = CHECKS + ITERATIONS // EACH
ERRORS = (1e-2, 1e2)
Curves = dict[str, list[float]]


def check_frames(before: str, claim: str | None, seed: int) -> Iterator[Frame]:
    """Hold ways back against numeric differences, then learn with each of those that give a gradient."""
    tried = mutants(before, claim)
    true: Gradient | None = None
    for step in range(1, CHECKS + 1):
        for example in range(AT_ONCE * (step - 1), AT_ONCE * step):
            for mutant in tried:
                found = mutant.check(seed, example)
                true = true or found
        wrong = claim is not None and not tried[1].agrees
        caption = checked_words(tried, claim) if step == CHECKS else checking_words(AT_ONCE * step, tried)
        panels = _table(tried), *_pictures(tried, true), *_printed(tried)
        yield Frame(step, TOTAL, panels, caption, wrong and step == CHECKS)
    learners = [
        (m, Imitation(m.back, m.wraps, seed)) for m in tried if not (m.broken or isinstance(m.back, BrokenError))
    ]
    curves: Curves = {mutant.code: [] for mutant, _ in learners}
    for end in range(EACH, ITERATIONS + 1, EACH):
        for mutant, learner in learners:
            curves[mutant.code].append(float(np.median(learner.train(EACH).mean(1))))
        panels = _plot(tried, curves), _table(tried), *_printed(tried)
        last = end == ITERATIONS
        words = learned_words(tried, curves, claim) if last else learning_words(end, tried, curves)
        metrics = _metrics(tried, curves, claim) if last else {}
        yield Frame(CHECKS + end // EACH, TOTAL, panels, words, wrong and last, metrics)


def _table(tried: Sequence[Mutant]) -> Table:
    """The median differences from numeric gradients."""
    rows = []
    for mutant in tried:
        found = mutant.medians
        cells = (Text("エラー", "error"),) * 2 if found is None else tuple(same(off(share)) for share in found)
        rows.append((mutant.name, *cells))
    claims = tuple((row, 0) for row, mutant in enumerate(tried) if mutant.role == "claim" and not mutant.agrees)
    lit = tuple((row, column) for row, mutant in enumerate(tried) if mutant.agrees for column in (1, 2))
    title = Text("数値微分とのずれ", "off the numeric gradient")
    return Table(title, (NO_TEXT, same("dW"), same("dU")), tuple(rows), lit=lit, claim=claims)


def _pictures(tried: Sequence[Mutant], true: Gradient | None) -> tuple[Panel, ...]:
    """dU of the first example: the numeric one, and that of the only mutant beside the right way."""
    if len(tried) != 2 or true is None or tried[1].first is None:
        return ()
    most = float(np.abs(true.u).max())
    numeric = _heat(Text("dU 数値微分", "dU numeric"), true.u, most)
    return numeric, _heat(Text("dU この式", "dU this way"), tried[1].first.u, most)


def _heat(title: Text, values: Array, most: float) -> Heatmap:
    return Heatmap(title, tuple(map(tuple, np.clip(values, -most, most).tolist())), -most, most)


def _printed(tried: Sequence[Mutant]) -> tuple[Panel, ...]:
    """What Python prints where a way back fails."""
    shown = [mutant for mutant in tried if mutant.broken and mutant.broken.shown]
    return tuple(Note(mutant.name, (same(mutant.broken.shown),)) for mutant in shown if mutant.broken)


def _plot(tried: Sequence[Mutant], curves: Curves) -> Plot:
    """The error while learning, the median of the networks; what leaves the picture ends there."""
    series = []
    for mutant in tried:
        curve = staying(mutant.name, np.array(curves.get(mutant.code, ())), ERRORS, mutant.role, first=EACH, by=EACH)
        if curve.x:
            series.append(curve)
    title = Text("学習中の誤差（中央値）", "error while learning (median)")
    return Plot(title, tuple(series), (0.0, float(ITERATIONS)), ERRORS, Text("反復", "iterations"), log_y=True)


def _metrics(tried: Sequence[Mutant], curves: Curves, claim: str | None) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"experiment": "check", "examples": EXAMPLES}
    for mutant in tried:
        name = "claim" if mutant.role == "claim" else mutant.code
        metrics[f"off_dW {name}"], metrics[f"off_dU {name}"] = mutant.medians or (None, None)
        metrics[f"error {name}"] = finite(left_after(curves.get(mutant.code, ())))
        metrics[f"failure {name}"] = mutant.broken.text.en if mutant.broken else None
    if claim is not None:
        metrics["claim_agrees"] = tried[1].agrees
    return metrics
