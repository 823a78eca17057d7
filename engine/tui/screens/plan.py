"""The plan: what the exam day may bring, the next days, the calendar; and the keys to set the day and the minutes."""

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input

from engine import words
from engine.drawing.calendar import WIDTH as CALENDAR_WIDTH
from engine.drawing.calendar import beside, calendar
from engine.drawing.cells import Row, Span
from engine.drawing.plan import plan_rows, reason_rows
from engine.drawing.wrap import wrap
from engine.settings import LEAST_MINUTES, MOST_MINUTES, save_settings
from engine.study.plan import words as plan_words
from engine.study.plan.dates import DateError, read_exam_date, write_date
from engine.study.plan.forecast_terms import Forecast
from engine.study.plan.goal import Goal
from engine.study.plan.plan import Plan
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.echo import Echo
from engine.tui.widgets.field import Field
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.status import StatusLine
from sims.text import Text

MINUTES_STEP = 5
EXAMPLE = "2027-02-19   2月19日   19 Feb"
FIELD_PREFIX = Text("試験日", "exam on")
REASONS_SHOWN, WIDEST = 12, 96


def _today(count: int) -> keys.Key:
    words = Text(f"今日の {count} 問", f"{count} for today") if count else keys.START.words
    return keys.START.saying(words)


class PlanPicture(Drawn):
    """The forecast and the week at the left, two months at the right; one below the other where it is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self.forecast: Forecast | None = None

    def rows(self, width: int) -> list[Row]:
        """As many rows as it takes; the page scrolls."""
        desk, inset = self.screen.peephole.desk, self.inset  # type: ignore[attr-defined]
        today = desk.study_day
        exam = self.plan.exam if self.plan else None
        months = calendar(today, exam, desk.record.standing.days, self.language)
        room = width - 2 * inset
        apart = room >= CALENDAR_WIDTH + 34
        half = min(room - CALENDAR_WIDTH - 4, 58) if apart else room
        left = self._left(half)
        rows = beside(left, months, half + 4) if apart else [*left, (), *months]
        if self.plan and not self.is_short:
            reasons = reason_rows(self.plan, desk.question_words, min(room, WIDEST), self.language, REASONS_SHOWN)
            rows += [(), *reasons]
        return [(Span(" " * inset), *row) for row in rows]

    def _left(self, width: int) -> list[Row]:
        if self.plan is not None:
            return plan_rows(self.plan, self.forecast, width, self.language, self.is_short)
        return [(Span(line, bold=True),) for line in wrap(self.say(plan_words.NO_PLAN), width, balance=True)]


class PlanScreen(PeepholeScreen):
    """Enter starts today's part; ``e`` sets the day, ``+`` and ``-`` the minutes."""

    BINDINGS = [
        keys.START.binding(),
        keys.EXAM_DAY.binding(),
        keys.MORE_MINUTES.binding(),
        keys.FEWER_MINUTES.binding(),
        keys.DOWN.binding("scroll(1)"),
        keys.UP.binding("scroll(-1)"),
        keys.PAGE_DOWN.binding(),
        keys.PAGE_UP.binding(),
        keys.BACK.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._generation = 0

    def compose(self) -> ComposeResult:
        """The picture; the field for the date comes when it is asked for."""
        yield StatusLine(keys.PLAN.words)
        with VerticalScroll(id="page", can_focus=False):
            yield PlanPicture()
        yield MoreBelow()
        yield KeyBar((keys.START, keys.BACK), keys.HELP_LETTER)

    async def on_screen_resume(self) -> None:
        """Here, or here again after a session."""
        self._plan()

    def _plan(self) -> None:
        """Rank today's questions at once, and work the forecast out in a thread; the newest one wins."""
        self._generation += 1
        picture = self.query_one(PlanPicture)
        picture.plan, picture.forecast = self.peephole.desk.planned(), None
        if picture.plan is not None:
            plan, generation = picture.plan, self._generation
            self.run_worker(lambda: self._foresee(plan, generation), thread=True, exit_on_error=False)
        self._show()

    def _foresee(self, plan: Plan, generation: int) -> None:
        from engine.study.plan.forecast import foresee  # imports NumPy

        if generation == self._generation:
            self.hand_over(self._forecast, foresee(plan), generation)

    def _forecast(self, forecast: Forecast, generation: int) -> None:
        if generation == self._generation and self.is_open:
            picture = self.query_one(PlanPicture)
            picture.forecast = forecast
            picture.redraw()

    def _show(self) -> None:
        plan = self.query_one(PlanPicture).plan
        right = None
        if plan is not None:
            left = plan_words.days_left(plan)
            short = self.app.size.width < 50
            ja, en = f"あと {plan.days} 日", f"{plan.days} days left"
            if plan.days == 0:
                ja, en = left.ja, left.en
            on = Text(write_date(plan.exam, "ja"), write_date(plan.exam, "en"))
            right = Text(ja, en) if short else Text(f"{on.ja}   {ja}", f"{on.en}   {en}")
        self.query_one(StatusLine).show(keys.PLAN.words, right, ())
        first = keys.SET_EXAM_DAY if plan is None else _today(len(plan.queue))
        if self._editing:
            self._keys(keys.SAVE, keys.CANCEL)
        elif plan is None:
            self._keys(first, keys.BACK)
        else:
            self._keys(first, keys.EXAM_DAY, keys.MINUTES, keys.BACK)
        self.redraw()

    def _keys(self, *shown: keys.Key) -> None:
        self.query_one(KeyBar).show(shown, keys.HELP if self._editing else keys.HELP_LETTER)

    @property
    def _editing(self) -> bool:
        return bool(self.query(Field))

    async def action_start(self) -> None:
        """Take the date that was typed; without a plan, ask for one; else start today's part."""
        plan = self.query_one(PlanPicture).plan
        if self._editing:
            await self._take()
        elif plan is None:
            await self.action_exam_day()
        elif not plan.queue:
            self.peephole.say(words.NOTHING_DUE)
        else:
            self.peephole.start_session(self.peephole.desk.session(count=len(plan.queue)))

    async def action_exam_day(self) -> None:
        """Open the field for the date."""
        if self._editing:
            return
        exam = self.peephole.desk.goal.exam
        field = Field(FIELD_PREFIX.get(self.language), exam.isoformat() if exam else "")
        await self.page.mount(field, Echo(EXAMPLE), before=0)
        self.page.scroll_home(animate=False)
        field.input.focus()
        self._show()

    async def _take(self) -> None:
        desk = self.peephole.desk
        text = self.query_one(Field).text
        try:
            exam = read_exam_date(text, desk.study_day) if text.strip() else None
        except DateError as error:
            self.query_one(Echo).show_note(error.text)
            return
        self._keep(replace(desk.goal, exam=exam))
        await self._close()
        self._plan()

    async def action_back(self) -> None:  # type: ignore[override]
        """Leave the field as it was, or leave the screen."""
        if self._editing:
            await self._close()
            self._show()
        else:
            self.app.pop_screen()

    async def _close(self) -> None:
        await self.query(Field).remove()
        await self.query(Echo).remove()

    def action_minutes(self, by: int) -> None:
        """More or fewer minutes a day, in steps of five."""
        goal = self.peephole.desk.goal
        minutes = min(max((goal.minutes // MINUTES_STEP + by) * MINUTES_STEP, LEAST_MINUTES), MOST_MINUTES)
        if minutes != goal.minutes and not self._editing:
            self._keep(replace(goal, minutes=minutes))
            self._plan()

    def _keep(self, goal: Goal) -> None:
        app = self.peephole
        app.desk.goal = goal
        app.settings = msgspec.structs.replace(app.settings, exam=goal.exam, minutes=goal.minutes)
        warning = save_settings(app.home, app.settings)
        if warning:
            app.say(warning, "warning")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show which day is meant, before it is taken."""
        event.stop()
        desk, text = self.peephole.desk, event.value.strip()
        for echo in self.query(Echo):
            try:
                day = read_exam_date(text, desk.study_day)
            except DateError:
                echo.show_example()  # half a date is no mistake
            else:
                echo.show_reading(write_date(day, self.peephole.language))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field; a second one may come while it closes."""
        event.stop()
        if self._editing:
            await self._take()
