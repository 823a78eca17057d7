"""Another machine's history, joined into one's own: no row is lost, none comes twice, in whatever order files come.

The other file is read from a copy and never changed. One of an older version is read as far as its columns go, a
damaged one as far as its pages do.
"""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from engine.exchange.archive import EVERY, SQLITE
from engine.exchange.event import checked
from engine.exchange.trouble import ExchangeError, PlaceError, unusable
from engine.progress import Progress
from engine.study.history import salvage
from engine.study.history.history import History
from engine.study.history.schema import HIGHEST_VERSION, MIGRATIONS, Row
from engine.study.history.storage import FAULTS
from sims.text import Text

LARGEST = 4 << 30  # bytes: some fifteen million answers
NEEDED = {"seq", "uuid", "kind", "at", "target", "question", "outcome", "score"}


class Merged(msgspec.Struct, frozen=True):
    """What came of it: new answers, new words about answers, the other file's rows, and those that made no sense.

    With ``damaged`` there may have been more rows than could be read.
    """

    answers: int
    words: int
    rows: int
    unreadable: int
    damaged: bool


def merge(history: History, path: Path, progress: Progress | None = None) -> Merged:
    """Add the rows of the history at ``path`` to ``history``, all that can be read, in one transaction.

    Raises PlaceError for a file that cannot be read or is ``history`` itself, ExchangeError for one that is no history
    or was written by a newer Peephole, HistoryError if the rows cannot be written.
    """
    size = _look(path, history.path)
    with salvage.copied(path) as (source, copied):
        if copied < size:
            raise ExchangeError(
                Text(
                    f"{path} の写しを作れません。一時フォルダの空きを確かめてください。",
                    f"No copy of {path} could be made; is there room in the folder for temporary files?",
                )
            )
        other = _Other(source, path, copied)
        answers, words = history.add(lambda: other.rows(progress))
    return Merged(answers, words, other.count, other.unreadable, other.damaged)


class _Other:
    """The copy of the other file. ``count`` and ``unreadable`` are the rows of the last reading."""

    def __init__(self, source: sqlite3.Connection, path: Path, size: int) -> None:
        self._source = source
        self.damaged = False
        self.count = self.unreadable = 0
        self._refuse_what_is_no_history(path)
        self._last = size // salvage.SMALLEST_ROW_BYTES
        if not self.damaged:
            self._last = self._ask("SELECT max(seq) FROM event") or 0
        # A file that was cut short is read as far as it goes.
        self._ask("PRAGMA writable_schema = ON")

    def rows(self, progress: Progress | None) -> Iterator[Row]:
        """Every row that can be read and is one."""
        self.count = self.unreadable = 0
        for row in salvage.readable(self._source, self._last):
            try:
                event = checked(row)
            except ValueError:
                self.unreadable += 1
                continue
            self.count += 1
            if progress is not None and self.count % EVERY == 0:
                progress(self.count, max(self._last, self.count))
            yield event.as_row()

    def _refuse_what_is_no_history(self, path: Path) -> None:
        version = self._ask("PRAGMA user_version") or 0
        kind = self._ask("SELECT type FROM sqlite_master WHERE name = 'event'")
        columns = self._ask("SELECT group_concat(name) FROM pragma_table_info('event')") or ""
        self.damaged = self.damaged or self._ask("PRAGMA quick_check(1)") != "ok"
        if kind not in ("table", None) or not (self.damaged or NEEDED.issubset(columns.split(","))):
            raise _no_history(path)
        if len(MIGRATIONS) < version <= HIGHEST_VERSION:
            raise ExchangeError(
                Text(
                    f"{path} は、より新しい Peephole の記録です。こちらの Peephole を更新してから、もう一度どうぞ。",
                    f"{path} was written by a newer Peephole. Update this one, then merge again.",
                )
            )

    def _ask(self, sql: str) -> Any:
        """The first value of the answer, None if there is none."""
        try:
            row = self._source.execute(sql).fetchone()
        except FAULTS:
            self.damaged = True
            return None
        return None if row is None else row[0]


def _look(path: Path, own: Path) -> int:
    """The size of the file at ``path``, after a first look at it."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _folder(path, own.name)
        if not stat.S_ISREG(status.st_mode):
            raise _no_history(path)
        if own.exists() and path.samefile(own):
            raise PlaceError(
                Text(
                    f"{path} は、いま使っている記録そのものです。ほかの機械の記録を渡してください。",
                    f"{path} is the very history that is in use here. Name another machine's.",
                )
            )
        with path.open("rb") as file:
            head = file.read(len(SQLITE))
    except OSError as error:
        raise unusable(str(path), error, "を読めません", "cannot be read") from error
    if head.lstrip()[:1] == b"{":
        raise ExchangeError(
            Text(
                f"{path} は JSON です。peephole import {path} を使ってください。",
                f"{path} is JSON. Use peephole import {path}.",
            )
        )
    if head != SQLITE:
        raise _no_history(path)
    if status.st_size > LARGEST:
        raise ExchangeError(
            Text(f"{path} は大きすぎます（上限 4 GiB）。", f"{path} is too large; at most 4 GiB are read.")
        )
    return status.st_size


def _folder(path: Path, name: str) -> PlaceError:
    inside = path / name
    if not inside.is_file():
        return PlaceError(Text(f"{path} はフォルダです。", f"{path} is a folder."))
    return PlaceError(
        Text(
            f"{path} はフォルダです。その中の {inside} を渡してください。",
            f"{path} is a folder. Name the history in it: {inside}",
        )
    )


def _no_history(path: Path) -> ExchangeError:
    return ExchangeError(
        Text(
            f"{path} は Peephole の記録ではありません。ほかの機械の history.sqlite3 を渡してください。",
            f"{path} is no history of Peephole. Name the history.sqlite3 of another machine.",
        )
    )
