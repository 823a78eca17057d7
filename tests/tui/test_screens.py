"""Every screen at three sizes in both languages: its title, its next key, nothing cut, nothing out of place."""

from dataclasses import dataclass

import pytest
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from engine.drawing.width import cell_width
from engine.drawing.width import crop as cell_crop
from engine.study.desk import Desk
from engine.tui import keys
from engine.tui.app import PeepholeApp
from engine.tui.keys import Key
from engine.tui.screens.exam import ExamScreen
from engine.tui.screens.exam_start import ExamStartScreen
from engine.tui.screens.help import HelpScreen
from engine.tui.screens.home import HomeScreen
from engine.tui.screens.lab import LabScreen
from engine.tui.screens.plan import PlanScreen
from engine.tui.screens.question import QuestionScreen
from engine.tui.screens.settings import SettingsScreen
from engine.tui.screens.simulation import SimulationScreen
from engine.tui.screens.stats import StatsScreen
from engine.tui.screens.topics import TopicRow, TopicsScreen
from engine.tui.widgets.choices import ChoiceRow
from engine.tui.widgets.field import Field
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.menu import Menu
from engine.tui.widgets.verdict import VerdictPanel
from sims.text import Language, Text
from tests.tui.conftest import screen_text
from tests.tui.test_path import MakeApp, typed, until

SIZES = [(80, 24), (40, 15), (120, 40)]
LANGUAGES: list[Language] = ["ja", "en"]
NEVER_FIRST = tuple("。、」）")


@dataclass(frozen=True)
class Way:
    """The keys from home to a screen, its class, its title and its next key."""

    keys: tuple[str, ...]
    screen: type[Screen[None]]
    title: Text
    chip: str = "Enter"


WAYS = [
    Way((), HomeScreen, Text("Peephole", "Peephole")),
    Way(("d",), TopicsScreen, keys.DRILL.words),
    Way(("e",), ExamStartScreen, keys.EXAM.words),
    Way(("s",), LabScreen, keys.LAB.words),
    Way(("s", "1"), SimulationScreen, Text("畳み込み", "Convolution")),
    Way(("p",), PlanScreen, keys.PLAN.words),
    Way(("t",), StatsScreen, keys.STATS.words),
    Way(("o",), SettingsScreen, keys.SETTINGS.words, "← →"),
    Way(("question_mark",), HelpScreen, keys.HELP.words, "Esc"),
]


def name_of(way: Way) -> str:
    return way.screen.__name__


def answered(desk: Desk) -> None:
    """A history of two answers: home is no longer that of the first run."""
    session = desk.session(count=2)
    for text in ("1", ""):
        if text:
            session.answer(text, desk.clock())
        if session.state == "asking":
            session.give_up(desk.clock())
        if session.state == "confirming":
            session.confirm([], desk.clock())
        session.next(desk.clock())


async def opened(pilot: Pilot[None], way: Way) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and bool(pilot.app.screen.query(Menu)))
    await pilot.press(*way.keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, way.screen))
    await pilot.pause()


def chips(app: PeepholeApp) -> list[str]:
    """What stands on the ground of the next key in the last row."""
    glow = app.get_css_variables()["glow"].lower()
    last = app.screen._compositor.render_strips()[-1]
    filled = [part for part in last if part.style and part.style.bgcolor and part.style.bgcolor.name == glow]
    return [part.text.strip() for part in filled if part.text.strip()]


def in_order(app: PeepholeApp, size: tuple[int, int]) -> None:
    """What holds on every screen."""
    rows = screen_text(app).splitlines()
    assert len(rows) == size[1]
    for row in rows:
        assert cell_width(row) <= size[0], row
        words = row.lstrip(" ▌◉〇✘∆╎")
        assert not words.startswith(NEVER_FIRST), row


def reads(app: PeepholeApp, text: str) -> bool:
    """Whether ``text`` stands on the screen in full, however it is wrapped."""
    return squeezed(text) in squeezed(screen_text(app))


def left_half(app: PeepholeApp) -> str:
    """The question's side of the screen; on a wide one the simulation stands at the right."""
    rows = screen_text(app).splitlines()
    return squeezed("\n".join(cell_crop(row, 60).rstrip("…") if app.size.width >= 110 else row for row in rows))


def squeezed(text: str) -> str:
    return "".join(character for character in text if character.strip() and character not in "▌╎")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", WAYS, ids=name_of)
async def test_every_screen_opens_by_its_keys_and_escape_leads_back(
    make_app: MakeApp, desk: Desk, way: Way, size: tuple[int, int], language: Language
) -> None:
    answered(desk)
    app = make_app(language)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, way)
        in_order(app, size)
        assert way.title.get(language) in screen_text(app).splitlines()[0]
        assert chips(app) == [way.chip]
        for _ in range(len(way.keys)):
            await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", [way for way in WAYS if way.screen is not HelpScreen], ids=name_of)
async def test_help_lists_the_keys_of_the_screen(make_app: MakeApp, desk: Desk, way: Way, language: Language) -> None:
    answered(desk)
    app = make_app(language)
    async with app.run_test(size=(120, 60)) as pilot:
        await opened(pilot, way)
        bound = [key for key in vars(keys).values() if isinstance(key, Key) and key.action]
        own = {binding.id: binding for binding in way.screen.BINDINGS if isinstance(binding, Binding)}
        told = {key.words for key in bound if key.name in own and own[key.name].description == key.words.en}
        assert len(told) >= 3
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.pause()
        for words in told:
            assert reads(app, words.get(language)), words


