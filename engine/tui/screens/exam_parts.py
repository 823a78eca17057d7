"""The parts of the exam's screens: the status row with its clock, the options, the grid of numbers."""

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region

from engine.bank.asked import AskedOption
from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.study.exam.exam import Exam
from engine.study.exam.sheet import Place
from engine.study.exam.words import clock_text
from engine.tui.widgets.choices import ChoiceRow
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.status import StatusLine
from sims.text import Text, same

URGENT = 300.0  # seconds left from which the clock is in ink
CELL = 5  # three digits, mark, flag
ANSWERED, OPEN, FLAGGED = "◉", "–", "∗"
LEGEND = Text(
    f"{ANSWERED} 解答ずみ   {OPEN} まだ   {FLAGGED} 印", f"{ANSWERED} answered   {OPEN} open   {FLAGGED} flagged"
)
FLAG_SET = Text(f"{FLAGGED} 印をつけました。あとで見直せます。", f"{FLAGGED} Flagged, to come back to.")


class ExamStatus(StatusLine):
    """Row 0 with the place and the time left; the rule is a bar of what has been answered."""

    def __init__(self, title: Text) -> None:
        super().__init__(title)
        self.place = ""
        self.left = 0.0
        self.share = 0.0

    def show_exam(self, title: Text, place: str, exam: Exam, left: float) -> None:
        """Another question, another answer."""
        self.place, self.left = place, left
        self.share = 1 - exam.sheet.open / exam.total
        self.show(title, self._right(), ())

    def show_left(self, left: float) -> None:
        """Another second: only the cells of the clock are drawn again."""
        if clock_text(left) == clock_text(self.left):
            return
        self.left = left
        self.right = self._right()
        end = self.size.width - (0 if self.is_narrow else 2)
        width = cell_width(self.say(self.right)) - cell_width(self.place)
        self.refresh(Region(end - width, 0, width, 1))

    def _right(self) -> Text:
        clock = clock_text(self.left)
        lead = f"{self.place}   " if self.place else ""
        return Text(f"{lead}残り {clock}", f"{lead}{clock} left")

    def _counted(self, right: str) -> tuple[Span, ...]:  # type: ignore[override]
        here, slash, rest = right.partition(" / ")
        if not slash:
            here, rest = "", right
        total, gap, time = rest.rpartition("   ")
        role: Role = "ink" if self.left < URGENT else "muted"
        return (Span(here), Span(slash + total + gap, "muted"), Span(time, role))

    def _rule(self, width: int, margin: int) -> Row:
        done = round(self.share * width)
        return (Span(" " * margin), Span("━" * done, "muted"), Span("─" * (width - done), "line"))


class ExamRow(ChoiceRow):
    """An option; the chosen one has a mark in its gutter and keeps its digit."""

    DEFAULT_CSS = "ExamRow { height: auto; margin-bottom: 1; } .-short ExamRow { margin-bottom: 0; }"
    SCOPED_CSS = False  # the size classes are the screen's
    is_chosen = False

    def rows(self, width: int) -> list[Row]:
        """As any option, with the mark."""
        rows = super().rows(width)
        if self.is_chosen and not self.mark:
            lead, gutter, digit, *rest = rows[0]
            marked = replace(gutter, text=ANSWERED + " " * (cell_width(gutter.text) - 1), ink="light")
            rows[0] = (lead, marked, digit, *rest)
        return rows


class ExamOptions(Vertical):
    """The options of a question: at most one chosen, at most one lit."""

    DEFAULT_CSS = "ExamOptions { height: auto; }"

    def __init__(self, options: tuple[AskedOption, ...]) -> None:
        super().__init__()
        self._rows = [ExamRow(number, option) for number, option in enumerate(options, 1)]
        self.here: int | None = None

    def compose(self) -> ComposeResult:
        """The rows."""
        yield from self._rows

    def show(self, options: tuple[AskedOption, ...], chosen: int | None) -> None:
        """Other options, or another choice; the chosen one is lit."""
        for row, option in zip(self._rows, options, strict=True):
            row.option = option
        self.here = chosen
        self._refresh(chosen)

    def move(self, by: int, chosen: int | None) -> None:
        """Move the lit edge; from nowhere to the first or the last."""
        count = len(self._rows)
        self.here = (0 if by > 0 else count - 1) if self.here is None else (self.here + by) % count
        self._refresh(chosen)
        self._rows[self.here].scroll_visible(animate=False)

    def at(self, x: int, y: int) -> int | None:
        """The option at a place of the screen."""
        return next((index for index, row in enumerate(self._rows) if row.region.contains(x, y)), None)

    def _refresh(self, chosen: int | None) -> None:
        for index, row in enumerate(self._rows):
            row.is_here, row.is_chosen = index == self.here, index == chosen
            row.redraw()


class ExamRemark(Drawn):
    """A line under the options."""

    def __init__(self) -> None:
        super().__init__()
        self.text = same("")

    def show(self, text: Text) -> None:
        """Say something else."""
        if text != self.text:
            self.text = text
            self.redraw()

    def rows(self, width: int) -> list[Row]:
        """One row; none on a short terminal with nothing to say."""
        if not self.text and self.is_short:
            return []
        lines = wrap(self.say(self.text), width - 2 * self.inset, balance=True)
        return [(Span(" " * self.inset), Span(line, "light")) for line in lines]


class ExamGrid(Drawn):
    """Every number with its mark, in rows of ten or five."""

    def __init__(self, places: tuple[Place, ...], here: int) -> None:
        super().__init__()
        self.places = places
        self.here = here

    def show(self, places: tuple[Place, ...], here: int) -> None:
        """Other marks, another lit number."""
        if (places, here) != (self.places, self.here):
            self.places, self.here = places, here
            self.redraw()

    def columns(self, width: int) -> int:
        """How many numbers stand in a row."""
        return 10 if width - 2 * self.inset >= 10 * CELL else 5

    def rows(self, width: int) -> list[Row]:
        """The legend, a blank row, the numbers."""
        lead = Span(" " * self.inset)
        columns = self.columns(width)
        rows: list[Row] = [(lead, Span(self.say(LEGEND), "muted"))]
        rows += [] if self.is_short else [()]
        for start in range(0, len(self.places), columns):
            cells = range(start, min(start + columns, len(self.places)))
            rows.append((lead, *(span for index in cells for span in self._cell(index))))
        return rows

    def row_of(self, index: int, width: int) -> int:
        """The row on which a number stands."""
        return index // self.columns(width) + (1 if self.is_short else 2)

    def at(self, x: int, y: int, width: int) -> int | None:
        """The number at a place of this widget, from 0."""
        columns = self.columns(width)
        column, row = (x - self.inset) // CELL, y - self.row_of(0, width)
        index = row * columns + column
        return index if 0 <= column < columns and row >= 0 and index < len(self.places) else None

    def _cell(self, index: int) -> tuple[Span, ...]:
        place, is_here = self.places[index], index == self.here
        ground: Role = "raised" if is_here else "page"
        answered = place.chosen is not None
        flag = FLAGGED if place.flagged else " "
        ink: Role = "ink" if answered or is_here else "muted"
        return (
            Span(f"{index + 1:3}", ink, ground, bold=is_here),
            Span(ANSWERED if answered else OPEN, ink, ground),
            Span(flag, "light", ground),
        )
