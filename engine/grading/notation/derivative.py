"""Derivatives by the rules of a textbook, on our own trees: what grading compares with, without sympy.

Each rule is a method, so that a learner's slip is a subclass with one rule changed (:mod:`engine.grading.slips`).
"""

from collections.abc import Callable
from typing import Final

from engine.grading.notation.build import add, call, divide, multiply, negate, one_less, power, subtract
from engine.grading.notation.tree import (
    ONE,
    TWO,
    ZERO,
    Call,
    Constant,
    Negation,
    Operation,
    Tree,
    Variable,
    integer,
    variables,
)


class NotDifferentiableError(ValueError):
    """There is no rule for this expression (a factorial)."""


class Rules:
    """The rules of differentiation. ``d`` differentiates a part by the same rules."""

    def __init__(self, name: str) -> None:
        self.name = name

    def d(self, tree: Tree) -> Tree:
        """The derivative of ``tree`` by the variable. Raises :class:`NotDifferentiableError`."""
        if self.name not in variables(tree):
            return ZERO
        match tree:
            case Variable():
                return ONE
            case Negation(operand):
                return negate(self.d(operand))
            case Operation("+", left, right):
                return add(self.d(left), self.d(right))
            case Operation("-", left, right):
                return subtract(self.d(left), self.d(right))
            case Operation(sign, left, right):
                return self._joined(sign, left, right)
            case Call("max" | "min" as function, arguments):
                return self.d(_unfolded(function, arguments))
            case Call(_, (argument,)):
                return self.chain(self.outer(tree, argument), argument)
        raise NotDifferentiableError

    def _joined(self, sign: str, left: Tree, right: Tree) -> Tree:
        """A product, quotient or power; what does not hold the variable is a constant."""
        on_left, on_right = (self.name in variables(side) for side in (left, right))
        if sign == "^":
            if not on_right:
                return self.chain(self.power(left, right), left)
            return self.exponential(left, right) if not on_left else self.d(_as_exponential(left, right))
        if sign == "*":
            if on_left and on_right:
                return self.product(left, right)
            return multiply(self.d(left), right) if on_left else multiply(left, self.d(right))
        if not on_right:
            return divide(self.d(left), right)
        return self.quotient(left, right)

    def chain(self, outer: Tree, inner: Tree) -> Tree:
        """The outer derivative times the inner one."""
        return multiply(outer, self.d(inner))

    def product(self, left: Tree, right: Tree) -> Tree:
        """(uv)′ = u′v + uv′."""
        return add(multiply(self.d(left), right), multiply(left, self.d(right)))

    def quotient(self, above: Tree, below: Tree) -> Tree:
        """(u/v)′ = (u′v − uv′)/v²."""
        numerator = subtract(multiply(self.d(above), below), multiply(above, self.d(below)))
        return divide(numerator, power(below, TWO))

    def power(self, base: Tree, exponent: Tree) -> Tree:
        """The derivative of uⁿ by u: n·uⁿ⁻¹."""
        return multiply(exponent, power(base, one_less(exponent)))

    def exponential(self, base: Tree, exponent: Tree) -> Tree:
        """(aᵘ)′ = aᵘ·log a·u′."""
        tree = power(base, exponent)
        grown = tree if base == Constant("e") else multiply(tree, call("log", base))
        return self.chain(grown, exponent)

    def outer(self, tree: Call, inner: Tree) -> Tree:
        """The derivative of a function by its argument ``inner``."""
        rule = _FUNCTIONS.get(tree.function)
        if rule is None:
            raise NotDifferentiableError
        return rule(tree, inner)


def derivative(tree: Tree, name: str) -> Tree:
    """The derivative of ``tree`` by the variable ``name``. Raises :class:`NotDifferentiableError`."""
    return Rules(name).d(tree)


def _as_exponential(base: Tree, exponent: Tree) -> Tree:
    return power(Constant("e"), multiply(exponent, call("log", base)))


def _unfolded(function: str, arguments: tuple[Tree, ...]) -> Tree:
    """``max(a, b)`` as (a + b + |a − b|)/2, two by two."""
    first = arguments[0]
    for second in arguments[1:]:
        apart = call("abs", subtract(first, second))
        both = add(first, second)
        first = divide(add(both, apart) if function == "max" else subtract(both, apart), TWO)
    return first


def _half_step(inner: Tree) -> Tree:
    return divide(add(ONE, call("sign", inner)), TWO)


def _over_root(inner: Tree) -> Tree:
    return divide(ONE, call("sqrt", subtract(ONE, power(inner, TWO))))


def _over(inner: Tree, base: int) -> Tree:
    return divide(ONE, multiply(inner, call("log", integer(base))))


_FUNCTIONS: Final[dict[str, Callable[[Call, Tree], Tree]]] = {
    "exp": lambda tree, inner: tree,
    "log": lambda tree, inner: divide(ONE, inner),
    "log2": lambda tree, inner: _over(inner, 2),
    "log10": lambda tree, inner: _over(inner, 10),
    "sqrt": lambda tree, inner: divide(ONE, multiply(TWO, tree)),
    "sin": lambda tree, inner: call("cos", inner),
    "cos": lambda tree, inner: negate(call("sin", inner)),
    "tan": lambda tree, inner: divide(ONE, power(call("cos", inner), TWO)),
    "asin": lambda tree, inner: _over_root(inner),
    "acos": lambda tree, inner: negate(_over_root(inner)),
    "atan": lambda tree, inner: divide(ONE, add(ONE, power(inner, TWO))),
    "sinh": lambda tree, inner: call("cosh", inner),
    "cosh": lambda tree, inner: call("sinh", inner),
    "tanh": lambda tree, inner: subtract(ONE, power(tree, TWO)),
    "sigmoid": lambda tree, inner: multiply(tree, subtract(ONE, tree)),
    "abs": lambda tree, inner: call("sign", inner),
    "sign": lambda tree, inner: ZERO,
    "relu": lambda tree, inner: _half_step(inner),
}
