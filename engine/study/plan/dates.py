"""A date as people write it: ``2027-02-19``, ``2027/2/19``, ``2月19日``, ``Feb 19``, also in full width."""

import re
import unicodedata
from datetime import date

from sims.text import Language, Text

FIRST_YEAR, LAST_YEAR = 2000, 2100

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2{_DAY}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?:{_YEAR} ?年)? ?(?P<month>\d{{1,2}}) ?月 ?{_DAY} ?日?",
        rf"(?P<month>\d{{1,2}})[-/]{_DAY}",
        rf"{_NAME} ?{_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        rf"{_DAY}(?:st|nd|rd|th)? ?{_NAME}(?:,? {_YEAR})?",
    )
)
_WEEKDAY = re.compile(r" ?\([^()]{1,9}\)$")
_LONGEST = 40
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−ー", "-"))


class DateError(ValueError):
    """A text that is no date, or none that is meant; ``text`` says what to write."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_date(text: str, today: date) -> date:
    """The day that ``text`` means; without a year, the next such day from ``today`` on. Raises DateError."""
    plain = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).strip().lower().translate(_HYPHENS)
    plain = _WEEKDAY.sub("", plain)
    match = next(filter(None, (form.fullmatch(plain) for form in _FORMS)), None)
    if match is None or len(text) > _LONGEST:
        raise DateError(_UNREADABLE)
    parts = match.groupdict()
    month = _MONTHS.index(parts["name"]) + 1 if parts.get("name") else int(parts["month"])
    day, year = int(parts["day"]), parts.get("year")
    if year is not None:
        return _date(int(year), month, day)
    for each in range(today.year, today.year + 9):  # a 29 February comes every four years, or after eight
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise DateError(_no_such(f"{month}/{day}"))


def read_exam_date(text: str, today: date) -> date:
    """As :func:`read_date`, for a day that is still to come."""
    exam = read_date(text, today)
    if exam < today:
        said = exam.isoformat()
        raise DateError(
            Text(f"{said} はもう過ぎています。これからの日付を書いてください。", f"{said} is past; give a day to come.")
        )
    return exam


def write_date(day: date, language: Language, year: bool = True) -> str:
    """``2027 年 2 月 20 日（土）`` or ``Sat 20 Feb 2027``."""
    if language == "ja":
        rest = f"{day.month} 月 {day.day} 日（{WEEKDAYS['ja'][day.weekday()]}）"
        return f"{day.year} 年 {rest}" if year else rest
    rest = f"{WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS[day.month - 1].title()}"
    return f"{rest} {day.year}" if year else rest


def write_month(day: date, language: Language) -> str:
    """``2027 年 2 月`` or ``February 2027``."""
    return f"{day.year} 年 {day.month} 月" if language == "ja" else f"{MONTH_NAMES[day.month - 1]} {day.year}"


WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "ja": tuple("月火水木金土日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_UNREADABLE = Text(
    "日付として読めません。たとえば 2027-02-19、2027/2/19、2月19日 のように書いてください。",
    "Cannot read this as a date. Write for example 2027-02-19, 2027/2/19 or 19 Feb 2027.",
)


def _no_such(said: str) -> Text:
    return Text(f"{said} という日はありません。", f"There is no such day as {said}.")


def _date(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(Text(f"{year} 年は範囲の外です。", f"The year {year} is out of range."))
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(_no_such(f"{year}-{month}-{day}")) from None
