r"""A subset of LaTeX, rewritten into plain notation: \frac{a}{b}, \sqrt{x}, \left( \right), \cdot, Greek, \exp.

Any other command is a problem that names it.
"""

import re
from typing import Final

from engine.grading.notation.errors import problem
from engine.grading.notation.functions import GREEK, RECIPROCALS, SPELLINGS
from engine.grading.notation.normalise import Characters, Source

_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)?")
_SPACED: Final = frozenset(
    {
        "left",
        "right",
        "big",
        "bigl",
        "bigr",
        "bigg",
        "biggl",
        "biggr",
        "Big",
        "Bigl",
        "Bigr",
        "displaystyle",
        "textstyle",
    }
    | {"quad", "qquad", *",;:!()[]"}
)
_FRACTIONS: Final = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
_WRAPPERS: Final = frozenset({"mathrm", "operatorname", "text", "textrm", "mathit", "mathbf", "rm", "boldsymbol", "bm"})
_HOSTILE: Final = frozenset(
    {"input", "include", "write", "openin", "openout", "read", "def", "gdef", "edef", "let", "csname", "catcode"}
    | {"immediate", "newcommand", "usepackage", "href", "url"}
)
_PLAIN: Final[dict[str, str]] = {
    **{name: letter for letter, name in GREEK.items() if letter != "ς"},
    "varepsilon": "ε",
    "vartheta": "θ",
    "varphi": "φ",
    "varsigma": "σ",
    **{name: f" {name}" for name in (*SPELLINGS, *RECIPROCALS) if name.isalpha()},
    **dict.fromkeys(("cdot", "times", "ast", "odot"), "*"),
    "div": "/",
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
    **dict.fromkeys(("lbrace", "{"), "{"),
    **dict.fromkeys(("rbrace", "}"), "}"),
    "partial": "∂",
    "prime": "'",
    "infty": "∞",
    "_": "_",
    " ": " ",
}


def rewritten(source: Source) -> Source:
    """``source`` without LaTeX. Raises :class:`NotationError` for a command that is not in the subset."""
    if "\\" not in source.text and "$" not in source.text:
        return source
    characters: Characters = list(zip(source.text, source.places, strict=False))
    done = _rewrite(_undollared(characters))
    return Source("".join(one for one, _ in done), (*(place for _, place in done), source.places[-1]))


def _undollared(characters: Characters) -> Characters:
    """Without the ``$`` or ``$$`` around the whole."""
    text = "".join(one for one, _ in characters)
    match = re.fullmatch(r"\s*(\$\$?)([^$]*)\1\s*", text)
    return characters[match.start(2) : match.end(2)] if match else characters


def _rewrite(characters: Characters) -> Characters:
    text = "".join(one for one, _ in characters)
    done: Characters = []
    index = 0
    while index < len(characters):
        match = _COMMAND.match(text, index)
        if match is None:
            done.append(characters[index])
            index += 1
            continue
        name, place = match[1] or "", characters[index][1]
        if name in _FRACTIONS:
            above, index = _group(characters, match.end())
            below, index = _group(characters, index)
            done += [*_spread("((", place), *_rewrite(above), *_spread(")/(", place), *_rewrite(below)]
            done += _spread("))", place)
        elif name == "sqrt" and text.startswith("[", match.end()):
            end = text.find("]", match.end())
            raise problem("root-index", place, index=text[match.end() + 1 : end] if end > 0 else "3")
        elif name in _WRAPPERS and text.startswith("{", match.end()):
            inner, index = _group(characters, match.end())
            done += _rewrite(inner)
        else:
            done += _spread(_replacement(name, place), place)
            index = match.end()
    return done


def _replacement(name: str, place: int) -> str:
    if name in _SPACED:
        return " "
    if name == "sqrt":
        return "√"
    if name in _HOSTILE:
        raise problem("code")
    if name not in _PLAIN:
        raise problem("command", place, command=f"\\{name}")
    return _PLAIN[name]


def _spread(text: str, place: int) -> Characters:
    return [(one, place) for one in text]


def _group(characters: Characters, start: int) -> tuple[Characters, int]:
    """What a command takes as its argument from ``start``, a braced group or one character, and where that ends."""
    while start < len(characters) and characters[start][0] == " ":
        start += 1
    if start >= len(characters) or characters[start][0] != "{":
        return characters[start : start + 1], min(start + 1, len(characters))
    depth = 0
    for index in range(start, len(characters)):
        depth += {"{": 1, "}": -1}.get(characters[index][0], 0)
        if depth == 0:
            return characters[start + 1 : index], index + 1
    raise problem("unclosed", characters[-1][1] + 1, closing="}")
