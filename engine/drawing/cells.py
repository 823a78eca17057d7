"""Rows of coloured text: what every drawing in this project comes to. Roles are named, never colours."""

from typing import Literal

import msgspec

Role = Literal[
    "page",
    "raised",
    "line",
    "muted",
    "ink",
    "light",
    "right",
    "wrong",
    "glow",
    "onglow",
    "heat0",
    "heat1",
    "heat2",
    "heat3",
    "heat4",
]


class Span(msgspec.Struct, frozen=True):
    """A run of characters of one look: ``ink`` on ``ground``."""

    text: str
    ink: Role = "ink"
    ground: Role = "page"
    bold: bool = False


Row = tuple[Span, ...]
