"""Trees through computer algebra: differentiated, and in the form a person would write. The only import of sympy.

sympy sees objects built from our own tree, never text, and its results are walked back into a tree. Grading does not
need this module: it is for showing keys and explanations.
"""

from fractions import Fraction
from functools import reduce
from typing import Any, Final

import sympy

from engine.grading.notation import build
from engine.grading.notation.derivative import derivative
from engine.grading.notation.tree import (
    ONE,
    Call,
    Constant,
    Negation,
    Number,
    Operation,
    Tree,
    Variable,
    integer,
    walk,
)

Order = tuple[str, ...]


class UnsupportedError(ValueError):
    """An expression that has no counterpart on the other side (``max``, a factorial)."""


class Sigmoid(sympy.Function):  # type: ignore[misc]
    """The logistic function, kept whole so that a key reads σ(x)(1 − σ(x))."""

    def fdiff(self, argindex: int = 1) -> Any:
        """The derivative, σ(1 − σ)."""
        return self * (1 - self)


def differentiated(tree: Tree, name: str, order: Order, linked: bool) -> Tree:
    """The derivative of ``tree`` by ``name`` in a natural form, its variables in ``order``.

    By our own rules where sympy has no counterpart for a function. ``linked``: the chain rule leads to it, so that a
    product is welcome. Raises :class:`NotDifferentiableError` where neither knows a rule.
    """
    try:
        return _natural(sympy.diff(to_sympy(tree), _symbol(name)), order, linked)
    except UnsupportedError:
        return derivative(tree, name)


def _natural(expression: Any, order: Order, linked: bool) -> Tree:
    """The form a person would write: a product after the chain rule, 2(x + y), else the shortest."""
    above, below = sympy.fraction(sympy.together(expression))
    forms = [expression, sympy.expand(above) / sympy.factor(below)]
    plain = min((to_tree(form, order) for form in forms), key=_size)
    factored = to_tree(sympy.factor(expression), order)
    spare = 2 if linked and isinstance(factored, Operation) and factored.sign in "*/" else -1
    return factored if _size(factored) <= _size(plain) + spare else plain


def tidy(tree: Tree, order: Order) -> Tree:
    """``tree`` in the form in which derived keys are shown; as it is where sympy has no counterpart or no value."""
    try:
        return _natural(to_sympy(tree), order, linked=True)
    except UnsupportedError:
        return tree


def _size(tree: Tree) -> int:
    return sum(1 for _ in walk(tree))


def _symbol(name: str) -> Any:
    return sympy.Symbol(name, real=True)


_TO_SYMPY: Final[dict[str, Any]] = {
    **{name: getattr(sympy, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan")},
    **{name: getattr(sympy, name) for name in ("sinh", "cosh", "tanh")},
    "log2": lambda value: sympy.log(value) / sympy.log(2),
    "log10": lambda value: sympy.log(value) / sympy.log(10),
    "sigmoid": Sigmoid,
    "abs": sympy.Abs,
    "sign": sympy.sign,
}
_FROM_SYMPY: Final = {"Abs": "abs", "Sigmoid": "sigmoid"}


def to_sympy(tree: Tree) -> Any:
    """``tree`` as a sympy object over real symbols. Raises :class:`UnsupportedError`."""
    match tree:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Constant(name):
            return sympy.E if name == "e" else sympy.pi
        case Variable(name):
            return _symbol(name)
        case Negation(operand):
            return -to_sympy(operand)
        case Operation(sign, left, right):
            return _joined(sign, to_sympy(left), to_sympy(right))
        case Call(function, arguments):
            if function not in _TO_SYMPY:
                raise UnsupportedError(function)
            return _TO_SYMPY[function](*map(to_sympy, arguments))


def _joined(sign: str, left: Any, right: Any) -> Any:
    match sign:
        case "+":
            return sympy.Add(left, right)
        case "-":
            return sympy.Add(left, -right)
        case "*":
            return sympy.Mul(left, right)
        case "/":
            return sympy.Mul(left, sympy.Pow(right, -1))
    return sympy.Pow(left, right)


def to_tree(expression: Any, order: Order = ()) -> Tree:
    """A sympy object as a tree, its variables in ``order``. Raises :class:`UnsupportedError`."""
    if expression.is_Rational:
        return build.fraction(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return Variable(expression.name)
    if expression is sympy.E or expression is sympy.pi:
        return Constant("e" if expression is sympy.E else "pi")
    if expression.is_Add:
        return _sum(expression, order)
    if expression.is_Mul:
        return _product(expression, order)
    if isinstance(expression, sympy.exp):
        return build.call("exp", to_tree(expression.args[0], order))
    if expression.is_Pow:
        return _power(expression, order)
    name = type(expression).__name__
    if name in _FROM_SYMPY or name in _TO_SYMPY:
        return build.call(_FROM_SYMPY.get(name, name), *(to_tree(part, order) for part in expression.args))
    raise UnsupportedError(name)


def _sum(expression: Any, order: Order) -> Tree:
    """Positive terms first, variables before numbers: wx + b − d, x + 1, 1 − tanh²."""
    terms = sorted(expression.as_ordered_terms(), key=lambda term: _rank(term, order))
    trees = [to_tree(term, order) for term in terms]
    trees.sort(key=lambda tree: isinstance(tree, Negation))
    return reduce(build.add, trees)


def _rank(term: Any, order: Order) -> tuple[int, int]:
    """Where a term or factor stands: by its first variable, higher powers of it earlier; numbers last."""
    places = [order.index(symbol.name) for symbol in term.free_symbols if symbol.name in order]
    degree = sum(int(power) for base, power in term.as_powers_dict().items() if base.is_Symbol and power.is_Integer)
    return min(places, default=len(order)), -degree


def _product(expression: Any, order: Order) -> Tree:
    """A number, then variables, then functions, then brackets, over what has a negative exponent."""
    coefficient, rest = expression.as_coeff_Mul()
    numerator, denominator = integer(abs(int(coefficient.p))), integer(int(coefficient.q))
    for factor in sorted(rest.as_ordered_factors(), key=lambda factor: (_kind(factor), _rank(factor, order))):
        base, exponent = factor.as_base_exp()
        if exponent.is_Rational and exponent < 0 and not isinstance(factor, sympy.exp):
            denominator = build.multiply(denominator, to_tree(sympy.Pow(base, -exponent), order))
        else:
            numerator = build.multiply(numerator, to_tree(factor, order))
    tree = build.divide(numerator, denominator)
    return build.negate(tree) if coefficient.p < 0 else tree


def _kind(factor: Any) -> int:
    base = factor.as_base_exp()[0]
    return 0 if base.is_Symbol else 2 if base.is_Add else 1


def _power(expression: Any, order: Order) -> Tree:
    base, exponent = expression.args
    if exponent.is_Rational and exponent < 0:
        return build.divide(ONE, to_tree(sympy.Pow(base, -exponent), order))
    if exponent == sympy.Rational(1, 2):
        return build.call("sqrt", to_tree(base, order))
    return build.power(to_tree(base, order), to_tree(exponent, order))
