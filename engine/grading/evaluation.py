"""Values of expressions at points. A tree becomes a list of steps, each distinct part once."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mpmath import libmp

from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable
from engine.grading.operations import OPERATIONS
from engine.grading.real import LARGEST, LOW, OutOfReachError, Value, magnitude

Point = Mapping[str, Fraction]


class Program:
    """A tree, ready to be evaluated at many points."""

    def __init__(self, tree: Tree) -> None:
        self._steps: list[tuple[Any, ...]] = []
        self._places: dict[Tree, int] = {}
        self._add(tree)

    def _add(self, tree: Tree) -> int:
        """The place of ``tree`` among the steps."""
        place = self._places.get(tree)
        if place is None:
            self._steps.append(self._step(tree))
            place = self._places[tree] = len(self._steps) - 1
        return place

    def _step(self, tree: Tree) -> tuple[Any, ...]:
        match tree:
            case Number(value):
                return (value,)
            case Constant(name):
                return (libmp.mpf_e if name == "e" else libmp.mpf_pi,)
            case Variable(name):
                return (name,)
            case Negation(operand):
                return OPERATIONS["negate"], self._add(operand)
            case Operation("^", Constant("e"), exponent):
                return OPERATIONS["exp"], self._add(exponent)
            case Operation(sign, left, right):
                return OPERATIONS[sign], self._add(left), self._add(right)
            case Call(function):
                return OPERATIONS[function], *(self._add(part) for part in tree.arguments)

    def value(self, point: Point, precision: int = LOW) -> Value:
        """The value at ``point``. Raises one of the three errors of :mod:`engine.grading.real` where there is none."""
        values: list[Value] = []
        for step, *places in self._steps:
            if places:
                value = step(precision, *[values[place] for place in places])
                if magnitude(value[0]) > LARGEST:
                    raise OutOfReachError
            else:
                value = _leaf(step, point, precision)
            values.append(value)
        return values[-1]


def _leaf(leaf: Any, point: Point, precision: int) -> Value:
    """The value of a variable (its name), of a number (a fraction) or of a constant (a function of the precision)."""
    if callable(leaf):
        number = leaf(precision)
    else:
        value = point[leaf] if isinstance(leaf, str) else leaf
        number = libmp.from_rational(value.numerator, value.denominator, precision)
    return number, magnitude(number)
