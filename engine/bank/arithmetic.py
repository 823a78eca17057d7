"""Arithmetic that a bank's author writes (``(n + 2*p - k)//s + 1``, ``k <= n``), read without evaluating code.

Python's own grammar reads the text after a cap on its length; a walker then accepts a handful of node types and
computes with exact integers and fractions of bounded size.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from engine.bank.asked import Scalar
from sims.text import Text

Exact = int | Fraction
MAX_LENGTH = 240
MAX_NODES = 120
MAX_BITS = 1023  # of a numerator or denominator, so that the number is also a float
MAX_EXPONENT = 64
_VAST = re.compile(r"e[+-]?[\d_]{4,}", re.IGNORECASE)  # to write such a number out takes up to hours


class FormulaError(ValueError):
    """An expression that cannot be read or computed; ``text`` says why."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(ja, en)


_BINARY: Mapping[type[ast.operator], Callable[[Exact, Exact], Exact]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda left, right: Fraction(left) / Fraction(right),
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[Exact, Exact], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_OF_ONE: Mapping[str, Callable[..., Exact]] = {"abs": abs, "floor": math.floor, "ceil": math.ceil}
_OF_SEVERAL: Mapping[str, Callable[..., Exact]] = {"min": min, "max": max}


def scalar(text: str) -> Scalar:
    """A value as its author wrote it: a whole number, an exact decimal, or a formula, as vast numbers count too."""
    written = text.strip()
    try:
        return _simplest(_bounded(Fraction("" if _VAST.search(written) else written)))
    except (ValueError, ZeroDivisionError):
        return written


@lru_cache(maxsize=4096)
def _tree(source: str) -> ast.expr:
    if len(source) > MAX_LENGTH:
        raise FormulaError(
            f"式が長すぎます（{len(source)} 文字、{MAX_LENGTH} 文字まで）。",
            f"The expression is too long ({len(source)} characters, {MAX_LENGTH} at most).",
        )
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(
            f"{source!r} は計算式として読めません。", f"{source!r} is not an arithmetic expression."
        ) from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise FormulaError(f"{source!r} は演算が多すぎます。", f"There are too many operations in {source!r}.")
    return tree


def names(source: str) -> frozenset[str]:
    """The variables that ``source`` uses. Raises :class:`FormulaError` if it cannot be read."""
    tree = _tree(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called)


def compute(source: str, values: Mapping[str, Scalar]) -> Exact:
    """The exact value of ``source`` with ``values`` for its names, or :class:`FormulaError`."""
    try:
        return _simplest(_value(_tree(source), values))
    except ZeroDivisionError:
        raise FormulaError(f"{source!r} で 0 で割っています。", f"{source!r} divides by zero.") from None


def _value(node: ast.expr, values: Mapping[str, Scalar]) -> Exact:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return number
        case ast.Constant(value=float(number)) if math.isfinite(number):
            return _bounded(Fraction(repr(number)))
        case ast.Name(id=name):
            return _variable(name, values)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return int(not _value(operand, values))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left, values), _value(right, values))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
            return _bounded(_BINARY[type(sign)](_value(left, values), _value(right, values)))
        case ast.BoolOp(op=ast.And(), values=parts):
            return int(all(_value(part, values) for part in parts))
        case ast.BoolOp(op=ast.Or(), values=parts):
            return int(any(_value(part, values) for part in parts))
        case ast.Compare(left=left, ops=signs, comparators=rights):
            return _comparison([left, *rights], signs, values)
        case ast.Call(func=ast.Name(id=name), args=[one, *more], keywords=[]) if name in _functions(bool(more)):
            return _functions(bool(more))[name](*(_value(argument, values) for argument in (one, *more)))
        case _:
            raise FormulaError(f"{ast.unparse(node)!r} は計算できません。", f"{ast.unparse(node)!r} is not arithmetic.")


def _functions(several: bool) -> Mapping[str, Callable[..., Exact]]:
    return _OF_SEVERAL if several else _OF_ONE


def _variable(name: str, values: Mapping[str, Scalar]) -> Exact:
    if name not in values:
        known = ", ".join(sorted(values)) or "–"
        raise FormulaError(
            f"変数 {name} はありません（あるもの: {known}）。", f"There is no variable {name}; there are: {known}."
        )
    value = values[name]
    if isinstance(value, str):
        raise FormulaError(f"{name} は数ではなく式（{value}）です。", f"{name} is a formula ({value}), not a number.")
    return value


def _comparison(terms: list[ast.expr], signs: list[ast.cmpop], values: Mapping[str, Scalar]) -> int:
    numbers = [_value(term, values) for term in terms]
    for sign, left, right in zip(signs, numbers, numbers[1:], strict=False):
        if type(sign) not in _COMPARE:
            raise FormulaError("比べられるのは == != < <= > >= だけです。", "Only == != < <= > >= compare numbers.")
        if not _COMPARE[type(sign)](left, right):
            return 0
    return 1


def _power(base: Exact, exponent: Exact) -> Exact:
    if exponent != int(exponent) or not 0 <= exponent <= MAX_EXPONENT:
        raise FormulaError(
            f"指数は 0 から {MAX_EXPONENT} の整数です。",
            f"An exponent must be a whole number from 0 to {MAX_EXPONENT}.",
        )
    return _bounded(base ** int(exponent))


def _bounded(value: Exact) -> Exact:
    if Fraction(value).numerator.bit_length() > MAX_BITS or Fraction(value).denominator.bit_length() > MAX_BITS:
        raise FormulaError("数が大きくなりすぎます。", "The number grows too large.")
    return value


def _simplest(value: Exact) -> Exact:
    return int(value) if value.denominator == 1 else value
