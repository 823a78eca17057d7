"""Real numbers to a given precision, what is known of their rounding error, and what has no value.

Next to every number stands its *scale*: the binary exponent of the largest intermediate magnitude that its rounding
error is relative to. In (10⁶⁰ + x) − 10⁶⁰ the scale stays at that of 10⁶⁰, so it is known how many digits the
cancellation has cost.
"""

from typing import Final

Mpf = tuple[int, int, int, int]  # mpmath's own number: sign, mantissa, exponent, bits of the mantissa
Value = tuple[Mpf, int]  # a number and its scale

LOW: Final = 203  # bits: 60 digits
HIGH: Final = 1330  # bits: 400 digits, enough to see past any constant the caps allow
SLACK: Final = 50  # bits, 15 digits: what rounding may have cost at most

NOTHING: Final = -(10**9)  # the exponent of 0
LARGEST: Final = 13_288  # bits: 1e4000


class UndefinedError(ArithmeticError):
    """The expression has no real value here: a division by 0, the root or logarithm of a negative number."""


class OutOfReachError(ArithmeticError):
    """The value is too large to be computed here. That says nothing about the expression."""


class ImpreciseError(ArithmeticError):
    """More digits are needed to tell whether an intermediate value is 0."""


def magnitude(number: Mpf) -> int:
    """The binary exponent of ``number``: |number| < 2**magnitude."""
    return number[2] + number[3] if number[1] else NOTHING


def vanishes(value: Value, precision: int) -> bool:
    """Whether ``value`` is 0. Raises :class:`ImpreciseError` if a higher precision could still tell it from 0."""
    number, scale = value
    if number[1] and magnitude(number) > scale - (precision - SLACK):
        return False
    if precision < HIGH and scale != NOTHING:
        raise ImpreciseError
    return True
