"""Below the history: the SQLite file, opened and brought up to date, and rows added to it, all or none."""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from engine.study.history.schema import COLUMNS, HIGHEST_VERSION, INSERT, MIGRATIONS, Migration, Row

CHECK = f"SELECT {', '.join(COLUMNS)} FROM event LIMIT 1"  # noqa: S608
CHECKED_BYTES = 1_000_000  # a check costs 10 ms a megabyte; a larger file is checked as far as it is read
FAULTS = (sqlite3.Error, UnicodeDecodeError)  # sqlite3 decodes its messages, which may quote a damaged schema


class Damaged(sqlite3.DatabaseError):
    """The file is a database, but not whole."""


class Newer(sqlite3.DatabaseError):
    """The file was written by a later version of this program."""


def connect(path: Path, now: datetime, timeout: float, steps: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the file, made or brought up to date. Raises one of FAULTS, also for a file that is not whole."""
    connection = raw(path, timeout)
    try:
        version = _migrate(connection, path, now, steps)
        _check(connection, path)
        _make_ready(connection, version)
    except BaseException:
        connection.close()
        raise
    return connection


def insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Add the rows, all or none, committed to the disk; one whose uuid is there already is the same row."""
    with transaction(connection):
        connection.executemany(INSERT, rows)


def add(connection: sqlite3.Connection, rows: Iterable[Row]) -> tuple[int, int]:
    """Add the rows like :func:`insert`. Returns how many answers and how many other rows were new."""
    new = "SELECT count(*), coalesce(sum(kind = 'answer'), 0) FROM event WHERE seq > ?"
    with transaction(connection):
        last = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        connection.executemany(INSERT, rows)
        count, answers = connection.execute(new, (last,)).fetchone()
    return answers, count - answers


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. Takes the right to write at once, so that two processes take turns."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def code(error: Exception) -> int:
    """SQLite's primary result code, 0 for an error that is not its own."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def is_damaged(error: Exception) -> bool:
    """Whether the file itself is broken, rather than busy, full or out of reach."""
    return isinstance(error, Damaged | UnicodeDecodeError) or code(error) in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def raw(path: Path | str, timeout: float) -> sqlite3.Connection:
    """A connection to whatever is at ``path``, looked at by nobody yet; ``timeout`` in seconds."""
    # Opened while the app is starting and used by the app: not two threads at a time, but two.
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _migrate(connection: sqlite3.Connection, path: Path, now: datetime, steps: Sequence[Migration]) -> int:
    """Bring the file to version ``len(steps)``, all steps or none, after a backup. Returns that version."""
    if _version(connection) < len(steps):
        with transaction(connection):
            version = _version(connection)  # another process may have been quicker
            if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise Damaged("tables, but no version")
            if 0 < version < len(steps):
                _read_one(connection, "SELECT * FROM event LIMIT 1")
                with closing(raw(path, 0)) as reader:
                    reader.execute("VACUUM INTO ?", (str(unused(path, f"v{version}-{now:%Y%m%dT%H%M%SZ}")),))
            for number, step in enumerate(steps[version:], version + 1):
                build(connection, step)
                connection.execute(f"PRAGMA user_version = {number}")
    if _version(connection) > len(steps):
        raise Newer(f"version {_version(connection)}")
    return len(steps)


def build(connection: sqlite3.Connection, step: Migration) -> None:
    """Go one version on."""
    for statement in step:
        connection.execute(statement)


def _version(connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 0 <= version <= HIGHEST_VERSION:
        raise Damaged(f"version {version}")
    return version


def _check(connection: sqlite3.Connection, path: Path) -> None:
    _read_one(connection, CHECK)
    if path.stat().st_size <= CHECKED_BYTES and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise Damaged("the check found a fault")


def _read_one(connection: sqlite3.Connection, sql: str) -> None:
    try:
        connection.execute(sql).fetchone()
    except sqlite3.OperationalError as error:  # no such table or column, an unknown file format
        raise Damaged(str(error)) if code(error) == sqlite3.SQLITE_ERROR else error from None


def _make_ready(connection: sqlite3.Connection, version: int) -> None:
    """Turn write-ahead on and try a write. Raises sqlite3.Error if the file is read-only.

    One that another process is writing to just now is fine: the mode is the file's, not the connection's.
    """
    connection.execute("PRAGMA synchronous = FULL")
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # SQLite does not wait for its turn here
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {version}")
    except sqlite3.OperationalError as error:
        if code(error) != sqlite3.SQLITE_BUSY:
            raise
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def unused(path: Path, label: str) -> Path:
    """A name beside ``path`` that no file has, told apart by ``label``."""
    labels = itertools.chain([label], (f"{label}-{again}" for again in itertools.count(2)))
    names = (path.with_name(f"{path.stem}-{name}{path.suffix}") for name in labels)
    return next(name for name in names if not name.exists())
