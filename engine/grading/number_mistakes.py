"""Whether a number is the key, and what is wrong with it if not: a mistake the bank names, else one it shows itself."""

from decimal import Context, Decimal
from fractions import Fraction

from engine.bank.asked import NumberKey
from engine.grading.plain import DIFFERS
from engine.grading.verdict import Verdict, wrong
from sims.text import Text

_COMPUTED = Fraction(1, 10**30)  # how far a computed root or logarithm may lie from the exact value, relative
_SHOWN_DIGITS = 12
_TWELVE = Context(prec=_SHOWN_DIGITS)
Finding = tuple[str, Text, Text | None]


def is_same(value: Fraction, wanted: Fraction, tolerance: float) -> bool:
    """Whether ``value`` is ``wanted``: exactly for a whole number, else within the relative ``tolerance``."""
    allowed = _COMPUTED if wanted.denominator == 1 else max(Fraction(tolerance), _COMPUTED)
    return abs(value - wanted) <= allowed * abs(wanted)


def show(value: Fraction) -> str:
    """A number as it is printed: whole, a short decimal, a fraction, or twelve digits of what is longer."""
    if value.denominator == 1 and abs(value) < 10**15:
        return str(value.numerator)
    decimals = _decimals(value)
    if decimals is not None and abs(value) < 10**15:
        whole, part = divmod(int(abs(value) * 10**decimals), 10**decimals)
        return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"
    if value.denominator < 10**6 and abs(value) < 10**6:
        return str(value)
    return as_decimal(value)


def as_decimal(value: Fraction) -> str:
    """Twelve significant digits."""
    rounded = _TWELVE.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(_TWELVE)
    return f"{rounded:f}" if -5 < rounded.adjusted() < 15 else f"{rounded:e}"


def name_mistake(key: NumberKey, value: Fraction, shown: str, claim: str) -> Verdict:
    """The verdict on a wrong ``value``."""
    for named in key.mistakes:
        if is_same(value, named.answer, key.tolerance):
            return wrong(shown, claim, named.id, named.why, named.evidence)
    for look in (_sign, _scale, _rounded, _not_whole, _reciprocal, _times, _off_by_one):
        found = look(key, value)
        if found is not None:
            return wrong(shown, claim, *found)
    return wrong(shown, claim, named=DIFFERS)


def _decimals(value: Fraction) -> int | None:
    """How many decimals write ``value`` exactly, if twelve are enough."""
    return next((count for count in range(_SHOWN_DIGITS + 1) if (value * 10**count).denominator == 1), None)


def _ratio(key: NumberKey, value: Fraction) -> Fraction | None:
    """``value`` / key if that is a simple number, else None."""
    if not key.value or not value:
        return None
    ratio = value / key.value
    near = ratio.limit_denominator(1000)
    return near if near and is_same(ratio, near, key.tolerance) else None


def _sign(key: NumberKey, value: Fraction) -> Finding | None:
    if not value or not is_same(-value, key.value, key.tolerance):
        return None
    return "sign", Text("符号が逆です。", "The sign is the other way round."), None


def _scale(key: NumberKey, value: Fraction) -> Finding | None:
    if not key.value or not value:
        return None
    ratio = value / key.value
    if is_same(ratio, Fraction(100), key.tolerance) and abs(key.value) <= 1:
        return (
            "percent-sign-missing",
            Text("ちょうど 100 倍です。% の付け忘れではありませんか。", "Exactly 100 times too large. Is a % missing?"),
            None,
        )
    for power in range(1, 7):
        for factor, ja, en in ((Fraction(10**power), "大きい", "large"), (Fraction(1, 10**power), "小さい", "small")):
            if is_same(ratio, factor, key.tolerance):
                places = "place" if power == 1 else "places"
                return (
                    "decimal-places",
                    Text(f"桁が {power} つずれて{ja}です。", f"Too {en} by {power} decimal {places}."),
                    None,
                )
    return None


def _rounded(key: NumberKey, value: Fraction) -> Finding | None:
    """A decimal that is the key rounded more than the question allows."""
    decimals = _decimals(value)
    if key.value.denominator == 1 or not decimals:
        return None
    if abs(value - key.value) > Fraction(1, 2 * 10**decimals):
        return None
    return (
        "rounded",
        Text(
            "丸めすぎです。もっと多くの桁か、分数や式で書いてください。",
            "Rounded too far. Give more digits, a fraction or a formula.",
        ),
        Text(f"正解は {as_decimal(key.value)} です。", f"The key is {as_decimal(key.value)}."),
    )


def _not_whole(key: NumberKey, value: Fraction) -> Finding | None:
    if key.unit is None or key.value.denominator > 1 or value.denominator == 1:
        return None
    return "not-whole", Text("数えたものは整数になります。", "A count is a whole number."), None


def _reciprocal(key: NumberKey, value: Fraction) -> Finding | None:
    if not key.value or not is_same(value, 1 / key.value, key.tolerance):
        return None
    return "reciprocal", Text("逆数になっています。", "This is the reciprocal."), None


def _times(key: NumberKey, value: Fraction) -> Finding | None:
    ratio = _ratio(key, value)
    if ratio is None or abs(ratio) == 1 or not (abs(ratio.numerator) == 1 or ratio.denominator == 1):
        return None
    if ratio > 0 and 2 <= ratio.numerator <= 10:
        return "scaled", Text(f"ちょうど {ratio} 倍です。", f"Exactly {ratio} times too large."), None
    if ratio > 0 and 2 <= ratio.denominator <= 10:
        part = ratio.denominator
        return "scaled", Text(f"ちょうど {part} 分の 1 です。", f"Exactly {part} times too small."), None
    return None


def _off_by_one(key: NumberKey, value: Fraction) -> Finding | None:
    if key.value.denominator > 1 or abs(value - key.value) != 1:
        return None
    if value > key.value:
        return "one-too-large", Text("ちょうど 1 大きいです。", "Too large by exactly 1."), None
    return "one-too-small", Text("ちょうど 1 小さいです。", "Too small by exactly 1."), None
