"""Rows for a pipe, as characters alone, and for a terminal, with 24-bit colours."""

from collections.abc import Iterable, Mapping

from engine.drawing.cells import Role, Row, Span

_SHADES = " ░▒▓█"  # the heat ramp without colour
_RESET = "\x1b[0m"


def rows_to_text(rows: Iterable[Row]) -> str:
    """``rows`` as lines of plain text; cells of the heat ramp become shades."""
    return "\n".join("".join(map(_plain, row)).rstrip() for row in rows)


def rows_to_ansi(rows: Iterable[Row], palette: Mapping[Role, str]) -> str:
    """``rows`` with the colours of ``palette`` as ANSI escapes, each line complete in itself."""
    return "\n".join("".join(_escape(span, palette) + span.text for span in row) + _RESET for row in rows)


def _plain(span: Span) -> str:
    ground = _heat(span.ground)
    if ground is None:
        return span.text
    upper = _heat(span.ink)
    mixed = ground if upper is None else round((ground + upper) / 2)
    return span.text.replace(" ", _SHADES[ground]).replace("▀", _SHADES[mixed])


def _heat(role: Role) -> int | None:
    return int(role[-1]) if role.startswith("heat") else None


def _escape(span: Span, palette: Mapping[Role, str]) -> str:
    return f"\x1b[0;{'1;' if span.bold else ''}38;2;{_rgb(palette[span.ink])};48;2;{_rgb(palette[span.ground])}m"


def _rgb(colour: str) -> str:
    return ";".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
