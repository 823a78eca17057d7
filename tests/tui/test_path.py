"""The whole way: home, question, verdict, simulation, result, home; by Enter and one `s`."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from engine.study.desk import Desk
from engine.tui.app import PeepholeApp
from engine.tui.screens.home import HomeScreen
from engine.tui.screens.question import QuestionScreen
from engine.tui.screens.result import ResultScreen
from engine.tui.screens.simulation import SimulationScreen
from engine.tui.widgets.ask import Ask
from engine.tui.widgets.field import Field
from sims.text import Language
from tests.tui.conftest import screen_text

MakeApp = Callable[..., PeepholeApp]
SIZES = [(80, 24), (40, 15), (120, 40)]
WORDS = {
    "ja": ("不正解", "パディングを足し忘れています。", "正解", "2 問中 1 問 正解"),
    "en": ("Incorrect", "The padding was left out.", "Correct", "1 of 2 right"),
}


async def typed(pilot: Pilot[None], text: str) -> None:
    await until(pilot, lambda: pilot.app.screen.query_one(Field).input.has_focus)
    for character in text:
        await pilot.press(character)


async def until(pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Let the app work until ``holds``; fail if it never does."""
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it never came:\n{screen_text(pilot.app)}")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_a_session_from_home_to_result_and_back(
    make_app: MakeApp, desk: Desk, language: Language, size: tuple[int, int]
) -> None:
    wrong, named, right, score = WORDS[language]
    app = make_app(language, "conv-output-size", "conv-same-padding")
    async with app.run_test(size=size) as pilot:
        await typed(pilot, "2x2")
        await pilot.press("enter")
        await until(pilot, lambda: wrong in screen_text(app))
        assert named in screen_text(app)
        assert [answer.mistake for answer in desk.history.answers()] == ["padding-forgotten"]

        if size[0] < 110:  # else the simulation already runs beside the question
            await pilot.press("s")
            await until(pilot, lambda: isinstance(app.screen, SimulationScreen))
            claim = {"ja": "あなた 2×2", "en": "yours 2×2"}[language]
            await until(pilot, lambda: (claim if size[0] > 50 else "3×3") in screen_text(app))
            await pilot.press("enter")
        else:
            await until(pilot, lambda: "2×2" in screen_text(app))
            await pilot.press("enter")

        await until(pilot, lambda: "2 / 2" in screen_text(app))
        await typed(pilot, "７ｘ７" if language == "ja" else "7, 7")
        await pilot.press("enter")
        await until(pilot, lambda: right in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        await until(pilot, lambda: score in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert [answer.outcome for answer in desk.history.answers()] == ["wrong", "correct"]


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_above_the_verdict_moves_when_it_comes(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("ja", "conv-output-size")
    async with app.run_test(size=size) as pilot:
        await typed(pilot, "2x2")
        before = [app.screen.query_one(kind).region for kind in (Ask, Field)]
        await pilot.press("enter")
        await until(pilot, lambda: "不正解" in screen_text(app))
        assert [app.screen.query_one(kind).region for kind in (Ask, Field)] == before


async def test_the_first_run_is_one_key_from_a_question(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Try three questions first" in screen_text(app))
        assert "press s" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen))
        await until(pilot, lambda: "1 / 3" in screen_text(app))


async def test_what_cannot_be_read_costs_nothing(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("ja", "chain-rule-square")
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "2(x+y")
        await pilot.press("enter")
        await until(pilot, lambda: "読み取れません" in screen_text(app))
        rows = screen_text(app).splitlines()
        field = next(row for row in rows if "2(x+y" in row)
        caret = next(row for row in rows if "^ " in row)
        assert caret.index("^") == field.index("2(x+y") + len("2(x+y")
        assert desk.history.answers() == []
        await typed(pilot, ")")
        await pilot.press("enter")
        await until(pilot, lambda: "正解" in screen_text(app) and "読み取れません" not in screen_text(app))
    assert [answer.text for answer in desk.history.answers()] == ["2(x+y)"]


async def test_undo_gives_the_text_back_and_the_answer_does_not_count(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("en", "conv-output-size")
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "2x2")
        await pilot.press("enter")
        await until(pilot, lambda: "Incorrect" in screen_text(app))
        await pilot.press("u")
        await until(pilot, lambda: "Taken back" in screen_text(app))
        assert app.screen.query_one(Field).text == "2x2"
        assert desk.history.answers() == []
        await pilot.press("backspace", "3", "home", "delete", "3", "enter")
        await until(pilot, lambda: "Correct" in screen_text(app))
    assert [answer.text for answer in desk.history.answers()] == ["3x3"]


async def test_hints_giving_up_and_putting_off(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("en", "conv-output-size", "cec-problem-choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query_one(Field).input.has_focus)
        await pilot.press("f2")
        await until(pilot, lambda: "Padding goes on both sides" in screen_text(app))
        await pilot.press("f4")
        await until(pilot, lambda: "What problem remains" in screen_text(app))
        await pilot.press("0")
        await until(pilot, lambda: "Incorrect" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "How large is the output" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
    assert [(answer.question, answer.mistake) for answer in desk.history.answers()] == [
        ("cec-problem-choice", "gave-up")
    ]


async def test_options_by_digit_full_width_digit_and_cursor(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("ja", "cec-problem-choice", "cec-problem-choice:1", "cec-problem-choice:2")
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (["2"], ["３"], ["down", "j", "up", "enter"]):
            await until(pilot, lambda: "答える" in screen_text(app))
            await pilot.press(*keys)
            await until(pilot, lambda: "正解" in screen_text(app))
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
    assert [answer.text for answer in desk.history.answers()] == ["2", "3", "2"]


async def test_an_essay_is_ticked_and_the_learner_has_the_last_word(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("en", "lstm-vs-gru")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for character in "the GRU has no separate cell":
            await pilot.press(character)
        await pilot.press("enter")
        await until(pilot, lambda: "Model answer" in screen_text(app))
        assert "1 / 3" in screen_text(app)
        await pilot.press("1", "2", "m")
        await until(pilot, lambda: "3 / 3" in screen_text(app))
        assert "unsure" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
    assert [(answer.outcome, answer.score, answer.sure) for answer in desk.history.answers()] == [
        ("correct", 1.0, False)
    ]


async def test_the_language_changes_everywhere_at_once_and_is_remembered(make_app: MakeApp) -> None:
    app = make_app("ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "まず 3 問" in screen_text(app))
        await pilot.press("l")
        await until(pilot, lambda: "Try three questions first" in screen_text(app))
        await pilot.press("c")
        assert app.theme == "light"
    from engine.settings import load_settings

    settings, warning = load_settings(app.home)
    assert (settings.language, settings.theme, warning) == ("en", "light", None)


async def test_too_small_a_terminal_asks_for_room_and_keeps_the_answer(make_app: MakeApp) -> None:
    app = make_app("en", "conv-output-size")
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "3x")
        await pilot.resize_terminal(30, 10)
        await until(pilot, lambda: "40×15" in screen_text(app))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "How large is the output" in screen_text(app))
        await typed(pilot, "3")
        await pilot.press("enter")
        await until(pilot, lambda: "Correct" in screen_text(app))


async def test_a_lucky_hit_can_be_called_a_guess_and_doubt_can_be_said_before(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("en", "conv-output-size", "conv-same-padding")
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "3x3")
        await pilot.press("f5", "enter")
        await until(pilot, lambda: "Correct" in screen_text(app))
        assert "g I guessed" in screen_text(app)
        await pilot.press("g")
        await until(pilot, lambda: "g I did know" in screen_text(app))
        (answer,) = desk.history.answers()
        assert (answer.outcome, answer.sure, answer.guessed) == ("correct", False, True)
        await pilot.press("g")
        (answer,) = desk.history.answers()
        assert not answer.guessed
        await pilot.press("enter")
        await typed(pilot, "9x9")
        await pilot.press("f5", "f5", "enter")
        await until(pilot, lambda: "Incorrect" in screen_text(app))
        assert "guessed" not in screen_text(app)
        assert [answer.sure for answer in desk.history.answers()] == [False, True]


async def test_a_terminal_that_is_widened_after_the_answer_opens_the_simulation_beside_it(make_app: MakeApp) -> None:
    app = make_app("en", "conv-output-size")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: screen.side is not None and screen.side.display)
        assert screen.view is None, "nothing is shown before the answer"
        await pilot.resize_terminal(80, 24)
        await typed(pilot, "3x3")
        await pilot.press("enter")
        await until(pilot, lambda: screen.judged)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: screen.view is not None and screen.view.frame is not None)
