"""The history: one SQLite file in which every answer, undo and confirmation is a row, and rows are only added."""

import sqlite3
import uuid as uuids
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

import msgspec

from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.clock import microseconds, moment, utc_now
from engine.study.history import salvage, storage
from engine.study.history.schema import COLUMNS, Row, Value
from engine.study.history.trouble import HistoryError, failure, reason, warning
from sims.text import Text

HISTORY_FILE = "history.sqlite3"

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")

_AGAIN = Text(
    "この答えは次の答えと一緒に、もう一度保存します。", "This answer will be saved again together with the next one."
)
_LOST = Text("保存を待っていた答えは残りませんでした。", "Answers that were waiting to be saved are lost.")

# What counts: answers that were not taken back, with the learner's own word where it was asked for.
EFFECTIVE = """
CREATE TEMP VIEW effective AS
SELECT a.uuid, a.at, a.session, a.question, a.seed, a.text, coalesce(c.outcome, a.outcome) AS outcome,
    coalesce(c.score, a.score) AS score, a.mistake, a.seconds, a.hints, coalesce(c.sure, a.sure) AS sure,
    coalesce(c.guessed, a.guessed) AS guessed
FROM event AS a LEFT JOIN event AS c ON c.seq = (
    SELECT seq FROM event WHERE kind = 'confirm' AND target = a.uuid ORDER BY at DESC, uuid DESC LIMIT 1)
WHERE a.kind = 'answer' AND NOT EXISTS (SELECT 1 FROM event WHERE kind = 'undo' AND target = a.uuid)
"""


class History:
    """An open history. One thread at a time may use it; any number of processes may have it open.

    ``warning`` says what went wrong while it was opened or repaired. Where the file cannot be used, ``kept`` is
    False: the rows that could be read are there, and new ones last as long as this object. ``generation`` grows when
    the file is rebuilt; its rows are numbered anew then.
    """

    def __init__(self, opened: salvage.Opened, path: Path, clock: Callable[[], datetime], timeout: float) -> None:
        self.path = path
        self._clock = clock
        self._timeout = timeout
        self._waiting: list[Row] = []
        self.generation = 0
        self._use(opened)

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime] = utc_now, timeout: float = 2.0) -> Self:
        """Open the history at ``path``, made if there is none. A broken, locked or read-only one is a ``warning``.

        ``timeout`` is how many seconds to wait for another process that is writing.
        """
        return cls(salvage.open_or_stand_in(path, clock(), timeout), path, clock, timeout)

    def append(self, answer: Answer) -> None:
        """Keep ``answer``: committed to the disk when this returns.

        Raises HistoryError if it could not be written; it is then written together with the next row.
        """
        self._write(
            uuid=answer.uuid,
            kind="answer",
            at=microseconds(answer.at),
            session=answer.session,
            question=answer.question,
            seed=answer.seed,
            # A lone surrogate, as a pipe may bring, has no UTF-8.
            text=answer.text.encode("utf-8", "replace").decode("utf-8"),
            outcome=answer.outcome,
            score=answer.score,
            mistake=answer.mistake,
            seconds=answer.seconds,
            hints=answer.hints,
            sure=answer.sure,
            guessed=answer.guessed,
        )

    def undo(self, uuid: str, at: datetime) -> None:
        """Take the answer ``uuid`` back. Once is as good as twice. Raises HistoryError like :meth:`append`."""
        self._write(uuid=str(uuids.uuid4()), kind="undo", at=microseconds(at), target=uuid)

    def confirm(
        self,
        uuid: str,
        outcome: Outcome,
        score: float,
        at: datetime,
        sure: bool | None = None,
        guessed: bool | None = None,
    ) -> None:
        """Let the learner's own judgement of the answer ``uuid`` count. Raises HistoryError like :meth:`append`."""
        event = str(uuids.uuid4())
        judged = {"outcome": outcome, "score": score, "sure": sure, "guessed": guessed}
        self._write(uuid=event, kind="confirm", at=microseconds(at), target=uuid, **judged)

    def add(self, rows: Callable[[], Iterable[Row]]) -> tuple[int, int]:
        """Add the rows of another history, all or none: how many answers and how many words about answers were new.

        ``rows`` is called again if the file has to be rebuilt. What it raises is raised, with nothing added; raises
        HistoryError if they cannot be written.
        """
        try:
            return self._run(lambda connection: storage.add(connection, rows()))
        except storage.FAULTS as error:
            raise failure(error, self.path) from error

    def answers(self) -> list[Answer]:
        """Every answer that counts, in the order of :attr:`Answer.order`. Raises HistoryError."""
        return self._answers("SELECT * FROM effective ORDER BY at, uuid")

    def latest(self, count: int) -> list[Answer]:
        """The last ``count`` answers that count, the last one first. Raises HistoryError."""
        return self._answers("SELECT * FROM effective ORDER BY at DESC, uuid DESC LIMIT ?", count)

    def held(self, uuids: Iterable[str]) -> set[str]:
        """Those of ``uuids`` that are answers here, also ones that were taken back. Raises HistoryError."""
        wanted = msgspec.json.encode(list(uuids)).decode()
        sql = "SELECT uuid FROM event WHERE uuid IN (SELECT value FROM json_each(?))"
        return self.read(lambda connection: {uuid for (uuid,) in connection.execute(sql, (wanted,))})

    def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """What ``work`` reads from the file, which it must not change. Raises HistoryError.

        If the file turns out to be broken, it is rebuilt (see ``generation``) and read once more.
        """
        try:
            return self._run(lambda connection: work(connection, *args, **kwargs))
        except storage.FAULTS as error:
            raise failure(error, self.path) from error

    def close(self) -> None:
        """Close the file. Raises HistoryError if answers are still waiting and cannot be written now either."""
        try:
            if self._waiting:
                self._flush(_LOST)
        finally:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _use(self, opened: salvage.Opened) -> None:
        self._connection = opened.connection
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._connection.execute(EFFECTIVE)
        self.warning = warning(opened, self.path)
        self.kept = opened.problem is None
        self.generation += 1

    def _write(self, **row: Value) -> None:
        self._waiting.append(dict.fromkeys(COLUMNS) | row)
        self._flush()

    def _flush(self, what_then: Text = _AGAIN) -> None:
        try:
            self._run(lambda connection: storage.insert(connection, self._waiting))
        except sqlite3.IntegrityError:
            self._waiting.pop()  # no other row is to wait behind one that can never be written
            raise
        except storage.FAULTS as error:
            why = reason(error)
            raise HistoryError(
                Text(f"{why.ja}（{self.path}）。{what_then.ja}", f"{why.en} ({self.path}). {what_then.en}")
            ) from error
        self._waiting.clear()

    def _answers(self, sql: str, *values: int) -> list[Answer]:
        return self.read(lambda connection: [_answer(row) for row in connection.execute(sql, values)])

    def _run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            return work(self._connection)
        except storage.FAULTS as error:
            if not storage.is_damaged(error):
                raise
        # The file broke under us: go on with what can be read of it.
        self._connection.close()
        self._use(salvage.rebuild_or_stand_in(self.path, self._clock(), self._timeout))
        return work(self._connection)


def _answer(row: sqlite3.Row) -> Answer:
    values = list(row)  # the columns of the view are the fields of an Answer, in order
    try:
        values[1] = moment(values[1])
    except (TypeError, OverflowError) as error:
        raise storage.Damaged(f"{values[1]!r} is no time") from error
    values[-2] = None if values[-2] is None else bool(values[-2])
    values[-1] = bool(values[-1])
    return Answer(*values)
