"""How large an expression may be. Everything is bounded from its shape alone, before any number is computed.

Each measure is an upper bound that grows with the tree, so nothing that passes can cost more than the caps allow:
bits add under multiplication and multiply under powers, as degrees do.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, inf, isfinite, log2, nan
from typing import Final

import msgspec

from engine.grading.notation.errors import NotationError, problem
from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable, children
from sims.text import Text


class Limits(msgspec.Struct, frozen=True):
    """The caps, in one place."""

    characters: int = 240
    tokens: int = 160
    depth: int = 24  # brackets, exponents and function arguments inside one another
    nodes: int = 200
    digits: int = 15  # of one number
    exponent: int = 64  # a constant one, in magnitude
    symbolic_exponent: int = 1000  # a constant inside an exponent that holds a variable
    degree: int = 64
    bits: int = 1024  # of a constant
    factorial: int = 20
    exponentials: int = 2  # inside one another
    terms: int = 250_000  # when expanded
    arguments: int = 8
    signs: int = 8  # in a row, as in ----x


LIMITS: Final = Limits()


class Measure(msgspec.Struct, frozen=True):
    """Upper bounds on one subtree. ``value`` is its approximate value if it is constant (nan if unknown), else None."""

    value: float | None
    bits: float
    degree: float
    terms: float
    exponentials: int
    largest: float
    nodes: int


def measure(tree: Tree) -> Measure:
    """The bounds on ``tree``. Raises :class:`NotationError`, refused, as soon as one of them passes its cap."""
    parts = tuple(measure(part) for part in children(tree))
    match tree:
        case Number(value):
            found = _number(value)
        case Constant(name):
            found = Measure(math.e if name == "e" else math.pi, 3, 0, 1, 0, 0, 1)
        case Variable():
            found = Measure(None, 0, 1, 1, 0, 0, 1)
        case Negation():
            found = _negated(parts[0])
        case Operation("^"):
            found = _power(*parts)
        case Operation(sign):
            found = _joined(sign, *parts)
        case Call(function):
            found = _called(function, parts)
    return _within(found)


def _within(found: Measure) -> Measure:
    for size, cap, name in (
        (found.nodes, LIMITS.nodes, "nodes"),
        (found.bits, LIMITS.bits, "bits"),
        (found.degree, LIMITS.degree, "degree"),
        (found.terms, LIMITS.terms, "terms"),
        (found.exponentials, LIMITS.exponentials, "exponentials"),
    ):
        if not size <= cap:
            raise too_large(name)
    return found


def too_large(name: str) -> NotationError:
    """The error for passing the cap called ``name``."""
    return problem("too-large", what=_NAMES[name], cap=f"{getattr(LIMITS, name):,}")


def _number(value: Fraction) -> Measure:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return Measure(float(value), bits, 0, 1, 0, float(value), 1)


def _negated(part: Measure) -> Measure:
    value = None if part.value is None else -part.value
    return Measure(value, part.bits, part.degree, part.terms, part.exponentials, part.largest, part.nodes + 1)


def _joined(sign: str, left: Measure, right: Measure) -> Measure:
    product = sign in "*/"
    return Measure(
        value=_value(sign, left.value, right.value),
        bits=left.bits + right.bits if product else max(left.bits, right.bits) + 1,
        degree=left.degree + right.degree if product else max(left.degree, right.degree),
        terms=left.terms * right.terms if product else left.terms + right.terms,
        exponentials=max(left.exponentials, right.exponentials),
        largest=max(left.largest, right.largest),
        nodes=left.nodes + right.nodes + 1,
    )


def _value(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else nan


def _power(base: Measure, exponent: Measure) -> Measure:
    nodes = base.nodes + exponent.nodes + 1
    largest = max(base.largest, exponent.largest)
    if exponent.value is None:
        if exponent.largest > LIMITS.symbolic_exponent:
            raise too_large("symbolic_exponent")
        nested = max(base.exponentials, exponent.exponentials + 1)
        return Measure(None, max(base.bits, exponent.bits), max(1, base.degree), 1, nested, largest, nodes)
    size = abs(exponent.value)
    if not size <= LIMITS.exponent:
        raise too_large("exponent")
    terms = 1.0 if base.terms <= 1 else _expanded(base.terms, size)
    value = None if base.value is None else _raised(base.value, exponent.value)
    nested = max(base.exponentials, exponent.exponentials)
    return Measure(value, base.bits * max(1, size), base.degree * size, terms, nested, largest, nodes)


def _expanded(terms: float, size: float) -> float:
    """The number of terms of a sum of ``terms`` terms to the power ``size``: multisets of that size."""
    return float(comb(int(size + terms) - 1, int(size))) if terms <= 1000 else inf


def _raised(base: float, exponent: float) -> float:
    """``base`` to ``exponent`` as a float, or nan where that is no real number."""
    try:
        value = base**exponent
    except OverflowError:
        return inf
    except ZeroDivisionError:
        return nan
    return value if isinstance(value, float) else nan


def _called(function: str, parts: tuple[Measure, ...]) -> Measure:
    constant = all(part.value is not None for part in parts)
    value = _of_constants(function, [part.value or 0.0 for part in parts]) if constant else None
    nested = max(part.exponentials for part in parts)
    largest = max(part.largest for part in parts)
    if function in ("exp", "sinh", "cosh") and not constant:
        nested += 1
        if largest > LIMITS.symbolic_exponent:
            raise too_large("symbolic_exponent")
    bits = max(part.bits for part in parts)
    if value is not None and isfinite(value):
        bits = log2(abs(value) + 2)
    degree = 0 if constant else max(1, *(part.degree for part in parts))
    return Measure(value, bits, degree, 1, nested, largest, sum(part.nodes for part in parts) + 1)


def _of_constants(function: str, values: list[float]) -> float:
    """The approximate value of a function of constants, nan where it has none."""
    if function == "factorial":
        if not values[0] <= LIMITS.factorial:
            raise too_large("factorial")
        return float(factorial(int(values[0]))) if values[0] >= 0 else nan
    try:
        return float(_FLOATS[function](*values))
    except OverflowError:
        return inf
    except ValueError:
        return nan


_FLOATS: Final[dict[str, Callable[..., float]]] = {
    **{name: getattr(math, name) for name in ("exp", "log", "log2", "log10", "sqrt", "sin", "cos", "tan")},
    **{name: getattr(math, name) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh")},
    "abs": abs,
    "max": max,
    "min": min,
    "relu": lambda value: max(0.0, value),
    "sign": lambda value: math.copysign(1.0, value),
    "sigmoid": lambda value: 0.5 + 0.5 * math.tanh(value / 2),
}
_NAMES: Final = {
    "characters": Text("文字の数", "characters"),
    "tokens": Text("記号と数の個数", "signs and numbers"),
    "depth": Text("かっこの深さ", "levels of brackets"),
    "nodes": Text("式の部品の数", "parts"),
    "digits": Text("数の桁数", "digits in a number"),
    "exponent": Text("指数", "as an exponent"),
    "symbolic_exponent": Text("指数の中の数", "inside an exponent"),
    "degree": Text("次数", "as the degree"),
    "bits": Text("数の大きさ（ビット）", "bits in a number"),
    "factorial": Text("階乗", "under a factorial"),
    "exponentials": Text("指数関数の重なり", "exponentials inside one another"),
    "terms": Text("展開したときの項の数", "terms when expanded"),
    "arguments": Text("関数の引数の数", "arguments of a function"),
    "signs": Text("続けて書ける符号の数", "signs in a row"),
}
