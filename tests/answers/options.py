"""Picks of options in other spellings, and picks of others."""

import unicodedata
from collections.abc import Sequence
from itertools import permutations

from engine.bank.asked import AskedOption
from tests.answers.widths import FULL, widths

_LETTERS, _KANA, _HIRAGANA = "abcdefghi", "アイウエオカキクケ", "あいうえおかきくけ"
_AROUND = (
    "{}",
    "({})",
    "[{}]",
    "{}.",
    "{})",
    "{}。",
    "{}番",
    "{}番目",
    "選択肢{}",
    "答えは{}です",
    "「{}」",
    "No.{}",
    "#{}",
    " {} ",
)
_JOINED = (",", ", ", "、", " ", "", "と", "・", "/", " and ", "，")


def spellings(options: Sequence[AskedOption], multiple: bool) -> list[str]:
    """Other ways to pick what is right."""
    rights = [place for place, option in enumerate(options) if option.right]
    if multiple:
        return _several(rights)
    return [*_labels(rights[0]), *_texts(options, rights[0])]


def _labels(place: int) -> list[str]:
    names = (str(place + 1), _LETTERS[place], _LETTERS[place].upper(), _KANA[place], _HIRAGANA[place])
    found = [around.format(name) for name in names for around in _AROUND if name.isdigit() or "No" not in around]
    found += [chr(first + place) for first in (0x2460, 0x2776, 0x24F5, 0x2160)]
    return [spelling for text in found for spelling in (text, *widths(text))]


def _texts(options: Sequence[AskedOption], place: int) -> list[str]:
    """The option's own text in both languages, unless it is a digit: that would be a place on the screen."""
    found = []
    for own in {options[place].text.ja, options[place].text.en}:
        if not _is_place(own, len(options)):
            found += [own, f" {own} ", own.translate(FULL), f"「{own}」", f"{place + 1}. {own}"]
            found += [] if options[place].code else [own.upper(), own.lower(), own.rstrip("。."), own.replace(" ", "")]
    return found


def _is_place(text: str, count: int) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip("()[] ")
    return plain.isdigit() and 1 <= int(plain) <= count


def _several(places: Sequence[int]) -> list[str]:
    found = []
    for order in permutations(places):
        digits = [str(place + 1) for place in order]
        found += [joint.join(digits) for joint in _JOINED]
        found.append("".join(chr(0x2460 + place) for place in order))
    return [spelling for text in found for spelling in (text, *widths(text))]


def perturbations(options: Sequence[AskedOption], multiple: bool) -> list[str]:
    """Picks of a wrong option; with ``multiple`` also of one too few and one too many."""
    rights = [place for place, option in enumerate(options) if option.right]
    wrongs = [place for place, option in enumerate(options) if not option.right]
    found = [spelling for place in wrongs for spelling in (*_labels(place), *_texts(options, place))]
    if multiple:
        found += [",".join(str(place + 1) for place in rights if place != left_out) for left_out in rights]
        found += [",".join(str(place + 1) for place in (*rights, added)) for added in wrongs]
    return [text for text in found if text]
