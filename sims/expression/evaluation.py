"""The value of a checked expression. No intermediate is made before its size is known and within the limit."""

from collections.abc import Mapping
from math import prod

import numpy as np

from sims.expression.errors import EvaluationError
from sims.expression.functions import FUNCTIONS, Array, Shape, product_shape
from sims.expression.tree import Binary, Call, Expression, Item, Name, Negative, Node, Number
from sims.text import Text

MAX_ENTRIES = 2**16
MAX_TERMS_PER_ENTRY = 32  # a matrix product may take this many multiplications for each entry of the limit
MAX_EXPONENT = 1000
_ELEMENTWISE = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


def evaluate(expression: Expression, arrays: Mapping[str, Array | float], limit: int = MAX_ENTRIES) -> Array:
    """The value of ``expression`` where each name stands for one of ``arrays``; a new array, 0-d for a number.

    ``arrays`` are neither changed nor shared with the result. Raises :class:`EvaluationError` if shapes do not
    fit, an intermediate would have more than ``limit`` entries, or the result is not finite.
    """
    values = {name: np.asarray(arrays[name], dtype=np.float64) for name in expression.names}
    with np.errstate(all="ignore"):
        result = np.array(_Evaluator(values, limit).value(expression.tree), dtype=np.float64)
    if not np.isfinite(result).all():
        raise EvaluationError(
            Text(
                "有限の値になりません（0 での割り算、負の数の log など）。",
                "The value is not finite (division by 0, log of a negative number, …).",
            ),
            "value",
        )
    return result


class _Evaluator:
    def __init__(self, values: Mapping[str, Array], limit: int) -> None:
        self.values = values
        self.limit = limit

    def value(self, node: Node) -> Array:
        match node:
            case Number(value):
                return np.asarray(value)
            case Name(name):
                return self.values[name]
            case Negative(operand):
                return np.negative(self.value(operand))
            case Binary(sign="@"):
                return self._product("matmul", self.value(node.left), self.value(node.right), node.source)
            case Binary():
                return self._binary(node, self.value(node.left), self.value(node.right))
            case Call():
                return self._call(node, [self.value(argument) for argument in node.arguments])
            case Item():
                return _item(node, self.value(node.value))

    def _binary(self, node: Binary, left: Array, right: Array) -> Array:
        self._broadcast([left, right], node.source)
        if node.sign == "**":
            _bound_exponent(right, node.source)
        return np.asarray(_ELEMENTWISE[node.sign](left, right), dtype=np.float64)

    def _call(self, node: Call, arrays: list[Array]) -> Array:
        function = FUNCTIONS[node.function]
        match function.kind:
            case "product":
                return self._product(node.function, arrays[0], arrays[1], node.source)
            case "elementwise":
                self._broadcast(arrays, node.source)
                if node.function == "power":
                    _bound_exponent(arrays[1], node.source)
            case "scalar" if any(array.size != 1 for array in arrays):
                raise _misfit(node.source, arrays)
            case "join":
                self._bound((sum(array.size for array in arrays),), node.source)
        try:
            result = _run(node, arrays)
        except (ValueError, IndexError):
            raise _misfit(node.source, arrays) from None
        return np.asarray(result, dtype=np.float64)

    def _product(self, name: str, left: Array, right: Array, source: str) -> Array:
        try:
            shape, terms = product_shape(name, left.shape, right.shape)
        except ValueError:
            raise _misfit(source, [left, right]) from None
        self._bound(shape, source)
        self._bound((*shape, terms), source, MAX_TERMS_PER_ENTRY)
        try:
            return np.asarray(FUNCTIONS[name].run(left, right), dtype=np.float64)
        except ValueError:
            raise _misfit(source, [left, right]) from None

    def _broadcast(self, arrays: list[Array], source: str) -> None:
        try:
            shape = np.broadcast_shapes(*(array.shape for array in arrays))
        except ValueError:
            raise _misfit(source, arrays) from None
        self._bound(shape, source)

    def _bound(self, shape: Shape, source: str, factor: int = 1) -> None:
        if prod(shape) > self.limit * factor:
            raise EvaluationError(
                Text(f"{_short(source)} は大きすぎて計算できません。", f"{_short(source)} is too large to compute."),
                "size",
            )


def _run(node: Call, arrays: list[Array]) -> object:
    function = FUNCTIONS[node.function]
    match function.kind:
        case "join":
            return function.run(arrays, axis=node.axis) if function.has_axis else function.run(arrays)
        case "reduction":
            return function.run(arrays[0], axis=node.axis, keepdims=node.keepdims)
        case "flip":
            return function.run(arrays[0], axis=node.axis)
        case "reshape":
            return function.run(arrays[0], node.sizes)
        case _:
            return function.run(*arrays)


def _item(node: Item, value: Array) -> Array:
    try:
        result = np.asarray(value[node.index])
    except (IndexError, ValueError):
        raise _misfit(node.source, [value]) from None
    if result.size == 0:
        raise _misfit(node.source, [value])
    return result


def _bound_exponent(exponent: Array, source: str) -> None:
    if not np.abs(exponent).max() <= MAX_EXPONENT:
        raise EvaluationError(
            Text(f"{_short(source)} の指数が大きすぎます。", f"The exponent in {_short(source)} is too large."), "size"
        )


def _misfit(source: str, arrays: list[Array]) -> EvaluationError:
    ja = " と ".join(str(array.shape) if array.ndim else "1 つの数" for array in arrays[:4])
    en = " and ".join(str(array.shape) if array.ndim else "a number" for array in arrays[:4])
    return EvaluationError(
        Text(f"{_short(source)} の形が合いません: {ja}。", f"The shapes in {_short(source)} do not fit: {en}."), "shape"
    )


def _short(source: str) -> str:
    return source if len(source) <= 32 else source[:31] + "…"
