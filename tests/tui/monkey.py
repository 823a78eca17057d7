"""A monkey at the keyboard: ``python -m tests.tui.monkey SEED EVENTS FOLDER`` uses the app at random.

It runs in a process of its own, because the memory of a process can only be measured whole.
"""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import msgspec
from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.pilot import Pilot

from engine.bank.load import SHIPPED, load
from engine.bank.preview import Preview
from engine.settings import Settings
from engine.study.desk import Desk
from engine.tui import app as app_module
from engine.tui import keymap
from engine.tui.app import PeepholeApp
from engine.tui.screens.exam_start import ExamStartScreen
from engine.tui.screens.home import HomeScreen
from engine.tui.screens.preview import screen_of
from sims.text import Language
from tests.banks import GOOD
from tests.memory import peak_megabytes

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BASE, LARGEST_PASTE = 80 * 24, 1_000_000
CHARACTERS = "abcxyzσ∂²×0159３ｘあ漢。、」ｶﾞ゙é\u0301🙂👩‍👩‍👧\u200f\u202e()[]/{}$'\"\\^*+-=.,: \u3000"
PASTES = (
    "2x2",
    "[@click=app.quit]x[/]",
    "a\nb\r\nc",
    "\x1b[2J\x1b]0;x\x07",
    "３×３",
    "\u0301\u200f",
    "\n",
    "",
    "x\x00y",
)
PHRASES = (["enter"], ["1", "enter"], ["3"], [*"2x2", "enter"], ["f3"], ["f3", "enter"], ["u", "enter"], ["s", "enter"])
OTHER_KEYS = [
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "delete", "backspace", "insert"),
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abdefgijklnoprstuvwxyz"),
    *("shift+tab", "shift+left", "ctrl+left", "ctrl+right", "alt+x", "ctrl+home", "escape", "enter", "tab", "space"),
]
BOUND = [key.strip() for bound in keymap.names().values() for key in bound.keys.split(",")]
DOORS = ("d", "s", "p", "t", "o", "e", "enter", "question_mark", "ctrl+p", "exam", "session", "session", "simulation")


class Caged(PeepholeApp):
    """The app without its exit, which the monkey would find too soon."""

    CSS_PATH = str(Path(app_module.__file__).with_name("style.tcss"))

    def exit(self, *_: object, **__: object) -> None:
        """Stay."""


@dataclass
class Told:
    """What came of it."""

    events: int = 0
    screens: set[str] = field(default_factory=set)
    answers: int = 0
    megabytes: float = 0.0


def key_event(name: str) -> events.Key:
    """The event of a key by its name, or of a character."""
    if len(name) == 1:
        return events.Key(_character_to_key(name) if not name.isalnum() else name, name)
    character = {"space": " ", "enter": "\r", "tab": "\t", "question_mark": "?", "plus": "+", "minus": "-"}.get(name)
    return events.Key(name, character)


