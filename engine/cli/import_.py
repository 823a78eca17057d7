"""``peephole import FILE``: what ``export json`` wrote, back into the history."""

import sys
from collections.abc import Callable
from pathlib import Path

from engine.bank.files import TooLargeError, read_regular
from engine.cli.context import PROBLEMS, Context, UsageError
from engine.cli.loading import LoadingLine
from engine.exchange import archive
from engine.exchange.trouble import ExchangeError, PlaceError, unusable
from engine.study.clock import utc_now
from engine.study.history.history import HISTORY_FILE, History
from engine.study.history.trouble import HistoryError
from sims.text import Text

STDIN = "-"
READING = Text("記録を読んでいます", "Reading the rows")


def run(context: Context) -> int:
    """Import the file; 1 if nothing was imported because of what is in it, 2 for a file that cannot be read."""
    return receive(context, _import)


def receive(context: Context, take: Callable[[Context, History, LoadingLine], int]) -> int:
    """Open the learner's history for ``take``, which adds to it and returns the exit code; 1 if nothing would stay."""
    try:
        with context.progress(READING) as line, History.open(context.home / HISTORY_FILE, utc_now) as history:
            if history.warning:
                context.warn(history.warning)
            if not history.kept:
                context.warn(Text("何も加えませんでした。", "Nothing was added."))
                return PROBLEMS
            code = take(context, history, line)
            return code if history.kept else _not_kept(context, history)
    except PlaceError as error:
        raise UsageError(error.text) from None
    except (ExchangeError, HistoryError) as error:
        context.warn(error.text)
        return PROBLEMS


def _not_kept(context: Context, history: History) -> int:
    """The file broke while rows were added, and could not be mended: they are in memory alone."""
    if history.warning:
        context.warn(history.warning)
    return PROBLEMS


def say_added(context: Context, answers: int, words: int, known: int) -> None:
    """How many answers were new, how many words about answers, and how many rows were here already."""
    ja, en = f"新しい答え {answers} 件", f"{answers} new answer{'' if answers == 1 else 's'}"
    if words:
        ja, en = f"{ja}、取り消しと自己採点 {words} 件", f"{en}, {words} undone or judged"
    ja, en = f"{ja}を加えました。", f"{en} added."
    if known:
        ja, en = (
            f"{ja}{known} 行はすでにありました。",
            f"{en} {known} row{' was' if known == 1 else 's were'} here already.",
        )
    context.say(Text(ja, en))


def _import(context: Context, history: History, line: LoadingLine) -> int:
    place = context.options.file
    answers, words, count = archive.import_json(history, _read(place), place, line.show)
    line.clear()
    say_added(context, answers, words, count - answers - words)
    return 0


def _read(place: str) -> bytes:
    try:
        if place == STDIN:
            data = sys.stdin.buffer.read(archive.LARGEST + 1)
            if len(data) > archive.LARGEST:
                raise TooLargeError(len(data))
            return data
        return read_regular(Path(place), archive.LARGEST)[0]
    except OSError as error:
        raise unusable(place, error, "を読めません", "cannot be read") from error
    except TooLargeError:
        raise PlaceError(Text(f"{place} は大きすぎます（上限 1 GiB）。", f"{place} is larger than 1 GiB.")) from None
