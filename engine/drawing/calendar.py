"""Two months: the days that were studied in bold, today a chip, the exam with the mark."""

from calendar import Calendar
from collections.abc import Collection
from datetime import date, timedelta

from engine.drawing.cells import Row, Span
from engine.drawing.width import cell_width, fill
from engine.study.plan.dates import WEEKDAYS, write_month
from sims.text import Language, Text

CELL = 4
WIDTH = 7 * CELL
_STUDIED = Text("学んだ日", "studied")
_BOLD = Text("太字", "bold")
_EXAM = Text("試験日", "exam")


def calendar(today: date, exam: date | None, studied: Collection[int], language: Language) -> list[Row]:
    """This month and the exam's, or the next where that is the same; :data:`WIDTH` cells wide.

    ``studied``: study days as ordinals of dates.
    """
    first = today.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    second = exam.replace(day=1) if exam and exam.replace(day=1) > first else following
    rows: list[Row] = []
    for month in (first, second):
        rows += [*_month(month, today, exam, studied, language), ()]
    bold, said = _BOLD.get(language), _STUDIED.get(language)
    legend = [Span(bold, bold=True), Span(f" {said}   ", "muted")]
    if exam:
        legend += [Span("◉", "light"), Span(f" {_EXAM.get(language)}", "muted")]
    return [*rows, tuple(legend)]


def _month(month: date, today: date, exam: date | None, studied: Collection[int], language: Language) -> list[Row]:
    names = [name[: 1 if language == "ja" else 2] for name in WEEKDAYS[language]]
    rows: list[Row] = [
        (Span(write_month(month, language), bold=True),),
        (Span("".join(fill(name, CELL - 1, right=True) + " " for name in names), "muted"),),
    ]
    for week in Calendar().monthdatescalendar(month.year, month.month):
        rows.append(
            tuple(_day(day, today, exam, studied) if day.month == month.month else Span(" " * CELL) for day in week)
        )
    return rows


def _day(day: date, today: date, exam: date | None, studied: Collection[int]) -> Span:
    number = fill(str(day.day), CELL - 1, right=True)
    if day == today:
        return Span(number + " ", "onglow", "glow", bold=True)
    if day == exam:
        return Span(fill(f"◉{day.day}", CELL - 1, right=True) + " ", "light", bold=True)
    was = day.toordinal() in studied
    return Span(number + " ", "ink" if was else "muted", bold=was)


def beside(left: list[Row], right: list[Row], column: int) -> list[Row]:
    """Two blocks side by side, the right one from ``column`` on."""
    rows = []
    for index in range(max(len(left), len(right))):
        row = left[index] if index < len(left) else ()
        used = sum(cell_width(span.text) for span in row)
        tail = right[index] if index < len(right) else ()
        rows.append((*row, Span(" " * (column - used)), *tail) if tail else row)
    return rows
