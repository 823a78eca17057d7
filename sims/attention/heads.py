"""Scaled dot-product attention, softmax(Q Kᵀ / √d) V, and what becomes of it without the division.

Vaswani et al. 2017, *Attention is all you need*, section 3.2.
"""

from math import comb
from typing import NamedTuple

import numpy as np

from sims.cells import Array, softmax

RIVALS = 8  # keys among which a random query chooses


class Projections(NamedTuple):
    """Queries, keys and values of one head, (n, d) each."""

    Q: Array
    K: Array
    V: Array


class Head(NamedTuple):
    """One head's ``dots`` Q Kᵀ, ``scores`` (divided and masked) and ``weights``, (n, n), and its ``output`` (n, d)."""

    dots: Array
    scores: Array
    weights: Array
    output: Array


class Saturation(NamedTuple):
    """Softmax over random dot products: the largest weight, and the size of ∂weights/∂scores, medians over draws."""

    largest: float
    gradient: float


def draw_heads(tokens: int, width: int, heads: int, rng: np.random.Generator) -> list[Projections]:
    """Heads in which each token looks for one other: its query is that one's key, and all entries are ±1.

    Two tokens share each partner, as several words of a sentence look at one: in the first head the last two look for
    the first token, the two before them for the second, and so on. Every further head looks one place farther.
    """
    found = []
    for head in range(heads):
        keys: Array = rng.integers(0, 2, (tokens, width)).astype(np.float64) * 2 - 1
        partner = ((tokens - 1 - np.arange(tokens)) // 2 + head) % tokens
        found.append(Projections(keys[partner], keys, rng.normal(size=(tokens, width))))
    return found


def attend(part: Projections, causal: bool, scaled: bool = True) -> Head:
    """What one head does; ``causal`` keeps every token from looking at later ones."""
    dots = part.Q @ part.K.T
    scores = dots / np.sqrt(part.Q.shape[1]) if scaled else dots.copy()
    if causal:
        scores[np.triu_indices(len(scores), 1)] = -np.inf
    weights = softmax(scores)
    return Head(dots, scores, weights, weights @ part.V)


def saturation(width: int, scaled: bool, draws: int, rng: np.random.Generator) -> Saturation:
    """Random queries of ``width`` entries from N(0, 1) against :data:`RIVALS` such keys."""
    query, keys = rng.normal(size=(draws, width, 1)), rng.normal(size=(draws, RIVALS, width))
    weights = softmax((keys @ query)[..., 0] * (width**-0.5 if scaled else 1.0))
    slopes = weights[:, :, None] * (np.eye(RIVALS) - weights[:, None])
    return Saturation(float(np.median(weights.max(1))), float(np.median(np.sqrt(np.square(slopes).sum((1, 2))))))


def dot_deviation(width: int) -> float:
    """The standard deviation of q·k where all ``width`` products are ±1 with equal chances, by counting the cases.

    With j products equal to −1 the sum is width − 2j, and that happens in C(width, j) of 2^width cases.
    """
    squares = sum(comb(width, minus) * (width - 2 * minus) ** 2 for minus in range(width + 1))
    return float(np.sqrt(squares / 2**width))
