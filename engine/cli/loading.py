"""How far long work has come, on a terminal's stderr; nothing if it is soon done, or elsewhere."""

import os
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from sims.text import Language, Text

PATIENCE = 0.3  # seconds before anything is shown
REDRAW = 0.1
READING = Text("問題を読んでいます", "Reading the banks")


class LoadingLine:
    """A line that is told how many of how many are done; ``about`` says of what. It is gone at the end of its block."""

    def __init__(
        self,
        stream: TextIO,
        language: Language,
        clock: Callable[[], float] = time.monotonic,
        about: Text = READING,
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._about = about.get(language)
        self._next = clock() + PATIENCE
        self._width = 0

    def __enter__(self) -> "LoadingLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, done: int, total: int, name: str = "") -> None:
        """Draw the line again, if it is time to; ``name`` is what is at work now."""
        now = self._clock()
        if now < self._next or not self._stream.isatty():
            return
        self._next = now + REDRAW
        self._write(f"{self._about} {done:,} / {total:,}  {name}".rstrip())

    def clear(self) -> None:
        """Make room for another line, and leave the terminal as it was."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        from engine.drawing.width import cell_width, crop

        text = crop(text, columns(self._stream) - 1)  # a line that is broken cannot be taken back
        blank = "\r" + " " * self._width + "\r" if self._width else "\r"
        self._stream.write(blank + text)
        self._stream.flush()
        self._width = cell_width(text)


def columns(stream: TextIO) -> int:
    """How many cells a row of the terminal behind ``stream`` has; 80 where it does not say."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
