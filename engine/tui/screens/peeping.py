"""The keys of a simulation, for every screen that has one in view."""

from typing import TYPE_CHECKING

from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from sims.text import Text

if TYPE_CHECKING:  # a question is on the screen before there is anything to look into
    from engine.tui.widgets.peephole import Peephole
    from engine.tui.widgets.settings_line import SettingsLine

NO_CURVES = Text("このコマに曲線はありません。", "There are no curves in this frame.")

STEPPING = [
    keys.PAUSE.binding(),
    keys.RESTART.binding(),
    keys.STEP_BACK.binding(),
    keys.STEP_ON.binding(),
    keys.NEXT_SETTING.binding(),
    keys.LAST_SETTING.binding(),
    keys.MORE.binding(),
    keys.LESS.binding(),
    keys.FULL.binding(),
    keys.SLOWER.binding(),
    keys.FASTER.binding(),
]


class PeepingScreen(PeepholeScreen):
    """A screen whose keys reach :attr:`view`."""

    @property
    def view(self) -> "Peephole | None":
        """The simulation in view, if there is one."""
        raise NotImplementedError

    @property
    def views(self) -> "list[Peephole]":
        """The simulations that play together."""
        return [self.view] if self.view is not None else []

    def action_pause(self) -> None:
        """Play or pause."""
        for view in self.views:
            view.pause()

    def action_step(self, by: int) -> None:
        """One frame on or back."""
        for view in self.views:
            view.step(by)

    def action_restart(self) -> None:
        """From the first frame."""
        for view in self.views:
            view.restart()

    def action_pace(self, factor: float) -> None:
        """Faster or slower."""
        for view in self.views:
            view.change_pace(factor)

    def action_full_size(self) -> None:
        """The curves of the frame at full size."""
        from sims.frames import Plot

        if self.view is None:
            return
        frame = self.view.frame
        plot = next((panel for panel in frame.panels if isinstance(panel, Plot)), None) if frame else None
        if plot is None:
            self.peephole.say(NO_CURVES)
            return
        from engine.tui.screens.plot import PlotScreen  # textual-plot and NumPy: 300 ms that few need

        self.app.push_screen(PlotScreen(self.view.look.simulation.title, plot))

    def on_settings_line_touched(self, message: "SettingsLine.Touched") -> None:
        """A setting was clicked or the wheel turned over it."""
        if self.view is not None:
            self.action_choose(message.index - self.view.settings.chosen)
        if message.by:
            self.action_change(message.by)

    def action_choose(self, by: int) -> None:
        """Another setting."""
        for view in self.views:
            view.choose(by)

    def action_change(self, by: int) -> None:
        """Change the setting."""
        if self.view is not None:
            self.view.change(by)
