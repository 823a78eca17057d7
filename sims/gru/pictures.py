"""The pictures of training, and of a state that goes on by one formula or another."""

from collections.abc import Mapping

import numpy as np

from sims.cells import Array
from sims.frames import Plot, Series, Table
from sims.gru.first_token import CHANCE, SOLVED, FirstToken
from sims.gru.formula import STEPS, Comparison
from sims.gru.words import RIGHT, TITLES, YOURS, shows_size
from sims.numerals import percent
from sims.text import Text, same

History = list[tuple[int, dict[str, float]]]
SMALLEST, LARGEST = 1e-16, 1e16
GUESSING = Text(f"偶然 {percent(CHANCE)}", f"chance {percent(CHANCE)}")


def curves(history: History, last: int) -> Plot:
    """Accuracies while training, and what guessing reaches."""
    x = tuple(float(iteration) for iteration, _ in history)
    series = [Series(GUESSING, (0.0, float(last)), (CHANCE, CHANCE), "floor")]
    for name in history[0][1]:
        y = tuple(shares[name] for _, shares in history)
        if name == "yours":
            series.append(Series(YOURS, x, y, "claim"))
        else:
            series.append(Series(TITLES[name], x, y, "lit" if name == "gru" else "muted"))
    title = Text("正解率（中央値）", "named rightly (median)")
    return Plot(title, tuple(series), (0.0, float(last)), (0.0, 1.0), Text("反復", "iterations"))


def cell_table(task: FirstToken, shares: Mapping[str, Array]) -> Table:
    """Each cell's parameters and how much it remembers."""
    rows = tuple(
        (
            TITLES[name],
            same(f"{student.size:,}"),
            same(percent(float(np.median(shares[name])))),
            same(f"{int((shares[name] > SOLVED).sum())} / {len(shares[name])}"),
        )
        for name, student in task.students.items()
    )
    columns = (same(""), Text("パラメータ", "parameters"), Text("正解率", "right"), Text("解けた網", "solved"))
    return Table(Text("セル", "cell"), columns, rows, lit=tuple((1, column) for column in range(len(columns))))


def course_plots(compared: Comparison, until: int) -> tuple[Plot, ...]:
    """The size of the state and what is left of the first one, the more telling first."""
    titles = Text("h の最大の大きさ", "largest |h|"), Text("はじめの状態の跡", "trace of the first state")
    plots = []
    for title, part in zip(titles, ("size", "trace"), strict=True):
        courses = [(RIGHT, getattr(compared.right, part))]
        if compared.yours is not None:
            courses.append((YOURS, getattr(compared.yours, part)))
        plots.append(_course_plot(title, courses, until))
    return tuple(plots if shows_size(compared) else plots[::-1])


def _course_plot(title: Text, courses: list[tuple[Text, Array]], until: int) -> Plot:
    shown = [(name, _drawable(course)) for name, course in courses]
    values = np.concatenate([course for _, course in shown])
    low = 10.0 ** np.floor(np.log10(min(0.1, values.min())))
    high = 10.0 ** np.ceil(np.log10(max(1.0, values.max())))
    series = tuple(
        Series(
            name,
            tuple(map(float, range(len(course[: until + 1])))),
            tuple(course[: until + 1].tolist()),
            "claim" if name is YOURS else "lit",
        )
        for name, course in shown
    )
    steps = Text("ステップ", "steps")
    return Plot(title, series, (0.0, float(STEPS)), (float(low), float(high)), steps, log_y=True)


def _drawable(course: Array) -> Array:
    """A course up to where it is finite, held within what is drawn."""
    lost = np.flatnonzero(~np.isfinite(course))
    return np.clip(course[: lost[0]] if lost.size else course, SMALLEST, LARGEST)