@pytest.mark.parametrize("way", WAYS, ids=name_of)
async def test_the_language_changes_in_place_on_every_screen(make_app: MakeApp, desk: Desk, way: Way) -> None:
    answered(desk)
    app = make_app("ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, way)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: way.title.en in screen_text(app).splitlines()[0])
        bar = app.screen.query_one(KeyBar)
        assert bar.keys[0].words.en in screen_text(app).splitlines()[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_the_language_changes_amid_a_question_and_what_is_typed_stays(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app("ja", "conv-output-size")
    async with app.run_test(size=size) as pilot:
        await typed(pilot, "2x")
        screen = app.screen
        await pilot.press("ctrl+l")
        await until(pilot, lambda: reads(app, "How large is the output"))
        assert app.screen is screen
        await typed(pilot, "2")
        assert app.screen.query_one(Field).text == "2x2"
        await pilot.press("enter")
        await until(pilot, lambda: "Incorrect" in screen_text(app))
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "不正解" in screen_text(app) and "Incorrect" not in screen_text(app))


QUESTIONS = ["conv-output-size", "cec-problem-choice", "lstm-cell-update:1", "chain-rule-square", "lstm-vs-gru"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("question", QUESTIONS)
async def test_questions_options_and_verdicts_stand_there_in_full(
    make_app: MakeApp, question: str, size: tuple[int, int], language: Language
) -> None:
    app = make_app(language, question)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen) and app.screen.answering.is_ready)
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        assert chips(app) == ["1–4" if screen.asked.choices else "Enter"]
        in_order(app, size)
        seen = {left_half(app)}
        await pilot.press("f3")
        await until(pilot, lambda: screen.judged)
        await pilot.pause()
        in_order(app, size)
        assert chips(app) == ["Enter"]
        page = screen.query_one("#page")
        page.scroll_home(animate=False)
        for _ in range(60):  # row by row, to the end
            await pilot.pause(0)
            seen.add(left_half(app))
            if page.scroll_y >= page.max_scroll_y:
                break
            page.scroll_relative(y=1, animate=False)
        in_order(app, size)
        texts = [option.text for option in screen.asked.choices]
        pieces = [screen.asked.ask.get(language), *(text.get(language) for text in texts)]
        for piece in pieces:
            assert all_seen(piece, seen), piece
        drawn = screen.query_one(VerdictPanel)
        said = ["".join(span.text for span in row) for row in drawn.rows(drawn.size.width)]
        assert said
        assert all(any(squeezed(row) in view for view in seen) for row in said)


def all_seen(text: str, seen: set[str]) -> bool:
    """In full in one view, or, where it is longer than the screen, in pieces that follow each other."""
    words = squeezed(text)
    half = len(words) // 2
    return any(words in view for view in seen) or all(
        any(part in view for view in seen) for part in (words[:half], words[half:])
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", [way for way in WAYS if way.screen is not SimulationScreen], ids=name_of)
async def test_every_key_of_the_bar_can_be_clicked(
    make_app: MakeApp, desk: Desk, way: Way, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(desk)
    app = make_app("ja")
    async with app.run_test(size=size) as pilot:
        await opened(pilot, way)
        bar = app.screen.query_one(KeyBar)
        done: list[str] = []

        async def note(action: str) -> None:
            done.append(action)

        monkeypatch.setattr(app.screen, "run_action", note)
        for start, end, key in bar._places:
            if key.action:
                await pilot.click(bar, offset=((start + end) // 2, 0))
                assert done[-1:] == [key.action]
        assert done


async def test_every_row_can_be_clicked(make_app: MakeApp, desk: Desk) -> None:
    answered(desk)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, WAYS[0])
        for place, item in enumerate(app.screen.query_one(Menu).items):
            if item.key and not item.action.startswith("app."):
                await pilot.click(app.screen.query_one(Menu)._parts[place])
                await until(pilot, lambda: not isinstance(app.screen, HomeScreen))
                await pilot.press("escape")
                await until(pilot, lambda: isinstance(app.screen, HomeScreen) and bool(app.screen.query(Menu)))
                await pilot.pause()
        await opened(pilot, WAYS[1])
        rows = list(app.screen.query(TopicRow))
        await pilot.click(rows[1])
        assert not rows[1].is_taken
        assert rows[1].is_here


@pytest.mark.parametrize("size", SIZES)
async def test_an_option_is_chosen_by_a_click_from_the_shell(
    make_app: MakeApp, desk: Desk, size: tuple[int, int]
) -> None:
    app = make_app("ja", "cec-problem-choice")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen) and app.screen.answering.is_ready)
        await pilot.click(list(app.screen.query(ChoiceRow))[1])
        await until(pilot, lambda: bool(desk.history.answers()))
        assert [answer.text for answer in desk.history.answers()] == ["2"]
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_a_question_of_the_exam_stands_there_in_full(
    make_app: MakeApp, size: tuple[int, int], language: Language
) -> None:
    app = make_app(language)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, WAYS[0])
        await app.push_screen(ExamStartScreen(4, None, 3))
        await until(pilot, lambda: bool(app.screen.query(Menu)))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ExamScreen))
        await pilot.pause()
        in_order(app, size)
        assert chips(app) == ["1–4"]
        await pilot.press("2")
        await pilot.pause()
        assert chips(app) == ["Enter"]
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ExamStartScreen))
