"""The functions an expression may call: what they take, and what computes them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Shape = tuple[int, ...]
Kind = Literal["elementwise", "scalar", "product", "reduction", "join", "flip", "reshape", "reorder"]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of ``least`` to ``most`` arrays.

    ``kind`` says which constants may follow the arrays and how large the result can be: ``elementwise`` broadcasts,
    ``scalar`` takes single numbers (Python's own ``max``), ``product`` multiplies (or appends) two, ``reduction`` takes
    ``axis`` and ``keepdims``, ``join`` a list and (with ``axis``) an axis, ``flip`` an axis, ``reshape`` sizes,
    ``reorder`` nothing. ``axis`` is the default.
    """

    run: Callable[..., Any]
    kind: Kind = "elementwise"
    least: int = 1
    most: int = 1
    axis: int | None = None
    has_axis: bool = False


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x) as one would type it, in the shape of ``x``."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def _relu(x: Array) -> Array:
    return np.asarray(np.maximum(x, 0.0))


def _where(condition: Array, x: Array, y: Array) -> Array:
    return np.where(condition != 0, x, y)


def _norm(x: Array, axis: int | None, keepdims: bool) -> Array:
    return np.asarray(np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims)))


_UNARY = (
    "exp",
    "expm1",
    "log",
    "log2",
    "log10",
    "log1p",
    "sqrt",
    "square",
    "sign",
    "abs",
    "absolute",
    "fabs",
    "negative",
)
_WAVES = ("sin", "cos", "tan", "sinh", "cosh", "tanh", "zeros_like", "ones_like", "reciprocal")
_BINARY = ("maximum", "minimum", "multiply", "add", "subtract", "divide", "true_divide", "power")


def _elementwise() -> dict[str, Function]:
    table = {name: Function(getattr(np, name)) for name in (*_UNARY, *_WAVES)}
    table |= {"ln": Function(np.log), "sigmoid": Function(sigmoid), "relu": Function(_relu)}
    table |= {name: Function(getattr(np, name), least=2, most=2) for name in _BINARY}
    return table | {"where": Function(_where, least=3, most=3), "clip": Function(np.clip, least=3, most=3)}


def _others() -> dict[str, Function]:
    products = {name: Function(getattr(np, name), "product", 2, 2) for name in ("dot", "matmul", "inner", "outer")}
    products["append"] = Function(np.append, "product", 2, 2)
    reductions = {
        name: Function(getattr(np, name), "reduction", has_axis=True)
        for name in ("sum", "mean", "max", "min", "amax", "amin", "prod")
    }
    reductions["norm"] = Function(_norm, "reduction", has_axis=True)
    joins = {
        "concatenate": Function(np.concatenate, "join", axis=0, has_axis=True),
        "stack": Function(np.stack, "join", axis=0, has_axis=True),
        "hstack": Function(np.hstack, "join"),
        "vstack": Function(np.vstack, "join"),
    }
    # Python's max and min compare numbers, not arrays; the reader chooses them where they stand bare.
    bare = {
        "max of numbers": Function(np.maximum, "scalar", 2, 2),
        "min of numbers": Function(np.minimum, "scalar", 2, 2),
    }
    shapes = {
        "reshape": Function(np.reshape, "reshape"),
        "transpose": Function(np.transpose, "reorder"),
        "ravel": Function(np.ravel, "reorder"),
        "flip": Function(np.flip, "flip", has_axis=True),
    }
    return products | reductions | joins | bare | shapes


FUNCTIONS: dict[str, Function] = _elementwise() | _others()
CONSTANTS = {"pi": float(np.pi), "e": float(np.e)}
METHODS = frozenset({"dot", "sum", "mean", "max", "min", "prod", "reshape", "transpose", "ravel", "flatten", "clip"})
SPELLINGS = {"linalg.norm": "norm", "flatten": "ravel"}


def product_shape(name: str, a: Shape, b: Shape) -> tuple[Shape, int]:
    """The shape of a product (or chain) of arrays of shapes ``a`` and ``b``, and how many terms each entry sums.

    It only has to be right where the product exists; NumPy itself refuses the others.
    """
    if name == "append":
        return (int(np.prod(a)) + int(np.prod(b)),), 1
    if name == "outer":
        return (int(np.prod(a)), int(np.prod(b))), 1
    if not a or not b:
        return a + b, 1
    if name == "inner":
        return a[:-1] + b[:-1], a[-1]
    if name == "dot":
        return a[:-1] + b[:-2] + b[-1:] * (len(b) > 1), a[-1]
    rows, columns = a[-2:-1], b[-1:] * (len(b) > 1)
    return np.broadcast_shapes(a[:-2], b[:-2]) + rows + columns, a[-1]
