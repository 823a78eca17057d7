"""Trees in the array notation of the simulations: ``2*x``, ``x**2``, ``exp(x)``, ``maximum(0, x)``."""

from functools import reduce
from math import factorial
from typing import Final

from engine.grading.notation.echo import decimal
from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_NAMES: Final = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
_PAIRWISE: Final = {"max": "maximum", "min": "minimum"}
_CONSTANTS: Final = {"e": "exp(1)", "pi": "3.14159265358979"}


def to_python(tree: Tree) -> str:
    """``tree`` in array notation. A factorial that is not of a whole number has none and is left as a call."""
    return _write(tree)[0]


def _write(tree: Tree) -> tuple[str, int]:
    match tree:
        case Number(value):
            return decimal(value), _ATOM
        case Constant(name):
            return _CONSTANTS[name], _ATOM
        case Variable(name):
            return name, _ATOM
        case Negation(operand):
            return f"-{_bracketed(operand, _PRODUCT)}", _SUM
        case Operation("^", Constant("e"), exponent):
            return f"exp({_write(exponent)[0]})", _ATOM
        case Operation("^", base, exponent):
            return f"{_bracketed(base, _ATOM)}**{_bracketed(exponent, _ATOM)}", _POWER
        case Operation("+" | "-" as sign, left, right):
            return f"{_write(left)[0]} {sign} {_bracketed(right, _SUM if sign == '+' else _PRODUCT)}", _SUM
        case Operation(sign, left, right):
            return f"{_bracketed(left, _PRODUCT)}{sign}{_bracketed(right, _POWER)}", _PRODUCT
        case Call(function, arguments):
            return _call(function, arguments)


def _bracketed(tree: Tree, least: int) -> str:
    text, level = _write(tree)
    return text if level >= least and not text.startswith("-") else f"({text})"


def _call(function: str, arguments: tuple[Tree, ...]) -> tuple[str, int]:
    texts = [_write(argument)[0] for argument in arguments]
    if function in _PAIRWISE:
        return reduce(lambda first, second: f"{_PAIRWISE[function]}({first}, {second})", texts), _ATOM
    argument = arguments[0]
    if function == "factorial" and isinstance(argument, Number) and argument.value.denominator == 1:
        return str(factorial(int(argument.value))), _ATOM
    return f"{_NAMES.get(function, function)}({texts[0]})", _ATOM
