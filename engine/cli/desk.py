"""The desk of a command: the library, the history in the home folder, the system's clock and its zone."""

from engine.cli.context import Context
from engine.study.answer import utc_now
from engine.study.desk import Desk
from engine.study.queue import Goal


def open_desk(context: Context) -> Desk:
    """Open the learner's desk, with the exam that it works towards."""
    desk = Desk.open(context.library(), context.home, utc_now, timezone=None)
    desk.goal = Goal(context.settings.exam, context.settings.minutes)
    return desk
