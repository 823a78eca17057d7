"""The app: the desk it serves, the look, the language, and the way from screen to screen."""

import gc
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.events import Resize
from textual.screen import Screen

from engine.crash import crash_note
from engine.drawing.palette import DARK
from engine.drawing.wrap import wrap
from engine.settings import Settings, save_settings
from engine.study.desk import Desk
from engine.study.session import Session
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.theme import DARK_NAME, LIGHT_NAME, named, theme, variables
from sims.text import Language, Text

if TYPE_CHECKING:
    from textual.command import Provider

NOTICE_WIDTH = 34  # a notice is half of 80 columns wide
NOTICE_SECONDS, FRESH_SECONDS = 8, 1  # how long a notice stands; one so young was told on the way to a screen


def _found() -> "type[Provider]":
    from engine.tui.palette import Found

    return Found


class PeepholeApp(App[None]):
    """Peephole in the terminal."""

    CSS_PATH = "style.tcss"
    TITLE = "Peephole"
    BINDINGS = [key.binding(priority=True) for key in (keys.INTERRUPT, keys.SWITCH, keys.PALETTE)]
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_found}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (50, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-high")]

    def __init__(
        self,
        desk: Desk,
        home: Path,
        settings: Settings,
        language: Language,
        session: Session | None = None,
        first: "Callable[[PeepholeApp], Screen[None]] | None" = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.home = home
        self.settings = settings
        self.language: Language = language
        self.own_keys: Mapping[str, str] = {}
        self._notices: list[Text] = []  # what there is to say once there is a screen to say it on
        self._first = first if session is None else lambda _: _question(session)
        self._notices_hold_until = 0.0
        # Set as if it had always been so: to change it would read the style sheet a second time.
        self.set_reactive(App.theme, self._look_of(settings.theme))
        self.stylesheet.set_variables(self.get_css_variables())
        if settings.keys:
            self._take_keys(settings.keys)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The palette before any theme is set: the style sheet is read with it."""
        return variables(DARK)

    def get_default_screen(self) -> Screen[None]:
        """The lowest screen: what was asked for, or home."""
        screen = self._first(self) if self._first is not None else _home()
        screen._push_result_callback(screen, None)  # Textual gives it none, yet takes one when another takes its place
        return screen

    def on_mount(self) -> None:
        """Say what went wrong on the way, and load the rest behind."""
        self._tell(self._notices)
        # Not one of Textual's workers: on the way out it would wait for them.
        self.call_after_refresh(Thread(target=_preload, name="preload", daemon=True).start)

    def _handle_exception(self, error: Exception) -> None:
        """Leave the terminal sane and say in a sentence what happened; tests get the error itself."""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.exit(return_code=1, message=crash_note(self.home, error).get(self.language))

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Do what a key says; a screen that is left while it is done may miss the parts it has lost."""
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except NoMatches:
            if not isinstance(namespace, PeepholeScreen) or namespace.is_open:
                raise
            return True

    def say(self, text: Text, severity: Literal["information", "warning"] = "information") -> None:
        """A short notice, never read as markup."""
        lines = wrap(text.get(self.language), NOTICE_WIDTH)
        self.notify("\n".join(lines), severity=severity, markup=False, timeout=NOTICE_SECONDS)
        holds = FRESH_SECONDS if severity == "information" else NOTICE_SECONDS
        self._notices_hold_until = max(self._notices_hold_until, monotonic() + holds)
        # A wide character under the edge of the notice is cut in two when only the notice is drawn over.
        self.set_timer(NOTICE_SECONDS + 0.2, self._draw_again)

    def _draw_again(self) -> None:
        for screen in self.screen_stack[-1:]:  # none, on the way out
            screen.refresh()

    def forget_notices(self) -> None:
        """On the way to another screen: what was said on the last one does not hold there; a warning does."""
        if monotonic() > self._notices_hold_until:
            self.clear_notifications()

    def _tell(self, notices: Iterable[Text] = ()) -> None:
        """Say ``notices``, and what the desk has to warn of since it was last asked."""
        told, self.desk.warnings = [*notices, *self.desk.warnings], []
        for warning in told:
            self.say(warning, "warning")

    def start_session(self, session: Session) -> None:
        """Ask the first question; one that could not be asked is told of."""
        self._tell()
        self.push_screen(_question(session))

    def show_session(self, session: Session) -> None:
        """The session's next question in place of the present one, or its result."""
        if session.finished:
            self.end_session(session)
        else:
            self.switch_screen(_question(session))

    def end_session(self, session: Session) -> None:
        """The result, or home if nothing was answered."""
        from engine.tui.screens.result import ResultScreen

        if session.answered:
            self.switch_screen(ResultScreen(session))
        else:
            self.pop_screen()

    def pop_screen(self) -> AwaitComplete:
        """The screen below; home, where the app was opened in a session and nothing is below."""
        if len(self.screen_stack) == 1:
            return self.switch_screen(_home())
        return super().pop_screen()

    def on_resize(self, event: Resize) -> None:
        """Ask for room while there is too little; the screens below keep their state."""
        from engine.tui.screens.too_small import TooSmallScreen, is_small

        small = is_small(event.size)
        if small and not self._asks_for_room:
            self.push_screen(TooSmallScreen())
        elif not small and isinstance(self.screen, TooSmallScreen):
            self.pop_screen()

    @property
    def _asks_for_room(self) -> bool:
        from engine.tui.screens.too_small import TooSmallScreen

        return any(isinstance(screen, TooSmallScreen) for screen in self.screen_stack)

    def action_switch_language(self) -> None:
        """The other language, everywhere at once, and remembered."""
        self.language = "en" if self.language == "ja" else "ja"
        self.remember(language=self.language)

    def action_switch_theme(self) -> None:
        """The other colours, remembered."""
        self.wear(LIGHT_NAME if self.current_theme.dark else DARK_NAME)
        self.remember(theme=self.theme)

    def wear(self, name: str) -> None:
        """Put the look of that name on; the dark one, and a notice, where there is none."""
        self.theme = self._look_of(name)

    def _look_of(self, name: str) -> str:
        look = named(name)
        if look is None:
            none = Text(f"配色 {name} はありません。dark にします。", f"There are no colours {name}; going by dark.")
            self._notices.append(none)
            look = theme(DARK_NAME, DARK, dark=True)
        self.register_theme(look)
        return look.name

    def _take_keys(self, own: Mapping[str, str]) -> None:
        from engine.tui.keymap import checked  # few have keys of their own

        keymap, faults = checked(own)
        self.own_keys = keymap
        self.set_keymap({name: keys.with_twins(pressed) for name, pressed in keymap.items()})
        self._notices += faults

    def remember(self, **changes: object) -> None:
        """Change settings, store them, and draw everything again."""
        self.settings = msgspec.structs.replace(self.settings, **changes)
        warning = save_settings(self.home, self.settings)
        if warning:
            self.say(warning, "warning")
        redraw = getattr(self.screen, "redraw", None)
        if redraw is not None:
            redraw()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers."""
        from engine.tui.palette import commands

        return commands(self, screen)

    def action_visit(self, name: str) -> None:
        """Open one of the places."""
        from engine.tui.places import PLACES

        self.push_screen(next(place for place in PLACES if place.key.name == name).open())

    def action_command_palette(self) -> None:
        """Open the palette. It has no id: the last one may still be on its way out."""
        from engine.tui.palette import SEARCH, Palette

        if not (isinstance(self.screen, Palette) or self._asks_for_room):
            self.push_screen(Palette(SEARCH.get(self.language)))

    def open_simulation(self, name: str) -> None:
        """A simulation by itself."""
        from engine.study.look import look_alone
        from engine.tui.screens.simulation import SimulationScreen
        from sims import registry

        self.push_screen(SimulationScreen(look_alone(registry.get(name)), keys.BACK.words))


def _question(session: Session) -> Screen[None]:
    from engine.tui.screens.question import QuestionScreen

    return QuestionScreen(session)


def _home() -> Screen[None]:
    from engine.tui.screens.home import HomeScreen

    return HomeScreen()


def _preload() -> None:
    """Import what the first answers and simulations will need, after the first paint, so that nobody waits."""
    with suppress(ImportError):  # sympy is only a help: grading does without it
        import engine.grading.algebra
    import engine.grading.code
    import engine.grading.symbolic  # noqa: F401

    if not gc.isenabled():
        gc.enable()
        gc.freeze()  # modules are never garbage, and a walk through all of them stops the screen for 150 ms
