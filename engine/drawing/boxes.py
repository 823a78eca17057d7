"""Two-dimensional pieces of a formula: rectangles of text with a baseline, set beside and above one another."""

from collections.abc import Sequence

import msgspec

from engine.drawing.width import cell_width, fill

# Left and right bracket, each as the pieces top, middle, bottom.
_TALL = {
    "(": ("⎛⎜⎝", "⎞⎟⎠"),
    "[": ("⎡⎢⎣", "⎤⎥⎦"),
    "{": ("⎧⎪⎩", "⎫⎪⎭"),
    "⌊": ("⎢⎢⎣", "⎥⎥⎦"),
    "⌈": ("⎡⎢⎢", "⎤⎥⎥"),
}
CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}


class Box(msgspec.Struct, frozen=True):
    """Lines of equal width; ``baseline`` is the index of the line that stands on the line of writing."""

    lines: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        """Cells of every line."""
        return cell_width(self.lines[0])

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.lines)


def beside(boxes: Sequence[Box]) -> Box:
    """``boxes`` from left to right on one baseline."""
    if not boxes:
        return Box(("",))
    above = max(box.baseline for box in boxes)
    below = max(box.height - box.baseline for box in boxes)
    lines = [""] * (above + below)
    for box in boxes:
        top = above - box.baseline
        for y in range(above + below):
            inside = top <= y < top + box.height
            lines[y] += box.lines[y - top] if inside else " " * box.width
    return Box(tuple(lines), above)


def fraction(numerator: Box, denominator: Box) -> Box:
    """One over the other; the bar of a fraction of fractions is longer than theirs."""
    nested = any("─" in line for box in (numerator, denominator) for line in box.lines)
    width = max(numerator.width, denominator.width) + (2 if nested else 0)
    lines = [_centred(line, width) for line in numerator.lines]
    lines += ["─" * width, *(_centred(line, width) for line in denominator.lines)]
    return Box(tuple(lines), numerator.height)


def bracketed(opening: str, inner: Box) -> Box:
    """``inner`` between brackets as tall as it is."""
    if inner.height == 1:
        return Box((opening + inner.lines[0] + CLOSING[opening],))
    left, right = (_stretched(pieces, inner.height) for pieces in _TALL[opening])
    return Box(
        tuple(f"{a} {line} {b}" for a, line, b in zip(left, inner.lines, right, strict=True)),
        inner.baseline,
    )


def raised(base: Box, exponent: Box) -> Box:
    """``exponent`` at the upper right of ``base``."""
    lines = [" " * base.width + line for line in exponent.lines]
    lines += [fill(line, base.width + exponent.width) for line in base.lines]
    return Box(tuple(lines), base.baseline + exponent.height)


def radical(inner: Box) -> Box:
    """A root sign as tall as ``inner``, which has several lines."""
    height = inner.height
    lines = [" " * (height + 1) + "_" * (inner.width + 1)]
    for y, line in enumerate(inner.lines):
        foot = "╲" if y == height - 1 else " "
        lines.append(" " * (height - y - 1) + foot + "╱" + " " * (y + 1) + line)
    return Box(tuple(lines), inner.baseline + 1)


def _centred(line: str, width: int) -> str:
    return fill(" " * ((width - cell_width(line)) // 2) + line, width)


def _stretched(pieces: str, height: int) -> str:
    return pieces[0] + pieces[1] * (height - 2) + pieces[2]
