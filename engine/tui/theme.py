"""The two looks, dark and light: the palette's roles as theme variables, so that a change of theme is one repaint."""

from collections.abc import Mapping

from textual.theme import Theme

from engine.drawing.cells import Role
from engine.drawing.palette import DARK, LIGHT

DARK_NAME, LIGHT_NAME = "peephole-dark", "peephole-light"


def variables(palette: Mapping[Role, str]) -> dict[str, str]:
    """The palette as Textual variables: ``$page``, ``$ink``, ``$light`` …"""
    return {str(role): colour for role, colour in palette.items()}


def theme(name: str, palette: Mapping[Role, str], dark: bool) -> Theme:
    """A Textual theme whose own colours come from ``palette`` too."""
    return Theme(
        name=name,
        primary=palette["light"],
        foreground=palette["ink"],
        background=palette["page"],
        surface=palette["page"],
        panel=palette["raised"],
        success=palette["right"],
        warning=palette["light"],
        error=palette["wrong"],
        accent=palette["light"],
        dark=dark,
        variables={
            **variables(palette),
            "input-cursor-background": palette["glow"],
            "input-cursor-foreground": palette["onglow"],
            "input-selection-background": palette["line"],
        },
    )


THEMES = (theme(DARK_NAME, DARK, True), theme(LIGHT_NAME, LIGHT, False))
