"""How far the first reading has come: after a moment, on a terminal alone, and gone afterwards."""

import io

import pytest

from engine.bank.load import SHIPPED
from engine.bank.survey import survey
from engine.cli.loading import LoadingLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock() -> list[float]:
    """What time it is."""
    return [10.0]


def shown(stream: io.StringIO, clock: list[float], *times: float) -> str:
    """All that is written if file after file is done at these times."""
    line = LoadingLine(stream, "en", lambda: clock[0])
    for done, clock[0] in enumerate(times, 1):
        line.show(done, len(times))
    line.clear()
    return stream.getvalue()


def test_what_is_soon_done_says_nothing(clock: list[float]) -> None:
    assert shown(Terminal(), clock, 10.1, 10.2, 10.29) == ""


def test_nothing_is_written_where_nobody_looks(clock: list[float]) -> None:
    assert shown(io.StringIO(), clock, 11, 12, 13) == ""


def test_a_terminal_is_told_now_and_then_and_left_clean(clock: list[float]) -> None:
    parts = shown(Terminal(), clock, 10.2, 10.5, 10.55, 11).split("\r")
    assert [part for part in parts if part.strip()] == ["Reading the banks 2 / 4", "Reading the banks 4 / 4"]
    assert parts[-1] == ""
    assert len(parts[-2]) >= len("Reading the banks 4 / 4")


def test_a_check_tells_how_many_banks_it_has_looked_at() -> None:
    told: list[tuple[int, int]] = []
    files = sorted(SHIPPED.glob("*.yaml"), key=lambda file: file.stat().st_size)[:3]
    survey(files, lambda done, banks: told.append((done, banks)))
    assert told == [(1, 3), (2, 3), (3, 3)]