class Monkey:
    """Random events, as a terminal would send them: one by one or in bursts."""

    def __init__(self, app: PeepholeApp, pilot: Pilot[None], random: Random) -> None:
        self.app = app
        self.pilot = pilot
        self.random = random
        self.told = Told()
        self.left_of_door = 0

    async def play(self, total: int) -> Told:
        """So many events; then everything is closed."""
        while self.told.events < total:
            if not self.left_of_door:
                await self.enter_a_door()
                self.left_of_door = self.random.randint(15, 60)
            self.left_of_door -= 1
            await self.act()
            self.told.events += 1
            self.told.screens.add(type(self.app.screen).__name__)
            if self.random.random() < 0.7:  # else the next one comes before this one is done
                await self.settle()
        await self.go_home()
        return self.told

    async def settle(self) -> None:
        """Let the app work for a moment. (The pilot's own pause waits for widgets that are gone, for half a minute.)"""
        for _ in range(40):
            await asyncio.sleep(0)
        self.app.screen._on_timer_update()

    async def act(self) -> None:
        """One event."""
        roll = self.random.random()
        if roll < 0.12:
            for name in self.random.choice(PHRASES):
                self.send(key_event(name))
        elif roll < 0.40:
            self.send(key_event(self.random.choice(BOUND)))
        elif roll < 0.58:
            self.send(key_event(self.random.choice(CHARACTERS)))
        elif roll < 0.70:
            self.send(key_event(self.random.choice(OTHER_KEYS)))
        elif roll < 0.90:
            self.use_mouse()
        elif roll < 0.96:
            width, height = self.random.randint(10, 200), self.random.randint(4, 60)
            if self.random.random() < 0.5:
                width, height = self.random.choice([(80, 24), (40, 15), (120, 40)])
            await self.resize(width, height)
        else:
            text = self.random.choice(PASTES)
            if self.random.random() < 0.2:
                text = self.random.choice(["x", "か", "x+", "1\n", "[/"]) * LARGEST_PASTE
            self.send(events.Paste(text[:LARGEST_PASTE]))

    def use_mouse(self) -> None:
        """Press, release, turn the wheel or move, anywhere on the screen."""
        width, height = self.app.size
        x, y = self.random.randrange(max(width, 1)), self.random.randrange(max(height, 1))
        if self.random.random() < 0.3:
            y = max(height - 1, 0)  # the row of keys
        kinds = self.random.choice(
            [(events.MouseDown, events.MouseUp)] * 4
            + [(events.MouseScrollDown,), (events.MouseScrollUp,), (events.MouseMove,), (events.MouseDown,)]
        )
        for kind in kinds:
            button = 1 if kind in (events.MouseDown, events.MouseUp) else 0
            self.send(
                kind(None, x, y, 0, 0, button=button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
            )

    def send(self, message: Message) -> None:
        """As the terminal's driver does."""
        assert self.app._driver is not None
        self.app._driver.process_message(message)

    async def resize(self, width: int, height: int) -> None:
        """Another size, without waiting for what comes of it."""
        assert self.app._driver is not None
        self.app._driver._size = (width, height)
        size = Size(width, height)
        self.send(events.Resize(size, size))

    async def enter_a_door(self) -> None:
        """From home to one of the screens, so that all are met."""
        await self.go_home()
        door = self.random.choice(DOORS)
        self.app.settings = msgspec.structs.replace(self.app.settings, motion=self.random.random() < 0.5)
        if door == "exam":
            self.app.push_screen(ExamStartScreen(4, None, self.random.randrange(9)))
        elif door == "session":
            self.app.start_session(self.app.desk.session(count=4, order="mixed"))
        elif door == "simulation":
            from sims.registry import SIMULATIONS

            self.app.open_simulation(self.random.choice(SIMULATIONS).name)
        else:
            self.send(key_event(door))
        await self.settle()

    async def go_home(self) -> None:
        """There is always a way home: room, and Esc a few times."""
        await self.resize(80, 24)
        await self.settle()
        for _ in range(30):
            if isinstance(self.app.screen, HomeScreen) or type(self.app.screen).__name__ in PREVIEWS:
                return
            self.send(key_event("escape"))
            await self.settle()
        raise AssertionError(f"no way home from {self.app.screen_stack}")


PREVIEWS = ("PreviewScreen", "NoPreviewScreen")


def clock() -> Callable[[], datetime]:
    """A clock that goes on by seven seconds whenever it is read."""
    ticks = count()
    return lambda: START + timedelta(seconds=7 * next(ticks))


def make_app(seed: int, folder: Path) -> PeepholeApp:
    """At home with an empty history; every third time in a preview."""
    desk = Desk.open(load([SHIPPED]), folder, clock(), UTC)
    language: Language = "ja" if seed % 2 else "en"
    if seed % 4 != 3:
        return Caged(desk, folder, Settings(), language)
    bank = folder / "bank.yaml"
    bank.write_text(GOOD, encoding="utf-8")
    preview = Preview(bank, "")
    preview.take(preview.read())
    return Caged(desk, folder, Settings(), language, first=lambda app: screen_of(app, preview))


def check_history(app: PeepholeApp, folder: Path) -> int:
    """Every answer once, none of a question twice in a session, and the file says what the app says."""
    kept = app.desk.history.answers()
    assert len({answer.uuid for answer in kept}) == len(kept)
    places = [(answer.session, answer.question, answer.seed) for answer in kept]
    assert len(set(places)) == len(places), "one question was answered twice in a session"
    known = {question.id for _, question in app.desk.library.questions()}
    assert {answer.question for answer in kept} <= known
    assert all(answer.seconds >= 0 and 0 <= answer.score <= 1 for answer in kept)
    from engine.study.history.history import History

    with History.open(folder / "history.sqlite3") as again:
        assert again.answers() == kept
    return len(kept)


async def main(seed: int, total: int, folder: Path) -> Told:
    """Play, check, tell."""
    app = make_app(seed, folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        told = await Monkey(app, pilot, Random(seed)).play(total)  # noqa: S311 - no secret
        told.answers = check_history(app, folder)
    told.megabytes = peak_megabytes()
    return told


if __name__ == "__main__":
    found = asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
    sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
