"""The plan as rows: what the exam day may bring, the next seven days, today's questions with their reasons."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from engine.drawing.cells import Row, Span
from engine.drawing.width import crop, fill
from engine.drawing.wrap import wrap
from engine.study.plan import words as plan_words
from engine.study.plan.dates import WEEKDAYS
from engine.study.plan.forecast_terms import Estimate, Forecast
from engine.study.plan.plan import Plan
from sims.text import Language, Text

EXAM_DAY = Text("試験日の見込み", "On the exam day")
WEEK = Text("これからの 7 日", "The next 7 days")
TODAY = Text("今日", "Today")
WORKING = Text("計算しています…", "Working it out…")
REASONS = Text("今日の問題と、その理由", "Today's questions, and why")
_LONGEST = 37


def plan_rows(plan: Plan, forecast: Forecast | None, width: int, language: Language, short: bool) -> list[Row]:
    """The left half, ``width`` cells wide; ``forecast`` is None while it is worked out. Gaps go where it is short."""
    gap: list[Row] = [] if short else [()]
    rows = [*_exam_day(plan, forecast, width, language), *gap, *_week(plan, forecast, width, language), *gap]
    closing = [plan_words.rounds(plan), plan_words.mode(plan), plan_words.missing(plan)]
    for words in closing:
        rows += [(Span(line, "muted"),) for line in wrap(words.get(language), width, balance=True)]
    return rows


def reason_rows(plan: Plan, question: Callable[[str], Text], width: int, language: Language, most: int) -> list[Row]:
    """Up to ``most`` of today's questions, each by how it begins, with its reason in numbers below it.

    ``question`` gives the words of a question.
    """
    rows: list[Row] = [(Span(REASONS.get(language), bold=True),)]
    for each in plan.queue[:most]:
        asked = " ".join(question(each.question).get(language).split())
        kind = plan_words.KINDS[each.kind].get(language)
        said = plan_words.reason(each).get(language)
        rows += [(Span(crop(asked, width)),), (Span(crop(f"  {kind}  {said}", width), "muted"),)]
    return rows if plan.queue else []


def _exam_day(plan: Plan, forecast: Forecast | None, width: int, language: Language) -> Iterator[Row]:
    yield (Span(EXAM_DAY.get(language), bold=True),)
    if forecast is None or forecast.keep is None or forecast.stop is None:
        words = WORKING if forecast is None else plan_words.TOO_EARLY
        yield from ((Span(line, "muted"),) for line in wrap(words.get(language), width, balance=True))
        return
    share, low, high = (round(100 * part) for part in (forecast.keep.share, forecast.keep.low, forecast.keep.high))
    about, between = Text("正答率 ", "right "), Text(f"   {low} から {high} のあいだ", f"   between {low} and {high}")
    yield (Span(about.get(language), "muted"), Span(f"{share} %", bold=True), Span(between.get(language), "muted"))
    yield from _range(forecast.keep, min(width, _LONGEST))
    stop = round(100 * forecast.stop.share)
    stopping = Text(f"今日でやめたら {stop} %", f"{stop} % if you stop today")
    yield (Span(stopping.get(language), "muted"),)
    yield from ((Span(line, "muted"),) for line in wrap(plan_words.CONDITION.get(language), width, balance=True))


def _range(estimate: Estimate, width: int) -> Iterator[Row]:
    """A scale from 0 to 100 with the interval lit."""
    low = min(round(estimate.low * width), width - 1)
    high = max(round(estimate.high * width), low + 1)
    yield (Span("─" * low, "line"), Span("━" * (high - low), bold=True), Span("─" * (width - high), "line"))
    middle = width // 2 - 1
    yield (Span("0" + " " * (middle - 1) + "50" + " " * (width - middle - 5) + "100", "muted"),)


def _week(plan: Plan, forecast: Forecast | None, width: int, language: Language) -> Iterator[Row]:
    yield (Span(WEEK.get(language), bold=True),)
    counts = forecast.week if forecast else (float(len(plan.queue)),)
    longest = min(width, _LONGEST) - 13
    most = max(*counts, 1.0)
    for index, count in enumerate(counts):
        day = plan.today + timedelta(days=index)
        name = TODAY.get(language) if index == 0 else f"{WEEKDAYS[language][day.weekday()]} {day.day}"
        bar = "━" * max(round(longest * count / most), 1 if count >= 0.5 else 0)
        yield (
            Span(fill(name, 8), "muted" if index else "ink"),
            Span(bar, "muted" if index else "light"),
            Span((" " if bar else "") + f"{count:.0f}", "muted" if index else "ink"),
        )
