"""Where a line of text may be broken: Japanese by phrase and kinsoku, Latin by word, formulas hardly ever."""

import unicodedata
from collections.abc import Callable
from functools import cache

from engine.drawing.width import cell_width

NEVER_FIRST = frozenset(
    "、。，．,.:;!?！？：；）」』】〉》〕］｝)]}’”»‐゠–ー〜～…‥・％%゛゜々ゝゞヽヾ〻"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯｰﾞﾟ｡｣､･"
)
NEVER_LAST = frozenset("（「『【〈《〔［｛([{‘“«｢")
_INSEPARABLE = frozenset("…‥―—")
_OPERATORS = frozenset("=+−-×*/÷·∗⊙∘<>≤≥≠≈±∝∈→←^≡~")

_BRACKETS = {")": "(", "]": "[", "⌋": "⌊", "⌉": "⌈"}

# How readily a line is broken at a place: between phrases or words; inside them when they are too long; inside
# brackets that would fit into a line when nothing else is left.
PHRASE, INSIDE, BRACKET, NEVER = 3, 2, 1, 0
LEVELS = (PHRASE, INSIDE, BRACKET)


def breaks(text: str, width: int) -> list[int]:
    """For every place ``i`` before ``text[i]``, how readily a line may end there: a list as long as ``text``.

    Breaking at spaces means breaking before the first character after them. ``width`` decides which brackets
    can be kept whole.
    """
    places = [NEVER] * len(text)
    phrases = _phrases(text)
    whole = _whole(text, width)
    for i in range(1, len(text)):
        if text[i].isspace():
            continue
        before = i - 1
        while before and text[before].isspace():
            before -= 1
        places[i] = _place(text, before, i, phrases)
        if i in whole and places[i]:
            places[i] = BRACKET
    return places


def is_wide(character: str) -> bool:
    """Whether lines may be broken beside this character without a space: kanji, kana and their punctuation."""
    return unicodedata.east_asian_width(character) in "WF"


def _place(text: str, before: int, i: int, phrases: set[int] | None) -> int:
    a, b = text[before], text[i]
    spaced = before + 1 < i
    if b in NEVER_FIRST or a in NEVER_LAST or (a == b and a in _INSEPARABLE):
        return NEVER
    if not spaced and not (is_wide(a) or is_wide(b)):
        return NEVER
    if spaced and (_ends_with_operator(text, before) or _starts_with_operator(text, i)):
        return INSIDE if _starts_with_operator(text, i) else NEVER
    if phrases is None or i in phrases:
        return PHRASE
    return PHRASE if spaced and not is_wide(a) and not is_wide(b) and b.isalpha() else INSIDE


def _ends_with_operator(text: str, i: int) -> bool:
    return text[i] in _OPERATORS and (i == 0 or text[i - 1].isspace())


def _starts_with_operator(text: str, i: int) -> bool:
    return text[i] in _OPERATORS and (i + 1 == len(text) or text[i + 1].isspace())


def _whole(text: str, width: int) -> set[int]:
    """The places inside brackets that fit into a line."""
    inside: set[int] = set()
    opened: list[int] = []
    for i, character in enumerate(text):
        if character in "([⌊⌈":
            opened.append(i)
        elif opened and text[opened[-1]] == _BRACKETS.get(character):
            start = opened.pop()
            if i - start < width and cell_width(text[start : i + 1]) <= width:
                inside.update(range(start + 1, i + 1))
    return inside


def _phrases(text: str) -> set[int] | None:
    """Where phrases start, or None if ``text`` has no Japanese.

    The model has never seen half-width spaces inside Japanese, so it is given the text without them.
    """
    if not any("぀" <= c <= "ヿ" or "㐀" <= c <= "鿿" for c in text):
        return None
    kept = [i for i, character in enumerate(text) if not character.isspace()]
    starts, at = set(), 0
    for phrase in _parser()("".join(text[i] for i in kept)):
        starts.add(kept[at])
        at += len(phrase)
    return starts


@cache
def _parser() -> Callable[[str], list[str]]:
    from budoux import load_default_japanese_parser  # 20 ms, not needed before the first Japanese sentence

    parse: Callable[[str], list[str]] = load_default_japanese_parser().parse
    return parse
