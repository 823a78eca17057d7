"""Lines of a given width out of a text, as a Japanese or English typesetter would break it."""

from functools import lru_cache

from engine.drawing.breaks import LEVELS, breaks
from engine.drawing.width import cell_width, character_width, visible


def wrap(text: str, width: int, balance: bool = False) -> list[str]:
    """``text`` in lines of at most ``width`` cells (at least 2).

    Broken between phrases and words, inside them only where one is wider than a line. Newlines are kept; spaces
    at a break are dropped. ``balance`` uses the narrowest width that gives the same number of lines, so that the
    last line is no orphan.
    """
    return list(_wrapped(text, max(width, 2), balance))


@lru_cache(maxsize=2048)
def _wrapped(text: str, width: int, balance: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(visible(paragraph).rstrip(), width, balance)
    return tuple(lines)


def _paragraph(text: str, width: int, balance: bool) -> list[str]:
    if cell_width(text) <= width:
        return [text]
    pieces = _pieces(text, width)
    lines = _filled(pieces, width)
    if balance and len(lines) > 1:
        return _filled(pieces, _narrowest(pieces, width, len(lines)))
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """``text`` cut where a line may end, each piece with the spaces before it, none wider than ``width``."""
    places = breaks(text, width)
    pieces = [(0, text)]  # too wide, or it would not be here
    for level in LEVELS:
        cut = [[(at, piece)] if _fits(piece, width) else _cut(piece, at, places, level) for at, piece in pieces]
        pieces = [part for parts in cut for part in parts]
    return [part for _, piece in pieces for part in ([piece] if _fits(piece, width) else _cells(piece, width))]


def _fits(piece: str, width: int) -> bool:
    return cell_width(piece.lstrip()) <= width


def _cut(text: str, offset: int, places: list[int], least: int) -> list[tuple[int, str]]:
    """``text``, which starts at ``offset`` of ``places``, cut where these are at least as good as ``least``.

    Spaces go with what follows them. Each piece comes with its own offset.
    """
    pieces, start = [], 0
    for i in range(1, len(text)):
        if places[offset + i] >= least:
            end = start + len(text[start:i].rstrip())
            if end > start:
                pieces.append((offset + start, text[start:end]))
                start = end
    return [*pieces, (offset + start, text[start:])]


def _cells(text: str, width: int) -> list[str]:
    """``text`` cut into runs of at most ``width`` cells; marks stay with their letter."""
    pieces, room = [text[: len(text) - len(text.lstrip())]], width
    for character in text.lstrip():
        cells = character_width(character)
        if cells > room:
            pieces.append("")
            room = width
        pieces[-1] += character
        room -= cells
    return pieces


def _filled(pieces: list[str], width: int) -> list[str]:
    lines, used = [pieces[0]], cell_width(pieces[0])
    if used > width:  # nothing but an indent can make the first piece too wide
        lines, used = [pieces[0].lstrip()], cell_width(pieces[0].lstrip())
    for piece in pieces[1:]:
        cells = cell_width(piece)
        if used + cells <= width:
            lines[-1] += piece
            used += cells
        else:
            lines.append(piece.lstrip())
            used = cell_width(lines[-1])
    return lines


def _narrowest(pieces: list[str], width: int, lines: int) -> int:
    low = max(cell_width(piece.lstrip()) for piece in pieces)
    while low < width:
        middle = (low + width) // 2
        if len(_filled(pieces, middle)) > lines:
            low = middle + 1
        else:
            width = middle
    return width
