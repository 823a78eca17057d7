"""The variants that are checked and proven: all of them, or 200 drawn by a seed where there are more."""

import itertools
import random

from engine.bank import variants
from engine.bank.model import Question

MOST = 200
MOST_LISTED = 20_000


def sample(question: Question, seed: int = 0, most: int = MOST) -> list[variants.Values]:
    """Variants that satisfy ``where``, the first one in front; none if there is none.

    Raises :class:`engine.bank.arithmetic.FormulaError` if ``where`` cannot be computed.
    """
    every = list(itertools.islice(variants.variants(question), MOST_LISTED))
    if len(every) <= most:
        return every
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    return [every[0], *rng.sample(every[1:], most - 1)]
