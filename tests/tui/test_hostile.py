"""Text that looks like markup, code or terminal commands, through every screen: shown as it stands, obeyed never."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.bank.load import load
from engine.bank.preview import Preview
from engine.drawing.width import cell_width
from engine.settings import Settings
from engine.study.desk import Desk
from engine.tui.app import PeepholeApp
from engine.tui.screens.exam_start import ExamStartScreen
from engine.tui.screens.help import HelpScreen
from engine.tui.screens.lab import LabScreen
from engine.tui.screens.preview import screen_of
from engine.tui.screens.result import ResultScreen
from engine.tui.screens.simulation import SimulationScreen
from engine.tui.screens.stats import StatsScreen
from engine.tui.screens.topics import TopicsScreen
from tests.tui.conftest import screen_text
from tests.tui.test_path import MakeApp, until

HOSTILE = [
    "E[X] = 3",
    "[/",
    "[/]",
    "[$primary]",
    "list[int]",
    "[bold]x[/bold]",
    "{x}",
    "\\[b]",
    "[@click=app.quit]q[/]",
    "ｶﾞｯﾃﾝ ﾊﾟ🙂",
    "e\u0301\u0302\u0303x か\u3099",
]
LONG_WORD = "x" * 300
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m"


def hostile_bank(folder: Path, text: str) -> Path:
    quoted = "'" + text.replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"
    both = f"{{ja: {quoted}, en: {quoted}}}"
    file = folder / "hostile.yaml"
    file.write_text(
        f"""
topic: hostile
title: {both}
questions:
  - id: hostile-choice
    kind: choice
    ask: {both}
    options:
      - {{id: a, text: {{ja: あ, en: A}}, right: true}}
      - {{id: b, text: {both}, why: {both}, evidence: {both}}}
    hints: [{both}]
    explain: {both}
    note: {both}
    formula: {both}
    sim: {{name: convolution, nearest: {both}}}
    proof: {{none: a definition}}
  - id: hostile-text
    kind: text
    ask: {both}
    model: {both}
    rubric:
      - {{point: {both}, ja: [{quoted}], en: [{quoted}]}}
    explain: {both}
    sim: {{name: convolution}}
    proof: {{none: words}}
  - id: hostile-code
    kind: code
    ask: {both}
    label: c
    code: "c = {{hole}}  # [/ list[int] [$primary]"
    arrays: {{a: {{shape: H}}}}
    options:
      - {{id: yes-it-is, code: a, right: true}}
      - {{id: no-it-is-not, code: "-a", why: {both}}}
    explain: {both}
    sim: {{name: convolution}}
    proof: {{options: true}}
