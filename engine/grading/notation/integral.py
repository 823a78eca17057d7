"""Antiderivatives of the simplest kind: what a learner writes who integrates instead of differentiating."""

from engine.grading.notation.build import add, call, divide, multiply, negate, power, subtract
from engine.grading.notation.tree import (
    ONE,
    TWO,
    Call,
    Constant,
    Negation,
    Number,
    Operation,
    Tree,
    Variable,
    variables,
)


def integral(tree: Tree, name: str) -> Tree | None:
    """An antiderivative of ``tree`` by ``name``: sums, constant factors, powers, exp, sin, cos; else None."""
    if name not in variables(tree):
        return multiply(tree, Variable(name))
    match tree:
        case Variable():
            return divide(power(tree, TWO), TWO)
        case Negation(operand):
            inner = integral(operand, name)
            return negate(inner) if inner else None
        case Operation("+" | "-" as sign, left, right):
            first, second = integral(left, name), integral(right, name)
            if first is None or second is None:
                return None
            return add(first, second) if sign == "+" else subtract(first, second)
        case Operation("*" | "/" as sign, left, right):
            return _scaled(sign, left, right, name)
        case Operation("^", Variable(base), Number(exponent)) if base == name:
            raised = Number(exponent + 1)
            return divide(power(Variable(name), raised), raised)
        case Operation("^", Constant("e"), Variable()) | Call("exp", (Variable(),)):
            return tree
        case Call("sin", (Variable() as argument,)):
            return negate(call("cos", argument))
        case Call("cos", (Variable() as argument,)):
            return call("sin", argument)
    return None


def _scaled(sign: str, left: Tree, right: Tree, name: str) -> Tree | None:
    if name not in variables(right):
        inner = integral(left, name)
        if inner is None:
            return None
        return multiply(inner, right) if sign == "*" else divide(inner, right)
    if name in variables(left) or (sign == "/" and right != Variable(name)):
        return None
    inner = integral(right, name) if sign == "*" else call("log", right)
    return multiply(left, inner) if inner and left != ONE else inner
