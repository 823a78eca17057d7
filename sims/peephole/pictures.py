"""The pictures of the simulation of the peepholes."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sims.cells import Array
from sims.curves import through
from sims.frames import Panel, Plot, SeriesRole, Table
from sims.numerals import significant
from sims.peephole.pulse_counting import ARMS, Look, Scores
from sims.peephole.words import CUT, PEEPHOLES, SEEN, percent
from sims.text import Text, same

STEP = Text("時刻", "step")
ERRORS = (0.005, 2.0)  # range of the picture


def timer_panels(c: Array, h: Array, step: int) -> tuple[Panel, ...]:
    """Cells and outputs (2, T) of the timers with peepholes and without, up to ``step``."""
    end = c.shape[1]
    x = np.arange(step + 1)

    def plot(title: Text, values: Array, high: float) -> Plot:
        shown = np.concatenate([np.zeros((2, 1)), values[:, :step]], axis=1)
        series = (through(CUT, x, shown[1], "muted"), through(PEEPHOLES, x, shown[0], "lit"))
        return Plot(title, series, (0, end), (0, high), STEP)

    return plot(Text("セル c", "cell c"), c, 3.0), plot(Text("出力 h", "output h"), h, 1.2)


def sweep_panels(
    periods: NDArray[np.int64], with_: NDArray[np.int64], without: NDArray[np.int64], rounds: int
) -> tuple[Panel, ...]:
    """How often the timers of all periods have fired so far."""
    series = (through(CUT, periods, without, "muted"), through(PEEPHOLES, periods, with_, "lit"))
    span = (0.0, float(periods[-1]))
    title = Text(f"{rounds} 周期のうちの発火の数", f"spikes within {rounds} rounds")
    return (Plot(title, series, span, (0, rounds + 2), Text("周期 N", "period N")),)


def training_panels(ends: Sequence[int], history: Sequence[Mapping[str, float]], scores: Scores) -> tuple[Panel, ...]:
    """The median errors while training, and how the arms do now."""
    x = np.array(ends[: len(history)])
    series = tuple(
        through(SEEN[arm], x, np.clip([errors[arm] for errors in history], *ERRORS), "lit" if arm == "xc" else "muted")
        for arm in ARMS
    )
    title = Text("二乗誤差（中央値）", "squared error (median)")
    plot = Plot(title, series, (0, ends[-1]), ERRORS, Text("反復", "iterations"), log_y=True)
    return plot, _score_table(scores)


def look_panels(looks: Mapping[str, Look], pulses: Array, count: int) -> tuple[Panel, ...]:
    """Output gates and cells of the plain LSTM and of the one with peepholes, in one sequence."""
    end, x = len(pulses), np.arange(1, len(pulses) + 1)
    cells = tuple(through(SEEN[arm], x, looks[arm].c, _role(arm)) for arm in looks)
    high = float(np.ceil(1.05 * max(look.c.max() for look in looks.values())))
    low = float(min(0.0, np.floor(min(look.c.min() for look in looks.values()))))
    return _gates(looks, pulses, count), Plot(Text("セル c", "cell c"), cells, (0, end), (low, max(high, 1.0)), STEP)


def result_panels(looks: Mapping[str, Look], pulses: Array, count: int, scores: Scores) -> tuple[Panel, ...]:
    """The output gates, and how all arms do."""
    return _gates(looks, pulses, count), _score_table(scores)


def _gates(looks: Mapping[str, Look], pulses: Array, count: int) -> Plot:
    x = np.arange(1, len(pulses) + 1)
    due = Text(f"目標（{count} 個目から 1）", f"target (1 from pulse {count})")
    series = (
        through(due, x, (pulses.cumsum() >= count).astype(float), "floor"),
        *(through(SEEN[arm], x, look.o, _role(arm)) for arm, look in looks.items()),
    )
    return Plot(Text("出力ゲート o", "output gate o"), series, (0, len(pulses)), (0, 1.05), STEP)


def _score_table(scores: Scores) -> Table:
    columns = (
        Text("ゲートが見るもの", "gates see"),
        Text("正しい列 %", "right %"),
        Text("誤差", "error"),
        Text("漏れ", "leak"),
    )
    rows = tuple(
        (
            SEEN[arm],
            same(percent(float(np.median(scores.right[place])))),
            *(same(significant(float(np.median(values[place])))) for values in (scores.error, scores.leak)),
        )
        for place, arm in enumerate(ARMS)
    )
    best = list(ARMS).index("xc")
    return Table(Text("中央値", "medians"), columns, rows, lit=tuple((best, column) for column in (1, 2, 3)))


def _role(arm: str) -> SeriesRole:
    return "lit" if arm == "xc" else "muted"
