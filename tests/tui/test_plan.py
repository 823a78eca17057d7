"""The plan screen: set the day and the minutes, see the forecast come, start today's part."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.settings import load_settings
from engine.study.answer import Answer
from engine.study.desk import Desk
from engine.study.plan.goal import Goal
from engine.tui.app import PeepholeApp
from engine.tui.screens.plan import PlanScreen
from engine.tui.screens.question import QuestionScreen
from sims.text import Language
from tests.tui.conftest import START, screen_text
from tests.tui.test_path import until

MakeApp = Callable[..., PeepholeApp]
SIZES = [(80, 24), (40, 15), (120, 40)]
EXAM = date(2027, 2, 20)


def studied(desk: Desk, days: int) -> None:
    """Thirty questions on each of the last ``days`` days, all right."""
    for day in range(days):
        for number, name in enumerate(list(desk.topics)[:30]):
            at = START - timedelta(days=days - day) + timedelta(seconds=number)
            desk.record.append(Answer(f"{day}-{number}", at, "s", name, 0, "x", "correct", 1.0, None, 20.0))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_without_a_plan_enter_asks_for_the_day_and_keeps_it(
    make_app: MakeApp, tmp_path: Path, desk: Desk, language: Language, size: tuple[int, int]
) -> None:
    app = make_app(language)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(PlanScreen())
        await until(pilot, lambda: {"ja": "試験日を決めると", "en": "Set the day"}[language] in screen_text(app))
        await pilot.press("enter")
        await pilot.press(*"2/30", "enter")
        await until(
            pilot,
            lambda: "2/30" in screen_text(app) and ("ありません" in screen_text(app) or "no such" in screen_text(app)),
        )
        await pilot.press(*["backspace"] * 4, *"2/20", "enter")
        await until(pilot, lambda: {"ja": "これからの 7 日", "en": "next 7 days"}[language] in screen_text(app))
        assert {"ja": "あと 89 日", "en": "89 days left"}[language] in screen_text(app)
    assert load_settings(tmp_path)[0].exam == EXAM
    assert desk.goal.exam == EXAM


@pytest.mark.parametrize("size", SIZES)
async def test_enter_starts_todays_part_and_the_counts_agree(
    make_app: MakeApp, desk: Desk, size: tuple[int, int]
) -> None:
    desk.goal = Goal(EXAM, 10)
    today = desk.today()
    app = make_app("ja")
    async with app.run_test(size=size) as pilot:
        await app.push_screen(PlanScreen())
        await until(pilot, lambda: f"今日の {today.total} 問" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen))
        assert f"1 / {today.total}" in screen_text(app)


async def test_minutes_change_by_five_and_today_with_them(make_app: MakeApp, tmp_path: Path, desk: Desk) -> None:
    desk.goal = Goal(EXAM, 30)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(PlanScreen())
        await until(pilot, lambda: "30 min a day" in screen_text(app))
        before = desk.today().total
        await pilot.press("minus", "minus")
        await until(pilot, lambda: "20 min a day" in screen_text(app))
        assert desk.today().total < before
        await pilot.press("plus")
        await until(pilot, lambda: "25 min a day" in screen_text(app))
    assert load_settings(tmp_path)[0].minutes == 25


async def test_a_forecast_needs_fifty_reviews(make_app: MakeApp, desk: Desk) -> None:
    desk.goal = Goal(EXAM, 30)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        studied(desk, 2)  # the second day has 30 reviews
        await app.push_screen(PlanScreen())
        await until(pilot, lambda: "A forecast follows" in screen_text(app))
        app.pop_screen()


async def test_escape_leaves_the_field_then_the_screen(make_app: MakeApp, desk: Desk) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(PlanScreen())
        await pilot.press("e")
        await pilot.press(*"2027", "escape")
        await pilot.pause()
        assert isinstance(app.screen, PlanScreen)
        assert desk.goal.exam is None
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, PlanScreen))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_calendar_and_the_forecast_are_drawn(
    make_app: MakeApp, desk: Desk, language: Language, size: tuple[int, int]
) -> None:
    desk.goal = Goal(EXAM, 30)
    studied(desk, 4)
    app = make_app(language)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(PlanScreen())
        await until(pilot, lambda: {"ja": "正答率", "en": "right "}[language] in screen_text(app))
        assert "%" in screen_text(app)
        if size[0] > 50:
            assert "◉20" in screen_text(app)
