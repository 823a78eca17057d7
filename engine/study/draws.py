"""Which variants of a question there are to choose from: the library's, as far as choosing needs to know them."""

import random
from collections.abc import Sequence
from typing import Protocol

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.load import Library
from engine.bank.variants import all_met, unmet_seed
from engine.study.mistakes import offers

HIGHEST_SEED = 9_999


class Draws(Protocol):
    """The variants of every question, by seed."""

    def unmet(self, question: str, met: Sequence[int], rng: random.Random) -> int:
        """A seed other than 0 with a variant that none of the seeds ``met`` (oldest first) gave, while there is one."""

    def exhausted(self, question: str, met: Sequence[int]) -> bool:
        """Whether the seeds ``met`` gave every variant."""

    def offers(self, question: str, seed: int, mistake: str) -> bool:
        """Whether the named ``mistake`` can be made on the variant of ``seed``."""


class LibraryDraws:
    """The variants in ``library``. A question that has a fault, or is gone, draws any seed and offers nothing."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def unmet(self, question: str, met: Sequence[int], rng: random.Random) -> int:
        """See :class:`Draws`."""
        found = self._library.find(question)
        try:
            return rng.randint(1, HIGHEST_SEED) if found is None else unmet_seed(found[1], met, rng)
        except FormulaError:
            return rng.randint(1, HIGHEST_SEED)

    def exhausted(self, question: str, met: Sequence[int]) -> bool:
        """See :class:`Draws`."""
        found = self._library.find(question)
        try:
            return found is None or all_met(found[1], met)
        except FormulaError:
            return True

    def offers(self, question: str, seed: int, mistake: str) -> bool:
        """See :class:`Draws`."""
        found = self._library.find(question)
        try:
            return found is not None and offers(ask(found[1], found[0].topic, seed), mistake)
        except FormulaError:
            return False
