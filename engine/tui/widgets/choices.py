"""Options to pick from: a lit edge where the cursor is, a digit each, marks after the answer."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from engine import words
from engine.bank.asked import AskedOption
from engine.drawing.cells import Role, Row, Span
from engine.drawing.wrap import wrap
from engine.tui.widgets.drawn import Drawn


class ChoiceRow(Drawn):
    """One option, wrapped in full."""

    DEFAULT_CSS = "ChoiceRow { height: auto; }"

    def __init__(self, number: int, option: AskedOption) -> None:
        super().__init__()
        self.number = number
        self.option = option
        self.is_here = False
        self.mark = ""
        self.role: Role = "ink"

    def rows(self, width: int) -> list[Row]:
        """Edge, digit or mark, text with a hanging indent."""
        gutter = self.inset
        indent = gutter + 4
        text = self.say(self.option.text)
        room = width - indent - gutter
        lines = [text] if self.option.code and len(text) <= room else wrap(text, room, balance=not self.option.code)
        ground: Role = "raised" if self.is_here and not self.mark else "page"
        edge: Role = "page"
        if self.mark:
            edge = self.role
        elif self.is_here:
            edge = "light"
        digit = self.mark or str(self.number)
        digit_role: Role = self.role if self.mark else ("muted" if self.role == "muted" else "light")
        ink: Role = "muted" if self.role == "muted" else "ink"
        rows: list[Row] = []
        for index, line in enumerate(lines):
            head = digit if index == 0 else ""
            lead = Span("▌" if edge != "page" else " ", edge, ground)
            used = 1 + (gutter - 1) + 4 + _width(line)
            rows.append(
                (
                    lead,
                    Span(" " * (gutter - 1), "ink", ground),
                    Span(head + " " * (4 - _width(head)), digit_role, ground, bold=True),
                    Span(line, ink, ground),
                    Span(" " * max(width - used, 0), "ink", ground),
                )
            )
        return rows


class Choices(Vertical):
    """The options of one question. Emits :class:`Picked` when one is chosen."""

    class Picked(Message):
        """The options chosen, as indices from 0."""

        def __init__(self, picked: tuple[int, ...]) -> None:
            super().__init__()
            self.picked = picked

    def __init__(self, options: tuple[AskedOption, ...], multiple: bool) -> None:
        super().__init__()
        self.options = options
        self.multiple = multiple
        self.here = 0
        self.taken: set[int] = set()
        self.closed = False
        self._rows = [ChoiceRow(index + 1, option) for index, option in enumerate(options)]

    def compose(self) -> ComposeResult:
        """The rows."""
        yield from self._rows

    def on_mount(self) -> None:
        """Light the first row."""
        self.move(0)

    def move(self, by: int) -> None:
        """Move the lit edge."""
        if not self.closed:
            self.here = (self.here + by) % len(self._rows)
            self._refresh()

    def pick(self, index: int) -> None:
        """Choose an option: answers at once, or takes and leaves it where several are right."""
        if self.closed or not 0 <= index < len(self._rows):
            return
        self.here = index
        if self.multiple:
            self.taken ^= {index}
            self._refresh()
        else:
            self.post_message(self.Picked((index,)))

    def pick_here(self) -> None:
        """Answer with the lit option, or with all that were taken."""
        if self.closed:
            return
        if self.multiple:
            if self.taken:
                self.post_message(self.Picked(tuple(sorted(self.taken))))
        else:
            self.post_message(self.Picked((self.here,)))

    def judge(self, picked: tuple[int, ...]) -> None:
        """Show marks in place of the digits."""
        self.closed = True
        for index, row in enumerate(self._rows):
            right = self.options[index].right
            if right:
                row.mark, row.role = words.MARKS["correct"].get(row.language), "right"
            elif index in picked:
                row.mark, row.role = words.MARKS["wrong"].get(row.language), "wrong"
            else:
                row.role = "muted"
        self._refresh()

    def reopen(self) -> None:
        """Take an answer back."""
        self.closed = False
        for row in self._rows:
            row.mark, row.role = "", "ink"
        self._refresh()

    def _refresh(self) -> None:
        for index, row in enumerate(self._rows):
            row.is_here = index == self.here
            if self.multiple and not self.closed:
                row.mark = "∗" if index in self.taken else ""
                row.role = "light" if index in self.taken else "ink"
            row.redraw()

    def on_click(self, event: events.Click) -> None:
        """A click on a row answers with it."""
        for index, row in enumerate(self._rows):
            if row.region.contains(event.screen_x, event.screen_y):
                self.pick(index)


def _width(text: str) -> int:
    from engine.drawing.width import cell_width

    return cell_width(text)
