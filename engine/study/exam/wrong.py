"""Wrong values for an answer that is typed elsewhere and picked in the exam: the named mistakes, then near misses.

Nothing here is trusted to be wrong: :mod:`engine.study.exam.item` grades every value before it shows it.
"""

import random
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from engine.bank.asked import Asked, Key, NumberKey, ShapeKey, SymbolicKey
from engine.bank.template import number
from sims.text import Text, same

if TYPE_CHECKING:
    from engine.grading.notation.tree import Tree
    from engine.grading.symbolic_key import Prepared

Answer = TypeVar("Answer")

_STEPS: Final = 40
_LAST_RESORT: Final = ("not-differentiated", "treated-as-constant", "integrated")


class Value(msgspec.Struct, frozen=True):
    """A value as it is shown and as it would be typed; ``key`` is a key for which it is right."""

    shown: Text
    answer: str
    key: Key


class Values(msgspec.Struct, frozen=True):
    """The right value; wrong ones, each worked out when it is asked for: the named mistakes, then near misses."""

    right: Value
    wrong: Iterator[Value]


def values(asked: Asked, rng: random.Random) -> Values | None:
    """The values to choose from for a shape, a number or a formula; None for other kinds, or an unfit key."""
    match asked.key:
        case ShapeKey() as key:
            return _shapes(key, rng)
        case NumberKey() as key:
            return _numbers(key, rng)
        case SymbolicKey() as key:
            return _formulas(key, rng)
        case _:
            return None


def _shuffled(answers: Iterable[Answer], rng: random.Random) -> list[Answer]:
    found = list(answers)
    rng.shuffle(found)
    return found


def _shapes(key: ShapeKey, rng: random.Random) -> Values:
    def value(sizes: tuple[int, ...]) -> Value:
        text = "×".join(map(str, sizes))
        return Value(same(text), text, ShapeKey(sizes, ()))

    named = _shuffled((mistake.answer for mistake in key.mistakes), rng)
    return Values(value(key.sizes), map(value, chain(named, _near_sizes(key.sizes))))


def _near_sizes(sizes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """One off on every axis, doubled, halved, one off on the last axis, then further off."""
    yield tuple(size + 1 for size in sizes)
    yield tuple(max(size - 1, 1) for size in sizes)
    yield tuple(2 * size for size in sizes)
    yield tuple(max(size // 2, 1) for size in sizes)
    yield (*sizes[:-1], sizes[-1] + 1)
    for step in range(2, _STEPS):
        yield tuple(size + step for size in sizes)


def _numbers(key: NumberKey, rng: random.Random) -> Values:
    def value(exact: Fraction) -> Value:
        text, unit = number(exact), key.unit
        shown = Text(f"{text} {unit.ja}", f"{text} {unit.en}") if unit else same(text)
        return Value(shown, text, msgspec.structs.replace(key, value=exact, mistakes=()))

    named = _shuffled((mistake.answer for mistake in key.mistakes), rng)
    counted = key.unit is not None and key.value.denominator == 1
    near = (near for near in _near_numbers(key.value) if not counted or (near.denominator == 1 and near > 0))
    return Values(value(key.value), map(value, chain(named, near)))


def _near_numbers(value: Fraction) -> Iterator[Fraction]:
    """Double, half, another sign, another place of the decimal point, one off; then further off."""
    yield from (2 * value, value / 2, -value, value / 10, 10 * value, value + 1, value - 1)
    for step in range(2, _STEPS):
        yield value + step


def _formulas(key: SymbolicKey, rng: random.Random) -> Values | None:
    from engine.grading.compare import UnfitKeyError  # mpmath, and below sympy, which choices need not wait for
    from engine.grading.symbolic_key import prepared

    try:
        return _Formulas(key).values(prepared(key), rng)
    except UnfitKeyError:
        return None


class _Formulas:
    """Formulas over the names of one key, written alike, so that the key does not show by its form."""

    def __init__(self, key: SymbolicKey) -> None:
        from engine.grading.symbolic import key_notation

        self.key = key
        self.right = key_notation(key)

    def values(self, ready: "Prepared", rng: random.Random) -> Values:
        from engine.grading.chain_slips import derivative_slips
        from engine.grading.edits import edits
        from engine.grading.notation.tree import variables

        trees = [ready.expanded(tree) for tree in ready.mistakes]
        if ready.chain is not None:  # a name that does not occur in the question would give itself away
            known = variables(ready.chain.whole)
            trees = [tree for tree in trees if variables(tree) <= known]
        slips = list(derivative_slips(ready.chain)) if ready.chain else []
        slips.sort(key=lambda slip: slip.id in _LAST_RESORT)
        near = [slip.tree for slip in slips if slip.id not in _LAST_RESORT]
        near += [slip.tree for slip in edits(ready.read(self.right))]
        near += [slip.tree for slip in slips if slip.id in _LAST_RESORT]
        texts = [f"{factor}({self.right})" for factor in ("2", "-", "3")]
        trees = [*_shuffled(trees, rng), *near, *map(ready.read, texts)]
        return Values(self.value(self.right), (self.value(self.written(tree)) for tree in trees))

    def written(self, tree: "Tree") -> str:
        """``tree`` as the key is written: a derived key comes from sympy, so its wrong neighbours do too."""
        from engine.grading.notation.echo import mathematics

        if self.key.derive is None:
            return mathematics(tree)
        try:
            from engine.grading.algebra import tidy
        except ImportError:
            return mathematics(tree)
        return mathematics(tidy(tree, tuple(self.key.variables)))

    def value(self, text: str) -> Value:
        return Value(same(text), text, msgspec.structs.replace(self.key, answer=text, derive=None, mistakes=()))
