"""Sizes such as ``3×3``, in any of their spellings: ``(3, 3)``, ``3行3列``, ``H=3, W=3``, ``torch.Size([3, 3])``.

An answer is one list of sizes, each a number. Everything around the numbers must be known words or signs, so a
negation, a second answer or an equation is asked about and never misread.
"""

from fractions import Fraction
from itertools import pairwise
from math import prod

import msgspec

from engine.bank.asked import ShapeKey
from engine.grading import plain
from engine.grading.plain import Typed, UnreadError
from engine.grading.shape_mistakes import name_mistake, show
from engine.grading.shape_words import (
    COLUMNS,
    COMMAS,
    CONNECTING,
    EQUATION,
    FACTORIAL,
    KNOWN,
    LEAD,
    NAMING,
    PAIRS,
    ROWS,
    SEPARATING,
    SEVERAL,
    THOUSANDS,
    TIMES,
    TIMES_LIKE,
    TOKEN,
)
from engine.grading.verdict import Verdict, correct, unreadable
from sims.text import Text

_MAX_DIGITS = 15
_LARGEST_CLAIM = 10_000  # what a simulation takes
_HERE = Text("ここが読めません", "cannot read this")
_BRACKETS = Text("かっこの対応が合いません。", "The brackets do not match.")


class _Part(msgspec.Struct, frozen=True):
    """A token: ``kind`` is number, sign (between numbers), word, open, close or space."""

    kind: str
    text: str
    at: int


def grade(key: ShapeKey, text: str) -> Verdict:
    """The verdict on the sizes ``text``; what is not one list of sizes is unreadable and says how to write one."""
    try:
        sizes = _read(key, text)
    except UnreadError as error:
        return error.verdict
    fits = len(sizes) == len(key.sizes) and all(size.denominator == 1 and 0 <= size <= _LARGEST_CLAIM for size in sizes)
    claim = "x".join(map(str, sizes)) if fits else ""
    if sizes == tuple(map(Fraction, key.sizes)):
        return correct(show(sizes), claim)
    return name_mistake(key, sizes, claim)


def reading(key: ShapeKey, text: str) -> str:
    """How ``text`` is read, such as ``2 × 2``. Raises :class:`UnreadError` where it cannot be."""
    return show(_read(key, text))


def _read(key: ShapeKey, text: str) -> tuple[Fraction, ...]:
    typed = plain.clean(text).lower()
    plain.refuse_giving_up(typed.text)
    plain.refuse_code(typed.text)
    lead = LEAD.match(typed.text)
    typed = typed.cut(lead.end() if lead else 0, len(typed.text))
    typed = Typed(typed.text.translate(TIMES_LIKE), typed.origin).sub(plain.MINUS_LIKE, "-")
    _ask_again(key, typed.text)
    sizes = _sizes(key, typed)
    if len(sizes) != len(key.sizes):
        grouped = typed.sub(THOUSANDS, lambda match: match[0].replace(",", ""))
        if grouped.text != typed.text:
            sizes = _sizes(key, grouped)
    return _checked(key, sizes)


def _ask_again(key: ShapeKey, text: str) -> None:
    """Raise for what is readable to people yet not one definite answer."""
    for pattern, named in (
        (plain.APPROXIMATE, plain.EXACT),
        (SEVERAL, plain.ONE_ONLY),
        (EQUATION, plain.NO_EQUATION),
        (plain.NUMERALS, plain.DIGITS),
    ):
        if pattern.search(text):
            raise UnreadError(unreadable(named, examples=examples(key)))
    if FACTORIAL.search(text):
        raise _request(key)


def examples(key: ShapeKey) -> tuple[str, ...]:
    """Spellings of as many sizes as are asked for; never the key."""
    sizes = (8, 5, 2, 4, 6, 3)[: len(key.sizes)]
    if sizes == key.sizes:
        sizes = (9, 7, 4, 2, 5, 8)[: len(key.sizes)]
    names = [str(size) for size in sizes]
    if len(names) == 1:
        return (names[0], f"({names[0]},)")
    return ("×".join(names), "x".join(names), f"({', '.join(names)})")


