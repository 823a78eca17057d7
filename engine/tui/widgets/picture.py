"""What the peephole shows: the picture of a frame, its caption, and the row of settings."""

from collections.abc import Mapping

from textual import events
from textual.message import Message

from engine.drawing.cells import Role, Row, Span
from engine.drawing.frame import draw_frame
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.tui.widgets.drawn import Drawn
from sims.frames import Frame
from sims.simulation import Parameter, Value
from sims.text import Text

FAILED = Text("この条件では動かせませんでした。", "It could not run with these settings.")


class Picture(Drawn):
    """The panels of one frame. ``fixed`` fills the height it is given, else it is as high as it is drawn."""

    def __init__(self, fixed: bool) -> None:
        super().__init__(classes="fixed" if fixed else "flowing")
        self.fixed = fixed
        self.frame: Frame | None = None
        self._highest = 0

    def rows(self, width: int) -> list[Row]:
        """The frame in the text column."""
        if self.frame is None or width < 8:
            return []
        height = self.content_size.height if self.fixed else min(22, max(self.app.size.height - 16, 8))
        gutter = self.inset if self.fixed else 0
        drawn = draw_frame(self.frame, width - 2 * gutter, max(height, 1), self.language)
        if not self.fixed:
            while drawn and not any(span.text.strip() or span.ground != "page" for span in drawn[-1]):
                drawn.pop()
            self._highest = max(self._highest, len(drawn))
            drawn += [()] * (self._highest - len(drawn))
        return [(Span(" " * gutter), *row) for row in drawn]


class Caption(Drawn):
    """What to see, in one or two sentences; a mark in the gutter if it speaks of the learner's answer."""

    def __init__(self, fixed: bool) -> None:
        super().__init__()
        self.fixed = fixed
        self.frame: Frame | None = None
        self.failure: Text | None = None
        self.nearest: Text | None = None

    def rows(self, width: int) -> list[Row]:
        """The caption, and the honest word where the simulation is only a neighbour."""
        gutter = self.inset if self.fixed else 2
        text = self.failure or (self.frame.caption if self.frame else Text("", ""))
        about = self.frame is not None and self.frame.about_claim and not self.failure
        if not self.fixed and not about:
            gutter = 0
        lines = wrap(self.say(text), width - 2 * gutter, balance=True) or [""]
        rows: list[Row] = []
        for index, line in enumerate(lines):
            mark = "✘" if about and index == 0 else ""
            rows.append((Span(mark + " " * (gutter - cell_width(mark)), "wrong"), Span(line)))
        if self.nearest and not self.is_short:
            rows += [
                (Span(" " * gutter), Span(line, "muted")) for line in wrap(self.say(self.nearest), width - 2 * gutter)
            ]
        return rows


class Settings(Drawn):
    """The settings on one line, the chosen one between ‹ and ›. The mouse chooses and changes them too."""

    class Touched(Message):
        """The setting ``index`` was clicked; ``by`` is 1 or −1 to change it, 0 to choose it."""

        def __init__(self, index: int, by: int) -> None:
            super().__init__()
            self.index = index
            self.by = by

    def __init__(self, parameters: tuple[Parameter, ...], fixed: bool) -> None:
        super().__init__()
        self.fixed = fixed
        self.parameters = parameters
        self.values: Mapping[str, Value] = {}
        self.chosen = 0

    def rows(self, width: int) -> list[Row]:
        """One row; where not all fit, those around the chosen one."""
        gutter = self.inset if self.fixed else 0
        room = width - 2 * gutter
        for first in range(len(self.parameters) + 1):
            for gap in (5, 3, 2):
                spans = self._spans(first, gap)
                if sum(cell_width(span.text) for span in spans) <= room and first <= self.chosen:
                    return [(Span(" " * gutter), *spans)]
            if first >= self.chosen:
                return [(Span(" " * gutter), *self._fitting(first, room))]
        return [()]

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; the right half of a setting that is chosen already goes up, the left down."""
        place = self._place(event.x)
        if place is not None:
            index, on_the_right = place
            self.post_message(self.Touched(index, (1 if on_the_right else -1) if index == self.chosen else 0))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel changes what it turns over."""
        self._turn(event.x, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel changes what it turns over."""
        self._turn(event.x, -1)

    def _turn(self, column: int, by: int) -> None:
        place = self._place(column)
        if place is not None:
            self.post_message(self.Touched(place[0], by))

    def _place(self, column: int) -> tuple[int, bool] | None:
        """The setting at ``column``, and whether that is its right half."""
        at = 0
        for span in self.rows(self.content_size.width)[0]:
            width = cell_width(span.text)
            for index, parameter in enumerate(self.parameters):
                label = self.say(parameter.label) + " "
                if span.text == label:
                    start = at
                    total = sum(cell_width(part.text) for part in self._parameter(index, parameter))
                    if start <= column < start + total:
                        return index, column >= start + total - 2 or column - start > total // 2
            at += width
        return None

    def _spans(self, first: int, gap: int) -> list[Span]:
        spans: list[Span] = []
        for index, parameter in enumerate(self.parameters[first:], first):
            if spans:
                spans.append(Span(" " * gap))
            spans += self._parameter(index, parameter)
        return spans

    def _fitting(self, first: int, room: int) -> list[Span]:
        spans: list[Span] = []
        for index, parameter in enumerate(self.parameters[first:], first):
            more = self._parameter(index, parameter)
            used = sum(cell_width(span.text) for span in [*spans, *more])
            if used > room:
                break
            spans += [*more, Span("  ")]
        return spans

    def _parameter(self, index: int, parameter: Parameter) -> list[Span]:
        here = index == self.chosen
        value = show_value(self.values.get(parameter.name))
        name_role: Role = "ink" if here else "muted"
        name = Span(self.say(parameter.label) + " ", name_role)
        if here:
            return [name, Span("‹ ", "light"), Span(value, "light", bold=True), Span(" ›", "light")]
        return [name, Span(value)]


def show_value(value: Value) -> str:
    """A setting's value for the reader: ``2×2``, ``.05``, ``5``."""
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}".replace("0.", ".", 1) if 0 < abs(value) < 1 else f"{value:g}"
    return "–" if value is None else str(value).replace("2x2", "2×2")
