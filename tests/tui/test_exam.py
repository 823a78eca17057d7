"""The mock exam on the screen: three sizes, both languages, a clock that the test turns."""

import re
from collections.abc import Callable
from threading import Event

import pytest
from textual.pilot import Pilot

from engine.bank.asked import Asked
from engine.study.desk import Desk
from engine.study.exam.item import Item, item
from engine.study.exam.room import ExamRoom
from engine.tui.app import PeepholeApp
from engine.tui.screens.exam import ExamScreen
from engine.tui.screens.exam_overview import ExamOverviewScreen
from engine.tui.screens.exam_parts import ExamStatus
from engine.tui.screens.exam_report import ExamReportScreen
from engine.tui.screens.exam_solution import ExamSolutionScreen
from engine.tui.screens.exam_start import ExamStartScreen
from engine.tui.screens.home import HomeScreen
from engine.tui.screens.simulation import SimulationScreen
from sims.text import Language
from tests.tui.conftest import screen_text

MakeApp = Callable[..., PeepholeApp]
SIZES = [(80, 24), (40, 15), (120, 40)]
COUNT = 6


class Hand:
    """The clock of the exam, turned by hand."""

    def __init__(self) -> None:
        self.seconds = 500.0

    def __call__(self) -> float:
        return self.seconds


async def until(pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 20.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it never came:\n{screen_text(pilot.app)}")  # type: ignore[arg-type]


def notices(app: PeepholeApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def at_start(pilot: Pilot[None], app: PeepholeApp, hand: Hand, count: int = COUNT) -> None:
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    await app.push_screen(ExamStartScreen(count, None, 3, clock=hand))
    await until(pilot, lambda: bool(app.screen.query("Menu")))


async def at_question(pilot: Pilot[None], app: PeepholeApp, hand: Hand, count: int = COUNT) -> ExamScreen:
    await at_start(pilot, app, hand, count)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ExamScreen))
    await pilot.pause()
    assert isinstance(app.screen, ExamScreen)
    return app.screen


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_a_whole_exam_by_digits_and_enter(
    make_app: MakeApp, desk: Desk, language: Language, size: tuple[int, int]
) -> None:
    app, hand = make_app(language), Hand()
    async with app.run_test(size=size) as pilot:
        screen = await at_question(pilot, app, hand)
        assert f"1 / {COUNT}" in screen_text(app)
        for number in range(1, COUNT + 1):
            hand.seconds += 10
            right = screen.exam.item.right + 1
            await pilot.press(str(right if number < COUNT else right % 4 + 1))
            text = screen_text(app)
            assert not re.search("正解|Correct|Incorrect|[〇✓✘]", text)
            assert desk.history.answers() == []
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ExamOverviewScreen))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExamReportScreen))
        await until(pilot, lambda: {"ja": "6 問中 5 問 正解", "en": "5 of 6 right"}[language] in screen_text(app))
        kept = desk.history.answers()
        assert [answer.outcome for answer in kept] == ["correct"] * 5 + ["wrong"]
        assert [answer.seconds for answer in kept] == [10.0] * 6
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ExamSolutionScreen))
        await until(pilot, lambda: {"ja": "〇", "en": "✓"}[language] in screen_text(app))
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SimulationScreen))
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ExamStartScreen))
        await until(pilot, lambda: {"ja": "前回の結果", "en": "last report"}[language] in screen_text(app))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, ExamReportScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_time_runs_out_wherever_one_is(make_app: MakeApp, desk: Desk, size: tuple[int, int]) -> None:
    app, hand = make_app("ja"), Hand()
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await at_question(pilot, app, hand)
        await pilot.press("2", "o")
        await until(pilot, lambda: isinstance(app.screen, ExamOverviewScreen))
        hand.seconds += COUNT * 69 - 1
        screen.tick()
        assert not screen.exam.finished
        hand.seconds += 1
        screen.tick()
        await until(pilot, lambda: isinstance(app.screen, ExamReportScreen))
        screen.tick()  # a tick that was already on its way
        await until(pilot, lambda: notices(app).count("時間になりました。") == 1)
        assert len(desk.history.answers()) == 1
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ExamStartScreen))


async def test_the_warning_comes_once_and_the_last_minutes_are_in_ink(make_app: MakeApp) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await at_question(pilot, app, hand, 20)  # 23 minutes
        assert "0:23:00 left" in screen_text(app)
        hand.seconds += 60
        screen.tick()
        await until(pilot, lambda: "0:22:00 left" in screen_text(app))
        assert "10 minutes left" not in screen_text(app)
        hand.seconds += 12 * 60
        screen.tick()
        await until(pilot, lambda: "10 minutes left." in screen_text(app))
        status = screen.query_one(ExamStatus)
        assert status.rows(80)[0][-1].ink == "muted"
        hand.seconds += 5.5 * 60
        screen.tick()
        await until(pilot, lambda: "0:04:30 left" in screen_text(app))
        assert status.rows(80)[0][-1].ink == "ink"
        assert notices(app).count("10 minutes left.") == 1


