"""How many terminal cells a text takes, and texts made fit to be put into cells."""

import unicodedata
from functools import lru_cache

_REPLACED = {0x7F: "␡", 0x09: " ", 0x0A: " ", 0x0D: " ", 0x2028: " ", 0x2029: " "}
# They join or restyle the characters around them, and terminals disagree about how wide the result is.
_DROPPED = frozenset((*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0200)))
_JAMO_TAILS = range(0x1160, 0x1200)


@lru_cache(maxsize=4096)
def character_width(character: str) -> int:
    """Cells of one character: 2 if East Asian wide, 0 if it combines with the one before, else 1.

    Ambiguous characters (Greek, box drawing, ``×``) count 1, as in every terminal library.
    """
    if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf", "Cc") or ord(character) in _JAMO_TAILS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cell_width(text: str) -> int:
    """Cells of a one-line text."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(character_width, text))


def visible(text: str) -> str:
    """``text`` with nothing in it that a terminal would obey.

    Control characters become their pictures (``␛``), line ends and tabs a space, invisible format characters
    such as writing-direction overrides are dropped.
    """
    if text.isprintable():  # false for everything replaced below but the dropped marks, which are rare
        return text if text.isascii() else "".join(c for c in text if ord(c) not in _DROPPED)
    return "".join(map(_shown, text))


@lru_cache(maxsize=1024)
def _shown(character: str) -> str:
    code = ord(character)
    if code in _REPLACED:
        return _REPLACED[code]
    if code < 0x20:
        return chr(0x2400 + code)
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return "�"
    return "" if category == "Cf" or code in _DROPPED else character


def crop(text: str, width: int) -> str:
    """``text`` cut to ``width`` cells, with ``…`` where something was cut."""
    if cell_width(text) <= width:
        return text
    kept, room = [], width - 1
    for character in text:
        room -= character_width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells, cut or filled up."""
    return fill(crop(text, width), width)


def fill(text: str, width: int, right: bool = False) -> str:
    """``text`` filled up with spaces to ``width`` cells, on its left side if ``right``-aligned."""
    space = " " * (width - cell_width(text))
    return space + text if right else text + space
