"""Keys, clicks, sizes and pastes at random do no harm; and each fault that they once found has a test of its own."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from threading import Event

import msgspec
import pytest
from msgspec.structs import replace
from textual.events import Paste, ScreenResume
from textual.pilot import Pilot

from engine.study.desk import Desk
from engine.study.look import look_alone
from engine.tui.app import PeepholeApp
from engine.tui.palette import Palette
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.exam_start import ExamStartScreen
from engine.tui.screens.help import HelpScreen
from engine.tui.screens.home import HomeScreen
from engine.tui.screens.lab import LabScreen
from engine.tui.screens.plan import PlanScreen
from engine.tui.screens.question import QuestionScreen
from engine.tui.screens.settings import SettingsScreen
from engine.tui.screens.simulation import SimulationScreen
from engine.tui.screens.stats import StatsScreen
from engine.tui.screens.too_small import TooSmallScreen
from engine.tui.screens.topics import TopicsScreen
from engine.tui.widgets.field import Field
from sims import registry
from sims.frames import Frame
from sims.simulation import Simulation, Value
from sims.text import Text
from tests.tui.monkey import Told, key_event
from tests.tui.test_path import MakeApp, typed, until
from tests.tui.test_screens import answered

MOST_MEGABYTES = 300
PATIENCE = 300.0
EVERY_SCREEN = {
    *("HomeScreen", "TopicsScreen", "LabScreen", "PlanScreen", "StatsScreen", "SettingsScreen", "HelpScreen"),
    *("QuestionScreen", "SimulationScreen", "ExamStartScreen", "ExamScreen", "PreviewScreen", "TooSmallScreen"),
    *("Palette", "ResultScreen", "ExamOverviewScreen"),
}


def let_loose(seed: int, events: int, folder: Path) -> Told:
    command = [sys.executable, "-W", "error", "-m", "tests.tui.monkey", str(seed), str(events), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    told = msgspec.json.decode(run.stdout, type=Told)
    assert told.events == events
    assert told.megabytes < MOST_MEGABYTES
    return told


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_monkey_at_the_keyboard_does_no_harm(tmp_path: Path, seed: int) -> None:
    assert len(let_loose(seed, 400, tmp_path).screens) >= 4


@pytest.mark.slow
def test_many_monkeys_meet_every_screen(tmp_path: Path) -> None:
    told = []
    for seed in range(11, 19):
        (folder := tmp_path / str(seed)).mkdir()
        told.append(let_loose(seed, 700, folder))
    assert set().union(*(each.screens for each in told)) >= EVERY_SCREEN
    assert sum(each.answers for each in told) > 20


async def burst(pilot: Pilot[None], *names: str) -> None:
    """Keys all at once, as a slow line delivers them; then time for them."""
    driver = pilot.app._driver
    assert driver is not None
    for name in names:
        driver.process_message(key_event(name))
    for _ in range(5):
        await pilot.pause()


@pytest.mark.parametrize("door", ["d", "e", "s", "p", "t", "o", "question_mark"])
async def test_keys_that_come_before_the_screen_are_let_go(make_app: MakeApp, desk: Desk, door: str) -> None:
    answered(desk)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await burst(pilot, door, "enter", "down", "enter", "o", "1", "enter", "space", "plus", "enter")
        await burst(pilot, "escape", door, "escape", door, "enter", "escape", "enter", "down")
        for _ in range(8):
            await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


TURNS = (*range(40), *range(40, 120, 4))


OPENED: dict[str, Callable[[PeepholeApp], object]] = {
    "topics": lambda app: app.push_screen(TopicsScreen()),
    "exam": lambda app: app.push_screen(ExamStartScreen(4, None, 1)),
    "lab": lambda app: app.push_screen(LabScreen()),
    "plan": lambda app: app.push_screen(PlanScreen()),
    "statistics": lambda app: app.push_screen(StatsScreen()),
    "settings": lambda app: app.push_screen(SettingsScreen()),
    "help": lambda app: app.push_screen(HelpScreen(())),
    "question": lambda app: app.start_session(app.desk.session(count=2)),
    "simulation": lambda app: app.open_simulation("convolution"),
}


@pytest.mark.parametrize("name", OPENED)
async def test_a_screen_can_be_left_at_any_moment_of_its_coming(make_app: MakeApp, desk: Desk, name: str) -> None:
    answered(desk)
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        for turns in TURNS:
            await pilot.pause()
            OPENED[name](app)
            opened = app.screen
            assert not isinstance(opened, HomeScreen)
            opened.post_message(ScreenResume())
            for _ in range(turns):
                await asyncio.sleep(0)
            app.pop_screen()
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))


BEGUN = (
    ("question", ("give_up", "undo")),
    ("plan", ("exam_day",)),
    ("plan", ("exam_day", "back")),
    ("simulation", ("compare",)),
    ("simulation", ("compare", "compare")),
)


@pytest.mark.parametrize(("opened", "actions"), BEGUN)
async def test_a_screen_can_be_left_while_it_acts(
    make_app: MakeApp, desk: Desk, opened: str, actions: tuple[str, ...]
) -> None:
    answered(desk)
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        for turns in range(0, 40, 2):
            OPENED[opened](app)
            screen = app.screen
            assert isinstance(screen, PeepholeScreen)
            await until(pilot, lambda: screen.is_built)  # noqa: B023
            await pilot.pause()
            for action in actions:
                app.call_later(screen.run_action, action)
            for _ in range(turns):
                await asyncio.sleep(0)
            app.pop_screen()
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_the_palette_below_another_screen_takes_none_away(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        palette = app.screen
        assert isinstance(palette, Palette)
        await pilot.resize_terminal(30, 10)
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        palette.dismiss()
        palette.dismiss()
        assert isinstance(app.screen, TooSmallScreen)


async def test_the_palette_closes_once_and_opens_again_at_once(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, TopicsScreen))
        await burst(pilot, "ctrl+p", "pagedown", "pageup")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        palette = app.screen
        palette.dismiss()
        palette.dismiss()  # Textual does so when Enter comes twice
        app.action_command_palette()
        await pilot.pause()
        assert isinstance(app.screen, Palette)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TopicsScreen))


async def test_there_is_no_palette_over_the_request_for_room(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(30, 10)
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, TooSmallScreen)
        app.push_screen(HelpScreen(()))  # whatever else comes above it
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_the_exam_day_is_taken_once(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "e")
        await until(pilot, lambda: bool(app.screen.query(Field)))
        await burst(pilot, *"2027-02-19", "enter", "enter", "enter")
        await until(pilot, lambda: not app.screen.query(Field))
    assert app.desk.goal.exam is not None


async def test_an_answer_that_waits_for_its_grader_is_not_given_to_another_question(
    make_app: MakeApp, desk: Desk
) -> None:
    app = make_app("en", "conv-output-size", "conv-same-padding")
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "3x3")
        first = app.screen
        assert isinstance(first, QuestionScreen)
        await until(pilot, lambda: first.answering.is_ready)
        first.answering.is_ready = False
        await pilot.press("enter", "f4")
        await until(pilot, lambda: app.screen is not first)
        await pilot.pause()
        first.answering._warmed()
        await pilot.pause()
        assert desk.history.answers() == []


@pytest.mark.parametrize(
    ("pasted", "kept"), [("x" * 1_000_000, "x" * 1000), ("\n3\n x 3\n", "3  x 3"), ("", ""), ("\n", "")]
)
async def test_a_paste_is_cut_to_what_an_answer_may_have(make_app: MakeApp, pasted: str, kept: str) -> None:
    app = make_app("en", "conv-output-size")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query_one(Field).input.has_focus)
        app.post_message(Paste(pasted))
        await pilot.pause()
        assert app.screen.query_one(Field).text == kept


STOPPED = Event()


class Endless(Simulation):
    """Runs until it is closed."""

    def run(self, values: Mapping[str, Value], seed: int = 0) -> Generator[Frame, None, None]:
        try:
            while True:
                yield from super().run(values, seed)
        finally:
            STOPPED.set()


async def test_a_simulation_stops_when_its_screen_closes(make_app: MakeApp) -> None:
    known = registry.get("convolution")
    endless = Endless(known.name, known.title, known.summary, known.parameters)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        screen = SimulationScreen(replace(look_alone(known), simulation=endless), Text("戻る", "back"))
        app.push_screen(screen)
        await until(pilot, lambda: screen.view.frame is not None)
        assert not STOPPED.is_set()
        await pilot.press("escape")
        await until(pilot, STOPPED.is_set)
