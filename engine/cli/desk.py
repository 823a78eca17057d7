"""The desk of a command: the library, the history in the home folder, the system's clock and time zone."""

from datetime import datetime

from engine.cli.context import Context
from engine.study.answer import utc_now
from engine.study.desk import Desk


def open_desk(context: Context) -> Desk:
    """Open the learner's desk."""
    timezone = datetime.now().astimezone().tzinfo
    assert timezone is not None  # noqa: S101  (an aware time has one)
    return Desk.open(context.library(), context.home, utc_now, timezone)
