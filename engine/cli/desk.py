"""The desk of a command: the library, the history in the home folder, the system's clock and its zone."""

import sys

from engine.cli.context import Context
from engine.progress import Progress
from engine.study.clock import utc_now
from engine.study.desk import Desk
from engine.study.memory.standing import BATCH
from engine.study.plan.goal import Goal
from sims.text import Text


def open_desk(context: Context) -> Desk:
    """Open the learner's desk. Where a long history has to be read as a whole, the learner sees how far it is.

    What is wrong with the history goes to stderr: without an app nobody else would say that answers are not kept.
    """
    desk = Desk.open(context.library(), context.home, utc_now, timezone=None)
    if desk.history.warning:
        context.warn(desk.history.warning)
    desk.goal = Goal(context.settings.exam, context.settings.minutes)
    desk.record.catch_up(_counting(context) if sys.stderr.isatty() else None)
    return desk


def _counting(context: Context) -> Progress:
    def show(done: int, total: int) -> None:
        if total > BATCH:
            words = Text(f"学習の記録を読んでいます {done:,} / {total:,}", f"Reading the history {done:,} / {total:,}")
            sys.stderr.write("\r" + words.get(context.language) + ("\r\x1b[K" if done == total else ""))
            sys.stderr.flush()

    return show
