"""The settings of a simulation on one line. The mouse chooses and changes them too."""

from collections.abc import Mapping

from textual import events
from textual.message import Message

from engine.drawing.cells import Row, Span
from engine.drawing.width import cell_width
from engine.tui.widgets.drawn import Drawn
from sims.simulation import Parameter, Value

GAPS = (5, 3, 2)  # cells between two settings: the widest with which all fit
MORE = 2  # cells of the mark at an end where there are more


class SettingsLine(Drawn):
    """The chosen one stands between ‹ and ›; where not all fit, those around it, and a mark where there are more.

    With ``changes`` false it only shows: it follows the settings beside it.
    """

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
        self.changes = True

    def rows(self, width: int) -> list[Row]:
        """One row."""
        shown, gap = self._shown(width)
        spans = [Span(" " * self._gutter)]
        if shown.start:
            spans.append(Span("… ", "muted"))
        for index in shown:
            spans += [Span(" " * gap if index > shown.start else ""), *self._setting(index)]
        if shown.stop < len(self.parameters):
            spans.append(Span(" …", "muted"))
        return [tuple(spans)]

    @property
    def _gutter(self) -> int:
        return self.inset if self.fixed else 0

    def _shown(self, width: int) -> tuple[range, int]:
        """The places of the settings that are shown, and the gap between them."""
        room, count = width - 2 * self._gutter, len(self.parameters)
        widths = [self._width(index) for index in range(count)]

        def used(shown: range, gap: int) -> int:
            marks = (shown.start > 0) + (shown.stop < count)
            return sum(widths[shown.start : shown.stop]) + gap * (len(shown) - 1) + MORE * marks

        for gap in GAPS:
            if used(range(count), gap) <= room:
                return range(count), gap
        until = self.chosen + 1
        shown = next(
            (held for first in range(until) if used(held := range(first, until), gap) <= room),
            range(self.chosen, until),
        )
        while shown.stop < count and used(more := range(shown.start, shown.stop + 1), gap) <= room:
            shown = more
        return shown, gap

    def _width(self, index: int) -> int:
        return sum(cell_width(span.text) for span in self._setting(index))

    def _setting(self, index: int) -> list[Span]:
        parameter = self.parameters[index]
        name, value = self.say(parameter.label) + " ", show_value(self.values.get(parameter.name))
        if self.changes and index == self.chosen:
            return [Span(name), Span("‹ ", "light"), Span(value, "light", bold=True), Span(" ›", "light")]
        return [Span(name, "muted"), Span(value)]

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; the right half of a setting that is chosen already goes up, the left down."""
        place = self._place(event.x)
        if place is not None:
            index, on_the_right = place
            self._touch(index, (1 if on_the_right else -1) if index == self.chosen else 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel changes what it turns over."""
        self._turn(event.x, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel changes what it turns over."""
        self._turn(event.x, -1)

    def _turn(self, column: int, by: int) -> None:
        place = self._place(column)
        if place is not None:
            self._touch(place[0], by)

    def _touch(self, index: int, by: int) -> None:
        if self.changes:
            self.post_message(self.Touched(index, by))

    def _place(self, column: int) -> tuple[int, bool] | None:
        """The setting at ``column``, and whether that is its right half."""
        shown, gap = self._shown(self.content_size.width)
        start = self._gutter + (MORE if shown.start else 0)
        for index in shown:
            width = self._width(index)
            if start <= column < start + width:
                return index, column >= start + width - 2 or column - start > width // 2
            start += width + gap
        return None


def show_value(value: Value) -> str:
    """A setting's value for the reader: ``2×2``, ``.05``, ``5``."""
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}".replace("0.", ".", 1) if 0 < abs(value) < 1 else f"{value:g}"
    return "–" if value is None else str(value).replace("2x2", "2×2")
