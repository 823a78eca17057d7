"""The looks: Peephole's dark and light, and Textual's own with the palette's roles found among their colours."""

from collections.abc import Mapping

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from engine.drawing.cells import Role
from engine.drawing.palette import DARK, LIGHT

DARK_NAME, LIGHT_NAME = "dark", "light"
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def variables(palette: Mapping[Role, str]) -> dict[str, str]:
    """The palette as Textual variables: ``$page``, ``$ink``, ``$light`` …"""
    return {
        **{str(role): colour for role, colour in palette.items()},
        "input-cursor-background": palette["glow"],
        "input-cursor-foreground": palette["onglow"],
        "input-selection-background": palette["line"],
    }


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
        variables=variables(palette),
    )


def names() -> list[str]:
    """Every look: the two of our own first. Themes that leave their colours to the terminal cannot be measured."""
    return [DARK_NAME, LIGHT_NAME, *(name for name in BUILTIN_THEMES if not name.startswith("ansi-"))]


def named(name: str) -> Theme | None:
    """The look of that name, if there is one."""
    match name:
        case "dark":
            return theme(DARK_NAME, DARK, True)
        case "light":
            return theme(LIGHT_NAME, LIGHT, False)
    return adopted(BUILTIN_THEMES[name]) if name in names() else None


def adopted(own: Theme) -> Theme:
    """One of Textual's themes with the palette's roles; a colour too faint on its page is moved towards the ink."""
    colours = own.to_color_system().generate()
    usual = DARK if own.dark else LIGHT

    def read(name: str, otherwise: Role) -> Color:
        try:
            found = Color.parse(colours.get(name, ""))
        except ValueError:
            return Color.parse(usual[otherwise])
        return found if found.ansi is None and found.a == 1 else Color.parse(usual[otherwise])

    page = read("background", "page")
    extreme = Color.parse("#ffffff" if own.dark else "#000000")

    def clear(colour: Color) -> str:
        mixed = colour
        for step in range(1, 11):
            if contrast(mixed, page) >= LEAST_CONTRAST:
                break
            mixed = colour.blend(extreme, step / 10)
        return mixed.hex

    ink, light = clear(read("foreground", "ink")), clear(read("accent", "light"))
    palette: dict[Role, str] = {
        **usual,
        "page": page.hex,
        "raised": page.blend(Color.parse(ink), 0.08).hex,
        "line": page.blend(Color.parse(ink), 0.35).hex,
        "muted": clear(page.blend(Color.parse(ink), 0.6)),
        "ink": ink,
        "light": light,
        "right": clear(read("success", "right")),
        "wrong": clear(read("error", "wrong")),
        "glow": light,
        "onglow": page.hex,
    }
    return theme(own.name, palette, own.dark)


def contrast(first: Color, second: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
