"""``peephole plan``: the way to the exam. With options it also sets the day and the minutes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

from engine.cli.context import PROBLEMS, Context, UsageError
from engine.cli.desk import open_desk
from engine.drawing.width import cell_width, crop, fill
from engine.settings import save_settings
from engine.study.desk import Desk
from engine.study.plan import words as plan_words
from engine.study.plan.dates import WEEKDAYS, DateError, read_exam_date, write_date
from engine.study.plan.forecast_terms import Estimate, Forecast
from engine.study.plan.goal import Goal
from engine.study.plan.plan import Plan
from engine.study.plan.ranking import Chosen
from sims.text import Language, Text

WIDTH = 76
LISTED = 20
AT_RISK = 5
BAR = 24  # cells of the longest day
_TITLES = {
    "today": Text("今日", "Today"),
    "week": Text("これからの 7 日", "The next 7 days"),
    "forecast": Text("試験日の見込み", "On the exam day"),
    "risk": Text("このままだと忘れる問題", "At risk until then"),
    "cost": Text("休むと", "A day off"),
}


def run(context: Context) -> int:
    """Set what the options say, then show the plan. Without an exam to come that is one sentence."""
    desk = open_desk(context)
    if desk.library.problems and not desk.topics:
        return PROBLEMS
    _set(context, desk)
    plan = desk.planned()
    forecast = _forecast(plan) if plan else None
    if context.options.json:
        context.say_json(record(desk, plan, forecast))
    elif plan is None or forecast is None:
        passed = desk.goal.exam is not None and bool(desk.topics)
        context.say(plan_words.PASSED if passed else plan_words.NO_PLAN)
        context.say("  peephole plan --exam 2027-02-19 --minutes 30")
    else:
        context.say("\n".join(Page(desk, plan, forecast, context.language).lines()))
    desk.close()
    return 0


def record(desk: Desk, plan: Plan | None, forecast: Forecast | None) -> dict[str, Any]:
    """The plan as data; shares and chances are of 1, ``exam`` is null while there is none to come."""
    if plan is None or forecast is None:
        kept = desk.goal.exam.isoformat() if desk.goal.exam else None
        return {"exam": None, "stored": kept, "minutes": desk.goal.minutes, "today": []}
    outlook = plan.outlook
    return {
        "exam": plan.exam.isoformat(),
        "days": plan.days,
        "minutes": outlook.minutes,
        "questions": len(plan.questions),
        "rounds": round(outlook.rounds, 2),
        "mode": outlook.phase,
        "today": [_chosen(each) for each in plan.queue],
        "seconds": round(plan.seconds),
        "week": [round(each, 1) for each in forecast.week],
        "reviews": len(plan.reviews),
        "if_you_stop": _estimate(forecast.stop),
        "if_you_keep_going": _estimate(forecast.keep),
        "memory": None if forecast.scale is None else round(forecast.scale, 3),
        "at_risk": [
            {"question": plan.questions[each.place], "today": round(each.today, 3), "exam": round(each.exam, 3)}
            for each in forecast.fading[:LISTED]
        ],
        "never_met": plan.never_met,
        "missing_today_costs_at_most": round(plan.worth, 2),
    }


def _set(context: Context, desk: Desk) -> None:
    """Store what the options say. Raises UsageError for a date that is none."""
    options, settings = context.options, context.settings
    changes: dict[str, Any] = {}
    if options.exam is not None:
        try:
            changes["exam"] = read_exam_date(options.exam, desk.study_day)
        except DateError as error:
            raise UsageError(error.text) from None
    if options.forget_exam:
        changes["exam"] = None
    if options.minutes is not None:
        changes["minutes"] = options.minutes
    if changes:
        settings = msgspec.structs.replace(settings, **changes)
        warning = save_settings(context.home, settings)
        if warning:
            context.warn(warning)
        desk.goal = Goal(settings.exam, settings.minutes)


def _forecast(plan: Plan) -> Forecast:
    from engine.study.plan.forecast import foresee  # imports NumPy

    return foresee(plan)


def _chosen(each: Chosen) -> dict[str, Any]:
    return {
        "question": each.question,
        "kind": each.kind,
        "recall": None if each.held is None else round(each.today, 3),
        "exam_without": None if each.held is None else round(each.without, 3),
        "exam_with": round(each.shown, 3),
        "gain": round(each.gain, 4),
        "seconds": round(each.seconds, 1),
    }


def _estimate(each: Estimate | None) -> dict[str, float] | None:
    if each is None:
        return None
    return {"share": round(each.share, 3), "low": round(each.low, 3), "high": round(each.high, 3)}


class Page:
    """The plan as lines, in one language."""

    def __init__(self, desk: Desk, plan: Plan, forecast: Forecast, language: Language) -> None:
        self.desk = desk
        self.plan = plan
        self.forecast = forecast
        self.language = language

    def lines(self) -> Iterator[str]:
        """Header, today's queue, the week, the forecast, what is at risk, and what a day off costs."""
        plan = self.plan
        yield f"{self._say(plan_words.days_left(plan))}  {write_date(plan.exam, self.language)}"
        yield self._say(plan_words.rounds(plan))
        yield self._say(plan_words.mode(plan))
        yield from ("", self._say(plan_words.queue_line(plan)))
        yield from self._queue()
        yield from ("", self._say(_TITLES["week"]))
        yield from self._week()
        yield from ("", self._say(_TITLES["forecast"]))
        yield from self._exam_day()
        yield from self._at_risk()
        yield from ("", self._say(_TITLES["cost"]))
        yield f"  {self._say(plan_words.missing(plan))}"
        if plan.days > 1:
            yield f"  {self._say(plan_words.EVE)}"

    def _queue(self) -> Iterator[str]:
        queue = self.plan.queue
        names = max((cell_width(each.question) for each in queue[:LISTED]), default=0)
        kinds = max((cell_width(self._say(plan_words.KINDS[each.kind])) for each in queue), default=0)
        for each in queue[:LISTED]:
            kind = fill(self._say(plan_words.KINDS[each.kind]), kinds)
            yield f"  {fill(each.question, names)}  {kind}  {self._say(plan_words.reason(each))}"
        if len(queue) > LISTED:
            rest = len(queue) - LISTED
            yield "  " + self._say(Text(f"ほか {rest} 問", f"and {rest} more"))

    def _week(self) -> Iterator[str]:
        most = max(*self.forecast.week, 1.0)
        for index, count in enumerate(self.forecast.week):
            day = self.plan.today + timedelta(days=index)
            name = self._say(_TITLES["today"]) if index == 0 else f"{WEEKDAYS[self.language][day.weekday()]} {day.day}"
            yield f"  {fill(name, 7)} {'━' * round(BAR * count / most)} {count:.0f}".rstrip()

    def _exam_day(self) -> Iterator[str]:
        forecast, count = self.forecast, len(self.plan.questions)
        if forecast.stop is None or forecast.keep is None or forecast.scale is None:
            yield f"  {self._say(plan_words.TOO_EARLY)}"
            return
        minutes = f"{self.plan.outlook.minutes:g}"
        stop = Text("今日でやめたら", "if you stop today")
        keep = Text(f"1 日 {minutes} 分を続けたら", f"if you keep {minutes} min a day")
        width = max(cell_width(self._say(stop)), cell_width(self._say(keep)))
        for words, each in ((stop, forecast.stop), (keep, forecast.keep)):
            yield f"  {fill(self._say(words), width)}  {self._say(plan_words.estimate(each, count))}"
        yield f"  {self._say(plan_words.CONDITION)}"
        yield f"  {self._say(plan_words.memory(forecast.scale))}"

    def _at_risk(self) -> Iterator[str]:
        fading = [each for each in self.forecast.fading[:AT_RISK] if each.today - each.exam > 0.01]
        if not fading and not self.plan.never_met:
            return
        yield from ("", self._say(_TITLES["risk"]))
        names = [crop(self.plan.questions[each.place], WIDTH - 30) for each in fading]
        widest = max(map(cell_width, names), default=0)
        for each, name in zip(fading, (fill(name, widest) for name in names), strict=True):
            today, exam = round(100 * each.today), round(100 * each.exam)
            yield "  " + self._say(Text(f"{name}  今日 {today} % → {exam} %", f"{name}  today {today} % → {exam} %"))
        if self.plan.never_met:
            yield f"  {self._say(plan_words.never_met(self.plan))}"

    def _say(self, text: Text) -> str:
        return text.get(self.language)
