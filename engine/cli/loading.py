"""How far the reading of banks or other long work has come, on a terminal; nothing if it is soon done, or elsewhere."""

import time
from collections.abc import Callable
from typing import TextIO

from sims.text import Language, Text

PATIENCE = 0.3  # seconds before anything is shown
REDRAW = 0.1
READING = Text("問題を読んでいます", "Reading the banks")


class LoadingLine:
    """A line that is told ``(done, files)`` after each file, and cleared at the end; ``about`` says what is done."""

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

    def show(self, done: int, files: int) -> None:
        """Draw the line again, if it is time to."""
        now = self._clock()
        if now < self._next or not self._stream.isatty():
            return
        self._next = now + REDRAW
        self._write(f"{self._about} {done:,} / {files:,}")

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self._width:
            self._write("")
            self._width = 0

    def _write(self, text: str) -> None:
        blank = "\r" + " " * self._width + "\r" if self._width else "\r"
        self._stream.write(blank + text)
        self._stream.flush()
        self._width = 2 * len(text)  # cells, at most
