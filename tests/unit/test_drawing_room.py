"""Whatever a frame holds, it keeps to the room it is given."""

import math
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from engine.drawing.frame import draw_frame
from engine.drawing.plain import rows_to_text
from sims.frames import (
    NO_TEXT,
    Bar,
    Bars,
    CellRole,
    Frame,
    Graph,
    Grid,
    Heatmap,
    Node,
    Note,
    Panel,
    Plot,
    Series,
    SeriesRole,
    Table,
)
from sims.text import LANGUAGES, Language, same

SIZES = [(20, 5), (38, 9), (40, 15), (54, 22), (70, 15), (120, 40), (1, 1), (7, 3)]

strings = st.text(st.sampled_from("ab1.重みφ−[/]\x1b\n\u200d\u202eが゙🙂"), max_size=12)
texts = strings.map(same)
numbers = st.floats(allow_nan=True, allow_infinity=True)
small = st.floats(-10, 10)
series_roles: st.SearchStrategy[SeriesRole] = st.sampled_from(get_args(SeriesRole))
cell_roles: st.SearchStrategy[CellRole] = st.sampled_from(get_args(CellRole))
axes = st.one_of(st.tuples(small, small), st.tuples(numbers, numbers), st.just((1e-9, 1e9)))


@st.composite
def plots(draw: st.DrawFn) -> Plot:
    values = st.lists(numbers, max_size=20).map(tuple)
    series = tuple(
        Series(draw(texts), draw(values), draw(values), draw(series_roles)) for _ in range(draw(st.integers(0, 6)))
    )
    return Plot(draw(texts), series, draw(axes), draw(axes), draw(texts), draw(st.booleans()), draw(st.booleans()))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows, columns = draw(st.integers(0, 13)), draw(st.integers(0, 13))
    cells = tuple(
        tuple(draw(st.sampled_from(["", "·", "7", "−12", "重"])) for _ in range(columns)) for _ in range(rows)
    )
    roles = tuple(tuple(draw(cell_roles) for _ in range(columns)) for _ in range(rows))
    claim = draw(st.none() | st.tuples(st.integers(-1, 20), st.integers(0, 10_000)))
    return Grid(
        draw(texts), cells, roles, draw(st.booleans()), claim, draw(texts), draw(st.sampled_from(["", "∗", "="]))
    )


@st.composite
def heatmaps(draw: st.DrawFn) -> Heatmap:
    rows, columns = draw(st.integers(0, 20)), draw(st.integers(0, 40))
    values = tuple((draw(numbers),) * columns for _ in range(rows))
    names = st.lists(texts, max_size=20).map(tuple)
    return Heatmap(draw(texts), values, draw(small), draw(small), draw(names), draw(names))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    place = st.integers(0, 5)
    nodes = draw(st.lists(st.builds(Node, strings, place, place, strings, strings, st.booleans()), max_size=10))
    edges = draw(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=12))
    return Graph(draw(texts), tuple(nodes), tuple(edges))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = st.lists(st.lists(texts, max_size=10).map(tuple), max_size=12).map(tuple)
    cells = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 10)), max_size=3).map(tuple)
    return Table(draw(texts), draw(st.lists(texts, max_size=10).map(tuple)), draw(rows), draw(cells), draw(cells))


bars = st.builds(
    Bars,
    texts,
    st.lists(st.builds(Bar, texts, numbers, series_roles), max_size=12).map(tuple),
    numbers,
    numbers,
    st.booleans(),
)
notes = st.builds(Note, texts, st.lists(texts, max_size=12).map(tuple))
panels = st.one_of(plots(), grids(), heatmaps(), graphs(), tables(), bars, notes)


@settings(max_examples=150, deadline=None)
@given(st.lists(panels, max_size=4).map(tuple), st.sampled_from(SIZES), st.sampled_from(LANGUAGES))
def test_any_frame_has_exactly_its_size(shown: tuple[Panel, ...], size: tuple[int, int], language: Language) -> None:
    width, height = size
    rows = draw_frame(Frame(1, 1, shown, NO_TEXT), width, height, language)
    assert len(rows) == height
    assert [sum(cell_len(span.text) for span in row) for row in rows] == [width] * height
    assert all(character.isprintable() or character == "　" for row in rows for span in row for character in span.text)


GRID = Grid(same("input"), (("1",) * 5,) * 5, (("raised",) * 5,) * 5)
TILES = Grid(same("output"), (("1",) * 3,) * 3, (("raised",) * 3,) * 3, tiles=True, joiner="=")
PLOT = Plot(same("loss"), (Series(same("a"), (0, 1), (0, 1), "lit"), Series(same("b"), (0, 1), (1, 0))), (0, 1), (0, 1))
BARS = Bars(same("accuracy"), (Bar(same("RNN"), 0.25), Bar(same("GRU"), math.nan)), 1.0)
NOTE = Note(same("size"), (same("n = (5 − 3)/2 + 1"), same("remainder 0")))


@pytest.mark.parametrize(
    ("shown", "size", "seen", "unseen"),
    [
        ((PLOT, NOTE), (20, 5), ["loss"], ["size"]),
        ((PLOT, NOTE), (70, 15), ["loss", "size", "───"], []),
        ((GRID, TILES, NOTE), (70, 15), ["input", "output", "size"], []),
        ((GRID, TILES, NOTE), (28, 9), ["input", "output"], ["size"]),
        ((BARS, PLOT), (70, 15), ["accuracy", "RNN", ".25", "–", "loss", "━━━ a"], []),
        ((NOTE, BARS), (20, 5), ["size", "remainder 0"], ["accuracy"]),
    ],
)
def test_earlier_panels_win_where_room_is_short(
    shown: tuple[Panel, ...], size: tuple[int, int], seen: list[str], unseen: list[str]
) -> None:
    text = rows_to_text(draw_frame(Frame(1, 1, shown, NO_TEXT), *size, "en"))
    assert [word for word in seen if word not in text] == []
    assert [word for word in unseen if word in text] == []
