"""The desk of a command: the library, the history in the home folder, the system's clock and its zone."""

from engine.cli.context import Context
from engine.study.answer import utc_now
from engine.study.desk import Desk


def open_desk(context: Context) -> Desk:
    """Open the learner's desk."""
    return Desk.open(context.library(), context.home, utc_now, timezone=None)
