"""Numbers in other spellings, and others next to them."""

from collections.abc import Iterator
from fractions import Fraction

from engine.bank.asked import NumberKey
from engine.grading.number_mistakes import show
from tests.answers.widths import FULL, widths

_CIRCUMFERENCE = (
    "{}です",
    "{}になります。",
    "答えは{}",
    "答え：{}",
    "answer: {}",
    "= {}",
    "{}.",
    "({})",
    "「{}」",
    "→ {}",
    "  {}\n",
)


def spellings(key: NumberKey) -> list[str]:
    """Other ways to write ``key``."""
    value = key.value
    texts = [show(value), *_fractions(value), *_arithmetic(value)]
    texts += _whole(int(value)) if value.denominator == 1 else []
    units = (
        ["", *(f"{space}{unit}" for unit in (key.unit.ja, key.unit.en) for space in ("", " "))] if key.unit else [""]
    )
    found = [text + unit for text in texts for unit in units]
    found += [around.format(show(value)) for around in _CIRCUMFERENCE]
    return [spelling for text in found for spelling in (text, *widths(text))]


def _whole(value: int) -> Iterator[str]:
    yield from (f"{value}.0", f"{value}.", f"+{value}", f"{value:,}", f"{value:_}", f"{value}e0")
    yield from (
        f"{value:,}".replace(",", "，"),
        f"{value:,}".replace(",", "、"),
        f"{value / 1000!r}e3",
        f"{value * 100}%",
    )


def _fractions(value: Fraction) -> Iterator[str]:
    above, below = value.numerator, value.denominator
    yield from (f"{above}/{below}", f"{2 * above}/{2 * below}", f"{above}÷{below}", f"({above})/({below})")


def _arithmetic(value: Fraction) -> Iterator[str]:
    """Sums and products that come to ``value``."""
    one, rest = Fraction(7), value - 7
    shown = f"({rest})"
    yield from (f"{one}+{shown}", f"{shown} + {one}", f"{one}－(-{shown})", f"{one}ー(-{shown})")
    double = show(value * 2) if value.denominator == 1 else f"({value * 2})"
    yield from (f"{double}/2", f"{double}÷2", f"2*{double}/4", f"2×{double}/4", f"2・{double}/4", f"({double})*(1/2)")
    yield from (f"2^2*{double}/2^3", f"2²*{double}/2³", f"2**2*{double}/8", f"√4*{double}/4", f"{double}*2^-1")


def perturbations(key: NumberKey) -> list[str]:
    """Other numbers: the sign turned, one more or less, twice, half, ten times, digits swapped, the bank's mistakes.

    Those that the tolerance of a key that is no whole number lets pass are left out.
    """
    value = key.value
    near = abs(value) * Fraction(key.tolerance) if value.denominator != 1 else 0
    others = [-value, value + 1, value - 1, 2 * value, value / 2, 10 * value, value / 10, value + Fraction(1, 2)]
    digits = str(abs(value.numerator))
    others += [Fraction(int(digits[:-2] + digits[-1] + digits[-2]), value.denominator)] if len(digits) > 1 else []
    others += [mistake.answer for mistake in key.mistakes]
    texts = [
        text
        for other in others
        if abs(other - value) > near
        for text in (show(other), f"{other.numerator}/{other.denominator}")
    ]
    return [spelling for text in texts for spelling in (text, text.translate(FULL))]
