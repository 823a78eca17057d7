"""How far the first reading has come: after a moment, on a terminal alone, and gone afterwards."""

import io
from argparse import Namespace
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED
from engine.bank.survey import survey
from engine.cli.context import Context
from engine.cli.loading import LoadingLine
from engine.drawing.width import cell_width
from engine.settings import Settings
from sims.text import LANGUAGES, Text


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


def test_a_line_is_never_broken_by_the_end_of_the_row(clock: list[float]) -> None:
    stream = Terminal()
    with LoadingLine(stream, "ja", lambda: clock[0], Text("証明しています", "Proving")) as line:
        clock[0] = 11
        line.show(3, 141, "a-question-with-a-very-long-name" * 3)
    (drawn,) = [part for part in stream.getvalue().split("\r") if part.strip()]
    assert drawn.startswith("証明しています 3 / 141  a-question")
    assert cell_width(drawn) == 79
    assert stream.getvalue().endswith("\r" + " " * 79 + "\r")


def test_a_diagnostic_is_wrapped_on_a_terminal_and_what_is_to_be_copied_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "  python -m pip install " + "x" * 90
    text = Text("ひらがなとカタカナ、" * 10 + "\n" + command, "a few words and " * 10 + "\n" + command)
    for language in LANGUAGES:
        context = Context(tmp_path, Settings(), language, Namespace())
        for stream in (Terminal(), io.StringIO()):
            monkeypatch.setattr("sys.stderr", stream)
            context.warn(text)
            *said, copied = stream.getvalue().splitlines()
            assert copied == command
            assert (len(said) > 1) is stream.isatty()
            assert all(cell_width(line) < 80 for line in said) is stream.isatty()


def test_a_check_tells_how_many_banks_it_has_looked_at() -> None:
    told: list[tuple[int, int]] = []
    files = sorted(SHIPPED.glob("*.yaml"), key=lambda file: file.stat().st_size)[:3]
    survey(files, lambda done, banks: told.append((done, banks)))
    assert told == [(1, 3), (2, 3), (3, 3)]
