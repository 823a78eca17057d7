"""The pictures of the simulation of the forget gate."""

from collections.abc import Mapping, Sequence
from math import ceil, log10

import numpy as np

from sims.cells import Array
from sims.curves import through
from sims.forget_gate.sum_since_reset import RESET, SCALE, Heard, Sequences
from sims.forget_gate.words import WITH, WITHOUT
from sims.frames import Heatmap, Metric, Note, Panel, Plot, Table
from sims.metrics import measured
from sims.numerals import significant
from sims.text import Text, same

STEP = Text("時刻", "step")
ERRORS = (1e-3, 10.0)  # range of the picture
LOOK = 60  # steps of the wired cells that are looked at closely


def wired_panels(cells: Array, step: int, stream: int) -> tuple[Panel, ...]:
    """The wired cells (2, T) up to ``step``: closely at first, then the whole stream."""
    end = LOOK if step <= LOOK else stream
    x = np.arange(1, step + 1, max(1, end // 500))
    series = (through(WITHOUT, x, cells[1, x - 1], "muted"), through(WITH, x, cells[0, x - 1], "lit"))
    plot = Plot(Text("セル c", "cell c"), series, (0, end), (0, 0.6 * end), STEP)
    share = f"{RESET:g}".lstrip("0")
    note = Note(
        Text("印のたびに 0 から", "from 0 at each mark"),
        (
            Text("あり  c = f·c′ + x", "with     c = f·c′ + x"),
            Text("なし  c = c′ + x", "without  c = c′ + x"),
            Text(f"x は 0 から 1、印は {share} の割合", f"x in 0..1, marks {share} of the time"),
        ),
    )
    return plot, note


def training_panels(ends: Sequence[int], history: Sequence[Array], errors: Array) -> tuple[Panel, ...]:
    """The median errors while training, and those of the runs (2, R) now."""
    x = np.array(ends[: len(history)])
    curves = np.clip(np.array(history).T, *ERRORS)
    plot = Plot(
        Text("二乗誤差（中央値）", "squared error (median)"),
        (through(WITHOUT, x, curves[1], "muted"), through(WITH, x, curves[0], "lit")),
        (0, ends[-1]),
        ERRORS,
        Text("反復", "iterations"),
        log_y=True,
    )
    rows = tuple(
        (name, *(same(significant(float(part(errors[arm])))) for part in (np.median, np.min, np.max)))
        for arm, name in ((0, WITH), (1, WITHOUT))
    )
    columns = (same(""), Text("中央値", "median"), Text("最小", "least"), Text("最大", "most"))
    return plot, Table(Text("いまの誤差", "error now"), columns, rows, lit=((0, 1),))


def largest_so_far(chunks: Sequence[Heard]) -> Array:
    """The largest \\|c\\| up to each step of the stream, medians over runs: (2, T)."""
    largest = np.concatenate([chunk.largest for chunk in chunks], axis=-1)
    return np.median(np.maximum.accumulate(largest, axis=-1), axis=1)


def growth_plot(largest: Array, chunk: int, stream: int) -> Plot:
    """``largest`` (2, T) over the stream; the first ``chunk`` steps tell how high the picture must be."""
    x = np.arange(1, largest.shape[1] + 1, stream // 250)
    high = _above(1.2 * float(largest[:, :chunk].max()) * stream / chunk)
    series = (through(WITHOUT, x, largest[1, x - 1], "muted"), through(WITH, x, largest[0, x - 1], "lit"))
    return Plot(Text("最大の |c|（中央値）", "largest |c| (median)"), series, (0, stream), (0, high), STEP)


def latest_panels(heard: Heard, streams: Sequences, latest: int) -> tuple[Panel, ...]:
    """The last steps of the first run's stream: the target, what is said with the gate, and the gate itself."""
    end = streams.target.shape[1]
    x = np.arange(end - latest + 1, end + 1)
    target, said = streams.target[0, -latest:, 0] / SCALE, heard.output[0, 0, -latest:] / SCALE
    high = _above(1.1 * max(float(target.max()), float(said.max())))
    plot = Plot(
        Text("印からの和", "sum since the mark"),
        (through(Text("目標", "target"), x, target, "floor"), through(WITH, x, said, "lit")),
        (float(x[0]), float(end)),
        (0, high),
        STEP,
    )
    gate = Heatmap(
        Text("印と忘却ゲート f", "marks and the forget gate f"),
        (tuple(streams.x[0, -latest:, 0, 1].tolist()), tuple(heard.forget[0, 0, -latest:].tolist())),
        0.0,
        1.0,
        (Text("印", "mark"), same("f")),
    )
    return plot, gate


def result_panels(largest: Array, metrics: Mapping[str, Metric], chunk: int, stream: int) -> tuple[Panel, ...]:
    """How large the cells became, and the errors in training and at the end of the stream."""
    kinds = (
        ("error", Text("学習での誤差", "error in training")),
        ("stream_error", Text("列の最後の誤差", "error at the end")),
        ("largest", Text("最大の |c|", "largest |c|")),
        ("growth", Text("学習中の何倍か", "times in training")),
    )
    rows = tuple(
        (name, *(same(significant(measured(metrics, f"{kind}_{arm}"))) for arm in ("with", "without")))
        for kind, name in kinds
    )
    columns = (Text("中央値", "medians"), Text("あり", "with"), WITHOUT)
    table = Table(Text("忘却ゲート", "forget gate"), columns, rows, lit=((1, 1),))
    return growth_plot(largest, chunk, stream), table


def _above(value: float) -> float:
    """The least of 1, 2, 3, 5 times a power of ten that is not below ``value``."""
    power = 10.0 ** ceil(log10(max(value, 1e-3)) - 1)
    return next(power * digit for digit in (1, 2, 3, 5, 10) if power * digit >= value)