""",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def hostile_desk(tmp_path: Path, clock: Callable[[], datetime], desk: Desk) -> Callable[[str], Desk]:
    def make(text: str) -> Desk:
        library = load([hostile_bank(tmp_path, text)])
        assert not library.problems
        return Desk(library, desk.history, clock, desk.timezone)

    return make


@pytest.mark.parametrize("text", HOSTILE)
async def test_text_of_a_bank_is_shown_as_it_stands(
    make_app: MakeApp, hostile_desk: Callable[[str], Desk], text: str
) -> None:
    desk = hostile_desk(text)
    app = make_app("ja", "hostile-choice", "hostile-text", "hostile-code", desk=desk)
    wrong = next(place for place, option in enumerate(desk.asked("hostile-choice", 0).choices, 1) if not option.right)  # type: ignore[union-attr]
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await until(pilot, lambda: screen_text(app).count(text) >= 3)  # title, question, option
        await pilot.press("h")
        await until(pilot, lambda: screen_text(app).count(text) >= 4)
        await pilot.press(str(wrong))
        await until(pilot, lambda: screen_text(app).count(text) >= 7)  # why, evidence, explanation, note
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SimulationScreen) and text in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "2 / 3" in screen_text(app))
        for character in f"it has two gates and two cells {text}":
            await pilot.press(character)
        await pilot.press("enter")
        await until(pilot, lambda: "模範解答" in screen_text(app))
        assert screen_text(app).count(text) >= 4  # question, answer, point, model answer
        await pilot.press("enter")
        await until(pilot, lambda: "3 / 3" in screen_text(app))
        assert "[/ list[int] [$primary]" in screen_text(app)
        await pilot.press("0", "enter")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        assert text in screen_text(app)
        await through_the_rest(pilot, app, text)


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (120, 40)])
@pytest.mark.parametrize("text", [LONG_WORD, "漢" * 200, "🙂" * 120, "e" + "\u0301" * 300, "。" * 100])
async def test_words_without_end_stay_within_the_terminal(
    make_app: MakeApp, hostile_desk: Callable[[str], Desk], text: str, size: tuple[int, int]
) -> None:
    desk = hostile_desk(text)
    app = make_app("ja", "hostile-choice", "hostile-text", desk=desk)
    async with app.run_test(size=size, notifications=True) as pilot:
        for keys in (
            ["h"],
            ["0"],
            ["s"],
            ["escape"],
            ["enter"],
            [*"xyz", "enter"],
            ["enter"],
            ["escape"],
            ["d"],
            ["t"],
        ):
            await pilot.press(*keys)
            await pilot.pause()
            for row in screen_text(app).splitlines():
                assert cell_width(row) <= size[0], row
    assert len(desk.history.answers()) == 2


@pytest.mark.parametrize("escape", ["\\e[2J", "\\x07", "\\u202e", "\\u200f", "\\x9b31m"])
def test_a_bank_with_terminal_commands_or_marks_of_direction_is_refused(tmp_path: Path, escape: str) -> None:
    file = hostile_bank(tmp_path, "harmless")
    file.write_text(file.read_text(encoding="utf-8").replace("'harmless'", f'"{escape}"'), encoding="utf-8")
    library = load([file])
    assert library.problems
    assert not list(library.questions())


@pytest.mark.parametrize("text", [*HOSTILE, LONG_WORD])
async def test_a_preview_shows_it_as_it_stands(tmp_path: Path, desk: Desk, text: str) -> None:
    preview = Preview(hostile_bank(tmp_path, text), "hostile-choice")
    preview.take(preview.read())
    app = PeepholeApp(desk, tmp_path, Settings(), "ja", first=lambda app: screen_of(app, preview))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: text[:60] in screen_text(app))
        await pilot.press("0")
        await pilot.pause()
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


@pytest.mark.parametrize("text", HOSTILE)
async def test_statistics_and_the_exam_show_it_as_it_stands(
    make_app: MakeApp, hostile_desk: Callable[[str], Desk], text: str
) -> None:
    desk = hostile_desk(text)
    session = desk.session(count=3)
    while not session.finished:
        session.give_up(desk.clock())
        session.next(desk.clock())
    app = make_app("ja", desk=desk)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, StatsScreen))
        await until(pilot, lambda: text in screen_text(app))
        await pilot.press("escape", "e", "enter")
        await until(pilot, lambda: isinstance(app.screen, ExamStartScreen))


async def through_the_rest(pilot: Pilot[None], app: PeepholeApp, text: str) -> None:
    await pilot.press("escape", "d")
    await until(pilot, lambda: isinstance(app.screen, TopicsScreen) and text in screen_text(app))
    await pilot.press("question_mark")
    await until(pilot, lambda: isinstance(app.screen, HelpScreen))
    await pilot.press("escape", "escape", "s")
    await until(pilot, lambda: isinstance(app.screen, LabScreen))
    await pilot.press("escape")


@pytest.mark.parametrize("question", ["conv-output-size", "chain-rule-square", "lstm-cell-update:1", "rnn-parameters"])
@pytest.mark.parametrize("text", [*HOSTILE, ESCAPES, "__import__('os').system('x')", "9**9**9", "x" * 900])
async def test_text_of_a_learner_is_shown_as_it_stands(make_app: MakeApp, desk: Desk, question: str, text: str) -> None:
    from engine.tui.widgets.field import Field

    app = make_app("en", question)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        field = app.screen.query_one(Field)
        field.input.value = text
        await pilot.press("enter")
        outcomes = ("Incorrect", "Could not read", "Not accepted")
        await until(pilot, lambda: any(word in screen_text(app) for word in outcomes))
        assert "\x1b" not in screen_text(app)
        if len(text) < 40 and text != ESCAPES:
            assert text in screen_text(app)
    assert all(answer.outcome == "wrong" for answer in desk.history.answers())
