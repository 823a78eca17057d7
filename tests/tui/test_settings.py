"""Settings that a learner changes by hand or on the screen: looks, marks, motion, keys of one's own."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.color import Color

from engine.drawing.ascii import to_ascii
from engine.drawing.width import cell_width
from engine.settings import Settings, load_settings, settings_file
from engine.study.desk import Desk
from engine.tui import keymap
from engine.tui.app import PeepholeApp
from engine.tui.palette import Palette
from engine.tui.screens.settings import SettingsScreen
from engine.tui.screens.topics import TopicsScreen
from engine.tui.theme import contrast, named, names
from tests.tui.conftest import screen_text

MakeApp = Callable[..., PeepholeApp]
SIZES = [(80, 24), (40, 15), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_changed_holds_at_once_and_at_the_next_start(
    make_app: MakeApp, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = make_app("ja")
    async with app.run_test(size=size) as pilot:
        app.push_screen(SettingsScreen())
        await pilot.pause()
        await pilot.press("right")
        assert "language" in screen_text(app)
        await pilot.press("j", "right", "down", "l", "down", "enter")
        assert "ASCII only" in screen_text(app)
        assert "◉" not in screen_text(app)
    settings, warning = load_settings(tmp_path)
    assert warning is None
    assert (settings.language, settings.theme, settings.motion, settings.plain_marks) == ("en", "light", False, True)


@pytest.mark.parametrize("name", ["dark", "light", "nord"])
async def test_the_colours_that_were_chosen_are_worn_from_the_first_paint(make_app: MakeApp, name: str) -> None:
    page = named(name)
    assert page is not None
    for questions in ([], ["conv-output-size"]):
        app = make_app("en", *questions, theme=name)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for node in (app.screen, app.screen.query_one("#page")):
                assert node.styles.background.hex.lower() == page.variables["page"].lower()


async def test_no_value_is_cut_on_the_smallest_terminal(make_app: MakeApp) -> None:
    for language, words in (("ja", "‹ 動かさず、最後の絵を見せる ›"), ("en", "‹ no motion: the last picture ›")):
        app = make_app(language)
        async with app.run_test(size=(40, 15)) as pilot:
            app.push_screen(SettingsScreen())
            await pilot.pause()
            await pilot.press("down", "down")
            app.remember(motion=False)
            await pilot.pause()
            assert words in screen_text(app)


async def test_keys_of_ones_own_work_and_are_shown(desk: Desk, tmp_path: Path) -> None:
    app = PeepholeApp(desk, tmp_path, Settings(keys={"drill": "x,f6", "drlil": "y", "quit": "ctrl+m"}), "en")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        said = " ".join(notice.message.replace("\n", " ") for notice in app._notifications)
        assert "there is no drlil. Did you mean drill?" in said
        assert "quit is set to ctrl+m, which a terminal cannot send" in said
        await pilot.press("d")
        assert not isinstance(app.screen, TopicsScreen)
        assert " x  Drill" in screen_text(app)
        drill = next(command for command in app.get_system_commands(app.screen) if command.title == "Drill")
        assert drill.help.startswith("x  ")
        await pilot.press("ｘ")
        assert isinstance(app.screen, TopicsScreen)


async def test_help_tells_ones_own_keys(desk: Desk, tmp_path: Path) -> None:
    app = PeepholeApp(desk, tmp_path, Settings(keys={"palette": "f9", "language": "f8"}), "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        told = screen_text(app)
        assert re.search("F9 +find any command", told)
        assert re.search("F8 +English, Japanese", told)
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(app.screen, Palette)


def test_a_key_that_goes_on_everywhere_is_told_by_what_it_does_in_general() -> None:
    told = {name: key.words.en for name, key in keymap.names().items()}
    assert (told["go"], told["start"], told["back"], told["help"]) == ("go on", "start", "back", "help")


def test_every_key_has_a_name_and_can_be_sent_by_an_old_terminal() -> None:
    for name, key in keymap.names().items():
        assert name == name.lower()
        assert key.words.ja
        assert key.words.en
        good, faults = keymap.checked({name: ",".join(part for part in key.keys.split(",") if part.isascii())})
        assert not faults, name
        assert list(good) == [name]


def test_a_file_with_a_fault_is_kept_and_said(tmp_path: Path) -> None:
    settings_file(tmp_path).write_text('{"theme": "dark", "minutes": "many"}', encoding="utf-8")
    settings, warning = load_settings(tmp_path)
    assert settings == Settings()
    assert warning is not None
    assert "minutes" in warning.en
    assert "（minutes の値が使えません）" in warning.ja
    kept = tmp_path / "settings.broken.json"
    assert json.loads(kept.read_text(encoding="utf-8"))["minutes"] == "many"


def test_a_file_with_a_fault_is_called_kept_only_if_it_was(tmp_path: Path) -> None:
    settings_file(tmp_path).write_text("{", encoding="utf-8")
    (tmp_path / "settings.broken.json").mkdir()
    _, warning = load_settings(tmp_path)
    assert warning is not None
    assert "fault" in warning.en
    assert "kept" not in warning.en


async def test_colours_that_do_not_exist_are_said_and_replaced(desk: Desk, tmp_path: Path) -> None:
    app = PeepholeApp(desk, tmp_path, Settings(theme="[/] no such"), "en")
    async with app.run_test(notifications=True):
        assert app.theme == "dark"
        assert "There are no colours [/] no such" in " ".join(
            notice.message.replace("\n", " ") for notice in app._notifications
        )


@pytest.mark.parametrize("name", names())
def test_every_look_can_be_read(name: str) -> None:
    look = named(name)
    assert look is not None
    page = Color.parse(look.variables["page"])
    for role in ("ink", "muted", "light", "right", "wrong"):
        assert contrast(Color.parse(look.variables[role]), page) >= 4.4, role
    assert contrast(Color.parse(look.variables["onglow"]), Color.parse(look.variables["glow"])) >= 4.4
    assert contrast(Color.parse(look.variables["ink"]), Color.parse(look.variables["raised"])) >= 3.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21.0)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_plain_marks_take_the_same_cells() -> None:
    marks = "◉━╌─▌〇✘∆‹›▁▅█│┌┘⎢⎣⠋⣿⡤…→"
    plain = to_ascii(marks)
    assert plain.isascii()
    assert cell_width(plain) == cell_width(marks)
    assert to_ascii("入力 5×5 の x² は") == "入力 5×5 の x² は"


async def test_the_palette_has_every_place_every_simulation_and_the_keys_of_the_screen(make_app: MakeApp) -> None:
    from sims.registry import SIMULATIONS

    app = make_app("en", "conv-output-size")
    async with app.run_test(size=(80, 24)) as pilot:
        offered = {command.title for command in app.get_system_commands(app.screen)}
        assert {"hint", "don't know", "Plan", "Statistics", "Mock exam", "Settings", "Drill"} <= offered
        assert {simulation.title.en for simulation in SIMULATIONS} <= offered
        assert "take back" not in offered  # nothing was answered
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"don't know", "enter")
        await pilot.pause()
        for _ in range(200):
            if "Incorrect" in screen_text(app):
                break
            await pilot.pause(0.02)
        assert "Incorrect" in screen_text(app)
