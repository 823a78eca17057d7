"""A disagreement on numbers, in words: *at x = 0.84, y = 0.09 the key is 1.86, yours is 1.68*."""

from collections.abc import Iterable
from typing import Final

from mpmath import libmp

from engine.grading.compare import Counterexample, Sample
from engine.grading.notation.echo import decimal
from engine.grading.real import Mpf
from sims.text import Text

_DIGITS: Final = (3, 4, 6, 9, 14, 30)


def evidence(found: Counterexample, names: Iterable[str]) -> Text:
    """What the key and the answer are at the point of ``found``, as far as ``names`` take part in it."""
    places = [_place(found.sample, name) for name in names]
    at = Text("、".join(places) + " のとき、", f"At {', '.join(places)} the") if places else Text("", "The")
    if found.value is None:
        key = number(found.sample.value[0], _DIGITS[0])
        return Text(
            f"{at.ja}正解は {key} ですが、あなたの式には値がありません。",
            f"{at.en} key is {key}, but yours has no value.",
        )
    key, yours = _told_apart(found.sample.value[0], found.value[0])
    return Text(f"{at.ja}正解は {key}、あなたの式は {yours} です。", f"{at.en} key is {key}, yours is {yours}.")


def _place(sample: Sample, name: str) -> str:
    value = sample.place.values[name]
    if sample.place.short:
        return f"{name} = {decimal(value).replace('-', '−')}"
    return f"{name} ≈ {number(libmp.from_rational(value.numerator, value.denominator, 53), _DIGITS[0])}"


def _told_apart(first: Mpf, second: Mpf) -> tuple[str, str]:
    """Two different numbers with as few digits as show that they differ."""
    shown = ("", "")
    for digits in _DIGITS:
        shown = number(first, digits), number(second, digits)
        if shown[0] != shown[1]:
            break
    return shown


def number(value: Mpf, digits: int) -> str:
    """``value`` to ``digits`` significant digits, as it stands in a sentence."""
    text: str = libmp.to_str(value, digits, strip_zeros=True, min_fixed=-4, max_fixed=7)
    mantissa, _, exponent = text.partition("e")
    mantissa = mantissa.removesuffix(".0")
    shown = f"{mantissa} × 10^{exponent.removeprefix('+')}" if exponent else mantissa
    return shown.replace("-", "−")
