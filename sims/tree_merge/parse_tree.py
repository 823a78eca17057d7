"""Three words joined along their parse tree by one W: the right way, others, and somebody's.

Socher, Lin, Ng & Manning 2011, *Parsing natural scenes and natural language with recursive neural networks*.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sims.cells import Array
from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.text import Text

JOIN = "np.concatenate([l, r])"
OTHERS = ("l + r", "l * r", "np.maximum(l, r)")
NEAR = 1e-12  # roots nearer than this are the same
SPREAD = 1.5  # of the weights: sums of this size bend tanh without saturating it
_PARENT = parse("np.tanh(W.dot(lr))", ("W", "lr"))
Join = Callable[[Array, Array], Array]


@dataclass(frozen=True, slots=True)
class Words:
    """The vectors of three words, (3, E), and which pair is joined first: the ``left`` or the right one."""

    vectors: Array
    left: bool

    @property
    def pair(self) -> tuple[int, int, int]:
        """The left and the right word of the pair, and the word that is left."""
        return (0, 1, 2) if self.left else (1, 2, 0)

    def first_join(self, join: Join) -> Array:
        """What ``join`` makes of the pair."""
        return join(self.vectors[self.pair[0]], self.vectors[self.pair[1]])


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody's way of joining comes to.

    ``source`` is how it is written, as in :data:`JOIN` or :data:`OTHERS` where it is one of them. ``lr`` is the
    shape it gives, ``problem`` the error if that does not fit W. ``order`` is how far exchanging the
    pair moves the root and ``unread`` are the words (from 1) that do not reach it; where W does not fit, with
    weights as wide as they would have to be. ``same`` says that the root is the right one.
    """

    source: str
    lr: tuple[int, ...] | None = None
    problem: Text | None = None
    order: float | None = None
    unread: tuple[int, ...] = ()
    same: bool = False


def draw_weights(rng: np.random.Generator, embed: int, width: int) -> Array:
    """Weights from N(0, 2.25 / fan-in), (embed, width)."""
    return rng.normal(0, SPREAD * width**-0.5, (embed, width))


def joiner(source: str) -> Join:
    """A way of joining written over l and r; raises :class:`ExpressionError`, the join :class:`EvaluationError`."""
    expression = parse(source, ("l", "r"))
    return lambda left, right: evaluate(expression, {"l": left, "r": right})


def parent(W: Array, lr: Array) -> Array:
    """tanh(W.dot(lr)); raises :class:`EvaluationError` if the shapes do not fit or the result is not like a child."""
    value = evaluate(_PARENT, {"W": W, "lr": lr})
    if value.shape != W.shape[:1]:
        raise EvaluationError(
            Text(
                f"親の形が {shape(value.shape)} になり、子の {shape(W.shape[:1])} と違います。",
                f"The parent has shape {shape(value.shape)}, its children {shape(W.shape[:1])}.",
            ),
            "shape",
        )
    return value


def merge(words: Words, W: Array, join: Join, swap: bool = False) -> tuple[Array, Array]:
    """The parent of the pair and the root, (E,) each; ``swap`` exchanges the two of the pair."""
    left, right, other = words.pair
    first, second = (right, left) if swap else (left, right)
    inner = parent(W, join(words.vectors[first], words.vectors[second]))
    alone = words.vectors[other]
    return inner, parent(W, join(inner, alone) if words.left else join(alone, inner))


def swap_distance(words: Words, W: Array, join: Join) -> float:
    """How far exchanging the two of the pair moves the root, relative to its length."""
    return _distance(merge(words, W, join)[1], merge(words, W, join, swap=True)[1])


def unread_words(words: Words, W: Array, join: Join) -> tuple[int, ...]:
    """The words, from 1, that could be any other without the root being moved."""
    root, found = merge(words, W, join)[1], []
    for place in range(len(words.vectors)):
        other = words.vectors.copy()
        other[place] = other[place][::-1] + 1.0
        if _distance(root, merge(Words(other, words.left), W, join)[1]) < NEAR:
            found.append(place + 1)
    return tuple(found)


def look_at_claim(claim: str, words: Words, W: Array, rng: np.random.Generator) -> Claim:
    """Run somebody's way of joining with W; where it does not fit, also with weights of the width that it needs."""
    source = claim.strip()
    try:
        written = parse(source, ("l", "r")).text
        source = next((way for way in (JOIN, *OTHERS) if parse(way, ("l", "r")).text == written), source)
        join = joiner(source)
        lr = words.first_join(join)
        problem = misfit(words, W, join)
        if problem is not None and lr.ndim != 1:
            return Claim(source, lr.shape, problem)
        fitting = W if problem is None else draw_weights(rng, len(W), len(lr))
        order, unread = swap_distance(words, fitting, join), unread_words(words, fitting, join)
        right = problem is None and _distance(merge(words, W, joiner(JOIN))[1], merge(words, W, join)[1]) < NEAR
    except (ExpressionError, EvaluationError) as error:
        return Claim(source, problem=error.text)
    return Claim(source, lr.shape, problem, order, unread, right)


def misfit(words: Words, W: Array, join: Join) -> Text | None:
    """Why W cannot be multiplied by what ``join`` makes, or None; raises what is wrong with its values."""
    try:
        merge(words, W, join)
    except EvaluationError as error:
        if error.reason != "shape":
            raise
        return error.text
    return None


def shape(sizes: tuple[int, ...]) -> str:
    """A shape as NumPy writes it."""
    return str(sizes)


def _distance(one: Array, other: Array) -> float:
    return float(np.linalg.norm(one - other) / np.linalg.norm(one))
