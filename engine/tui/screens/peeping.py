"""The keys of a simulation, for every screen that has one in view."""

from textual.binding import Binding

from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.peephole import Peephole

STEPPING = [
    keys.PAUSE.binding(),
    keys.RESTART.binding(),
    Binding("left", "step(-1)", "back", show=False, id="step-back"),
    Binding("right", "step(1)", "on", show=False, id="step-on"),
    Binding("tab", "choose(1)", "next setting", show=False, id="choose-next"),
    Binding("shift+tab", "choose(-1)", "previous setting", show=False, id="choose-previous"),
    Binding("plus,＋,=", "change(1)", "more", show=False, id="change-more"),
    Binding("minus,－,ー,underscore", "change(-1)", "less", show=False, id="change-less"),
]


class PeepingScreen(PeepholeScreen):
    """A screen whose keys reach :attr:`view`."""

    @property
    def view(self) -> Peephole | None:
        """The simulation in view, if there is one."""
        raise NotImplementedError

    def action_pause(self) -> None:
        """Play or pause."""
        if self.view is not None:
            self.view.pause()

    def action_step(self, by: int) -> None:
        """One frame on or back."""
        if self.view is not None:
            self.view.step(by)

    def action_restart(self) -> None:
        """From the first frame."""
        if self.view is not None:
            self.view.restart()

    def action_choose(self, by: int) -> None:
        """Another setting."""
        if self.view is not None:
            self.view.choose(by)

    def action_change(self, by: int) -> None:
        """Change the setting."""
        if self.view is not None:
            self.view.change(by)
