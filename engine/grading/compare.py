"""Whether two expressions are equal over their domain: 24 points, 60 digits, and the first disagreement kept.

A point counts where the key is defined. An answer that is undefined there is not equal; one that is defined on more
than the key is. Two values agree if they differ by at most 1e-45 times the largest intermediate magnitude as it
reaches the result; if cancellation has left too few digits for that to say anything, they are computed to 400.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final

import msgspec
from mpmath import libmp

from engine.bank.model import Domain
from engine.grading.evaluation import Program
from engine.grading.notation.tree import Tree
from engine.grading.real import (
    HIGH,
    LOW,
    NOTHING,
    SLACK,
    ImpreciseError,
    OutOfReachError,
    UndefinedError,
    Value,
    magnitude,
)
from engine.grading.sampling import WANTED, Place, places

FEWEST: Final = 6
_EXACT: Final = 10
_TELLING: Final = 40  # bits, 12 digits, that must be left when two values are said to agree
_STEEP: Final = 80  # bits, 24 digits, to which a difference quotient must be the derivative
_ABSOLUTE: Final = -100  # two values both below 2**-100 because of cancellation alone are both 0


class UnfitKeyError(ValueError):
    """A key that nothing can be compared with: it has a value at too few points of its domain."""


class Trial:
    """An expression with its values at the points where it has been looked at, each computed once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._program = Program(tree)
        self._values: dict[int, Value | type[ArithmeticError]] = {}
        self._exact_left = _EXACT

    def value(self, place: Place) -> Value:
        """The value at ``place`` to 60 digits, to 400 where whether something is 0 hangs on it.

        Raises UndefinedError, or OutOfReachError if it cannot be computed.
        """
        found = self._values.get(place.draw)
        if found is None:
            found = self._values[place.draw] = self._computed(place)
        if isinstance(found, type):
            raise found
        return found

    def exact(self, place: Place) -> Value:
        """The value to 400 digits. That is slow, so an answer that needs it at many points is given up there."""
        if self._exact_left == 0:
            raise OutOfReachError
        self._exact_left -= 1
        return self._program.value(place.values, HIGH)

    def try_value(self, place: Place) -> Value | None:
        """The value at ``place``, or None."""
        try:
            return self.value(place)
        except (UndefinedError, OutOfReachError):
            return None

    def _computed(self, place: Place) -> Value | type[ArithmeticError]:
        try:
            try:
                return self._program.value(place.values, LOW)
            except ImpreciseError:
                return self.exact(place)
        except (UndefinedError, OutOfReachError) as error:
            return type(error)


class Sample(msgspec.Struct, frozen=True):
    """A point where the key is defined, and its value there."""

    place: Place
    value: Value


class Counterexample(msgspec.Struct, frozen=True):
    """A point where an answer is not the key; its value there is None if it has none."""

    sample: Sample
    value: Value | None


class Comparison(msgspec.Struct, frozen=True):
    """What comparing came to. Not equal and no counterexample: too few points said anything, so nothing is known."""

    equal: bool
    counterexample: Counterexample | None = None


class Reference:
    """An expression with its values at the points where others are compared with it."""

    def __init__(self, tree: Tree, domains: Mapping[str, Domain]) -> None:
        self.tree = tree
        self._program = Program(tree)
        self.samples = tuple(self._samples(domains))
        if len(self.samples) < FEWEST:
            raise UnfitKeyError(f"defined at {len(self.samples)} of the points tried, {FEWEST} are needed")

    def _samples(self, domains: Mapping[str, Domain]) -> list[Sample]:
        found: list[Sample] = []
        trial = Trial(self.tree)
        for place in places(domains):
            value = trial.try_value(place)
            if value is not None:
                found.append(Sample(place, value))
            if len(found) == WANTED:
                break
        return found

    def compare(self, answer: Trial) -> Comparison:
        """Whether ``answer`` has this expression's value wherever that is defined."""
        if answer.tree == self.tree:
            return Comparison(True)
        first: Counterexample | None = None
        telling = 0
        for sample in self.samples:
            found = self._compare_at(answer, sample)
            if isinstance(found, Counterexample):
                if sample.place.short:  # the one that reads best as evidence
                    return Comparison(False, found)
                first = first or found
            elif found:
                telling += 1
        if first is not None:
            return Comparison(False, first)
        return Comparison(telling >= FEWEST)

    def _compare_at(self, answer: Trial, sample: Sample) -> Counterexample | bool:
        """A counterexample; else whether the point said anything."""
        place = sample.place
        try:
            value = answer.value(place)
            agreed = _agree(value, sample.value, LOW)
            if agreed is None:
                agreed = _agree(answer.exact(place), self._program.value(place.values, HIGH), HIGH)
        except UndefinedError:
            return Counterexample(sample, None)
        except OutOfReachError:
            return False
        return Counterexample(sample, value) if agreed is False else agreed is True


def _agree(first: Value, second: Value, precision: int) -> bool | None:
    """Whether two values are equal; None if too few digits are left to tell."""
    (left, left_scale), (right, right_scale) = first, second
    tolerance = max(left_scale - (precision - SLACK), right_scale - (precision - SLACK), NOTHING)
    if magnitude(libmp.mpf_sub(left, right, precision)) > tolerance:
        return False
    size = max(magnitude(left), magnitude(right))
    if tolerance <= size - _TELLING or (size <= tolerance and tolerance <= _ABSOLUTE):
        return True
    return None


@lru_cache(maxsize=512)
def reference(tree: Tree, domains: tuple[tuple[str, Domain], ...]) -> Reference:
    """``tree`` as a reference. Raises :class:`UnfitKeyError` if it is defined at too few points."""
    return Reference(tree, dict(domains))


def close(first: Value, second: Value) -> bool:
    """Whether two values at 60 digits are equal as far as can be told."""
    return _agree(first, second, LOW) is True


def is_slope(of: Reference, whole: Tree, name: str) -> bool:
    """Whether ``of`` is the derivative of ``whole`` by ``name``: symmetric difference quotients with a step of 1e-40.

    Their error is of the order of 1e-80 times a third derivative; they are computed to 400 digits.
    """
    program = Program(whole)
    step = Fraction(1, 10**40)
    told = 0
    for sample in of.samples:
        try:
            after, before = (
                program.value({**sample.place.values, name: sample.place.values[name] + move}, HIGH)[0]
                for move in (step, -step)
            )
        except (UndefinedError, OutOfReachError):
            continue
        rise = libmp.mpf_sub(after, before, HIGH)
        slope = libmp.mpf_div(rise, libmp.from_rational(2, 10**40, HIGH), HIGH)
        if magnitude(libmp.mpf_sub(slope, sample.value[0], HIGH)) > max(0, magnitude(sample.value[0])) - _STEEP:
            return False
        told += 1
    return told >= FEWEST
