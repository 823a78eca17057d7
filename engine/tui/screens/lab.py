"""The lab: every simulation, without a question."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from engine.study.look import look_alone
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.menu import Item, Menu
from engine.tui.widgets.status import StatusLine
from sims.registry import SIMULATIONS
from sims.text import Text, same


class LabScreen(PeepholeScreen):
    """A menu of simulations; Enter opens one."""

    BINDINGS = [
        keys.BACK.binding(),
        keys.OPEN.binding(),
        Binding("down,j", "move(1)", "down", show=False, id="lab-down"),
        Binding("up,k", "move(-1)", "up", show=False, id="lab-up"),
        *(Binding(str(n), f"open_number({n - 1})", str(n), show=False, id=f"lab-{n}") for n in range(1, 10)),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Title, menu, keys."""
        yield StatusLine(keys.LAB.words, same(str(len(SIMULATIONS))))
        with VerticalScroll(id="page", can_focus=False):
            yield Menu(
                tuple(
                    Item(str(number) if number < 10 else "", simulation.title, simulation.summary, "open")
                    for number, simulation in enumerate(SIMULATIONS, 1)
                ),
                strip=False,
            )
        yield KeyBar((keys.OPEN, keys.CHOOSE, keys.BACK), keys.HELP_LETTER)

    def action_move(self, by: int) -> None:
        """Move the lit edge."""
        self.query_one(Menu).move(by)

    def action_open_number(self, index: int) -> None:
        """Open the simulation with this number."""
        if index < len(SIMULATIONS):
            menu = self.query_one(Menu)
            menu.move(index - menu.here)
            self.action_open()

    def action_open(self) -> None:
        """Open the lit simulation."""
        from engine.tui.screens.simulation import SimulationScreen

        simulation = SIMULATIONS[self.query_one(Menu).here]
        self.app.push_screen(SimulationScreen(look_alone(simulation), Text("戻る", "back")))
