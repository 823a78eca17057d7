"""What a simulation yields: frames of plain data. Nothing here knows how a frame is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sims.text import Text

Number = int | float
Metric = Number | str | bool | None | list[Number] | list[str]
SeriesRole = Literal["lit", "muted", "floor", "claim"]
CellRole = Literal["page", "pad", "raised", "lit", "claim", "muted"]
NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Series:
    """One named curve. ``lit`` is the one to look at, ``floor`` a computed bound, ``claim`` the learner's."""

    name: Text
    x: tuple[float, ...]
    y: tuple[float, ...]
    role: SeriesRole = "muted"


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves over common axes. Ranges are fixed by the simulation so that the axes do not jump while it runs."""

    title: Text
    series: tuple[Series, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_label: Text = NO_TEXT
    log_x: bool = False
    log_y: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of short texts; ``roles`` has the shape of ``cells``.

    ``tiles`` draws separate squares (an output map), otherwise the cells touch (an image). ``claim`` frames
    the first rows × columns of the grid as what the learner said; it may be larger than the grid.
    ``joiner`` is the sign printed before the panel when it stands to the right of another.
    """

    title: Text
    cells: tuple[tuple[str, ...], ...]
    roles: tuple[tuple[CellRole, ...], ...]
    tiles: bool = False
    claim: tuple[int, int] | None = None
    claim_title: Text = NO_TEXT
    joiner: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter laid on one square of a :class:`Heatmap`, such as a step of a path."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A matrix of values drawn on the heat ramp from ``low`` to ``high``; ``marks`` lie on it, the later on top."""

    title: Text
    values: tuple[tuple[float, ...], ...]
    low: float
    high: float
    row_names: tuple[Text, ...] = ()
    column_names: tuple[Text, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of :class:`Bars`."""

    name: Text
    value: float
    role: SeriesRole = "muted"


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from 0 to ``high``; on a logarithmic axis from ``low`` to ``high``."""

    title: Text
    bars: tuple[Bar, ...]
    high: float
    low: float = 0.0
    log: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Short texts in rows and columns; ``lit`` and ``claim`` name cells as (row, column)."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    lit: tuple[tuple[int, int], ...] = ()
    claim: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a computational graph: what it is, its value, and the gradient that has reached it."""

    name: str
    column: int
    row: int
    value: str = ""
    gradient: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """A computational graph; ``edges`` join indices of ``nodes``, from input to output."""

    title: Text
    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Lines of words or formulas that stand beside a picture."""

    title: Text
    lines: tuple[Text, ...]


Panel = Plot | Grid | Heatmap | Bars | Table | Graph | Note


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of a simulation.

    ``step`` runs from 1 to ``total``. The ``caption`` says in one or two sentences what to see; ``about_claim``
    marks one that speaks of the learner's own answer. ``metrics`` are measured, never copied from a key; those
    of the last frame are what proofs and tests read.
    """

    step: int
    total: int
    panels: tuple[Panel, ...]
    caption: Text
    about_claim: bool = False
    metrics: Mapping[str, Metric] = field(default_factory=dict)
