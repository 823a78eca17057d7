"""The two top rows: the mark, where you are, how far; and the rule, one dash a question."""

from collections.abc import Sequence
from typing import Literal

from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, crop
from engine.tui.widgets.drawn import Drawn
from sims.text import Text

Dash = Literal["done", "here", "todo", "right", "wrong", "partial"]
MAX_DASHES = 20
_LOOK: dict[Dash, tuple[str, Role]] = {
    "done": ("━", "muted"),
    "here": ("━", "light"),
    "todo": ("─", "line"),
    "right": ("━", "right"),
    "wrong": ("╌", "wrong"),
    "partial": ("━", "light"),
}


class StatusLine(Drawn):
    """Row 0 and, unless the terminal is short, the rule on row 1 and a blank row."""

    def __init__(
        self, title: Text, right: Text | None = None, dashes: Sequence[Dash] = (), *, ruled: bool = True
    ) -> None:
        super().__init__()
        self.ruled = ruled
        self.title = title
        self.right = right
        self.dashes = tuple(dashes)

    def show(self, title: Text, right: Text | None, dashes: Sequence[Dash]) -> None:
        """Show another place or another progress."""
        self.title, self.right, self.dashes = title, right, tuple(dashes)
        self.redraw()

    def rows(self, width: int) -> list[Row]:
        """The title row; with room, the rule and a blank row below it."""
        margin = 0 if self.is_narrow else 2
        rows = [self._title(width, margin)]
        if not self.is_short:
            rows += [self._rule(width - 2 * margin, margin) if self.ruled else (), ()]
        return rows

    def _title(self, width: int, margin: int) -> Row:
        right = self.say(self.right) if self.right else ""
        lead = " " * margin
        mark = "◉ " if self.is_narrow else "◉  "
        room = width - 2 * margin - cell_width(mark) - cell_width(right) - 1
        title = crop(self.say(self.title), max(room, 0))
        space = width - 2 * margin - cell_width(mark) - cell_width(title) - cell_width(right)
        return (Span(lead), Span(mark, "light"), Span(title, "muted"), Span(" " * space), *self._counted(right))

    @staticmethod
    def _counted(right: str) -> tuple[Span, ...]:
        """``3 / 12`` with the present number in ink, other words muted."""
        here, slash, total = right.partition(" / ")
        return (Span(here), Span(slash + total, "muted")) if slash else (Span(right, "muted"),)

    def _rule(self, width: int, margin: int) -> Row:
        if not self.dashes:
            return (Span(" " * margin), Span("─" * width, "line"))
        return (Span(" " * margin), *rule_spans(self.dashes, width))


def rule_spans(dashes: Sequence[Dash], width: int) -> list[Span]:
    """The rule ``width`` cells long: a dash each, or one bar where there are too many for dashes."""
    if len(dashes) > MAX_DASHES:
        done = sum(dash != "todo" for dash in dashes) * width // len(dashes)
        return [Span("━" * done, "muted"), Span("─" * (width - done), "line")]
    count = len(dashes)
    cells = width - (count - 1)
    spans = []
    for index, dash in enumerate(dashes):
        length = round(cells * (index + 1) / count) - round(cells * index / count)
        character, role = _LOOK[dash]
        spans += [Span(character * length, role), Span(" " if index < count - 1 else "")]
    return spans


def frame_dashes(step: int, total: int) -> tuple[Dash, ...]:
    """The rule for frames: one dash a frame, or a bar's worth of them for long runs."""
    if total <= MAX_DASHES:
        return tuple("done" if at < step else "here" if at == step else "todo" for at in range(1, total + 1))
    return tuple("done" if at * total < step * 100 else "todo" for at in range(100))
