"""The tree of a checked expression. Whatever stands in it is safe to evaluate."""

from dataclasses import dataclass
from types import EllipsisType
from typing import Literal

Sign = Literal["+", "-", "*", "/", "**", "@", "<", "<=", ">", ">=", "==", "!="]
Index = int | slice | EllipsisType | None


@dataclass(frozen=True, slots=True)
class Number:
    """A finite constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """An array of the question."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """A unary minus."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and a sign; a comparison gives 0 or 1. ``source`` is how it was written."""

    sign: Sign
    left: "Node"
    right: "Node"
    source: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arrays; ``axis``, ``keepdims`` and ``sizes`` (of a reshape) are constants."""

    function: str
    arguments: tuple["Node", ...]
    source: str
    axis: int | None = None
    keepdims: bool = False
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Indexing or slicing with constants."""

    value: "Node"
    index: tuple[Index, ...]
    source: str


Node = Number | Name | Negative | Binary | Call | Item


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: the normalised Python ``text``, the ``tree``, and the ``names`` that occur in it."""

    text: str
    tree: Node
    names: frozenset[str]
