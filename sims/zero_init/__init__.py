"""Units that start alike stay alike: a layer that begins with zeros, or with one constant, is worth a single unit."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.frames import NO_TEXT, Frame, Heatmap, Metric, Plot, Series, Table
from sims.metrics import finite, measured
from sims.numerals import significant
from sims.text import Text, same
from sims.zero_init.network import STARTS, Twins

NAMES: Mapping[str, Text] = {
    "zero": Text("すべて 0", "all 0"),
    "constant": Text("すべて 0.5", "all 0.5"),
    "random": Text("乱数", "random"),
}
PICTURES = 20
TOP = 1.2


def run(activation: str, hidden: int, rate: float, runs: int, iterations: int, seed: int) -> Iterator[Frame]:
    """Train ``runs`` networks of ``hidden`` units from zeros, from a constant and from random numbers, side by side.

    Every weight of a network starts so, the biases at 0; plain gradient descent at ``rate`` over all samples.
    """
    twins = Twins(hidden, activation, rate, runs, seed)
    ends = sorted({round(iterations * part / PICTURES) for part in range(PICTURES + 1)})
    history: list[tuple[int, list[float]]] = []
    total = len(ends) + 1
    for step, end in enumerate(ends, 1):
        twins.train(end - (history[-1][0] if history else 0))
        history.append((end, np.median(twins.losses(), axis=1).tolist()))
        panels = (_curves(history, ends[-1]), _weights(twins, "constant"), _weights(twins, "random"))
        yield Frame(step, total, panels, _training_words(history[-1], twins))
    metrics = _metrics(twins)
    last = (_table(metrics), _curves(history, ends[-1]), _weights(twins, "constant"))
    yield Frame(total, total, last, _end_words(metrics, hidden), metrics=metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Alike stays alike (rank 1 at most) and does not learn the product; from random numbers it is learned."""
    alike = [measured(metrics, f"rank_{start}") for start in ("zero", "constant")]
    stuck = [measured(metrics, f"loss_{start}") for start in ("zero", "constant")]
    return max(alike) <= 1 < measured(metrics, "rank_random") and min(stuck) > 3 * measured(metrics, "loss_random")


def _curves(history: list[tuple[int, list[float]]], iterations: int) -> Plot:
    x = tuple(float(end) for end, _ in history)
    series = [
        Series(
            NAMES[start],
            x,
            tuple(min(losses[place], TOP) for _, losses in history),
            "lit" if start == "random" else "muted",
        )
        for place, start in enumerate(STARTS)
    ]
    title, label = Text("二乗誤差（中央値）", "squared error (median)"), Text("反復", "iterations")
    return Plot(title, tuple(series), (0.0, float(iterations)), (0.0, TOP), label)


def _weights(twins: Twins, start: str) -> Heatmap:
    """W of one network: a row for each input, a column for each unit."""
    W = np.clip(np.nan_to_num(twins.weights(start)), -1.5, 1.5)
    title = Text(f"W（{NAMES[start].ja} から）", f"W from {NAMES[start].en}")
    rows = tuple(same(f"x{place}") for place in range(1, len(W) + 1))
    return Heatmap(title, tuple(tuple(row) for row in W.tolist()), -1.5, 1.5, rows)


def _table(metrics: Mapping[str, Metric]) -> Table:
    rows = tuple(
        (
            NAMES[start],
            same(f"{metrics[f'rank_{start}']}"),
            same(f"{metrics[f'different_{start}']}"),
            same(_loss(metrics[f"loss_{start}"])),
        )
        for start in STARTS
    )
    columns = (
        Text("初期値", "start"),
        Text("ランク", "rank"),
        Text("種類", "kinds"),
        Text("誤差", "error"),
    )
    return Table(NO_TEXT, columns, rows, lit=((2, 1), (2, 2), (2, 3)))


def _loss(loss: Metric) -> str:
    return significant(loss) if isinstance(loss, float) else "inf"


def _training_words(now: tuple[int, list[float]], twins: Twins) -> Text:
    end, losses = now
    rank = int(np.median(twins.sizes().rank[1]))
    zero, constant, free = (_loss(finite(loss)) for loss in losses)
    if not np.isfinite(losses[1]):
        return Text(
            f"{end:,} 回目の誤差: 0 から {zero}、0.5 から {constant}、乱数から {free}。0.5 からの学習は発散しました。",
            f"Iteration {end:,}: error {zero} from 0, {constant} from 0.5, {free} from random. From 0.5 it diverged.",
        )
    return Text(
        f"{end:,} 回目の誤差: 0 から {zero}、0.5 から {constant}、乱数から {free}。"
        f"0.5 から始めた W のランクは {rank} です。",
        f"Iteration {end:,}: error {zero} from 0, {constant} from 0.5, {free} from random. W from 0.5 has rank {rank}.",
    )


def _end_words(metrics: Mapping[str, Metric], hidden: int) -> Text:
    if metrics["loss_random"] is None or metrics["loss_constant"] is None:
        return Text(
            "この学習率は大きすぎ、学習が発散しました（誤差が inf）。学習率を下げてください。",
            "This rate is too large: training has diverged, to an error of inf. Try a smaller one.",
        )
    alike, free = metrics["different_constant"], metrics["different_random"]
    return Text(
        f"同じ値から始めた {hidden} 個のユニットは、同じ更新を受けて {alike} 種類のまま。"
        f"乱数から始めると {free} 種類です。",
        f"Started alike, {hidden} units get the same updates and remain of {alike} kind; "
        f"started from random numbers, they are of {free}.",
    )


def _metrics(twins: Twins) -> dict[str, Metric]:
    sizes, losses = twins.sizes(), np.median(twins.losses(), axis=1)
    metrics: dict[str, Metric] = {}
    for place, start in enumerate(STARTS):
        metrics |= {
            f"rank_{start}": int(np.median(sizes.rank[place])),
            f"different_{start}": int(np.median(sizes.different[place])),
            f"loss_{start}": finite(float(losses[place])),
        }
    return metrics
