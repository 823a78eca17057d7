from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.bank.load import Library
from engine.bank.preview import Preview, split_place
from engine.settings import Settings
from engine.study.desk import Desk
from engine.tui.app import PeepholeApp
from engine.tui.screens.preview import screen_of
from engine.tui.widgets.faults import Faults
from engine.tui.widgets.field import Field
from sims.text import Language
from tests.banks import GOOD
from tests.tui.conftest import screen_text

Shown = Callable[[], str]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    file = tmp_path / "bank.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.fixture
def make_preview(desk: Desk, tmp_path: Path) -> Callable[..., PeepholeApp]:
    def make(bank: Path, only: str = "", language: Language = "en") -> PeepholeApp:
        preview = Preview(bank, only)
        preview.take(preview.read())
        empty = Desk(Library((), ()), desk.history, desk.clock, None)
        return PeepholeApp(empty, tmp_path, Settings(), language, first=lambda app: screen_of(app, preview))

    return make


def save(bank: Path, text: str) -> None:
    """As an editor does: another file takes the place of the old one."""
    fresh = bank.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(bank)


async def seen(pilot: "Pilot[None]") -> str:
    """The screen after the next look at the file."""
    pilot.app.screen.query_one(Faults).look()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
    return text_of(pilot)


def text_of(pilot: "Pilot[None]") -> str:
    assert isinstance(pilot.app, PeepholeApp)
    return screen_text(pilot.app)


async def test_what_is_saved_is_shown_and_what_is_typed_stays(
    bank: Path, make_preview: Callable[..., PeepholeApp]
) -> None:
    async with make_preview(bank).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "5 and 3?" in text_of(pilot)
        await pilot.press("3", "x")
        save(bank, GOOD.replace("{n} and {k}?", "What of {n} and {k}?"))
        text = await seen(pilot)
        assert "What of 5 and 3?" in text
        assert pilot.app.screen.query_one(Field).text == "3x"
        await pilot.press("3", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "Correct" in text_of(pilot)


async def test_a_broken_file_shows_its_faults_over_the_last_good_version(
    bank: Path, make_preview: Callable[..., PeepholeApp]
) -> None:
    async with make_preview(bank).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        save(bank, GOOD.replace("explain: {ja: 数えます。, en: Count.}", "explain: {ja: 数えます。, en: [Count}"))
        text = await seen(pilot)
        assert "13:36" in text
        assert "Not readable as YAML" in text
        assert "5 and 3?" in text
        save(bank, GOOD.replace("kind: shape", "kind: shap").replace("en: Which one.", "en: Which of these."))
        text = await seen(pilot)
        assert "5:11" in text
        assert "Did you mean shape?" in text
        assert "5 and 3?" in text
        assert pilot.app.screen.query_one(Field).text == "4"
        await pilot.press("f4")
        await pilot.pause()
        assert "Which of these." in text_of(pilot)
        save(bank, GOOD)
        text = await seen(pilot)
        assert "Did you mean" not in text


async def test_a_file_without_questions_waits_for_the_first(
    tmp_path: Path, make_preview: Callable[..., PeepholeApp]
) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text("topic: [", encoding="utf-8")
    async with make_preview(bank, language="ja").run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        assert "YAML" in text_of(pilot)
        save(bank, GOOD)
        assert "5 と 3 は？" in await seen(pilot)


async def test_one_question_of_a_file_and_its_other_values(
    bank: Path, make_preview: Callable[..., PeepholeApp]
) -> None:
    async with make_preview(bank, "size").run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = text_of(pilot)
        assert "size" in text.splitlines()[0]
        assert "1 / 1" in text.splitlines()[0]
        await pilot.press("f6")
        await pilot.pause()
        assert "6 and 3?" in text_of(pilot)
        save(bank, GOOD.replace("id: size", "id: sizes"))
        assert "There is no question size. Did you mean sizes?" in " ".join((await seen(pilot)).split())


async def test_nothing_is_recorded_and_escape_closes(
    bank: Path, make_preview: Callable[..., PeepholeApp], desk: Desk
) -> None:
    app = make_preview(bank)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "x", "3", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Correct" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Which one." in screen_text(app)
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
    assert app.return_code == 0
    assert list(desk.history.answers()) == []


async def test_a_save_under_another_screen_is_seen_on_coming_back(
    bank: Path, make_preview: Callable[..., PeepholeApp]
) -> None:
    app = make_preview(bank)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        below = app.screen.query_one(Faults)
        await pilot.press("f1")
        await pilot.pause()
        save(bank, GOOD.replace("{n} and {k}?", "What of {n} and {k}?"))
        below.look()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "What of" not in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.pause()
        assert "What of 5 and 3?" in screen_text(app)


def test_a_colon_may_be_part_of_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "a:b"
    folder.mkdir()
    file = folder / "bank.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert split_place(str(file)) == (file, "")
    assert split_place(f"{file}:size") == (file, "size")
    odd = folder / "bank.yaml:size"
    odd.write_text(GOOD, encoding="utf-8")
    assert split_place(str(odd)) == (odd, "")
    assert split_place("none.yaml:size") == (Path("none.yaml:size"), "")
