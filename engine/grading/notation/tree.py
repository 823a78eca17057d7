"""The tree an expression is read into. Immutable, hashable, compared by what it means and not by how it was typed.

Dataclasses, unlike the other values of the engine: a struct cannot leave a field out of its comparison.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Sign = Literal["+", "-", "*", "/", "^"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was typed, never negative: 0.5 is exactly 1/2."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Constant:
    """``e`` or ``pi``."""

    name: Literal["e", "pi"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that the question declares."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    """Minus ``operand``."""

    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Operation:
    """``left`` and ``right`` joined by a sign. ``implicit`` marks a product written without one."""

    sign: Sign
    left: "Tree"
    right: "Tree"
    implicit: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one or more arguments; ``written`` is its name as typed (``g`` for sigmoid, ``ln`` for log)."""

    function: str
    arguments: tuple["Tree", ...]
    written: str = field(default="", compare=False)


Tree = Number | Constant | Variable | Negation | Operation | Call

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
TWO = Number(Fraction(2))


def integer(value: int) -> Tree:
    """A whole number, of either sign, as a tree."""
    return Number(Fraction(value)) if value >= 0 else Negation(Number(Fraction(-value)))


def children(tree: Tree) -> tuple[Tree, ...]:
    """The parts that ``tree`` is made of, in reading order."""
    match tree:
        case Negation(operand):
            return (operand,)
        case Operation(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def rebuilt(tree: Tree, parts: tuple[Tree, ...]) -> Tree:
    """``tree`` with other parts."""
    match tree:
        case Negation():
            return Negation(parts[0])
        case Operation(sign, implicit=implicit):
            return Operation(sign, parts[0], parts[1], implicit)
        case Call(function, written=written):
            return Call(function, parts, written)
        case _:
            return tree


def walk(tree: Tree) -> Iterator[Tree]:
    """``tree`` and everything in it."""
    yield tree
    for part in children(tree):
        yield from walk(part)


def changed(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """``change`` applied to every part, the innermost first."""
    parts = children(tree)
    return change(rebuilt(tree, tuple(changed(part, change) for part in parts)) if parts else tree)


def substituted(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """``tree`` with variables replaced by trees. What is put in is not searched again."""
    return changed(tree, lambda part: values.get(part.name, part) if isinstance(part, Variable) else part)


def variables(tree: Tree) -> frozenset[str]:
    """The names of the variables in ``tree``."""
    return frozenset(part.name for part in walk(tree) if isinstance(part, Variable))
