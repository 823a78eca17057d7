"""The lab: every simulation, without a question."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.drawing.cells import Row, Span
from engine.drawing.wrap import wrap
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.menu import Item, Menu
from engine.tui.widgets.status import StatusLine
from sims.registry import SIMULATIONS
from sims.text import same


class Summary(Drawn):
    """What the lit simulation is about, in full, above the keys."""

    DEFAULT_CSS = """
    Summary { dock: bottom; margin: 0 2 2 2; }
    .-narrow Summary { margin: 0 0 1 0; }
    """
    SCOPED_CSS = False  # the size classes are the screen's

    def __init__(self) -> None:
        super().__init__()
        self.text = same("")

    def rows(self, width: int) -> list[Row]:
        """Two rows, so that nothing moves."""
        lines = [*wrap(self.say(self.text), width - 2 * self.inset), "", ""][:2]
        return [(Span(" " * self.inset), Span(line, "muted")) for line in lines]


class LabScreen(PeepholeScreen):
    """A menu of simulations; Enter opens one."""

    BINDINGS = [
        keys.BACK.binding(),
        keys.OPEN.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        *keys.digits("open_number({digit})"),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Title, menu, keys."""
        yield StatusLine(keys.LAB.words, same(str(len(SIMULATIONS))))
        with VerticalScroll(id="page", can_focus=False):
            yield Menu(
                tuple(
                    Item(_digit(number), simulation.title, same(""), "open")
                    for number, simulation in enumerate(SIMULATIONS, 1)
                ),
                strip=False,
            )
        yield Summary()
        yield KeyBar((keys.OPEN, keys.CHOOSE, keys.BACK), keys.HELP_LETTER)

    def action_move(self, by: int) -> None:
        """Move the lit edge."""
        self.query_one(Menu).move(by)
        self._tell()

    def on_mount(self) -> None:
        """Tell of the first."""
        self._tell()

    def _tell(self) -> None:
        summary = self.query_one(Summary)
        summary.text = SIMULATIONS[self.query_one(Menu).here].summary
        summary.redraw()

    def action_open_number(self, number: int) -> None:
        """Open the simulation with this number."""
        if number <= len(SIMULATIONS):
            menu = self.query_one(Menu)
            menu.move(number - 1 - menu.here)
            self.action_open()

    def action_open(self) -> None:
        """Open the lit simulation."""
        self.peephole.open_simulation(SIMULATIONS[self.query_one(Menu).here].name)


def _digit(number: int) -> keys.Key | None:
    """The digit that opens the simulation with this number, if one does."""
    return keys.Key("open", str(number), keys.BY_DIGIT) if number < 10 else None
