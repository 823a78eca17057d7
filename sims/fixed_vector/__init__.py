"""One fixed-length vector, or attention: how much is recalled from a sequence as it gets longer.

A GRU reads pairs of a key and a value, then the decoder is asked for the value of one key. Seq2seq hands it the last
state; attention a sum of all states, weighted anew for each question. Encoder and decoder are the same otherwise.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.cells import Array
from sims.fixed_vector.pair_recall import KEYS, LENGTHS, LONGEST, TESTS, VALUES, Indices, Recall, ask
from sims.fixed_vector.words import (
    ATTENTION,
    FIXED,
    LENGTH,
    task_words,
    trained_words,
    training_words,
    weights_words,
)
from sims.frames import Frame, Heatmap, Metric, Panel, Plot, Series, Table
from sims.metrics import measured
from sims.numerals import percent
from sims.text import Text, same

RATE = 0.02
CHANCE = 1 / VALUES
MOST_FRAMES, GLANCE = 60, 64  # while training, and how many sequences are tried in each
SHOWN = 6  # pairs of the sequence that is looked into
Shares = dict[int, tuple[Array, Array]]  # length: accuracy of each run, one vector and attention
Curves = dict[int, tuple[float, float]]  # the medians of the runs


def run(cells: int, runs: int, iterations: int, seed: int) -> Iterator[Frame]:
    """Train ``runs`` networks of ``cells`` cells either way, on sequences of 1 to 8 pairs, and try longer ones too."""
    fixed, attention = (Recall(way, cells, runs, RATE, seed) for way in (False, True))
    frames = min(MOST_FRAMES, iterations // 5)
    ends = [iterations * frame // frames for frame in range(1, frames + 1)]
    total = len(ends) + 3
    keys, values, tables = _example(seed)
    yield Frame(1, total, tables, task_words(_key(keys[0, 0, 1]), int(values[0, 0, 1]), cells))
    done = 0
    for step, end in enumerate(ends, 2):
        for net in (fixed, attention):
            net.train(end - done)
        done = end
        curves = _medians(_measured(fixed, attention, GLANCE))
        yield Frame(step, total, (_plot(curves),), training_words(end, curves), metrics={"iteration": end})
    shares = _measured(fixed, attention, TESTS)
    curves, metrics = _medians(shares), _metrics(shares, cells)
    panels = (_plot(curves), _table(curves))
    yield Frame(total - 1, total, panels, trained_words(curves, cells, iterations), metrics=metrics)
    middle = int(np.argsort(shares[LONGEST][1])[(runs - 1) // 2])
    weights = _weights(attention, keys, values)[middle]
    wanted = float(np.diag(weights[:, ::-1]).mean())
    looked = (_weight_map(weights, keys[0, 0], values[0, 0]), _plot(curves))
    yield Frame(total, total, looked, weights_words(wanted), metrics=metrics | {"weight_on_wanted": wanted})


def effect(metrics: Mapping[str, Metric]) -> bool:
    """From one pair both recall; from eight only attention does, and still from twelve, which it never practised."""
    near, far, attended, unseen = (
        measured(metrics, name) for name in ("fixed_at_1", "fixed_at_8", "attention_at_8", "attention_at_12")
    )
    return near > 0.95 and far < 0.85 and attended > 0.95 and unseen > 0.9


def _example(seed: int) -> tuple[Indices, Indices, tuple[Panel, ...]]:
    """The sequence that is looked into, and a picture of it."""
    rng = np.random.default_rng([seed, 3])
    keys, values = rng.permutation(KEYS)[None, None, :SHOWN], rng.integers(0, VALUES, (1, 1, SHOWN))
    pairs = enumerate(zip(keys[0, 0], values[0, 0], strict=True), 1)
    read = tuple((same(str(step)), same(_key(key)), same(str(value))) for step, (key, value) in pairs)
    columns = (Text("順番", "step"), Text("キー", "key"), Text("値", "value"))
    asked = Table(
        Text("質問", "question"),
        (Text("キー", "key"), Text("値", "value")),
        ((same(_key(keys[0, 0, 1])), same("?")),),
        lit=((0, 1),),
    )
    return keys, values, (Table(Text("読む組", "pairs read"), columns, read, lit=((1, 1), (1, 2))), asked)


def _key(key: int) -> str:
    return "abcdefghijkl"[key]


def _measured(fixed: Recall, attention: Recall, tests: int) -> Shares:
    return {each: (fixed.accuracies(each, tests), attention.accuracies(each, tests)) for each in LENGTHS}


def _medians(shares: Shares) -> Curves:
    return {
        length: (float(np.median(fixed)), float(np.median(attention))) for length, (fixed, attention) in shares.items()
    }


def _plot(curves: Curves) -> Plot:
    x = tuple(map(float, curves))
    ends = (1.0, float(LENGTHS[-1]))
    series = (
        Series(Text(f"あてずっぽう {percent(CHANCE)}", f"guessing {percent(CHANCE)}"), ends, (CHANCE, CHANCE), "floor"),
        Series(FIXED, x, tuple(fixed for fixed, _ in curves.values())),
        Series(ATTENTION, x, tuple(attention for _, attention in curves.values()), "lit"),
    )
    return Plot(Text("正答率（中央値）", "share right (median)"), series, ends, (0.0, 1.0), LENGTH)


def _table(curves: Curves) -> Table:
    rows = tuple((same(str(length)), *(same(percent(share)) for share in both)) for length, both in curves.items())
    lit = tuple((row, 2) for row in range(len(rows)))
    return Table(Text("正答率", "share right"), (LENGTH, FIXED, ATTENTION), rows, lit=lit)


def _weights(attention: Recall, keys: Indices, values: Indices) -> Array:
    """Where each run looks in the sequence shown, (R, questions, pairs), asked from the last pair to the first."""
    pairs = [np.tile(part, (attention.runs, SHOWN, 1)) for part in (keys, values)]
    places = np.tile(np.arange(SHOWN)[::-1], (attention.runs, 1))
    return attention.forward(ask(pairs[0], pairs[1], places)).weights.swapaxes(1, 2)


def _weight_map(weights: Array, keys: Indices, values: Indices) -> Heatmap:
    return Heatmap(
        Text("重み（行: 質問、列: 読んだ組）", "weights (row: question, column: pair)"),
        tuple(tuple(row.tolist()) for row in weights),
        0.0,
        1.0,
        tuple(same(f"{_key(key)} ?") for key in keys[::-1]),
        tuple(same(f"{_key(key)}{value}") for key, value in zip(keys, values, strict=True)),
    )


def _metrics(shares: Shares, cells: int) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"context_size": cells}
    for length, both in shares.items():
        for name, share in zip(("fixed", "attention"), both, strict=True):
            metrics[f"{name}_at_{length}"] = float(np.median(share))
            metrics[f"{name}_worst_at_{length}"] = float(share.min())
    return metrics
