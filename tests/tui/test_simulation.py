"""A simulation on the screen: played, stepped, changed, compared, enlarged, practised."""

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from engine.study.look import look_alone
from engine.tui.app import PeepholeApp
from engine.tui.screens.lab import LabScreen
from engine.tui.screens.plot import PlotScreen
from engine.tui.screens.question import QuestionScreen
from engine.tui.screens.simulation import SimulationScreen
from engine.tui.widgets.peephole import Peephole
from engine.tui.widgets.settings_line import SettingsLine
from sims import registry
from sims.registry import SIMULATIONS
from sims.simulation import Simulation
from sims.text import Text
from tests.tui.conftest import screen_text
from tests.tui.test_path import MakeApp, until


async def opened(app: PeepholeApp, pilot: Pilot[None], name: str, **given: str) -> SimulationScreen:
    simulation = registry.get(name)
    look = look_alone(simulation)
    look = replace(look, values=simulation.values(given))
    screen = SimulationScreen(look, Text("戻る", "back"))
    app.push_screen(screen)
    await until(pilot, lambda: screen.view.frame is not None)
    return screen


def is_playing(screen: SimulationScreen) -> bool:
    return screen.view.playing


async def test_it_plays_pauses_steps_and_starts_again(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "convolution")
        await until(pilot, lambda: len(screen.view.frames) == screen.view.frames[0].total)
        await pilot.press("space", "r", "space")
        start = screen.view.at
        await pilot.press("right", "right", "left")
        assert screen.view.at == min(start + 1, len(screen.view.frames) - 1)
        assert is_playing(screen) is False
        assert f"{screen.view.at + 1} / {len(screen.view.frames)}" in screen_text(app)
        await pilot.press("r")
        assert is_playing(screen) is True
        await until(pilot, lambda: screen.view.at == len(screen.view.frames) - 1)


async def test_a_changed_setting_changes_the_picture_and_lets_the_claim_go(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "convolution", claim="2x2")
        await until(pilot, lambda: "yours 2×2" in screen_text(app))
        await pilot.press("tab", "tab", "minus")
        await until(pilot, lambda: "output 5×5" in screen_text(app))
        assert "yours" not in screen_text(app)
        await pilot.press("plus")
        await until(pilot, lambda: "yours 2×2" in screen_text(app))
        for _ in range(30):
            await pilot.press("plus")
        assert screen.view.values["stride"] == 16


async def test_the_mouse_chooses_and_changes_settings(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "convolution")
        settings = screen.query_one(SettingsLine)
        row = settings.region.y

        def column() -> int:
            return screen_text(app).splitlines()[row].index("stride")

        await pilot.click(offset=(column() + 2, row))
        await until(pilot, lambda: "stride ‹ 2 ›" in screen_text(app))
        await pilot.click(offset=(column() + len("stride ‹ 2 ›") - 1, row))
        await until(pilot, lambda: "stride ‹ 3 ›" in screen_text(app))
        await pilot.click(offset=(column(), row))
        await until(pilot, lambda: "stride ‹ 2 ›" in screen_text(app))


async def test_two_settings_side_by_side(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot, "convolution")
        await pilot.press("v")
        await until(pilot, lambda: len(screen.query(Peephole)) == 2)
        await pilot.press("plus")
        await until(pilot, lambda: "input 5×5" in screen_text(app) and "input 6×6" in screen_text(app))
        await pilot.press("v")
        await until(pilot, lambda: len(screen.query(Peephole)) == 1)
        await pilot.resize_terminal(70, 24)
        await pilot.press("v")
        assert len(screen.query(Peephole)) == 1


async def test_where_not_all_settings_fit_there_is_a_mark_and_those_beside_follow(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "convolution")
        await pilot.press("greater_than_sign", "v", "tab", "tab")
        await until(pilot, lambda: len(screen.query(Peephole)) == 2)
        assert [view.pace for view in screen.views] == [2, 2]
        (row,) = [line for line in screen_text(app).splitlines() if "stride ‹ 2 ›" in line]
        assert "stride 2" in row  # what it is compared with
        assert "stride 2 …" in row
        assert "… filter 3  stride ‹ 2 › …" in row
        (pinned, changing) = (view.settings for view in screen.views)
        await pilot.click(pinned, offset=(15, 0))
        await pilot.click(offset=(row.index("›"), changing.region.y))
        await until(pilot, lambda: "stride ‹ 3 ›" in screen_text(app))
        assert screen.pinned is not None
        assert screen.pinned.values["stride"] == 2
        assert screen.pinned.at == 0  # began again beside it


async def test_curves_at_full_size_can_be_zoomed(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "cec", iterations="40", runs="2")
        await until(pilot, lambda: "squared error" in screen_text(app))
        await pilot.press("z")
        await until(pilot, lambda: isinstance(app.screen, PlotScreen))
        await until(pilot, lambda: "both gates" in screen_text(app))
        before = screen_text(app)
        await pilot.press("plus", "plus")
        await until(pilot, lambda: screen_text(app) != before)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


async def test_from_the_lab_to_a_simulation_to_its_questions_and_back(make_app: MakeApp) -> None:
    app = make_app("ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        for simulation in SIMULATIONS[:5]:
            assert simulation.title.ja in screen_text(app)
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, SimulationScreen))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen))
        assert "畳み込み" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SimulationScreen))


SIZES = [(80, 24), (40, 15), (120, 40)]
EACH = [
    # Every one at one size whenever the tests run, at all of them in the slow ones.
    pytest.param(simulation, size, marks=() if turn % 3 == place else pytest.mark.slow, id=f"{simulation.name}-{size}")
    for turn, simulation in enumerate(SIMULATIONS)
    for place, size in enumerate(SIZES)
]


@pytest.mark.parametrize(("simulation", "size"), EACH)
async def test_every_simulation_shows_itself_at_every_size(
    make_app: MakeApp, simulation: Simulation, size: tuple[int, int]
) -> None:
    app = make_app("ja")
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, simulation.name)
        assert screen.view.frame is not None
        first = screen.view.frame.caption.ja[:6]
        await until(pilot, lambda: first in screen_text(app) or screen.view.at > 0)
        await pilot.press("plus", "tab", "plus", "minus")
        await until(pilot, lambda: screen.view.frame is not None and not screen.view.caption.failure)


async def test_a_claim_that_cannot_run_says_so_and_the_app_goes_on(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        simulation = registry.get("chain_rule")
        look = look_alone(simulation)
        look = replace(look, values={**look.values, "claim": "import os"})
        app.push_screen(SimulationScreen(look, Text("戻る", "back")))
        await until(pilot, lambda: "Please type an answer only" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Try three questions first" in screen_text(app))
