"""The value of arithmetic without variables: exact as long as it is rational, else to sixty digits and more."""

from fractions import Fraction

from engine.grading.evaluation import Program
from engine.grading.notation.tree import Negation, Number, Operation, Tree
from engine.grading.real import HIGH, LOW, ImpreciseError, Mpf, OutOfReachError, UndefinedError, vanishes
from sims.text import Text

_BY_ZERO = Text("0 で割っています。式を確かめてください。", "This divides by zero. Please check it.")
_UNDEFINED = Text("この式には実数の値がありません。", "This has no real value.")
_TOO_LARGE = Text("値が大きすぎます。", "The value is too large.")


class NoValueError(ValueError):
    """Arithmetic that comes to no real number: ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def value_of(tree: Tree) -> Fraction:
    """The value of ``tree``, which has no variables. Raises :class:`NoValueError` for 1/0 or the root of −1."""
    exact = _rational(tree)
    if exact is not None:
        return exact
    program = Program(tree)
    for precision in (LOW, HIGH):
        try:
            value = program.value({}, precision)
            return Fraction(0) if vanishes(value, precision) else _fraction(value[0])
        except ImpreciseError:
            continue
        except UndefinedError:
            raise NoValueError(_UNDEFINED) from None
        except OutOfReachError:
            raise NoValueError(_TOO_LARGE) from None
    raise NoValueError(_UNDEFINED)


def _rational(tree: Tree) -> Fraction | None:
    """The value of sums, products, quotients and whole powers of numbers; None for any other tree.

    The caps on exponents and sizes of :mod:`engine.grading.notation.limits` bound every step.
    """
    match tree:
        case Number(value):
            return value
        case Negation(operand):
            positive = _rational(operand)
            return None if positive is None else -positive
        case Operation(sign, left, right):
            first, second = _rational(left), _rational(right)
            return None if first is None or second is None else _joined(sign, first, second)
        case _:
            return None


def _joined(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "^" if right.denominator > 1 or not (left or right):
            return None
        case "^" if left or right > 0:
            return left**right.numerator
        case "/" if right:
            return left / right
    raise NoValueError(_BY_ZERO)


def _fraction(number: Mpf) -> Fraction:
    """A binary floating-point number as the fraction it is."""
    sign, mantissa, exponent, _ = number
    magnitude = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -magnitude if sign else magnitude
