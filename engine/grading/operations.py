"""The operations and functions of a formula over real numbers, each bounded before it is computed.

An operation takes the precision in bits, then its operands; it carries their scales on (:mod:`engine.grading.real`)
as its derivative carries errors on. Each may raise one of the three errors there.
"""

from collections.abc import Callable
from math import factorial
from typing import Final

from mpmath import libmp

from engine.grading.real import (
    LARGEST,
    NOTHING,
    SLACK,
    Mpf,
    OutOfReachError,
    UndefinedError,
    Value,
    magnitude,
    vanishes,
)

_LARGEST_EXPONENT: Final = 9000
_LARGEST_ANGLE: Final = 10**6
_LARGEST_FACTORIAL: Final = 200
_ZERO: Final[Mpf] = libmp.fzero
_ONE: Final[Mpf] = libmp.fone


def _settled(number: Mpf, scale: int) -> Value:
    return number, max(scale, magnitude(number))


def _add(precision: int, a: Value, b: Value) -> Value:
    return _settled(libmp.mpf_add(a[0], b[0], precision), max(a[1], b[1]))


def _subtract(precision: int, a: Value, b: Value) -> Value:
    return _settled(libmp.mpf_sub(a[0], b[0], precision), max(a[1], b[1]))


def _multiply(precision: int, a: Value, b: Value) -> Value:
    scale = max(magnitude(a[0]) + b[1], magnitude(b[0]) + a[1], NOTHING)
    return _settled(libmp.mpf_mul(a[0], b[0], precision), scale)


def _divide(precision: int, a: Value, b: Value) -> Value:
    if vanishes(b, precision):
        raise UndefinedError
    number = libmp.mpf_div(a[0], b[0], precision)
    size = magnitude(b[0])
    return _settled(number, max(a[1] - size, magnitude(number) + b[1] - size, NOTHING))


def _negate(precision: int, a: Value) -> Value:
    return libmp.mpf_neg(a[0], precision), a[1]


def _power(precision: int, a: Value, b: Value) -> Value:
    exponent = _whole(b, precision)
    if exponent is not None:
        return _whole_power(precision, a, exponent)
    if vanishes(a, precision):
        if b[0][0]:
            raise UndefinedError
        return _ZERO, NOTHING
    if a[0][0]:
        raise UndefinedError
    return _exp(precision, _multiply(precision, b, _log(precision, a)))


def _whole(value: Value, precision: int) -> int | None:
    """``value`` as a whole number, if it is one."""
    number, scale = value
    if magnitude(number) > 30:
        return None
    nearest: int = libmp.to_int(libmp.mpf_nint(number))
    rest = libmp.mpf_sub(number, libmp.from_int(nearest), precision)
    return nearest if not rest[1] or magnitude(rest) <= scale - (precision - SLACK) else None


def _whole_power(precision: int, a: Value, exponent: int) -> Value:
    if exponent <= 0 and vanishes(a, precision):
        raise UndefinedError
    if not a[0][1]:
        return a
    size = magnitude(a[0])
    if abs(exponent) * max(abs(size), abs(size - 1)) > LARGEST and a[0][1] != 1:
        raise OutOfReachError
    number = libmp.mpf_pow_int(a[0], exponent, precision)
    return _settled(number, max(magnitude(number) + exponent.bit_length() + a[1] - size, NOTHING))


def _as_float(number: Mpf, largest: int) -> float:
    """``number`` as a float, if it is at most ``largest`` in magnitude."""
    if magnitude(number) > 30:
        raise OutOfReachError
    value: float = libmp.to_float(number)
    if abs(value) > largest:
        raise OutOfReachError
    return value


def _exp(precision: int, a: Value) -> Value:
    _as_float(a[0], _LARGEST_EXPONENT)
    number = libmp.mpf_exp(a[0], precision)
    return _settled(number, magnitude(number) + max(0, a[1]))


def _log(precision: int, a: Value) -> Value:
    if vanishes(a, precision) or a[0][0]:
        raise UndefinedError
    return _settled(libmp.mpf_log(a[0], precision), a[1] - magnitude(a[0]))


def _log_to(base: int) -> Callable[[int, Value], Value]:
    def log(precision: int, a: Value) -> Value:
        return _divide(precision, _log(precision, a), _log(precision, (libmp.from_int(base), 4)))

    return log


