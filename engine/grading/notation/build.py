"""Building trees the way one writes: nothing is added that is 0, nothing multiplied that is 1, numbers are folded."""

from fractions import Fraction

from engine.grading.notation.tree import ONE, ZERO, Call, Negation, Number, Operation, Tree, integer


def add(left: Tree, right: Tree) -> Tree:
    """``left + right``."""
    if left == ZERO:
        return right
    if right == ZERO:
        return left
    if isinstance(right, Negation):
        return subtract(left, right.operand)
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value + right.value)
    return Operation("+", left, right)


def subtract(left: Tree, right: Tree) -> Tree:
    """``left - right``."""
    if right == ZERO:
        return left
    if left == ZERO:
        return negate(right)
    if isinstance(right, Negation):
        return add(left, right.operand)
    if isinstance(left, Number) and isinstance(right, Number):
        difference = left.value - right.value
        return Number(difference) if difference >= 0 else Negation(Number(-difference))
    return Operation("-", left, right)


def negate(tree: Tree) -> Tree:
    """``-tree``."""
    if tree == ZERO:
        return ZERO
    return tree.operand if isinstance(tree, Negation) else Negation(tree)


def multiply(left: Tree, right: Tree) -> Tree:
    """``left * right``; numbers come first."""
    if ZERO in (left, right):
        return ZERO
    if left == ONE:
        return right
    if right == ONE:
        return left
    if isinstance(left, Negation):
        return negate(multiply(left.operand, right))
    if isinstance(right, Negation):
        return negate(multiply(left, right.operand))
    if isinstance(right, Number):
        left, right = right, left
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value * right.value)
    return Operation("*", left, right)


def divide(left: Tree, right: Tree) -> Tree:
    """``left / right``."""
    if left == ZERO or right == ONE:
        return left
    if isinstance(left, Negation):
        return negate(divide(left.operand, right))
    return Operation("/", left, right)


def power(base: Tree, exponent: Tree) -> Tree:
    """``base ^ exponent``."""
    if exponent == ONE:
        return base
    return ONE if exponent == ZERO else Operation("^", base, exponent)


def one_less(exponent: Tree) -> Tree:
    """``exponent - 1``."""
    if isinstance(exponent, Negation) and isinstance(exponent.operand, Number):
        return Negation(Number(exponent.operand.value + 1))
    return subtract(exponent, ONE)


def fraction(value: Fraction) -> Tree:
    """A fraction of either sign, as a quotient where it is not whole."""
    return divide(integer(value.numerator), integer(value.denominator))


def call(function: str, *arguments: Tree) -> Call:
    """``function`` of ``arguments``."""
    return Call(function, arguments, function)
