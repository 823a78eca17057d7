"""The two looks. Every colour of the program stands here, once; drawings know roles only.

Each value keeps its hue and a contrast of at least 4.5 when a terminal reduces it to 256 colours.
"""

from collections.abc import Mapping
from typing import Final

from engine.drawing.cells import Role

DARK: Final[Mapping[Role, str]] = {
    "page": "#121317",
    "raised": "#202228",
    "line": "#494c54",
    "muted": "#9a9da6",
    "ink": "#e6e7ea",
    "light": "#f5bd6c",
    "right": "#6fd3ab",
    "wrong": "#ff8f8a",
    "glow": "#f5bd6c",
    "onglow": "#121317",
    "heat0": "#262626",
    "heat1": "#875f00",
    "heat2": "#af8700",
    "heat3": "#d7af5f",
    "heat4": "#ffd787",
}

LIGHT: Final[Mapping[Role, str]] = {
    "page": "#fafafa",
    "raised": "#eceae7",
    "line": "#bdbbb7",
    "muted": "#62605c",
    "ink": "#1d1c1a",
    "light": "#875800",
    "right": "#006b4a",
    "wrong": "#b0261e",
    "glow": "#ffd787",
    "onglow": "#1d1c1a",
    "heat0": "#eeeeee",
    "heat1": "#ffd7af",
    "heat2": "#d7af5f",
    "heat3": "#af8700",
    "heat4": "#875f00",
}
