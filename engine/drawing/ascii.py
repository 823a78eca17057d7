"""Marks, lines and bars in ASCII, cell for cell, for terminals whose font has no others."""

_PAIRS = {
    "◉": "o",
    "○": "o",
    "◦": "o",
    "✓": "v",
    "✘": "x",
    "∆": "^",
    "∗": "*",
    "∙": ".",
    "·": ".",
    "⋅": ".",
    "⋮": ":",
    "▌": "|",
    "■": "#",
    "─": "-",
    "━": "=",
    "╌": "~",
    "╍": "~",
    "┄": "~",
    "┈": ".",
    "│": "|",
    "┃": "|",
    "╎": "|",
    "╱": "/",
    "╲": "\\",
    "╳": "x",
    "‹": "<",
    "›": ">",
    "←": "<",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "⇧": "^",
    "…": ".",
    "–": "-",
    "—": "-",
    "−": "-",
    "⎢": "|",
    "⎥": "|",
    "⎜": "|",
    "⎟": "|",
    "⎪": "|",
    "⎫": "\\",
    "⎭": "/",
    "⎧": "/",
    "⎩": "\\",
    "〇": "O ",  # two cells
    "░": ".",
    "▒": ":",
    "▓": "%",
}
_LOWER_HALVES = ".:-=+*%#"  # eighths of a cell, ▁ to █
_DOTS = " .:-=+*%#"  # by how many of a Braille cell's eight dots are raised
_TABLE = str.maketrans(
    _PAIRS
    | dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╯╰⎛⎝⎞⎠⎡⎣⎤⎦⌈⌉⌊⌋", "+")
    | {chr(0x2581 + eighth): mark for eighth, mark in enumerate(_LOWER_HALVES)}
    | {chr(0x2800 + dots): _DOTS[dots.bit_count()] for dots in range(256)}
)


def to_ascii(text: str) -> str:
    """``text`` with marks, lines, bars and Braille dots replaced; letters, digits and mathematics stay."""
    return text if text.isascii() else text.translate(_TABLE)
