"""Truncated backpropagation: who goes back far enough to see the wanted input learns to say it."""

from collections.abc import Iterator, Sequence

import numpy as np

from sims.bptt.recall import BACK, LAG, RUNS, Recall
from sims.bptt.recall_words import recalled_words, recalling_words
from sims.cells import Array
from sims.frames import Bar, Bars, Frame, Metric, Plot, Series
from sims.text import Text

ITERATIONS, EACH = 500, 10
SHOWN = (LAG, LAG + 1, BACK[-1])  # whose curves are drawn
RECENT = 50  # iterations over which answers are counted


def recall_frames(seed: int) -> Iterator[Frame]:
    """Train networks that go back more and more steps, side by side."""
    task = Recall(seed)
    right = np.empty((len(BACK), RUNS, 0))
    history: list[list[float]] = []
    for end in range(EACH, ITERATIONS + 1, EACH):
        right = np.concatenate([right, task.train(EACH)], axis=-1)
        shares = np.median(right[..., -RECENT:].mean(-1), axis=1)
        history.append(shares.tolist())
        last = end == ITERATIONS
        caption = recalled_words(shares) if last else recalling_words(end, shares)
        panels = _bars(shares), _plot(history)
        yield Frame(end // EACH, ITERATIONS // EACH, panels, caption, metrics=_metrics(right) if last else {})


def _bars(shares: Array) -> Bars:
    bars = [
        Bar(Text(f"{steps} 歩戻る", f"back {steps}"), float(share), "lit" if steps == LAG + 1 else "muted")
        for steps, share in zip(BACK, shares, strict=True)
    ]
    return Bars(Text(f"{LAG} ステップ前の入力の正答率", f"right about the input {LAG} steps ago"), tuple(bars), 1.0)


def _plot(history: Sequence[Sequence[float]]) -> Plot:
    x = tuple(float(EACH * step) for step in range(1, len(history) + 1))
    series = [Series(Text("当てずっぽう", "chance"), (0.0, float(ITERATIONS)), (0.5, 0.5), "floor")]
    for steps in SHOWN:
        curve = tuple(shares[BACK.index(steps)] for shares in history)
        name = Text(f"{steps} 歩", f"back {steps}")
        series.append(Series(name, x, curve, "lit" if steps == LAG + 1 else "muted"))
    title = Text("正答率（中央値）", "share right (median)")
    return Plot(title, tuple(series), (0.0, float(ITERATIONS)), (0.4, 1.0), Text("反復", "iterations"))


def _metrics(right: Array) -> dict[str, Metric]:
    shares = right[..., -RECENT:].mean(-1)
    metrics: dict[str, Metric] = {"experiment": "truncation", "runs": RUNS, "lag": LAG}
    for steps, found in zip(BACK, shares, strict=True):
        metrics[f"right_{steps}"] = float(np.median(found))
        metrics[f"solved_{steps}"] = int((found > 0.95).sum())
    return metrics
