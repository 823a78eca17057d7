"""What was typed, in one spelling: full width, superscripts, dashes, multiplication signs and Greek brought together.

Every character of the result knows the place in what was typed that it came from, so that a caret can point there.
Greek letters and √ stay single characters: they are names of their own, however tightly they are written.
"""

import unicodedata
from typing import Final

import msgspec

from engine.grading.notation.errors import problem
from engine.grading.notation.limits import LIMITS, too_large
from engine.grading.plain import DASHES, INVISIBLE, SPACES

Characters = list[tuple[str, int]]  # a character and the place it was typed at


class Source(msgspec.Struct, frozen=True):
    """Normalised ``text``; ``places[i]`` is where ``text[i]`` was typed, with one more entry for its end."""

    text: str
    places: tuple[int, ...]


_REFUSED: Final = frozenset({"Cc", "Cf", "Cs"})

# What NFKC leaves as it is, or would get wrong. ー and ・ are what a Japanese input method gives for - and /.
_SIGNS: Final[dict[str, str]] = {
    **dict.fromkeys(f"{DASHES}﹣ーｰ─➖˗", "-"),
    **dict.fromkeys("➕", "+"),
    **dict.fromkeys("×·⋅∙•・･✕✖∗⁎⨯╳‧\u2062", "*"),
    **dict.fromkeys("÷⁄∕➗", "/"),
    **dict.fromkeys("ˆ˄", "^"),
    **dict.fromkeys("、､，", ","),
    **dict.fromkeys("〔【", "("),
    **dict.fromkeys("〕】", ")"),
    **dict.fromkeys("∣│┃｜", "|"),
    **dict.fromkeys("′’‘´", "'"),
    **dict.fromkeys("“”″", '"'),
    **dict.fromkeys("¥￥＼", "\\"),
    **dict.fromkeys("∂𝜕", "∂"),
    "∆": "Δ",
    "∶": ":",
}
_RAISED: Final = "+-=()0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZβγδεθφχ"


def normalise(typed: str) -> Source:
    """``typed`` in one spelling. Raises :class:`NotationError`, refused, for control characters and great length."""
    if len(typed) > LIMITS.characters and len(typed.strip()) > LIMITS.characters:
        raise too_large("characters")
    characters: Characters = []
    raised = False
    for place, character in enumerate(typed):
        power = _power(character)
        if raised and not power:
            characters.append((")", place - 1))
        if power and not raised:
            characters += [("^", place), ("(", place)]
        raised = bool(power)
        characters += [(one, place) for one in power or _plain(character, characters)]
    if raised:
        characters.append((")", len(typed) - 1))
    end = len(typed.rstrip())
    return Source("".join(one for one, _ in characters), (*(place for _, place in characters), end))


def _power(character: str) -> str:
    """What a superscript raises (``2`` for ``²``), or an empty string. NFKC would turn x² into x2."""
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    if kind != "<super>" or " " in code:
        return ""
    plain = _SIGNS.get(chr(int(code, 16)), chr(int(code, 16)))
    return plain if plain in _RAISED else ""


def _plain(character: str, before: Characters) -> str:
    if character in INVISIBLE:
        return ""
    if character in SPACES:
        return " "
    if character in _SIGNS:
        return _SIGNS[character]
    if unicodedata.category(character) in _REFUSED:
        raise problem("control")
    if character in "₊₋₌₍₎":  # x₋₁ is not x − 1
        return character
    if unicodedata.decomposition(character).startswith("<fraction>"):
        return _fraction(character, before)
    return "".join(_SIGNS.get(one, one) for one in unicodedata.normalize("NFKC", character))


def _fraction(character: str, before: Characters) -> str:
    """``½`` in brackets. After a digit it would be read in two ways."""
    if before and before[-1][0].isdigit():
        raise problem("mixed-number", before[-1][1] + 1, typed=before[-1][0] + character)
    return "(" + unicodedata.normalize("NFKC", character).replace("⁄", "/") + ")"