async def test_only_the_clock_is_drawn_when_a_second_has_passed(make_app: MakeApp) -> None:
    app, hand = make_app("ja"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_question(pilot, app, hand)
        laid_out: list[object] = []
        screen.screen_layout_refresh_signal.subscribe(screen, laid_out.append)
        hand.seconds += 1
        screen.tick()
        await until(pilot, lambda: "残り 0:06:53" in screen_text(app))
        assert laid_out == []


async def test_leaving_stops_the_clock_and_a_new_process_goes_on(make_app: MakeApp, desk: Desk) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_question(pilot, app, hand)
        hand.seconds += 30
        await pilot.press("1", "enter", "f", "3")
        hand.seconds += 4
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ExamStartScreen))
        await until(pilot, lambda: "An exam is under way" in screen_text(app))
        assert "2 of 6 answered · 0:06:20 left" in screen_text(app)
    other, later = make_app("en"), Hand()
    later.seconds = 1e6
    async with other.run_test(size=(80, 24)) as pilot:
        screen = await at_question(pilot, other, later)
        assert "2 / 6 ∗" in screen_text(other)
        assert "0:06:20 left" in screen_text(other)
        assert (screen.exam.sheet.open, screen.exam.chosen) == (4, 2)
    assert desk.history.answers() == []


async def test_the_app_closed_in_the_middle_keeps_the_exam(make_app: MakeApp, desk: Desk) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_question(pilot, app, hand)
        await pilot.press("4")
        hand.seconds += 7
    exam = ExamRoom(desk, app.home).under_way()
    assert exam is not None
    assert exam.chosen == 3
    assert exam.sheet.used == 7.0


async def test_starting_anew_is_asked_once(make_app: MakeApp) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_question(pilot, app, hand)
        first = screen.exam.sheet.id
        await pilot.press("1", "escape")
        await until(pilot, lambda: "under way" in screen_text(app))
        await pilot.press("x")
        await until(pilot, lambda: "Press x again" in screen_text(app))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ExamScreen))
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.exam.sheet.id != first
        assert app.screen.exam.sheet.open == COUNT


async def test_open_questions_are_asked_about_before_handing_in(make_app: MakeApp, desk: Desk) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(40, 15)) as pilot:
        await at_question(pilot, app, hand)
        await pilot.press("1", "o", "e")
        await until(pilot, lambda: "5 open. Press e again" in screen_text(app))
        assert desk.history.answers() == []
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExamReportScreen))
        assert len(desk.history.answers()) == 1


async def test_nothing_is_answered_by_a_bare_enter(make_app: MakeApp) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_question(pilot, app, hand)
        await pilot.press("enter", "enter")
        assert (screen.exam.number, screen.exam.sheet.open) == (3, COUNT)
        await pilot.press("j", "down", "enter")
        assert (screen.exam.number, screen.exam.sheet.open) == (4, COUNT - 1)
        await pilot.press("left")
        assert screen.exam.chosen == 1
        await pilot.press("４")
        assert screen.exam.sheet.places[2].chosen == screen.exam.item.options[3].id
        await pilot.press("0")
        assert screen.exam.sheet.open == COUNT
        await pilot.press("p", "p", "p", "p")
        assert screen.exam.number == 1


async def test_the_overview_leads_to_any_number(make_app: MakeApp) -> None:
    app, hand = make_app("ja"), Hand()
    async with app.run_test(size=(40, 15)) as pilot:
        screen = await at_question(pilot, app, hand, 40)
        await pilot.press("f", "1", "o")
        await until(pilot, lambda: "1◉∗" in screen_text(app))
        await pilot.press(*["down"] * 7, "right")
        await until(pilot, lambda: " 37–" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "37 / 40" in screen_text(app))
        assert screen.exam.number == 37


async def test_the_mouse_chooses_and_goes(make_app: MakeApp) -> None:
    app, hand = make_app("en"), Hand()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_question(pilot, app, hand, 20)
        rows = screen_text(app).splitlines()
        y = next(index for index, row in enumerate(rows) if re.match(r"\s+3   ", row))
        await pilot.click(offset=(10, y))
        assert screen.exam.sheet.places[0].chosen == screen.exam.items[0].options[2].id
        y = next(index for index, row in enumerate(rows) if " 12–" in row)
        await pilot.click(offset=(rows[y].index(" 12–") + 2, y))
        assert screen.exam.number == 12


async def test_every_shipped_question_fits_the_usual_terminal(make_app: MakeApp) -> None:
    app, hand = make_app("ja"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_question(pilot, app, hand, 104)
        page = screen.query_one("#page")
        for number in range(1, screen.exam.total + 1):
            screen.exam.go(number, hand())
            screen.show_question()
            await until(pilot, lambda: f"{screen.exam.number} / " in screen_text(app))
            bottom = max(row.virtual_region.bottom for row in screen.query("ExamRow"))
            assert bottom <= page.size.height, screen.exam.item.asked.id


async def test_the_languages_switch_and_help_opens(make_app: MakeApp) -> None:
    app, hand = make_app("ja"), Hand()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_question(pilot, app, hand)
        app.action_switch_language()
        await until(pilot, lambda: "left" in screen_text(app))
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is not screen)
        hand.seconds += 1e4
        screen.tick()
        await until(pilot, lambda: isinstance(app.screen, ExamReportScreen))


async def test_leaving_while_the_questions_are_prepared_leaves_no_exam_behind(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, hand = make_app("en"), Hand()
    left = Event()

    def waiting(asked: Asked, seed: int) -> Item | None:
        left.wait(20)
        return item(asked, seed)

    monkeypatch.setattr("engine.study.exam.paper.item", waiting)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_start(pilot, app, hand)
        await pilot.press("enter")
        await until(pilot, lambda: "Preparing the questions" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        left.set()
        await pilot.pause(0.1)
        assert isinstance(app.screen, HomeScreen)
    assert not (app.home / "exam.json").exists()
