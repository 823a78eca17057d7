"""The value of arithmetic without variables: exact as long as it is rational, else to fifty digits.

The tree has passed the caps of :mod:`engine.grading.notation.limits`; what they leave open (an exponential of a
large number) is guarded here, so that no value needs more than a few thousand digits.
"""

from collections.abc import Callable
from fractions import Fraction
from math import factorial, isqrt
from typing import Any

import mpmath

from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable
from sims.text import Text

_CONTEXT = mpmath.mp.clone()  # the digits of the shared context may be set by others
_CONTEXT.dps = 50
_LARGEST_EXPONENT = 9000
_LARGEST_ANGLE = 10**6
_MAX_POWER = 64

_BY_ZERO = Text("0 で割っています。式を確かめてください。", "This divides by zero. Please check it.")
_UNDEFINED = Text("この式には実数の値がありません。", "This has no real value.")
_TOO_LARGE = Text("値が大きすぎます。", "The value is too large.")

_CURVES: dict[str, Callable[[Any], Any]] = {
    "log": _CONTEXT.ln,
    "log2": lambda value: _CONTEXT.log(value, 2),
    "log10": _CONTEXT.log10,
    "sqrt": _CONTEXT.sqrt,
    "exp": _CONTEXT.exp,
    "sin": _CONTEXT.sin,
    "cos": _CONTEXT.cos,
    "tan": _CONTEXT.tan,
    "asin": _CONTEXT.asin,
    "acos": _CONTEXT.acos,
    "atan": _CONTEXT.atan,
    "sinh": _CONTEXT.sinh,
    "cosh": _CONTEXT.cosh,
    "tanh": _CONTEXT.tanh,
    "sigmoid": lambda value: 1 / (1 + _CONTEXT.exp(-value)),
}


class NoValueError(ValueError):
    """Arithmetic that comes to no real number: ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def value_of(tree: Tree) -> Fraction:
    """The value of ``tree``. Raises :class:`NoValueError` where there is none, such as 1/0 or the root of −1."""
    match tree:
        case Number(value):
            return value
        case Constant(name):
            return _exact(+(_CONTEXT.pi if name == "pi" else _CONTEXT.e))
        case Negation(operand):
            return -value_of(operand)
        case Operation(sign, left, right):
            return _joined(sign, value_of(left), value_of(right))
        case Call(function, arguments):
            return _called(function, [value_of(argument) for argument in arguments])
        case Variable():
            raise NoValueError(_UNDEFINED)


def _joined(sign: str, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right:
            return left / right
        case "^" if left or right > 0:
            return _power(left, right)
    raise NoValueError(_BY_ZERO)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1 and abs(exponent) <= _MAX_POWER:
        return base**exponent.numerator
    if base < 0:
        raise NoValueError(_UNDEFINED)
    if exponent == Fraction(1, 2):
        return _called("sqrt", [base])
    if base and abs(exponent * _exact(_CONTEXT.ln(_float(base)))) > _LARGEST_EXPONENT:
        raise NoValueError(_TOO_LARGE)
    return _exact(_CONTEXT.power(_float(base), _float(exponent)))


def _called(function: str, values: list[Fraction]) -> Fraction:
    value = values[0]
    match function:
        case "max":
            return max(values)
        case "min":
            return min(values)
        case "abs":
            return abs(value)
        case "relu":
            return max(value, Fraction(0))
        case "sign":
            return Fraction((value > 0) - (value < 0))
        case "factorial" if value.denominator == 1 and 0 <= value <= 20:
            return Fraction(factorial(value.numerator))
        case "sqrt" if value >= 0 and (root := _root(value)) is not None:
            return root
    return _curve(function, value)


def _root(value: Fraction) -> Fraction | None:
    """The square root if it is rational."""
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root * root == value else None


def _curve(function: str, value: Fraction) -> Fraction:
    curve = _CURVES.get(function)
    defined = not (function.startswith("log") and value <= 0) and not (function in ("asin", "acos") and abs(value) > 1)
    if curve is None or not defined or (function == "sqrt" and value < 0):
        raise NoValueError(_UNDEFINED)
    bound = _LARGEST_ANGLE if function in ("sin", "cos", "tan") else _LARGEST_EXPONENT
    if function not in ("log", "log2", "log10", "sqrt", "atan") and abs(value) > bound:
        raise NoValueError(_TOO_LARGE)
    return _exact(curve(_float(value)))


def _float(value: Fraction) -> Any:
    return _CONTEXT.mpf(value.numerator) / value.denominator


def _exact(value: Any) -> Fraction:
    """A binary floating-point number as the fraction it is."""
    sign, mantissa, exponent, _ = value._mpf_
    magnitude = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -magnitude if sign else magnitude
