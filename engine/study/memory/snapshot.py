"""The standing in a file beside the history, so that opening folds only the rows that came since.

Nothing depends on it. A snapshot that is damaged, was made by other rules, for other days or from another history is
not used, and the next one takes its place.
"""

import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path

import msgspec

from engine.study.clock import ahead_of_utc
from engine.study.history import rows
from engine.study.history.history import History
from engine.study.history.trouble import HistoryError
from engine.study.memory.course import FAST_SECONDS, SLOW_SECONDS
from engine.study.memory.recall import WEIGHTS
from engine.study.memory.standing import Standing, State
from engine.whole import write_whole

FILE = "standing.snapshot"
FOLD = 2  # to be raised when the same rows give another standing
RULES = repr((FOLD, WEIGHTS, SLOW_SECONDS, FAST_SECONDS))
_SUM_BYTES = 4


class Snapshot(msgspec.Struct, array_like=True):
    """``rows`` are a few numbers with their uuids, by which a history is known again; ``offsets`` the zone's rule."""

    rules: str
    offsets: list[tuple[int, int]]
    rows: list[tuple[int, str | None]]
    state: State


def save(file: Path, standing: Standing, history: History) -> bool:
    """Keep ``standing``, which follows ``history``; False if it cannot be."""
    numbers = list(_spread(standing.state.seq))
    try:
        known = list(zip(numbers, history.read(rows.uuids, numbers), strict=True))
        offsets = _offsets(standing.state, standing.timezone)
        packed = msgspec.msgpack.encode(Snapshot(RULES, offsets, known, standing.state))
        write_whole(file, zlib.crc32(packed).to_bytes(_SUM_BYTES, "big") + packed)
    except (OSError, HistoryError):
        return False
    return True


def load(file: Path, history: History, timezone: tzinfo | None) -> Standing:
    """The standing as it was kept; an empty one if there is none, or none that fits ``history`` and ``timezone``."""
    empty = Standing(timezone)
    try:
        content = file.read_bytes()
        packed = memoryview(content)[_SUM_BYTES:]
        if zlib.crc32(packed) != int.from_bytes(content[:_SUM_BYTES], "big"):
            return empty
        snapshot = msgspec.msgpack.decode(packed, type=Snapshot)
        numbers = [number for number, _ in snapshot.rows]
        if snapshot.rules != RULES or snapshot.offsets != _offsets(snapshot.state, timezone):
            return empty
        if history.read(rows.uuids, numbers) != [uuid for _, uuid in snapshot.rows]:
            return empty
    except (OSError, msgspec.DecodeError, ValueError, OverflowError):
        return empty
    standing = Standing(timezone, snapshot.state)
    standing.generation = history.generation
    return standing


def _spread(last: int) -> Iterator[int]:
    """The last row's number, and ever larger steps back."""
    step = 1
    while last > 0:
        yield last
        last, step = last - step, step * 2


def _offsets(state: State, timezone: tzinfo | None) -> list[tuple[int, int]]:
    """From which day on the clocks of ``timezone`` were how many seconds ahead of UTC, over the days of ``state``.

    Looked at every week: clocks are put forward and back months apart.
    """
    changes: list[tuple[int, int]] = []
    for ordinal in range(min(state.days, default=0), max(state.days, default=-1) + 1, 7):
        noon = datetime.combine(date.fromordinal(ordinal), time(12), UTC)
        offset = round(ahead_of_utc(noon, timezone).total_seconds())
        if not changes or changes[-1][1] != offset:
            changes.append((ordinal, offset))
    return changes
