"""The last row: one filled chip with the next key, a few more keys, and help at the right end."""

from textual import events

from engine.drawing.cells import Row, Span
from engine.drawing.width import cell_width
from engine.tui.keys import Key, shown
from engine.tui.widgets.drawn import Drawn


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
        """The bar; keys that do not fit are left out from the right, never cut."""
        gap = 2 if self.is_narrow else 3
        margin = 0 if self.is_narrow else 2
        right = self._words(self.help_key) if self.help_key else ""
        room = width - margin - cell_width(right) - (gap if right else 0)
        spans = [Span(" " * margin)]
        column = margin
        self._places = []
        for index, key in enumerate(self.keys):
            pressed = shown(key, self.peephole.own_keys)
            text = f" {pressed}  {self.say(key.words)}" if index == 0 else self._words(key)
            lead = 0 if index == 0 else gap
            if column + lead + cell_width(text) > room:
                break
            spans.append(Span(" " * lead))
            column += lead
            self._places.append((column, column + cell_width(text), key))
            if index == 0:
                spans += [Span(f" {pressed} ", "onglow", "glow", bold=True), Span(" " + self.say(key.words))]
            else:
                spans += [Span(pressed, bold=True), Span(" " + self.say(key.words), "muted")]
            column += cell_width(text)
        if self.help_key:
            start = width - margin - cell_width(right)
            spans += [Span(" " * (start - column)), Span(shown(self.help_key, self.peephole.own_keys), bold=True)]
            spans.append(Span(" " + self.say(self.help_key.words), "muted"))
            self._places.append((start, width, self.help_key))
        return [tuple(spans)]

    def _words(self, key: Key) -> str:
        return f"{shown(key, self.peephole.own_keys)} {self.say(key.words)}"

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        for start, end, key in self._places:
            if start <= event.x < end and key.action:
                await self.screen.run_action(key.action)
