"""A history of a million answers: the next question, the statistics, opening it with a snapshot and without."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.bank.load import SHIPPED, Library, load
from engine.study.desk import Desk
from engine.study.history import storage
from engine.study.history.history import HISTORY_FILE, History
from engine.study.memory import snapshot
from engine.study.memory.standing import Standing
from tests.benchmarks.measure import Row, best_times

ANSWERS = 1_000_000
QUESTIONS = 1_000  # those of the banks, and others that were dropped since
ROUNDS = 12
NEXT_MS, STATISTICS_MS, OPENING_MS, REBUILD_SECONDS = 20, 200, 30, 40
END = datetime(2027, 2, 1, 12, tzinfo=UTC)

# Nine years in sessions of twelve, three of four right, and one of four mistakes with the rest.
FILL = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :answers)
INSERT INTO event (uuid, kind, at, session, question, seed, text, outcome, score, mistake, seconds, hints, sure)
SELECT printf('%08x-%d', i * 2654435761 % 4294967296, i), 'answer',
    :first + i / 12 * :pause + i % 12 * 40000000, 's' || i / 12, q.id, i % 9999, '3x3',
    iif(i * 40503 % 65536 < 49152, 'correct', 'wrong'), i * 40503 % 65536 < 49152,
    iif(i * 40503 % 65536 < 49152, NULL, 'mistake-' || i % 4), 5 + i * 48271 % 97, 0, NULL
FROM n JOIN temp.question AS q ON q.number = i * 7919 % :questions
"""


def rows() -> list[Row]:
    """Next question, statistics, opening, and how long a rebuild takes."""
    library = load([SHIPPED])
    with TemporaryDirectory() as folder:
        home, empty = Path(folder, "full"), Path(folder, "empty")
        home.mkdir()
        _fill(home / HISTORY_FILE, library)
        rebuild = _rebuild(home)
        return [*_answering(home, library), _opening(home, empty, library), rebuild]


def _fill(path: Path, library: Library) -> None:
    ids = [question.id for _, question in library.questions()][:QUESTIONS]
    ids += [f"dropped-{number}" for number in range(QUESTIONS - len(ids))]
    first = END - timedelta(days=9 * 365)
    values = {"answers": ANSWERS, "questions": QUESTIONS, "first": int(first.timestamp()) * 1_000_000}
    values["pause"] = int((END - first) / timedelta(microseconds=1)) // (ANSWERS // 12)
    with closing(storage.connect(path, END, 1)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TEMP TABLE question (number INTEGER PRIMARY KEY, id TEXT)")
        connection.executemany("INSERT INTO temp.question VALUES (?, ?)", list(enumerate(ids)))
        with storage.transaction(connection):
            connection.execute(FILL, values)


def _rebuild(home: Path) -> Row:
    with History.open(home / HISTORY_FILE) as history:
        standing = Standing(UTC)
        started = time.process_time()
        folded = standing.follow(history)
        seconds = time.process_time() - started
        snapshot.save(home / snapshot.FILE, standing, history)
    figure = f"{seconds:.1f} s of processor time for {folded:,} rows, {1e6 * seconds / folded:.1f} µs a row"
    return Row("a million answers: folded anew", f"≤ {REBUILD_SECONDS} s", figure, seconds, seconds <= REBUILD_SECONDS)


def _answering(home: Path, library: Library) -> Iterator[Row]:
    desk = Desk.open(library, home, lambda: END, UTC)
    numbers = iter(range(10_000))
    times = best_times({"session": lambda: desk.session(seed=next(numbers)), "statistics": desk.statistics}, ROUNDS)
    session = desk.session(count=200, seed=1)

    def answer() -> None:
        session.give_up(END)
        session.next(END)

    times |= best_times({"answer": answer}, ROUNDS)
    desk.close()
    for name, work, goal in (
        ("answer kept, next one shown", "answer", NEXT_MS),
        ("a session chosen", "session", NEXT_MS),
        ("statistics", "statistics", STATISTICS_MS),
    ):
        taken = 1000 * times[work]
        yield Row(f"a million answers: {name}", f"≤ {goal} ms", f"{taken:.1f} ms", taken, taken <= goal)


def _opening(home: Path, empty: Path, library: Library) -> Row:
    def opened(folder: Path) -> None:
        desk = Desk.open(library, folder, lambda: END, UTC)
        desk.record.catch_up()
        desk.today()
        desk.close()

    times = best_times({"full": lambda: opened(home), "empty": lambda: opened(empty)}, ROUNDS)
    full, bare = 1000 * times["full"], 1000 * times["empty"]
    figure = f"{full:.1f} ms, an empty one {bare:.1f} ms"
    return Row(
        "a million answers: opening",
        f"≤ {OPENING_MS} ms more than empty",
        figure,
        full - bare,
        full - bare <= OPENING_MS,
    )
