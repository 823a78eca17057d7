"""The desk of a command: the library, the history in the home folder, the system's clock and its zone."""

from engine.cli.context import Context
from engine.study.clock import utc_now
from engine.study.desk import Desk
from engine.study.plan.goal import Goal
from sims.text import Text

READING = Text("学習の記録を読んでいます", "Reading the history")


def open_desk(context: Context) -> Desk:
    """Open the learner's desk. Where a long history has to be read as a whole, the learner sees how far it is.

    What is wrong with the history goes to stderr: without an app nobody else would say that answers are not kept.
    """
    desk = Desk.open(context.library(), context.home, utc_now, timezone=None)
    if desk.history.warning:
        context.warn(desk.history.warning)
    desk.goal = Goal(context.settings.exam, context.settings.minutes)
    with context.progress(READING) as progress:
        desk.record.catch_up(progress.show)
    return desk
