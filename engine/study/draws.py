"""Which variants of a question there are to choose from: the library's, as far as choosing needs to know them."""

import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from engine.bank.arithmetic import FormulaError
from engine.bank.asked import Asked, ChoiceKey, CodeKey, TextKey
from engine.bank.load import Library
from engine.bank.variants import all_met, ask, unmet_seed
from sims.text import Text

HIGHEST_SEED = 9_999
LOOKED_AT = 6  # variants in which the sentence of a mistake is looked for


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
            return found is not None and mistake in mistakes(ask(found[1], found[0].topic, seed))
        except FormulaError:
            return False


def mistakes(asked: Asked) -> dict[str, Text | None]:
    """The mistakes that have a name on this variant, wrong options included, each with its sentence."""
    match asked.key:
        case ChoiceKey(options=options) | CodeKey(options=options):
            return {option.id: option.why for option in options if not option.right}
        case TextKey():
            return {}
        case key:
            return {named.id: named.why for named in key.mistakes}


def named(library: Library, question: str, mistake: str) -> Text | None:
    """The sentence of a mistake, on the first variant that has it; None if it is in no bank any more."""
    found = library.find(question)
    if found is None:
        return None
    bank, body = found
    for seed in range(LOOKED_AT):
        with suppress(FormulaError):
            offered = mistakes(ask(body, bank.topic, seed))
            if mistake in offered:
                return offered[mistake]
    return None
