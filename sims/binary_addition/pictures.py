"""The pictures: the loss, and under every pair of digits the state that the network was in when it said the digit."""

import math

import numpy as np

from sims.adder import Sums
from sims.binary_addition.experiment import Experiment
from sims.cells import Array
from sims.frames import NO_TEXT, Heatmap, Panel, Plot, Series, SeriesRole, Table
from sims.numerals import significant
from sims.text import Text, same

# Without biases a state that is 0 stays 0 until a 1 comes in, and the output is 1/2 so long: at step t that is so for
# a share 4^−t of the sums, and costs 1/8 each
UNBIASED = sum(4.0**-t for t in range(1, 9)) / 8
GREAT = 100.0  # a state that counts as having exploded
_MOST_UNITS = 16  # of the hidden layer that are drawn
_HIGHEST = 4.0  # the loss of being surely wrong in all eight bits


def panels(experiment: Experiment) -> tuple[Panel, ...]:
    """The loss, and the sum of the first run or a table of all arms; of what overflowed in the end how it grew."""
    if len(experiment.arms) > 1:
        return loss_plot(experiment), _arms_table(experiment)
    if experiment.tried and experiment.overflowed(0) and experiment.start.growth[-1] > GREAT:
        return _growth_plot(experiment), loss_plot(experiment)
    return loss_plot(experiment), *sum_panels(*experiment.pair, [(Text("出力", "output"), experiment.shown(0))])


def sum_panels(a: int, b: int, answers: list[tuple[Text, Sums]]) -> tuple[Table, Heatmap]:
    """The digits of a + b and of what networks say, the highest first; below them the states of the last network."""
    rows = [_digits(same("a"), a), _digits(same("b"), b), _digits(same("a + b"), a + b)]
    wrong: list[tuple[int, int]] = []
    for name, sums in answers:
        said = [Text("?", "?") if math.isnan(y) else same(str(int(y > 0.5))) for y in sums.output[::-1].tolist()]
        number = (
            same(str(sum(int(digit.en) << 7 - i for i, digit in enumerate(said)))) if said[0].en != "?" else same("?")
        )
        wrong += [(len(rows), i) for i in range(1, 9) if said[i - 1] != rows[2][i]]
        rows.append((name, *said, number))
    right = [(row, 9) for row in range(3, len(rows)) if rows[row][9] == rows[2][9]]
    table = Table(NO_TEXT, (NO_TEXT,) * 10, tuple(rows), lit=tuple(right), claim=tuple(wrong))
    return table, _states(answers[-1][1].states)


def loss_plot(experiment: Experiment) -> Plot:
    """The loss of every arm, the median of its runs; of a single arm the best and the worst run as well."""
    series, single = [], len(experiment.arms) == 1
    if any(arm.settings.activation != "sigmoid" for arm in experiment.arms):
        ends = (0.0, float(experiment.iterations))
        name = Text(f"下限 {significant(UNBIASED)}", f"floor {significant(UNBIASED)}")
        series.append(Series(name, ends, (UNBIASED, UNBIASED), "floor"))
    if single and experiment.runs > 1 and experiment.curve:
        finite = np.array([np.where(np.isfinite(each[0]), each[0], np.nan) for each in experiment.curve])
        for bound in (np.fmin, np.fmax):
            series.append(_curve(experiment, NO_TEXT, bound.reduce(finite, axis=1), "muted"))
    for place, arm in enumerate(experiment.arms):
        series.append(_curve(experiment, arm.name, experiment.medians(place), arm.role))
    title = Text("損失", "loss")
    if single and experiment.runs > 1:
        title = Text(f"損失（{experiment.runs} 個の範囲と中央値）", f"loss (range, median of {experiment.runs})")
    shown = tuple(each for each in series if each.x)
    return Plot(title, shown, (0.0, float(experiment.iterations)), (0.0, _top(experiment)))


def _growth_plot(experiment: Experiment) -> Plot:
    """The largest state after every step, before any training."""
    growth = [(float(step), float(size)) for step, size in enumerate(experiment.start.growth, 1) if 0 < size < 1e300]
    x, y = zip(*growth, strict=True) if growth else ((), ())
    top = 10.0 ** math.ceil(math.log10(max(y, default=10.0)))
    title = Text("状態の最大（学習の前）", "largest state, untrained")
    return Plot(title, (Series(NO_TEXT, x, y, "lit"),), (1.0, 8.0), (1.0, top), Text("桁", "digit"), log_y=True)


def _curve(experiment: Experiment, name: Text, values: Array, role: SeriesRole) -> Series:
    known = [(float(at), float(value)) for at, value in zip(experiment.at, values, strict=True) if np.isfinite(value)]
    x, y = zip(*known, strict=True) if known else ((), ())
    return Series(name, tuple(x), tuple(y), role)


def _top(experiment: Experiment) -> float:
    """The upper end of the axis: a little above the 1 of saying 1/2 eight times, or where most losses begin if that is
    far above (the rest comes down to 1 in a few dozen iterations)."""
    highest = max(float(np.median(start.loss)) for start in experiment.starts)
    return min(math.ceil(highest * 2) / 2, _HIGHEST) if highest > 1.6 else 1.2


def _digits(name: Text, number: int) -> tuple[Text, ...]:
    return (name, *(same(str(number >> place & 1)) for place in range(7, -1, -1)), same(str(number)))


def _states(states: Array) -> Heatmap:
    """The states (8, H) of one network, one column a step, the highest digit, which is the last step, at the left."""
    finite = np.nan_to_num(states, nan=0.0, posinf=1e300, neginf=-1e300)
    shown = min(states.shape[1], _MOST_UNITS)
    low, high = min(0.0, float(finite.min())), max(1.0, float(finite.max()))
    title = Text(f"隠れ層 {shown}", f"hidden {shown}")
    if shown < states.shape[1]:
        title = Text(f"隠れ層 {states.shape[1]} の {shown}", f"{shown} of {states.shape[1]} hidden")
    values = finite[::-1, :shown].T
    return Heatmap(title, tuple(map(tuple, values.tolist())), -1.0 if low < 0 else 0.0, high)


def _arms_table(experiment: Experiment) -> Table:
    """Every arm: its loss, when it got there, and once all sums are tried how many runs have learned."""
    rows = []
    for place, arm in enumerate(experiment.arms):
        tried = int(np.isfinite(experiment.exact[place]).sum())
        reached = experiment.reached(place)
        solved = f"{experiment.solved(place)} / {tried}" if tried else ""
        loss = significant(experiment.final_loss(place)) if experiment.done else ""
        there = f"{reached:,.0f}" if math.isfinite(reached) else "–" if experiment.done == experiment.iterations else ""
        rows.append((arm.name, same("NaN" if loss == "?" else loss), same(there), same(solved)))
    columns = (experiment.heading, Text("損失", "loss"), Text("99 % まで", "99 % at"), Text("解けた", "solved"))
    return Table(NO_TEXT, columns, tuple(rows), lit=tuple((experiment.lit, column) for column in range(1, 4)))
