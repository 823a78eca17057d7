"""The command palette: every place, every simulation, every key of the screen below; it bears keys in bursts."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.actions import ActionError, parse
from textual.app import SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider

from engine.tui import keys
from engine.tui.keys import shown, written
from engine.tui.places import PLACES
from sims.registry import SIMULATIONS
from sims.text import Text

if TYPE_CHECKING:
    from engine.tui.app import PeepholeApp

SEARCH = Text("操作や実験の名前でさがす…", "Search for a command or an experiment…")
COLOURS = Text("配色を切り替える", "Switch colours")
NOT_FOUND = Text("見つかりません。", "Nothing is called that.")
OTHER_LANGUAGE = Text("English", "日本語")


def commands(app: "PeepholeApp", screen: Screen[object]) -> Iterable[SystemCommand]:
    """Each with its words in the language in force and its key."""
    language = app.language
    places = [place.key.name for place in PLACES]  # they come with words about them, below
    for binding in screen.BINDINGS:
        if isinstance(binding, Binding) and _means_something(screen, binding) and binding.id not in places:
            words = Text(binding.tooltip, binding.description).get(language)
            action = binding.action
            pressed = app.own_keys.get(binding.id or "", binding.key).split(",")[0]
            yield SystemCommand(words, written(pressed), lambda run=action: _run(app, screen, run))
    for place in PLACES:
        words, about = place.key.words.get(language), f"{shown(place.key, app.own_keys)}  {place.about.get(language)}"
        yield SystemCommand(words, about, lambda name=place.key.name: app.action_visit(name))
    for simulation in SIMULATIONS:
        title, summary = simulation.title.get(language), simulation.summary.get(language)
        yield SystemCommand(title, summary, lambda name=simulation.name: app.open_simulation(name))
    yield SystemCommand(OTHER_LANGUAGE.get(language), shown(keys.SWITCH, app.own_keys), app.action_switch_language)
    yield SystemCommand(COLOURS.get(language), "dark / light", app.action_switch_theme)
    yield SystemCommand(keys.QUIT.words.get(language), shown(keys.INTERRUPT, app.own_keys), app.exit)


def _means_something(screen: Screen[object], binding: Binding) -> bool:
    """Whether the key does something now; moving about and digits are quicker than any palette."""
    if binding.description == keys.BY_DIGIT.en or binding.id in ("down", "up", "right", "left"):
        return False
    try:
        _, name, parameters = parse(binding.action)
    except ActionError:
        return False
    return bool(screen.check_action(name, parameters))


def _run(app: "PeepholeApp", screen: Screen[object], action: str) -> None:
    app.call_later(screen.run_action, action)


class Found(SystemCommandsProvider):
    """The commands in their order (keys of the screen, places, simulations); the words about them are searched too."""

    async def discover(self) -> Hits:
        """All of them."""
        for title, about, run, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, run, help=about)

    async def search(self, query: str) -> Hits:
        """Those with the words in their title, then those with the words in what they are about."""
        matcher = self.matcher(query)
        found = False
        for title, about, run, _ in self.app.get_system_commands(self.screen):
            score = matcher.match(title)
            told = query.casefold() in about.casefold()
            if score or told:
                found = True
                yield Hit(score or 0.01, matcher.highlight(title) if score else title, run, text=title, help=about)
        if not found:
            said = NOT_FOUND.ja if getattr(self.app, "language", "en") == "ja" else NOT_FOUND.en
            yield Hit(0.01, said, lambda: None, text=said)


class Palette(CommandPalette):
    """Textual's, but closed once only, and while it is on top: else closing it would take another screen away."""

    def __init__(self, search: str) -> None:
        super().__init__(placeholder=search)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, if it is open and on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # the list has not been laid out yet: there are no pages to turn
            super()._action_command_list(action)