def _request(key: ShapeKey, typed: Typed | None = None, at: int = 0) -> UnreadError:
    count, example = len(key.sizes), examples(key)[0]
    numbers = "1 つの数" if count == 1 else f"{count} つの数"
    sizes = "one number" if count == 1 else f"{count} numbers"
    named = Text(
        f"大きさは、{example} のように {numbers}で書いてください。", f"Please give {sizes}, such as {example}."
    )
    return UnreadError(unreadable(named, typed.caret(at, _HERE) if typed else None, examples(key)))


def _sizes(key: ShapeKey, typed: Typed) -> tuple[Fraction, ...]:
    parts = list(_parts(key, typed))
    _check_brackets(key, typed, parts)
    places = [place for place, part in enumerate(parts) if part.kind == "number"]
    if not places:
        raise _request(key)
    _check_ends(key, typed, parts, places)
    for one, following in pairwise(places):
        _check_between(key, typed, parts[one + 1 : following], parts[following])
    sizes = tuple(Fraction(parts[place].text.rstrip(".")) for place in places)
    return _by_axis(parts, sizes)


def _check_between(key: ShapeKey, typed: Typed, between: list[_Part], following: _Part) -> None:
    """One sign at most, known words only, and something that parts the two numbers."""
    signs = [part for part in between if part.kind == "sign"]
    strange = [part for part in between if part.kind == "word" and part.text not in CONNECTING]
    parted = [part for part in between if part.kind != "word" or part.text in SEPARATING]
    loose_minus = following.text.startswith("-") and not signs
    if len(signs) > 1 or strange or not parted or loose_minus:
        raise _request(key, typed, (signs[1:] or strange or [following])[0].at)


def _parts(key: ShapeKey, typed: Typed) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    while at < len(typed.text):
        match = TOKEN.match(typed.text, at)
        if match is None:
            raise _request(key, typed, at)
        kind, text = str(match.lastgroup), match[0]
        if kind == "word":
            if text not in KNOWN:
                raise _request(key, typed, at)
            kind = "sign" if text in TIMES or text in COMMAS else "word"
        elif kind == "number" and len(text) > _MAX_DIGITS:
            raise UnreadError(plain.TOO_LARGE)
        parts.append(_Part(kind, text, at))
        at = match.end()
    return parts


def _check_brackets(key: ShapeKey, typed: Typed, parts: list[_Part]) -> None:
    opened: list[_Part] = []
    for part in parts:
        if part.kind == "open":
            opened.append(part)
        elif part.kind == "close" and (not opened or PAIRS[opened.pop().text] != part.text):
            raise UnreadError(unreadable(_BRACKETS, typed.caret(part.at, _HERE), examples(key)))
    if opened:
        note = Text("このかっこが閉じていません", "this is not closed")
        raise UnreadError(unreadable(_BRACKETS, typed.caret(opened[-1].at, note), examples(key)))


def _check_ends(key: ShapeKey, typed: Typed, parts: list[_Part], places: list[int]) -> None:
    """No sign before the first number nor after the last, but in ``縦×横 = 3×3``, ``3×3 (H×W)`` and ``(3, 3,)``."""
    before = [part for part in parts[: places[0]] if part.kind in ("sign", "word")]
    if before and before[-1].text not in NAMING:
        for part in before:
            if part.kind == "sign":
                raise _request(key, typed, part.at)
    rest = [part for part in parts[places[-1] + 1 :] if part.kind != "space"]
    for place, part in enumerate(rest):
        ends_list = part.text == "," and [after.kind for after in rest[place + 1 : place + 2]] == ["close"]
        if part.kind == "open":
            break
        if part.kind == "sign" and not ends_list:
            raise _request(key, typed, part.at)


def _by_axis(parts: list[_Part], sizes: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Two sizes as rows, columns where words say which is which: ``W=3, H=4`` is ``4 × 3``."""
    axes = ["row" if part.text in ROWS else "column" for part in parts if part.text in ROWS or part.text in COLUMNS]
    return sizes[::-1] if len(sizes) == 2 and axes == ["column", "row"] else sizes


def _checked(key: ShapeKey, sizes: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """As many sizes as are asked for, or the number of elements; raises a request for anything else."""
    if len(sizes) == len(key.sizes):
        return sizes
    if len(sizes) == 1 and sizes[0] == prod(key.sizes) and sizes[0] not in key.sizes:
        return sizes
    if len(sizes) == 2 * len(key.sizes):
        raise UnreadError(unreadable(plain.ONE_ONLY, examples=examples(key)))
    raise _request(key)
