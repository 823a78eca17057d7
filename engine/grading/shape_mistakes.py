"""What is wrong with sizes that differ from the key: a mistake the bank names, else one that the numbers show."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor, prod

from engine.bank.asked import ShapeKey
from engine.grading.plain import DIFFERS
from engine.grading.verdict import Verdict, wrong
from sims.text import Text

Sizes = tuple[Fraction, ...]
Finding = tuple[str, Text, Text | None]


def show(sizes: Sequence[Fraction | int]) -> str:
    """Sizes as they are printed: ``2 × 2``, ``2.5 × 2.5``."""
    return " × ".join(str(size) if size == int(size) else f"{float(size):g}" for size in map(Fraction, sizes))


def name_mistake(key: ShapeKey, sizes: Sizes, claim: str) -> Verdict:
    """The verdict on wrong ``sizes``: as many as the key has, or the number of elements alone."""
    shown = show(sizes)
    for named in key.mistakes:
        if sizes == tuple(map(Fraction, named.answer)):
            return wrong(shown, claim, named.id, named.why, named.evidence)
    right = tuple(map(Fraction, key.sizes))
    for look in (_element_count, _negative, _fraction, _swapped, _all_off_by_one, _scaled, _some_axes):
        found = look(right, sizes)
        if found is not None:
            return wrong(shown, claim, *found)
    return wrong(shown, claim, named=DIFFERS)


def _element_count(key: Sizes, sizes: Sizes) -> Finding | None:
    if len(sizes) == len(key):
        return None
    return (
        "element-count",
        Text("大きさではなく、要素の数になっています。", "This is the number of elements, not the size."),
        Text(f"{show(key)} = {prod(key)} です。", f"{show(key)} = {prod(key)}."),
    )


def _negative(_key: Sizes, sizes: Sizes) -> Finding | None:
    if all(size >= 0 for size in sizes):
        return None
    return "negative-size", Text("大きさは負の数になりません。", "A size is never negative."), None


def _fraction(key: Sizes, sizes: Sizes) -> Finding | None:
    if all(size.denominator == 1 for size in sizes):
        return None
    whole = tuple(Fraction(floor(size)) for size in sizes)
    if whole == key:
        named = Text("端数の切り捨てを忘れています。", "The result was not rounded down.")
        evidence = Text(
            f"{show(sizes)} の端数を切り捨てると {show(whole)} です。", f"{show(sizes)} rounds down to {show(whole)}."
        )
        return "not-rounded-down", named, evidence
    return "fractional-size", Text("大きさは整数になります。", "A size is a whole number."), None


def _swapped(key: Sizes, sizes: Sizes) -> Finding | None:
    if sorted(sizes) != sorted(key):
        return None
    named = Text("数は合っています。軸の順序が違います。", "The numbers are right, the order of the axes is not.")
    evidence = Text(f"順序は {show(key)} です。", f"In order it is {show(key)}.")
    return "axes-swapped", named, evidence


def _all_off_by_one(key: Sizes, sizes: Sizes) -> Finding | None:
    differences = {size - right for size, right in zip(sizes, key, strict=True)}
    if differences == {Fraction(1)}:
        return "one-too-large", Text("どの軸もちょうど 1 大きいです。", "Every axis is too large by exactly 1."), None
    if differences == {Fraction(-1)}:
        return "one-too-small", Text("どの軸もちょうど 1 小さいです。", "Every axis is too small by exactly 1."), None
    return None


def _scaled(key: Sizes, sizes: Sizes) -> Finding | None:
    if 0 in key or 0 in sizes:
        return None
    ratios = {size / right for size, right in zip(sizes, key, strict=True)}
    factor = ratios.pop()
    if ratios or factor == 1:
        return None
    if factor.denominator == 1:
        named = Text(f"どの軸もちょうど {factor} 倍です。", f"Every axis is exactly {factor} times too large.")
    elif factor.numerator == 1:
        named = Text(
            f"どの軸もちょうど {factor.denominator} 分の 1 です。",
            f"Every axis is exactly {factor.denominator} times too small.",
        )
    else:
        return None
    return "scaled", named, None


def _some_axes(key: Sizes, sizes: Sizes) -> Finding | None:
    right = [axis for axis, (size, wanted) in enumerate(zip(sizes, key, strict=True), 1) if size == wanted]
    if not right:
        return None
    off = [axis for axis in range(1, len(key) + 1) if axis not in right]
    ja = "、".join(f"{axis} つめ" for axis in off)
    en = ", ".join(map(str, off))
    named = Text(
        f"{ja}の数だけが違います。", f"Only number {en} is wrong." if len(off) == 1 else f"Numbers {en} are wrong."
    )
    evidence = Text(
        "、".join(f"{axis} つめは {show(sizes[axis - 1 : axis])} ではなく {show(key[axis - 1 : axis])}" for axis in off)
        + " です。",
        "; ".join(f"number {axis} is {show(key[axis - 1 : axis])}, not {show(sizes[axis - 1 : axis])}" for axis in off)
        + ".",
    )
    return "some-axes", named, evidence
