"""The ring: a door's peephole in Braille dots, open (lit within) or closed (grey)."""

from math import hypot

from engine.drawing.cells import Role, Row, Span

COLUMNS, ROWS = 18, 9
_DOT_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def ring(is_open: bool) -> list[Row]:
    """Nine rows of eighteen cells. Radii are in dots; a cell is two dots wide and four high."""
    circles: tuple[tuple[float, float, Role], ...] = ((15.5, 16.6, "muted"), (6.6, 7.7, "muted"))
    if is_open:
        circles = ((15.5, 16.6, "muted"), (6.6, 7.7, "light"), (0.0, 3.6, "light"))
    return [_row(row, circles) for row in range(ROWS)]


def _row(row: int, circles: tuple[tuple[float, float, Role], ...]) -> Row:
    spans: list[Span] = []
    for column in range(COLUMNS):
        bits, role = _cell(row, column, circles)
        character = chr(0x2800 + bits) if bits else " "
        if spans and spans[-1].ink == role:
            spans[-1] = Span(spans[-1].text + character, role)
        else:
            spans.append(Span(character, role))
    return tuple(spans)


def _cell(row: int, column: int, circles: tuple[tuple[float, float, Role], ...]) -> tuple[int, Role]:
    bits = 0
    role: Role = "muted"
    for line, pair in enumerate(_DOT_BITS):
        for side, bit in enumerate(pair):
            distance = hypot(column * 2 + side - COLUMNS + 0.5, row * 4 + line - 2 * ROWS + 0.5)
            for inner, outer, colour in circles:
                if inner <= distance <= outer:
                    bits, role = bits | bit, colour
    return bits, role
