"""Rows of cells as Textual content. Text travels as data here, never as markup."""

from collections.abc import Iterable

from textual.content import Content

from engine.drawing.ascii import to_ascii
from engine.drawing.cells import Row
from engine.drawing.width import visible


def to_content(rows: Iterable[Row], plain_marks: bool = False) -> Content:
    """``rows`` as one multi-line content, each role a theme variable; control characters become their pictures."""
    shown = (lambda text: to_ascii(visible(text))) if plain_marks else visible
    lines = [
        Content.assemble(*((shown(span.text), _style(span.ink, span.ground, span.bold)) for span in row))
        for row in rows
    ]
    return Content("\n").join(lines)


def _style(ink: str, ground: str, bold: bool) -> str:
    return f"{'bold ' if bold else ''}${ink}" + ("" if ground == "page" else f" on ${ground}")
