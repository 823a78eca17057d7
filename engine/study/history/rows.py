"""What the folds read from the history's file: the rows after a number, one answer, or one question's answers.

Each reads no more than it names. ``upto`` is the number of the last row that is to count, so that what another process
writes meanwhile waits for its turn.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from engine.study.history.attempt import Attempt, Judgement, judged

Row = tuple[int, str | None, Attempt]  # its number, the answer it speaks of if it is none itself, and what it says

ATTEMPT = "a.at, a.uuid, a.question, a.seed, a.outcome, a.score, a.mistake, a.seconds, a.hints, a.sure, a.guessed"
JUDGEMENT = "j.target, j.at, j.uuid, j.kind = 'undo', j.outcome, j.score, j.sure, j.guessed"
AFTER = f"SELECT a.seq, a.target, {ATTEMPT} FROM event AS a WHERE a.seq > ? AND a.seq <= ? ORDER BY a.seq LIMIT ?"  # noqa: S608
ONE = f"SELECT {ATTEMPT} FROM event AS a WHERE a.uuid = ? AND a.kind = 'answer' AND a.seq <= ?"  # noqa: S608
ABOUT_ONE = f"SELECT {JUDGEMENT} FROM event AS j WHERE j.target = ? AND j.seq <= ?"  # noqa: S608
QUESTION = f"""SELECT {ATTEMPT} FROM event AS a
WHERE a.question = ? AND a.kind = 'answer' AND a.seq <= ? ORDER BY a.at, a.uuid"""  # noqa: S608
ABOUT_QUESTION = f"""SELECT {JUDGEMENT} FROM event AS a JOIN event AS j ON j.target = a.uuid
WHERE a.question = ? AND a.kind = 'answer' AND a.seq <= ? AND j.seq <= ?"""  # noqa: S608


def last(connection: sqlite3.Connection) -> int:
    """The number of the last row, 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])


def uuids(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[str | None]:
    """The uuids of the rows with these numbers, None for one that is not there."""
    found = [connection.execute("SELECT uuid FROM event WHERE seq = ?", (number,)).fetchone() for number in numbers]
    return [None if row is None else row[0] for row in found]


def after(connection: sqlite3.Connection, seq: int, upto: int, limit: int) -> list[Row]:
    """At most ``limit`` rows after row ``seq`` up to row ``upto``, in the order they were written."""
    cursor = _cursor(connection).execute(AFTER, (seq, upto, limit))
    return [(row[0], row[1], Attempt._make(row[2:])) for row in cursor]


def attempt(connection: sqlite3.Connection, uuid: str, upto: int) -> Attempt | None:
    """The answer with this uuid as it was given."""
    row = _cursor(connection).execute(ONE, (uuid, upto)).fetchone()
    return None if row is None else Attempt._make(row)


def judgements(connection: sqlite3.Connection, uuid: str, upto: int) -> list[Judgement]:
    """What was said of the answer with this uuid."""
    return [_judgement(row) for row in _cursor(connection).execute(ABOUT_ONE, (uuid, upto))]


def course(connection: sqlite3.Connection, question: str, upto: int) -> list[Attempt]:
    """The answers to a question that count, as they count, in the order of time."""
    about: dict[str, list[Judgement]] = defaultdict(list)
    for row in _cursor(connection).execute(ABOUT_QUESTION, (question, upto, upto)):
        about[row[0]].append(_judgement(row))
    given = map(Attempt._make, _cursor(connection).execute(QUESTION, (question, upto)))
    return [counted for each in given if (counted := judged(each, about.get(each.uuid, ()))) is not None]


def _judgement(row: tuple[object, ...]) -> Judgement:
    _, at, uuid, undone, *word = row
    return Judgement(at, uuid, bool(undone), *word)  # type: ignore[arg-type]


def _cursor(connection: sqlite3.Connection) -> sqlite3.Cursor:
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: a million of them
    return cursor
