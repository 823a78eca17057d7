"""The last row: one filled chip with the next key, a few more keys, and help at the right end."""

from itertools import accumulate

from textual import events

from engine.drawing.cells import Row, Span
from engine.drawing.width import cell_width
from engine.tui.keys import Key, shown
from engine.tui.widgets.drawn import Drawn

WIDE_GAP, GAP = 3, 2  # cells between two keys


class KeyBar(Drawn):
    """Shows ``keys`` (the first is the chip) and ``help_key``; a click on one acts like the key."""

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; }"

    def __init__(self, keys: tuple[Key, ...], help_key: Key | None = None) -> None:
        super().__init__()
        self.keys = keys
        self.help_key = help_key
        self._places: list[tuple[int, int, Key]] = []

    def show(self, keys: tuple[Key, ...], help_key: Key | None = None) -> None:
        """Show other keys."""
        if (keys, help_key) != (self.keys, self.help_key):
            self.keys, self.help_key = keys, help_key
            self.redraw()

    def rows(self, width: int) -> list[Row]:
        """The bar, closer together where that lets more keys in; those that do not fit are left out, never cut."""
        margin = 0 if self.is_narrow else 2
        right = self._words(self.help_key) if self.help_key else ""
        room = width - 2 * margin - cell_width(right)
        gap = GAP if self.is_narrow else max((WIDE_GAP, GAP), key=lambda gap: (self._fitting(room, gap), gap))
        spans = [Span(" " * margin)]
        column = margin
        self._places = []
        for index, key in enumerate(self.keys[: self._fitting(room, gap)]):
            pressed, words, lead = shown(key, self.peephole.own_keys), self.say(key.words), gap if index else 0
            spans.append(Span(" " * lead))
            if index == 0:
                spans += [Span(f" {pressed} ", "onglow", "glow", bold=True), Span(" " + words)]
            else:
                spans += [Span(pressed, bold=True), Span(" " + words, "muted")]
            start = column + lead
            column = start + self._width(index)
            self._places.append((start, column, key))
        if self.help_key:
            start = width - margin - cell_width(right)
            spans += [Span(" " * (start - column)), Span(shown(self.help_key, self.peephole.own_keys), bold=True)]
            spans.append(Span(" " + self.say(self.help_key.words), "muted"))
            self._places.append((start, width, self.help_key))
        return [tuple(spans)]

    def _fitting(self, room: int, gap: int) -> int:
        """How many of the keys fit into ``room`` cells, with ``gap`` cells between two and before help."""
        ends = accumulate(self._width(index) + gap for index in range(len(self.keys)))
        return sum(end <= (room if self.help_key else room + gap) for end in ends)

    def _width(self, index: int) -> int:
        return cell_width(self._words(self.keys[index])) + (2 if index == 0 else 0)  # the chip's ends

    def _words(self, key: Key) -> str:
        return f"{shown(key, self.peephole.own_keys)} {self.say(key.words)}"

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        for start, end, key in self._places:
            if start <= event.x < end and key.action:
                await self.screen.run_action(key.action)
