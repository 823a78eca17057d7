"""The home screen's menu: a strip where the answer field will be, and rows below it, one lit edge among them."""

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, crop, fill
from engine.tui.keys import Key, shown
from engine.tui.widgets.drawn import Drawn
from sims.text import Text


class Item(msgspec.Struct, frozen=True):
    """One thing to do: its key if it has one, its name, a few words about it, and the screen's action."""

    key: Key | None
    name: Text
    about: Text
    action: str


class Strip(Drawn):
    """The first item: three rows, raised, with the words to its right end."""

    DEFAULT_CSS = """
    Strip { margin-bottom: 1; }
    .-short Strip { margin-bottom: 0; }
    """
    SCOPED_CSS = False  # the size classes are the screen's

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.is_here = True

    def rows(self, width: int) -> list[Row]:
        """Three rows, or one where rows are scarce."""
        gutter = self.inset
        ground: Role = "raised" if self.is_here else "page"
        about = self.say(self.item.about)
        name = crop(self.say(self.item.name), width - 2 * gutter - cell_width(about) - 2)
        space = width - 2 * gutter - cell_width(name) - cell_width(about)
        edge = Span("▌" if self.is_here else " ", "light", ground)
        empty: Row = (edge, Span(" " * (width - 1), "ink", ground))
        middle: Row = (
            edge,
            Span(" " * (gutter - 1), "ink", ground),
            Span(name, "ink", ground, bold=True),
            Span(" " * max(space, 1), "ink", ground),
            Span(about, "muted", ground),
            Span(" " * gutter, "ink", ground),
        )
        return [middle] if self.is_short else [empty, middle, empty]


class MenuRow(Drawn):
    """One further item on one row: key, name, words."""

    def __init__(self, item: Item, name_width: int) -> None:
        super().__init__()
        self.item = item
        self.name_width = name_width
        self.is_here = False

    def rows(self, width: int) -> list[Row]:
        """One row; where columns are scarce the words are left out."""
        gutter = self.inset
        ground: Role = "raised" if self.is_here else "page"
        key = shown(self.item.key, self.peephole.own_keys) if self.item.key else ""
        keyed = max(cell_width(key) + 1, 3)
        name = self.say(self.item.name)
        about = "" if self.is_narrow else self.say(self.item.about)
        named = max(self.name_width + 3 - keyed, cell_width(name) + 2)
        about = crop(about, max(width - gutter - keyed - named - gutter, 0))
        used = gutter + keyed + named + cell_width(about)
        return [
            (
                Span("▌" if self.is_here else " ", "light", ground),
                Span(" " * (gutter - 1), "ink", ground),
                Span(fill(key, keyed), "ink", ground, bold=True),
                Span(name + " " * (named - cell_width(name)), "ink", ground),
                Span(about, "muted", ground),
                Span(" " * max(width - used, 0), "ink", ground),
            )
        ]


class Menu(Vertical):
    """The strip and the rows."""

    DEFAULT_CSS = "Menu { height: auto; margin-bottom: 0; }"

    def __init__(self, items: tuple[Item, ...], name_width: int = 22, strip: bool = True) -> None:
        super().__init__()
        self.items = items
        self.here = 0
        first = Strip(items[0]) if strip else MenuRow(items[0], name_width)
        self._parts: list[Strip | MenuRow] = [first, *(MenuRow(item, name_width) for item in items[1:])]
        first.is_here = True

    def compose(self) -> ComposeResult:
        """The parts."""
        yield from self._parts

    @property
    def item(self) -> Item:
        """The lit one."""
        return self.items[self.here]

    def move(self, by: int) -> None:
        """Move the lit edge."""
        self.here = (self.here + by) % len(self.items)
        for index, part in enumerate(self._parts):
            if part.is_here != (index == self.here):
                part.is_here = not part.is_here
                part.redraw()
        self._parts[self.here].scroll_visible(animate=False)

    async def on_click(self, event: events.Click) -> None:
        """A click does what the item says."""
        for index, part in enumerate(self._parts):
            if part.region.contains(event.screen_x, event.screen_y):
                self.move(index - self.here)
                await self.screen.run_action(self.item.action)
                return
