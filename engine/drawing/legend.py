"""The names of a plot's curves, each with the mark of its line."""

from collections.abc import Sequence

import msgspec

from engine.drawing.braille import SOLID, Dash
from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop
from sims.frames import Plot, Series, SeriesRole
from sims.text import Language

ROLES: dict[SeriesRole, Role] = {"lit": "light", "muted": "muted", "floor": "ink", "claim": "wrong"}
_ORDER: tuple[SeriesRole, ...] = ("floor", "lit", "claim", "muted")
_LINES: dict[SeriesRole, tuple[str, Dash]] = {"lit": ("━━━", SOLID), "floor": ("╌╌╌", (3, 3)), "claim": ("╍╍╍", (4, 2))}
_MUTED: tuple[tuple[str, Dash], ...] = (("───", SOLID), ("┈┈┈", (1, 1)), ("┄┄┄", (2, 2)), ("─ ─", (4, 3)))
_GAP = 3  # cells between entries on one line


class Entry(msgspec.Struct, frozen=True):
    """One line of a legend: how a curve is drawn, and its name."""

    mark: str
    dash: Dash
    name: str
    role: SeriesRole

    @property
    def width(self) -> int:
        """Cells of the mark, a space and the name."""
        return cell_width(self.mark) + 1 + cell_width(self.name)

    def draw(self, canvas: Canvas, x: int, y: int, room: int) -> None:
        """Mark and name from ``x`` on in row ``y``, in ``room`` cells."""
        at = cell_width(self.mark) + 1
        canvas.put(x, y, crop(self.mark, room), ROLES[self.role])
        canvas.put(x + at, y, crop(self.name, room - at), "muted" if self.role == "floor" else ROLES[self.role])


def entries(plot: Plot, language: Language) -> dict[tuple[SeriesRole, str], Entry]:
    """An entry for each role and name of ``plot``. Curves that share both share a line style and an entry."""
    found: dict[tuple[SeriesRole, str], Entry] = {}
    muted = 0
    for series in sorted(plot.series, key=lambda series: _ORDER.index(series.role)):
        key = style_key(series, language)
        if key in found:
            continue
        if series.role == "muted":
            mark, dash = _MUTED[muted % len(_MUTED)]
            muted += 1
        else:
            mark, dash = _LINES[series.role]
        found[key] = Entry(mark, dash, key[1], series.role)
    return found


def style_key(series: Series, language: Language) -> tuple[SeriesRole, str]:
    """What decides how ``series`` is drawn."""
    return series.role, words(series.name, language)


def named(plot: Plot, language: Language) -> list[Entry]:
    """The entries that are written: none for a single curve under a title that says it all."""
    shown = [entry for entry in entries(plot, language).values() if entry.name]
    return shown if len(shown) > 1 or not plot.title else []


def legend_plate(shown: Sequence[Entry]) -> Plate:
    """The names under one another, to stand beside the plot."""

    def draw(canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        for row, entry in enumerate(shown[:height]):
            entry.draw(canvas, x, y + row, width)

    return Plate("", (Sketch(max(entry.width for entry in shown), len(shown), draw),), spare=True)


def flowed(shown: Sequence[Entry], width: int) -> list[list[Entry]]:
    """The entries in few lines of ``width`` cells, the one to look at first."""
    lines: list[list[Entry]] = []
    used = 0
    for entry in sorted(shown, key=lambda entry: entry.role != "lit"):
        if lines and used + _GAP + entry.width <= width:
            lines[-1].append(entry)
            used += _GAP + entry.width
        else:
            lines.append([entry])
            used = entry.width
    return lines


def draw_flowed(lines: Sequence[Sequence[Entry]], canvas: Canvas, x: int, y: int, width: int) -> None:
    """Draw lines made by :func:`flowed`."""
    for row, line in enumerate(lines):
        at = x
        for entry in line:
            entry.draw(canvas, at, y + row, x + width - at)
            at += entry.width + _GAP
