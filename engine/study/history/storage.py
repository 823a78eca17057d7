"""Below the history: the SQLite file, its versions, and what is left of it when it is broken, locked or read-only."""

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

Value = str | int | float | None
Row = Mapping[str, Value]
Migration = Callable[[sqlite3.Connection], None]
COLUMNS: tuple[str, ...] = ("uuid", "kind", "at", "target", "session", "question", "seed", "text")
COLUMNS += ("outcome", "score", "mistake", "seconds", "hints", "sure", "guessed")
VERSION_1 = (
    """CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('answer', 'undo', 'confirm')),
        at INTEGER NOT NULL CHECK (at BETWEEN -62135510400000000 AND 253402214400000000),  -- microseconds since 1970
        target TEXT,            -- the answer that an undo or a confirm speaks of
        session TEXT, question TEXT, seed INTEGER, text TEXT,
        outcome TEXT CHECK (outcome IN ('correct', 'partial', 'wrong')),
        score REAL, mistake TEXT, seconds REAL, hints INTEGER, sure INTEGER,
        CHECK (kind = 'answer' OR target IS NOT NULL), CHECK (kind = 'undo' OR outcome + score IS NOT NULL),
        CHECK (kind <> 'answer' OR (session IS NOT NULL AND question IS NOT NULL AND seed IS NOT NULL
            AND text IS NOT NULL AND seconds IS NOT NULL AND hints IS NOT NULL))
    ) STRICT""",
    "CREATE INDEX event_order ON event (at, uuid)",
    "CREATE INDEX event_target ON event (target) WHERE target IS NOT NULL",
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'rows are only added'); END",
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'rows are only added'); END",
)
VERSION_2 = (
    "ALTER TABLE event ADD COLUMN guessed INTEGER",
    # One question's answers in order, without a walk through all of them.
    "CREATE INDEX event_question ON event (question, at, uuid) WHERE kind = 'answer'",
)
PLACES = ", ".join(f":{name}" for name in COLUMNS)
INSERT = f"INSERT INTO event ({', '.join(COLUMNS)}) VALUES ({PLACES}) ON CONFLICT (uuid) DO NOTHING"  # noqa: S608
CHECK = f"SELECT {', '.join(COLUMNS)} FROM event LIMIT 1"  # noqa: S608
SALVAGE = "SELECT * FROM event WHERE seq > ? ORDER BY seq"  # of any version

CHECKED_BYTES = 1_000_000  # a check costs 10 ms a megabyte; a larger file is checked as far as it is read
SMALLEST_ROW_BYTES = 60
HIGHEST_VERSION = 999  # beyond it is rubbish, not progress


FAULTS = (sqlite3.Error, UnicodeDecodeError)  # sqlite3 decodes its messages, which may quote a damaged schema


class Damaged(sqlite3.DatabaseError):
    """The file is a database, but not whole."""


class Newer(sqlite3.DatabaseError):
    """The file was written by a later version of this program."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A usable connection. With a ``problem`` it is in memory only; ``rebuilt`` names the broken file set aside."""

    connection: sqlite3.Connection
    rows: int = 0
    problem: Exception | None = None
    rebuilt: Path | None = None


def _version_1(connection: sqlite3.Connection) -> None:
    for statement in VERSION_1:
        connection.execute(statement)


def _version_2(connection: sqlite3.Connection) -> None:
    for statement in VERSION_2:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_version_1, _version_2)


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
        aside, fresh = _unused(path, f"corrupt-{now:%Y%m%dT%H%M%SZ}"), _unused(path, f"fresh-{now:%Y%m%dT%H%M%SZ}")
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


def connect(path: Path, now: datetime, timeout: float, steps: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the file, made or brought up to date. Raises one of FAULTS, also for a file that is not whole."""
    connection = _raw(path, timeout)
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


def _raw(path: Path | str, timeout: float) -> sqlite3.Connection:
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
                with closing(_raw(path, 0)) as reader:
                    reader.execute("VACUUM INTO ?", (str(_unused(path, f"v{version}-{now:%Y%m%dT%H%M%SZ}")),))
            for number, step in enumerate(steps[version:], version + 1):
                step(connection)
                connection.execute(f"PRAGMA user_version = {number}")
    if _version(connection) > len(steps):
        raise Newer(f"version {_version(connection)}")
    return len(steps)


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


def _stand_in(path: Path, problem: Exception) -> Opened:
    connection = _raw(":memory:", 0)
    for step in MIGRATIONS:
        step(connection)
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
        with closing(_raw(copy, 0)) as source:
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


def _unused(path: Path, label: str) -> Path:
    labels = itertools.chain([label], (f"{label}-{again}" for again in itertools.count(2)))
    names = (path.with_name(f"{path.stem}-{name}{path.suffix}") for name in labels)
    return next(name for name in names if not name.exists())
