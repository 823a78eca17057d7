"""Times as they are kept, and the study day that each belongs to."""

from datetime import UTC, date, datetime, timedelta, tzinfo

DAY_STARTS = timedelta(hours=4)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = 24 * 60 * 60 * 1_000_000
_FIRST_DAY = _EPOCH.toordinal()


def utc_now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def microseconds(at: datetime) -> int:
    """An aware time in microseconds since 1970. Raises ValueError for one without its zone."""
    if at.tzinfo is None:
        raise ValueError("a time is kept with its zone")
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """The aware UTC time of ``at`` (microseconds since 1970). Raises OverflowError for one outside the calendar."""
    return _EPOCH + timedelta(microseconds=at)


def study_day(at: datetime, timezone: tzinfo | None) -> date:
    """The study day of an aware time: it starts at 04:00 on the wall clock, so a late evening is one day.

    Without a ``timezone`` the machine's own is used, summer time and all.
    """
    if at.tzinfo is None:
        raise ValueError("a time without its zone has no study day")
    return (at.astimezone(timezone).replace(tzinfo=None) - DAY_STARTS).date()


class StudyDays:
    """The study day of a time as the ordinal of a date; quick, because a zone is asked twice a day at most."""

    def __init__(self, timezone: tzinfo | None) -> None:
        self.timezone = timezone
        self._ahead: dict[int, int | None] = {}

    def __call__(self, at: int) -> int:
        """The study day of ``at`` (microseconds since 1970)."""
        date = at // _DAY
        try:
            ahead = self._ahead[date]
        except KeyError:
            ahead = self._ahead[date] = self._ahead_all_day(date)
        if ahead is None:  # the clocks are changed on this day
            return study_day(moment(at), self.timezone).toordinal()
        return _FIRST_DAY + (at + ahead) // _DAY

    def _ahead_all_day(self, date: int) -> int | None:
        """How far the study day is ahead of the UTC day number ``date``; None if that changes in the course of it."""
        first, last = (ahead_of_utc(moment(at), self.timezone) for at in (date * _DAY, (date + 1) * _DAY))
        return (first - DAY_STARTS) // _MICROSECOND if first == last else None


def ahead_of_utc(at: datetime, timezone: tzinfo | None) -> timedelta:
    """How far the clocks of ``timezone`` (the machine's if None) are ahead of UTC at an aware time."""
    return at.astimezone(timezone).replace(tzinfo=None) - at.astimezone(UTC).replace(tzinfo=None)
