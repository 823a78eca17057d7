"""How far the reading of banks has come, on a terminal's stderr; nothing elsewhere, and nothing if it is soon done."""

import time
from collections.abc import Callable
from typing import TextIO

from sims.text import Language, Text

PATIENCE = 0.3  # seconds before anything is shown
REDRAW = 0.1


class LoadingLine:
    """A line that is told ``(done, files)`` after each file, and cleared at the end."""

    def __init__(self, stream: TextIO, language: Language, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._language = language
        self._clock = clock
        self._next = clock() + PATIENCE
        self._width = 0

    def show(self, done: int, files: int) -> None:
        """Draw the line again, if it is time to."""
        now = self._clock()
        if now < self._next or not self._stream.isatty():
            return
        self._next = now + REDRAW
        ja, en = f"問題を読んでいます {done} / {files}", f"Reading the banks {done} / {files}"
        self._write(Text(ja, en).get(self._language))

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
