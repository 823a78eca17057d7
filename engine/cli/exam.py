"""``peephole exam``: a timed mock exam, in the app or line by line; or the report of the last one."""

import sys
import time
from typing import TYPE_CHECKING

from engine.cli.context import PROBLEMS, USAGE, Context
from engine.cli.desk import open_desk
from engine.study.exam.room import ExamRoom
from engine.study.exam.words import NOTHING_TO_ASK
from sims.text import Text

if TYPE_CHECKING:
    from textual.screen import Screen

    from engine.tui.app import PeepholeApp

NO_REPORT = Text("終えた模擬試験がまだありません。", "No mock exam has been finished yet.")
NEEDS_TERMINAL = Text(
    "模擬試験の画面には端末が要ります。パイプの中では --plain を付けてください。",
    "The mock exam needs a terminal. In a pipe, add --plain.",
)


def run(context: Context) -> int:
    """Hold the exam; 1 if its answers could not be kept, 2 if nothing can be asked or there is no terminal."""
    options = context.options
    if not (options.plain or options.report) and not (sys.stdin.isatty() and sys.stdout.isatty()):
        context.warn(NEEDS_TERMINAL)
        return USAGE
    desk = open_desk(context)
    topics = tuple(context.topics(desk.library, options.topics))
    room = ExamRoom(desk, context.home)
    if options.report:
        return _report(context, room)
    offer = room.offer(options.count, options.minutes, options.seed, topics)
    if not offer.count:
        context.warn(NOTHING_TO_ASK)
        return USAGE
    if options.plain:
        from engine.cli.exam_plain import PlainExam

        return PlainExam(context, room, time.monotonic).run(offer, anew=options.new)
    return _open(context, room, topics)


def _open(context: Context, room: ExamRoom, topics: tuple[str, ...]) -> int:
    from engine.cli.app import open_app

    if context.options.new:
        room.abandon()

    def start(_: "PeepholeApp") -> "Screen[None]":
        from engine.tui.screens.exam_start import ExamStartScreen

        options = context.options
        return ExamStartScreen(options.count, options.minutes, options.seed, topics)

    return open_app(context, room.desk, first=start)


def _report(context: Context, room: ExamRoom) -> int:
    room.under_way()  # one that was finished but not kept is closed first
    found = room.last_report()
    for warning in room.warnings():
        context.warn(warning)
    if found is None:
        context.warn(NO_REPORT)
        return PROBLEMS
    from engine.cli.exam_plain import say_report

    say_report(context, room.desk, found)
    room.desk.close()
    return 0
