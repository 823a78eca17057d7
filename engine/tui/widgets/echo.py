"""The row under the field: an example, then how the typed text is read, then where reading stopped."""

from engine import words
from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, crop
from engine.tui.widgets.drawn import Drawn
from sims.text import Text


class Echo(Drawn):
    """One row; only its words change. Without ``reserved`` it takes no row while it has nothing to say."""

    def __init__(self, example: str, reserved: bool = True) -> None:
        super().__init__(classes="" if reserved else "unreserved")
        self.example = example
        self.reserved = reserved
        self._label: Text | None = words.EXAMPLE if example else None
        self._text: Text | None = None
        self._reading = example
        self._role: Role = "muted"
        self._column: int | None = None

    def show_example(self) -> None:
        """Nothing is typed yet."""
        self._put(words.EXAMPLE if self.example else None, self.example, "muted")

    def show_reading(self, reading: str) -> None:
        """How the text is read."""
        self._put(words.READ_AS if reading else None, reading, "ink")

    def show_caret(self, column: int, note: Text) -> None:
        """A caret under ``column`` cells from the row's left end."""
        self._column, self._text, self._role = column, note, "light"
        self.redraw()

    def show_note(self, note: Text) -> None:
        """A short remark in the same place."""
        self._column, self._label, self._reading, self._text, self._role = None, None, "", note, "light"
        self.redraw()

    def _put(self, label: Text | None, reading: str, role: Role) -> None:
        self._label, self._reading, self._role, self._text, self._column = label, reading, role, None, None
        self.redraw()

    def rows(self, width: int) -> list[Row]:
        """One row, or none."""
        if not (self.reserved or self._text or self._reading):
            return []
        lead = " " * self.inset
        room = width - 2 * self.inset
        if self._column is not None and self._text is not None:
            return [self._caret_row(width, self._column, self.say(self._text))]
        if self._text is not None:
            return [(Span(lead), Span(crop(self.say(self._text), room), self._role))]
        label = self.say(self._label) + "  " if self._label else ""
        return [(Span(lead), Span(label, "muted"), Span(crop(self._reading, room - cell_width(label)), self._role))]

    def _caret_row(self, width: int, column: int, note: str) -> Row:
        column = min(column, width - 2)
        after = column + 2 + cell_width(note)
        if after <= width:
            return (Span(" " * column), Span("^ " + note, "light"))
        before = crop(note, max(column - 1, 0))  # no room to the right: the words go before the caret
        return (Span(" " * (column - 1 - cell_width(before))), Span(before + " ^", "light"))
