"""What every screen shares: the language, help, and the right to be redrawn as a whole."""

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.css.query import NoMatches
from textual.events import ScreenResume
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from engine.bank.asked import Asked
from engine.grading.verdict import Verdict
from engine.tui import keys
from engine.tui.ours import Ours
from engine.tui.widgets.drawn import Drawn
from sims.text import Text

if TYPE_CHECKING:
    from engine.study.look import Look


class PeepholeScreen(Ours, Screen[None]):
    """A screen of this app."""

    help_section = ""
    _has_resumed = False
    BINDINGS = [keys.LANGUAGE.binding()]

    @property
    def is_open(self) -> bool:
        """Whether it is still among the app's screens: one that was left lives on for a moment and loses its parts."""
        return self.is_attached and self in self.app.screen_stack

    @property
    def is_built(self) -> bool:
        """Whether all that keys act upon is there: a screen takes a moment to be built and to be taken down."""
        return self.is_mounted and self.is_open

    async def _on_message(self, message: Message) -> None:
        """Handle a message; but what still comes to a screen that was left may miss the parts it has lost."""
        if isinstance(message, ScreenResume) and not self._has_resumed:
            self._has_resumed = True
            message.refresh_styles = False  # it was styled as it was made
        try:
            await super()._on_message(message)
        except NoMatches:
            if self.is_open:
                raise

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys mean nothing on a screen that is not built; they come in bursts over slow lines."""
        return self.is_built

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Where a selection would begin: not on a widget that is gone already and only still in view."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        return (None, None) if widget is not None and widget.parent is None else (widget, offset)

    def redraw(self) -> None:
        """Draw everything again: the language or the size class has changed."""
        for drawn in self.query(Drawn):
            drawn.redraw()

    async def fill(self, *widgets: Widget) -> bool:
        """Show ``widgets`` on the page in place of what is there; False where the screen was left meanwhile."""
        for page in self.query("#page"):
            await page.remove_children()
            if self.is_open:
                await page.mount(*widgets)
        return self.is_open

    def on_resize(self) -> None:
        """Size classes may have changed."""
        self.redraw()

    async def on_screen_resume(self) -> None:
        """The language may have changed on a screen above."""
        self.redraw()

    def on_screen_suspend(self) -> None:
        """Left for another screen."""
        self.peephole.forget_notices()

    def look_at(self, asked: Asked, verdict: Verdict | None) -> "Look | None":
        """The question's simulation with the answer in it; None, and a notice, where the bank links to none."""
        from engine.study.look import look_at
        from sims.simulation import ParameterError

        try:
            return look_at(asked, verdict)
        except ParameterError as error:
            self.peephole.say(error.text, "warning")
            return None

    def open_look(
        self, asked: Asked, verdict: Verdict | None, forward: Text = keys.BACK.words, on_forward: str = ""
    ) -> None:
        """The simulation of :meth:`look_at` on a screen of its own; Enter there is called ``forward``."""
        from engine.tui.screens.simulation import SimulationScreen

        if look := self.look_at(asked, verdict):
            self.app.push_screen(SimulationScreen(look, forward, on_forward))

    @property
    def page(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#page", VerticalScroll)

    def action_scroll(self, by: int) -> None:
        """Scroll by rows."""
        self.page.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A screenful up or down."""
        self.action_scroll(by * max(self.page.size.height - 2, 1))

    def action_help(self) -> None:
        """Open help on this screen's keys."""
        from engine.tui.keymap import of_screen
        from engine.tui.screens.help import HelpScreen

        own = of_screen((key for key in self.BINDINGS if isinstance(key, Binding)), self.peephole.own_keys)
        self.app.push_screen(HelpScreen(own, notation_first=self.help_section == "notation"))

    def action_back(self) -> None:
        """Back to the screen below."""
        self.app.pop_screen()