def _sqrt(precision: int, a: Value) -> Value:
    if vanishes(a, precision):
        return _ZERO, NOTHING
    if a[0][0]:
        raise UndefinedError
    number = libmp.mpf_sqrt(a[0], precision)
    return _settled(number, magnitude(number) + a[1] - magnitude(a[0]))


def _wave(function: Callable[[Mpf, int], Mpf]) -> Callable[[int, Value], Value]:
    def wave(precision: int, a: Value) -> Value:
        _as_float(a[0], _LARGEST_ANGLE)
        return _settled(function(a[0], precision), a[1])

    return wave


def _tan(precision: int, a: Value) -> Value:
    sine, cosine = _SIN(precision, a), _COS(precision, a)
    return _divide(precision, sine, cosine)


def _arc(function: Callable[[Mpf, int], Mpf]) -> Callable[[int, Value], Value]:
    def arc(precision: int, a: Value) -> Value:
        rest = _subtract(precision, (_ONE, 1), _multiply(precision, a, a))
        if vanishes(rest, precision):
            return function(_ONE if not a[0][0] else libmp.fnone, precision), 2
        if rest[0][0]:
            raise UndefinedError
        return _settled(function(a[0], precision), max(2, a[1] - magnitude(rest[0]) // 2 + 1))

    return arc


def _steep(function: Callable[[Mpf, int], Mpf]) -> Callable[[int, Value], Value]:
    def steep(precision: int, a: Value) -> Value:
        _as_float(a[0], _LARGEST_EXPONENT)
        number = function(a[0], precision)
        return _settled(number, max(0, magnitude(number)) + 1 + max(0, a[1]))

    return steep


def _tanh(precision: int, a: Value) -> Value:
    return _settled(libmp.mpf_tanh(a[0], precision), a[1])


def _atan(precision: int, a: Value) -> Value:
    return _settled(libmp.mpf_atan(a[0], precision), a[1])


def _sigmoid(precision: int, a: Value) -> Value:
    _as_float(a[0], _LARGEST_EXPONENT)
    below = libmp.mpf_add(_ONE, libmp.mpf_exp(libmp.mpf_neg(a[0]), precision), precision)
    number = libmp.mpf_div(_ONE, below, precision)
    return _settled(number, magnitude(number) + max(0, a[1]))


def _sign(precision: int, a: Value) -> Value:
    if vanishes(a, precision):
        return _ZERO, NOTHING
    return (libmp.fnone if a[0][0] else _ONE), 1


def _absolute(precision: int, a: Value) -> Value:
    return libmp.mpf_abs(a[0], precision), a[1]


def _relu(precision: int, a: Value) -> Value:
    return _maximum(precision, a, (_ZERO, NOTHING))


def _maximum(precision: int, *values: Value) -> Value:
    return _extreme(1, values)


def _minimum(precision: int, *values: Value) -> Value:
    return _extreme(-1, values)


def _extreme(direction: int, values: tuple[Value, ...]) -> Value:
    best = values[0][0]
    for number, _ in values[1:]:
        if libmp.mpf_cmp(number, best) == direction:
            best = number
    return best, max(scale for _, scale in values)


def _factorial(precision: int, a: Value) -> Value:
    """The factorial of a whole number. A negative one is not held against an answer: it counts things."""
    whole = _whole(a, precision)
    if whole is None:
        raise UndefinedError
    if not 0 <= whole <= _LARGEST_FACTORIAL:
        raise OutOfReachError
    number = libmp.from_int(factorial(whole), precision)
    return number, magnitude(number)


_SIN: Final = _wave(libmp.mpf_sin)
_COS: Final = _wave(libmp.mpf_cos)
OPERATIONS: Final[dict[str, Callable[..., Value]]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "^": _power,
    "negate": _negate,
    "exp": _exp,
    "log": _log,
    "log2": _log_to(2),
    "log10": _log_to(10),
    "sqrt": _sqrt,
    "sin": _SIN,
    "cos": _COS,
    "tan": _tan,
    "asin": _arc(libmp.mpf_asin),
    "acos": _arc(libmp.mpf_acos),
    "atan": _atan,
    "sinh": _steep(libmp.mpf_sinh),
    "cosh": _steep(libmp.mpf_cosh),
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "sign": _sign,
    "abs": _absolute,
    "relu": _relu,
    "max": _maximum,
    "min": _minimum,
    "factorial": _factorial,
}
