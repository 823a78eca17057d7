"""How wide the terminal draws the characters whose width is ambiguous: each is drawn, and the cursor asked."""

import os
import re
import select
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from engine.drawing.width import cell_width
from engine.surroundings.finding import Finding
from engine.surroundings.terminal import NOT_MEASURED
from sims.text import Text

AMBIGUOUS = ("α", "×", "①", "■", "○", "─", "∂", "→", "…")
WIDE = "あ"
PATIENCE = 0.3  # seconds for an answer; over a slow line there is none, and then nothing is claimed
_ASK = b"\x1b[6n"
_ANSWER = re.compile(rb"\x1b\[[0-9]+;([0-9]+)R")
NAME = Text("文字の幅", "Ambiguous width")


def widths(measured: dict[str, int] | None, plain_marks: bool) -> Finding:
    """What was measured against one cell each, and two for kana; None: not a terminal, empty: it did not answer."""
    if measured is None:
        return Finding("widths", NAME, "ok", NOT_MEASURED)
    if not measured:
        what = Text("端末が答えないので測れません。", "Not measured: the terminal does not answer.")
        mend = Text("下の目盛りで確かめてください。", "See the ruler below.")
        return Finding("widths", NAME, "look", what, mend)
    wrong = {text: width for text, width in measured.items() if width != cell_width(text)}
    if not wrong:
        what = Text("どれも 1 マス（かなは 2 マス）。", "One cell each, two for kana.")
        return Finding("widths", NAME, "ok", what, data=measured)
    told = " ".join(f"{text}={width}" for text, width in wrong.items())
    what = Text(f"ずれます: {told} マス。", f"Lines go askew: {told} cells.")
    mend = Text(
        "端末の設定で「あいまいな幅の文字」を半角（1 マス）にしてください。",
        "In the terminal's settings, make ambiguous-width characters narrow (one cell).",
    )
    if not plain_marks:
        marks = Text(
            "できなければアプリの設定で記号を ASCII に（plain_marks）。",
            "If you cannot, choose ASCII marks in the app's settings (plain_marks).",
        )
        mend = Text(mend.ja + marks.ja, f"{mend.en} {marks.en}")
    return Finding("widths", NAME, "look" if plain_marks else "problem", what, mend, measured)


def ruler() -> list[str]:
    """Two lines whose bars stand under each other where every character is as wide as it is taken to be."""
    texts = (*AMBIGUOUS, WIDE)
    return ["|" + "|".join(texts) + "|", "|" + "|".join("-" * cell_width(text) for text in texts) + "|"]


def measure(
    read: int, write: int, texts: Sequence[str] = (*AMBIGUOUS, WIDE), patience: float = PATIENCE
) -> dict[str, int] | None:
    """Cells of each of ``texts`` in the terminal at these descriptors; empty if it does not answer.

    None where there is no terminal to ask, or one that another program is using.
    """
    try:
        if not (os.isatty(read) and os.isatty(write)) or os.tcgetpgrp(read) != os.getpgrp():
            return None
        with _unechoed(read):
            found: dict[str, int] = {}
            for text in texts:
                os.write(write, b"\r" + text.encode() + _ASK)
                column = _column(read, patience)
                if column is None:
                    found = {}
                    break
                found[text] = column - 1
            os.write(write, b"\r\x1b[K")
            return found
    except (ImportError, AttributeError, OSError):  # no such terminals on this system
        return None


def _column(read: int, patience: float) -> int | None:
    """The column that the terminal names, counted from 1."""
    received = b""
    end = time.monotonic() + patience
    while (left := end - time.monotonic()) > 0 and select.select([read], [], [], left)[0]:
        received += os.read(read, 64)
        if match := _ANSWER.search(received):
            return int(match[1])
    return None


@contextmanager
def _unechoed(descriptor: int) -> Iterator[None]:
    """Keys arrive one by one and unseen; afterwards the terminal is as it was, late answers thrown away."""
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
