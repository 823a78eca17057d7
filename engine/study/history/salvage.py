"""What is left of the history's file when it is broken, locked or read-only: rebuilt, or stood in for in memory."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from engine.study.history.schema import COLUMNS, INSERT, MIGRATIONS, Row
from engine.study.history.storage import FAULTS, Damaged, build, connect, is_damaged, raw, transaction, unused

SALVAGE = "SELECT * FROM event WHERE seq > ? ORDER BY seq"  # of any version
SMALLEST_ROW_BYTES = 60


class Opened(msgspec.Struct, frozen=True):
    """A usable connection. With a ``problem`` it is in memory only; ``rebuilt`` names the broken file set aside."""

    connection: sqlite3.Connection
    rows: int = 0
    problem: Exception | None = None
    rebuilt: Path | None = None


def open_or_stand_in(path: Path, now: datetime, timeout: float) -> Opened:
    """The history at ``path``: rebuilt if it is damaged, a stand-in in memory if the file cannot be used."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Opened(connect(path, now, timeout))
    except (*FAULTS, OSError) as error:
        return rebuild_or_stand_in(path, now, timeout) if is_damaged(error) else _stand_in(path, error)


def rebuild_or_stand_in(path: Path, now: datetime, timeout: float) -> Opened:
    """Set the damaged file aside, whole, and put what could be read of it into a fresh one."""
    try:
        aside, fresh = unused(path, f"corrupt-{now:%Y%m%dT%H%M%SZ}"), unused(path, f"fresh-{now:%Y%m%dT%H%M%SZ}")
        # Copied first and replaced last: killed at any moment, there is a history and nothing of it is lost.
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copy2(f"{path}{suffix}", f"{aside}{suffix}")
        with closing(connect(fresh, now, timeout)) as connection:
            rows = _take_over(connection, path)
        for suffix in ("-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        fresh.replace(path)
        return Opened(connect(path, now, timeout), rows, rebuilt=aside)
    except (*FAULTS, OSError) as error:
        return _stand_in(path, error)


def _stand_in(path: Path, problem: Exception) -> Opened:
    connection = raw(":memory:", 0)
    for step in MIGRATIONS:
        build(connection, step)
    return Opened(connection, _take_over(connection, path), problem)


def _take_over(connection: sqlite3.Connection, path: Path) -> int:
    """Add every row that can be read at ``path``, damaged or not. Returns how many answers there are then."""
    with copied(path) as (source, size), transaction(connection):
        with suppress(*FAULTS):
            source.execute("PRAGMA writable_schema = ON")  # a truncated file is read as far as it goes
        for row in readable(source, size // SMALLEST_ROW_BYTES):
            with suppress(sqlite3.IntegrityError):  # a row of rubbish
                connection.execute(INSERT, row)
    return int(connection.execute("SELECT count(*) FROM event WHERE kind = 'answer'").fetchone()[0])


@contextmanager
def copied(path: Path) -> Iterator[tuple[sqlite3.Connection, int]]:
    """A copy of the file at ``path`` with its log, as far as there is one, and the size of both in bytes.

    Reading the file itself would change it. The log comes first: what is moved from it to the file while they are
    copied is then in both.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "copy.sqlite3")
        size = 0
        for suffix in ("-wal", ""):
            with suppress(OSError):
                size += Path(shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")).stat().st_size
        with closing(raw(copy, 0)) as source:
            yield source, size


def readable(source: sqlite3.Connection, last: int) -> Iterator[Row]:
    """The rows outside the broken pages, up to number ``last``: after an error, go on behind the next number."""
    seq = 0
    while seq < last:
        try:
            rows = source.execute(SALVAGE, (seq,))
            there = {column[0] for column in rows.description}
            for row in rows:
                if not seq < row["seq"] <= last:
                    raise Damaged("rows are out of order")
                seq = row["seq"]
                yield {name: row[name] if name in there else None for name in COLUMNS}
            return
        except FAULTS as error:
            if not is_damaged(error):
                return
            seq += 1
