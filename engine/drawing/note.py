"""Words and formulas beside a picture."""

import re

from engine.drawing.canvas import Canvas
from engine.drawing.formula import typeset
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop
from engine.drawing.wrap import wrap
from sims.frames import Note
from sims.text import Language

_WIDTHS = (40, 30, 24, 16)
_SENTENCE = re.compile(r"[。、]|[a-z]{2,} [a-z]{2,} [a-z]{2,}")


def note_plate(note: Note, language: Language) -> Plate:
    """``note`` on its own lines, then with them wrapped, at last cut. Formulas are stacked where there is room."""
    lines = [words(line, language) for line in note.lines]
    stacked = [row for line in lines for row in ([line] if _SENTENCE.search(line) else typeset(line, 1000))]
    sketches = [_lines(stacked), _lines(lines)]
    wide = max(map(cell_width, lines), default=1)
    for width in _WIDTHS:
        if width < wide:
            sketches.append(_lines([row for line in lines for row in wrap(line, width)]))
    least = sketches[-1]
    sketches.append(Sketch(least.width, min(least.height, 1), least.draw, taller=True, cut=True))
    return Plate(words(note.title, language), tuple(sketches), luxury=len(stacked) > len(lines))


def _lines(lines: list[str]) -> Sketch:
    def draw(canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        for row, line in enumerate(lines[:height]):
            canvas.put(x, y + row, crop(line, width), "ink")

    return Sketch(max(map(cell_width, lines), default=1), max(len(lines), 1), draw)
