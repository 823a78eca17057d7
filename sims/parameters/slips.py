"""Somebody's number of parameters taken apart: which arrays were counted how often, so that this number comes out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from typing import Literal

MOST_BLOCKS = 5
USUAL_BLOCKS = {1: (4, 3, 2), 3: (4, 2, 1), 4: (3, 1)}  # what is taken for so many blocks; other numbers are rare
Slip = Literal[
    "blocks",
    "no_bias",
    "one_bias",
    "two_biases",
    "no_recurrent",
    "no_input",
    "no_peephole",
    "peephole",
    "matrix_peephole",
    "four_peepholes",
    "one_peephole",
    "single_peephole",
]
Group = list[tuple[Slip, dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted of ``blocks`` blocks with ``inputs`` (I) inputs and ``hidden`` (H) units.

    Each block has ``W`` times I·H weights of the input, ``U`` times H² of the state, and ``b`` biases for each unit;
    ``shared_b`` biases a unit serve all blocks. ``p`` is the number of peephole weights in all.
    """

    inputs: int
    hidden: int
    blocks: int
    W: int = 1
    U: int = 1
    b: int = 1
    shared_b: int = 0
    p: int = 0

    @property
    def parts(self) -> dict[str, int]:
        """How many of each kind: W, U, b, p."""
        I, H = self.inputs, self.hidden  # noqa: E741  (the field's names)
        return {
            "W": self.blocks * self.W * I * H,
            "U": self.blocks * self.U * H * H,
            "b": (self.blocks * self.b + self.shared_b) * H,
            "p": self.p,
        }

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """A counting that gives somebody's number, and the slips that lead to it from the right one."""

    counting: Counting
    slips: tuple[Slip, ...]


def find_slips(right: Counting, claim: int, peepholes: bool) -> Finding | None:
    """The fewest slips (at most two, of different kinds) by which ``right`` becomes ``claim``; None if there are none.

    ``peepholes`` says that the question is about a cell whose gates could have them.
    """
    if claim == right.total:
        return Finding(right, ())
    groups = list(_slips(right, peepholes))
    usual = USUAL_BLOCKS.get(right.blocks, ())
    rare: Group = [("blocks", {"blocks": n}) for n in range(1, MOST_BLOCKS + 1) if n not in (right.blocks, *usual)]
    kinds = [*((group,) for group in groups), (rare,), *combinations(groups, 2)]
    for slips in chain.from_iterable(product(*kind) for kind in kinds):
        counting = right
        for _, changes in slips:
            counting = replace(counting, **changes)
        if counting.total == claim:
            return Finding(counting, tuple(name for name, _ in slips))
    return None


def _slips(right: Counting, peepholes: bool) -> Iterator[Group]:
    """What may go wrong, kind by kind, the commonest first."""
    H = right.hidden
    if right.p:
        yield [
            ("no_peephole", {"p": 0}),
            ("matrix_peephole", {"p": 3 * H * H}),
            ("four_peepholes", {"p": 4 * H}),
            ("one_peephole", {"p": H}),
            ("single_peephole", {"p": 3}),
        ]
    yield [("blocks", {"blocks": blocks}) for blocks in USUAL_BLOCKS.get(right.blocks, ())]
    yield [("no_bias", {"b": 0}), ("one_bias", {"b": 0, "shared_b": 1}), ("two_biases", {"b": 2})]
    yield [("no_recurrent", {"U": 0}), ("no_input", {"W": 0})]
    if peepholes and not right.p:
        yield [("peephole", {"p": 3 * H})]
