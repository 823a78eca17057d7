"""The README's pictures are the running app. ``PEEPHOLE_PICTURES=write`` draws them anew."""

import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from engine.study.desk import Desk
from engine.tui.app import PeepholeApp
from engine.tui.screens.exam import ExamScreen
from engine.tui.screens.exam_start import ExamStartScreen
from engine.tui.screens.home import HomeScreen
from engine.tui.screens.plan import PlanPicture
from engine.tui.screens.question import QuestionScreen
from engine.tui.screens.result import ResultScreen
from engine.tui.screens.simulation import SimulationScreen
from engine.tui.screens.stats import StatsScreen
from engine.tui.widgets.menu import Menu
from engine.tui.widgets.peephole import Peephole
from sims.text import Language
from tests.tui.conftest import screen_text
from tests.tui.test_path import MakeApp, typed, until
from tests.tui.test_screens import answered

FOLDER = Path(__file__).parent / "pictures"
MOST_BYTES = 60_000

Scene = Callable[[Pilot[None], PeepholeApp], Awaitable[None]]


@dataclass(frozen=True)
class Shot:
    """A picture: its name, what leads to it, and how the terminal is."""

    name: str
    scene: Scene
    questions: tuple[str, ...] = ()
    language: Language = "ja"
    theme: str = "dark"
    size: tuple[int, int] = (80, 24)


STALE = """is not what the app shows now. Where that is meant (a new question changes the plan's numbers):
PEEPHOLE_PICTURES=write .venv-test/bin/python -m pytest -n0 tests/tui/test_pictures.py
writes the pictures anew; look at them, and commit them."""


def slim(svg: str) -> str:
    """The picture without links to fonts on other machines, and without what draws nothing."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"<text[^>]*>(?:&#160;|\s)*</text>", "", svg)


async def asking(pilot: Pilot[None], app: PeepholeApp) -> None:
    await until(pilot, lambda: isinstance(app.screen, QuestionScreen) and app.screen.answering.is_ready)


async def wrong(pilot: Pilot[None], app: PeepholeApp) -> None:
    await asking(pilot, app)
    await typed(pilot, "2x2")
    await pilot.press("enter")
    await until(pilot, lambda: "不正解" in screen_text(app))


async def chosen(pilot: Pilot[None], app: PeepholeApp) -> None:
    await asking(pilot, app)
    await pilot.press("1")
    await until(pilot, lambda: "正解は" in screen_text(app))


async def claimed(pilot: Pilot[None], app: PeepholeApp) -> None:
    await wrong(pilot, app)
    await pilot.press("s")
    await until(pilot, lambda: isinstance(app.screen, SimulationScreen) and app.screen.view.frame is not None)
    await at_frame(pilot, app, 5)


async def split(pilot: Pilot[None], app: PeepholeApp) -> None:
    await asking(pilot, app)
    await typed(pilot, "2x2")
    await pilot.press("enter")
    await until(pilot, lambda: bool(app.screen.query(Peephole)))
    await at_frame(pilot, app, 7)


async def at_frame(pilot: Pilot[None], app: PeepholeApp, number: int) -> None:
    """Stopped at that frame, when all are computed."""
    view = app.screen.query_one(Peephole)
    await until(pilot, lambda: bool(view.frames) and len(view.frames) == view.frames[0].total)
    await pilot.press("left")  # pauses
    view.step(-len(view.frames))
    for _ in range(number - 1):
        await pilot.press("right")
    await until(pilot, lambda: view.at == number - 1)


async def result(pilot: Pilot[None], app: PeepholeApp) -> None:
    for text in ("2x2", "7x7"):
        await asking(pilot, app)
        await typed(pilot, text)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen) and app.screen.judged)
        await pilot.press("enter")
    await asking(pilot, app)
    await pilot.press("1", "enter")
    await until(pilot, lambda: isinstance(app.screen, ResultScreen))


async def home(pilot: Pilot[None], app: PeepholeApp) -> None:
    await until(pilot, lambda: isinstance(app.screen, HomeScreen) and bool(app.screen.query(Menu)))


async def plan(pilot: Pilot[None], app: PeepholeApp) -> None:
    await home(pilot, app)
    await pilot.press("p", "e", *"2027-02-19", "enter")
    await until(pilot, lambda: app.screen.query_one(PlanPicture).forecast is not None)


async def stats(pilot: Pilot[None], app: PeepholeApp) -> None:
    await home(pilot, app)
    await pilot.press("t")
    await until(pilot, lambda: isinstance(app.screen, StatsScreen))


async def exam(pilot: Pilot[None], app: PeepholeApp) -> None:
    await home(pilot, app)
    await app.push_screen(ExamStartScreen(104, None, 7, clock=lambda: 500.0))
    await until(pilot, lambda: bool(app.screen.query(Menu)))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ExamScreen), seconds=60)
    await pilot.press("2")


SHOTS = [
    Shot("question", asking, ("conv-output-size",)),
    Shot("verdict", wrong, ("conv-output-size",)),
    Shot("verdict-narrow", wrong, ("conv-output-size",), size=(40, 15)),
    Shot("choice", chosen, ("cec-problem-choice",), theme="light"),
    Shot("code", asking, ("lstm-cell-update",)),
    Shot("simulation", claimed, ("conv-output-size",)),
    Shot("split", split, ("conv-output-size", "cec-problem-choice", "lstm-cell-update"), "en", "light", (120, 34)),
    Shot("result", result, ("conv-output-size", "conv-same-padding", "cec-problem-choice")),
    Shot("home", home),
    Shot("plan", plan),
    Shot("stats", stats, language="en"),
    Shot("exam", exam, language="en"),
]


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
async def test_the_picture_is_what_the_app_shows(make_app: MakeApp, desk: Desk, shot: Shot) -> None:
    if not shot.questions:
        answered(desk)
    app = make_app(shot.language, *shot.questions, theme=shot.theme)
    app.settings = msgspec.structs.replace(app.settings, motion=False)
    async with app.run_test(size=shot.size) as pilot:
        await shot.scene(pilot, app)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()
        picture = slim(app.export_screenshot(title="peephole", simplify=True))
    file = FOLDER / f"{shot.name}.svg"
    if os.environ.get("PEEPHOLE_PICTURES") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(picture, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == picture, f"{file.name} {STALE}"
    assert len(picture.encode()) < MOST_BYTES
