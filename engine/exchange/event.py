"""One row of the history as it travels: an answer, an undo, or the learner's own word about an answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from engine.exchange.trouble import ExchangeError
from engine.grading.verdict import Outcome
from engine.study.clock import microseconds, moment
from engine.study.history.history import History
from engine.study.history.schema import COLUMNS, Row, Value
from sims.text import Text

Name = Annotated[str, msgspec.Meta(max_length=200)]
Typed = Annotated[str, msgspec.Meta(max_length=100_000)]
Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Real = Annotated[float, msgspec.Meta(ge=-1e300, le=1e300)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]

BATCH = 10_000
# Inside what the table takes: in a zone's time, a day at either end of the calendar would lie outside of it.
EARLIEST, LATEST = -62_135_424_000_000_000, 253_402_041_600_000_000
ALL = f"SELECT seq, {', '.join(COLUMNS)} FROM event WHERE seq > ? ORDER BY seq LIMIT {BATCH}"  # noqa: S608
_ENCODER = msgspec.json.Encoder()
ASKED = ("session", "question", "seed", "text", "seconds", "hints")  # what an answer has beyond its outcome


class Event(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The columns of the history's table, without the number that a row has in one file alone."""

    uuid: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    kind: Literal["answer", "undo", "confirm"]
    at: Moment
    target: Name | None = None
    session: Name | None = None
    question: Name | None = None
    seed: Whole | None = None
    text: Typed | None = None
    outcome: Outcome | None = None
    score: Real | None = None
    mistake: Name | None = None
    seconds: Real | None = None
    hints: Whole | None = None
    sure: bool | None = None
    guessed: bool | None = None

    def __post_init__(self) -> None:
        missing = [name for name in self._needed() if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{self.kind} without {', '.join(missing)}")
        if self.outcome not in (None, "correct", "partial", "wrong"):
            raise ValueError(f"{self.outcome} is not counted")
        if not EARLIEST <= microseconds(self.at) <= LATEST:
            raise ValueError("at is out of range")

    def _needed(self) -> tuple[str, ...]:
        match self.kind:
            case "answer":
                return (*ASKED, "outcome", "score")
            case "confirm":
                return ("target", "outcome", "score")
            case "undo":
                return ("target",)

    def as_row(self) -> dict[str, Value]:
        """The row as the table takes it."""
        return msgspec.structs.asdict(self) | {"at": microseconds(self.at)}


def checked(row: Row) -> Event:
    """The event in a row of any file. Raises ValueError for one that can be no row of a history."""
    try:
        return msgspec.convert(_values(row), Event)
    except (TypeError, OverflowError) as error:
        raise ValueError(str(error)) from error


def events(history: History) -> Iterator[Row]:
    """Every row of ``history`` in the order they were written, read piece by piece.

    Raises HistoryError, and ExchangeError if the file has to be rebuilt meanwhile, which numbers its rows anew.
    """
    seq, generation = 0, history.generation
    while True:
        found = history.read(lambda connection, after: connection.execute(ALL, (after,)).fetchall(), seq)
        if history.generation != generation:
            raise ExchangeError(
                Text(
                    "読んでいる間に、壊れた記録を作り直しました。もう一度実行してください。",
                    "The history was damaged and has been rebuilt meanwhile. Please run this again.",
                )
            )
        if not found:
            return
        yield from found
        seq = found[-1]["seq"]


def as_json(row: Row) -> bytes:
    """A row of one's own as a JSON object on one line."""
    return _ENCODER.encode(_values(row))


def _values(row: Row) -> dict[str, Any]:
    """The columns that hold something, a time as a time and a yes as a yes."""
    values: dict[str, Any] = {name: row[name] for name in COLUMNS if row[name] is not None}
    values["at"] = moment(values["at"])
    return values | {name: bool(values[name]) for name in ("sure", "guessed") if name in values}
