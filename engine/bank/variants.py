"""Drawing a question's variables: seed 0 is the original item, every other seed one of its variants."""

import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from engine.bank import arithmetic
from engine.bank.asked import Scalar
from engine.bank.model import Code, Question

Values = Mapping[str, Scalar]
Variables = Mapping[str, tuple[Scalar, ...]]
FORM = "form"
MOST_SAMPLED = 200
_MOST_ORDERED = 2_000  # variants of a question that the seeds go through in order; listing them takes some 10 ms
_MOST_SEARCHED = 10_000  # where draws at random find none
_MOST_SAMPLED_FROM = 20_000


def domain(question: Question) -> Variables:
    """Every variable with its values, the original's first; a code question's ``form`` is one of them."""
    variables = {name: tuple(map(arithmetic.scalar, texts)) for name, texts in question.vary.items()}
    if isinstance(question, Code):
        variables[FORM] = question.forms
    return variables


def variants(question: Question) -> Iterator[Values]:
    """Every draw that satisfies ``where``, the original first. Raises FormulaError if ``where`` cannot be computed."""
    return _satisfying(question.where, domain(question))


def sample(question: Question, most: int = MOST_SAMPLED) -> list[Values]:
    """The variants that are checked and proven: all, or the first and others at random where there are more.

    None if no draw satisfies ``where``. Raises FormulaError if it cannot be computed.
    """
    every = list(itertools.islice(variants(question), _MOST_SAMPLED_FROM))
    if len(every) <= most:
        return every
    return [every[0], *random.Random(0).sample(every[1:], most - 1)]  # noqa: S311  (reproducible, not secret)


def listed(values: Values) -> str:
    """``values`` for a message: ``n = 5, k = 3``."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _satisfying(where: str, variables: Variables) -> Iterator[Values]:
    for values in itertools.product(*variables.values()):
        drawn = dict(zip(variables, values, strict=True))
        if _holds(where, drawn):
            yield drawn


def _holds(where: str, values: Values) -> bool:
    return not where or bool(arithmetic.compute(where, values))


def draw(question: Question, seed: int) -> Values:
    """The values of seed ``seed``; 0 is the original. Raises FormulaError if no draw satisfies ``where``.

    The seeds go through the variants in an order of the question's own, so that as many seeds in a row as there are
    variants give each of them once. Where there are too many to list, each seed draws at random.
    """
    if seed == 0:
        return _original(domain(question))
    order = order_of(question)
    return order[seed % len(order)] if order else _drawn_at_random(question, seed)


def order_of(question: Question) -> tuple[Values, ...]:
    """Every variant in the order of the seeds, the original first; empty where there are too many to list."""
    variables = domain(question)
    if math.prod(len(values) for values in variables.values()) > _MOST_ORDERED:
        return ()
    return _order(question.id, question.where, tuple(variables.items()))


def unmet_seed(question: Question, met: Sequence[int], rng: random.Random) -> int:
    """A seed other than 0 whose variant none of the seeds ``met`` gave, while there is one.

    ``met`` is in the order of the encounters. When every variant was met, the one that was not met for longest returns.
    """
    order = order_of(question)
    if not order:
        return _unmet_at_random(question, met, rng)
    last_met = {seed % len(order): when for when, seed in enumerate(met)}
    place = min(range(len(order)), key=lambda place: (last_met.get(place, -1), rng.random()))
    return place + len(order) * rng.randint(1, _MOST_ORDERED)  # the options are shuffled by the seed


def all_met(question: Question, met: Sequence[int]) -> bool:
    """Whether the seeds ``met`` gave every variant; never where there are too many to list."""
    order = order_of(question)
    return bool(order) and len({seed % len(order) for seed in met}) == len(order)


@lru_cache(maxsize=256)
def _order(question_id: str, where: str, variables: tuple[tuple[str, tuple[Scalar, ...]], ...]) -> tuple[Values, ...]:
    found = list(_satisfying(where, dict(variables)))
    if not found:
        raise _unsatisfiable(where)
    others = found[1:]
    random.Random(f"{question_id}:order").shuffle(others)  # noqa: S311  (reproducible, not secret)
    return (found[0], *others)


def _original(variables: Variables) -> Values:
    for name, values in variables.items():
        if not values:
            raise arithmetic.FormulaError(f"変数 {name} の値がありません。", f"The variable {name} has no values.")
    return {name: values[0] for name, values in variables.items()}


def _drawn_at_random(question: Question, seed: int) -> Values:
    variables = domain(question)
    rng = random.Random(f"{question.id}:{seed}")  # noqa: S311  (reproducible, not secret)
    for _ in range(100):
        drawn = {name: rng.choice(values) for name, values in variables.items()}
        if _holds(question.where, drawn):
            return drawn
    found = list(itertools.islice(variants(question), _MOST_SEARCHED))
    if not found:
        raise _unsatisfiable(question.where)
    return rng.choice(found)


def _unmet_at_random(question: Question, met: Sequence[int], rng: random.Random) -> int:
    known = [draw(question, seed) for seed in met]
    seeds = [rng.randint(1, _MOST_ORDERED**2) for _ in range(20)]
    return next((seed for seed in seeds if draw(question, seed) not in known), seeds[0])


def _unsatisfiable(where: str) -> arithmetic.FormulaError:
    return arithmetic.FormulaError(
        f"where: {where} を満たす組み合わせがありません。", f"No variant satisfies where: {where}."
    )
