"""Numbers: with thousands separators, percent, fractions, a counter word, or as arithmetic (``4(10*20+20^2+20)``).

A plain number is read here; whatever needs working out is read by :mod:`engine.grading.notation` and computed exactly.
"""

import re
import unicodedata
from fractions import Fraction

import msgspec

from engine.bank.asked import NumberKey
from engine.grading import plain
from engine.grading.number_mistakes import as_decimal, is_same, name_mistake, show
from engine.grading.number_words import (
    CALL,
    COMMA,
    COUNTERS,
    DASH,
    END,
    GROUPED,
    LEAD,
    LEAD_ARROW,
    LIMITED,
    LIST,
    MIXED,
    PARTS,
    PERCENT,
    POINT,
    QUOTES,
    SCIENTIFIC,
    SIGNS,
    SUFFIX,
    TIMES,
    UNCLEAR,
)
from engine.grading.plain import Typed, UnreadError, one_of
from engine.grading.verdict import Verdict, correct, refused, unreadable
from sims.text import Text

_REQUEST = Text("数を 1 つだけ、数字か式で書いてください。", "Please write one number, in digits or as arithmetic.")
_UNCLEAR_COMMA = Text(
    "小数点には . を使い、答えは 1 つだけ書いてください。", "Please use . for decimals, and give one answer only."
)
_NO_SUFFIX = Text("k や M は使わずに、すべての桁を書いてください。", "Please write all the digits instead of k or M.")
_EXAMPLES = ("1234", "1,234", "3*4+5", "1/8", "12.5%")


class _Read(msgspec.Struct, frozen=True):
    value: Fraction
    shown: str


def grade(key: NumberKey, text: str) -> Verdict:
    """The verdict on the number ``text``; what is not one definite number is unreadable and says how to write one."""
    try:
        read = _read(key, text)
    except UnreadError as error:
        return error.verdict
    whole = read.value.denominator == 1 and abs(read.value) < 10**15
    claim = str(read.value) if whole else as_decimal(read.value)
    if is_same(read.value, key.value, key.tolerance):
        return correct(read.shown, claim)
    return name_mistake(key, read.value, read.shown, claim)


def reading(key: NumberKey, text: str) -> str:
    """How ``text`` is read, arithmetic with its value. Raises :class:`UnreadError` where it cannot be."""
    return _read(key, text).shown


def _read(key: NumberKey, text: str) -> _Read:
    typed = plain.clean(text).lower()
    plain.refuse_giving_up(typed.text)
    plain.refuse_code(typed.text)
    arrow = LEAD_ARROW.match(typed.text)
    typed = typed.cut(arrow.end() if arrow else 0, len(typed.text))
    for pattern, named in (
        (plain.APPROXIMATE, plain.EXACT),
        (LIMITED, plain.EXACT),
        (plain.TWO_ANSWERS, plain.ONE_ONLY),
    ):
        if pattern.search(typed.text):
            raise UnreadError(unreadable(named))
    typed = _alone(key, typed)
    typed = Typed(typed.text.translate(SIGNS), typed.origin).sub(DASH, "-")
    typed = typed.sub(COMMA, ",").sub(POINT, ".")
    if not CALL.search(typed.text):
        typed = typed.sub(GROUPED, lambda match: re.sub("[^0-9]", "", match[0]))
    typed = typed.sub(MIXED, r"(\1+\2/\3)").sub(PARTS, r"(\2/\1)")
    value = plain.rational(typed.text)
    if value is not None:
        return _Read(value, show(value))
    _ask_again(typed.text)
    typed = typed.sub(SCIENTIFIC, r"(\1*10^(\2))").sub(PERCENT, r"(\1/100)").sub(TIMES, "*")
    return _computed(typed)


def _alone(key: NumberKey, typed: Typed) -> Typed:
    """Without ``答えは`` before, ``です`` after and the counter word."""
    units = [*COUNTERS]
    if key.unit:
        units += [unicodedata.normalize("NFKC", word).lower().strip() for word in (key.unit.ja, key.unit.en)]
    word = rf"(?:{one_of(filter(None, units))})"
    counter = re.compile(rf"(?<=[0-9a-zπ%)\]!.\s])(?:\s*(?:の\s*)?(?:{word}|\({word}\)|\[{word}\]))+$")
    lead = LEAD.match(typed.text)
    typed = typed.cut(lead.end() if lead else 0, len(typed.text))
    typed = typed.cut(0, len(typed.text.rstrip(QUOTES)))
    typed = typed.cut(len(typed.text) - len(typed.text.lstrip(QUOTES)), len(typed.text))
    for pattern in (END, counter, END):
        end = pattern.search(typed.text)
        typed = typed.cut(0, end.start() if end else len(typed.text))
    if not typed.text:
        raise UnreadError(unreadable(_REQUEST, examples=_EXAMPLES))
    return typed


def _ask_again(text: str) -> None:
    """Raise for what is readable to people yet not one definite number."""
    has_call = CALL.search(text) is not None
    for pattern, named, applies in (
        (re.compile("="), plain.NO_EQUATION, True),
        (plain.NUMERALS, plain.DIGITS, True),
        (SUFFIX, _NO_SUFFIX, True),
        (UNCLEAR, _UNCLEAR_COMMA, not has_call),
        (LIST, plain.ONE_ONLY, True),
    ):
        if applies and pattern.search(text):
            raise UnreadError(unreadable(named, examples=_EXAMPLES))
    if not re.search(r"[0-9πe√]|pi", text):
        raise UnreadError(unreadable(_REQUEST, examples=_EXAMPLES))


def _computed(typed: Typed) -> _Read:
    # Imported here because a plain number, the usual answer, needs none of it: the first question comes up faster.
    from engine.grading.notation import NotationError, echo, read
    from engine.grading.notation.tree import Operation
    from engine.grading.number_value import NoValueError, value_of

    try:
        tree = read(typed.text, ())
        value = value_of(tree)
        if isinstance(tree, Operation) and tree.implicit and _is_said_twice(value_of(tree.left), value_of(tree.right)):
            raise UnreadError(unreadable(plain.ONE_ONLY, examples=_EXAMPLES))
    except NotationError as error:
        if error.refused:
            raise UnreadError(refused(error.text)) from None
        caret = typed.caret(error.caret.offset, error.caret.note) if error.caret else None
        named = _REQUEST if error.problem == "japanese" else error.text
        raise UnreadError(unreadable(named, caret, _EXAMPLES)) from None
    except NoValueError as error:
        raise UnreadError(unreadable(error.text)) from None
    written, shown = echo(tree), show(value)
    return _Read(value, shown if written == shown else f"{written} = {shown}")


def _is_said_twice(one: Fraction, other: Fraction) -> bool:
    """Whether ``12 (3*4)`` is one value with its working, and not a product."""
    return abs(one - other) <= abs(other) / 1000
