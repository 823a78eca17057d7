"""Drawing a question's variables: seed 0 is the original item, every other seed one of its variants."""

import itertools
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from engine.bank import arithmetic, template
from engine.bank.asked import (
    Asked,
    AskedOption,
    ChoiceKey,
    CodeKey,
    Key,
    Named,
    NumberKey,
    Scalar,
    ShapeKey,
    SymbolicKey,
    TextKey,
)
from engine.bank.model import Choice, Code, Count, Derive, Essay, Mistake, Option, Question, Shape, Symbolic
from sims.text import same

Values = Mapping[str, Scalar]
Show = Callable[[str], str]
Answer = str | tuple[str, ...]
Given = TypeVar("Given")
FORM = "form"
MOST_LISTED = 2_000  # variants of a question; listing them takes some 10 ms


def scalar(text: str) -> Scalar:
    """A value as its author wrote it: a whole number, an exact decimal, or a formula."""
    try:
        value = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        return text.strip()
    return int(value) if value.denominator == 1 else value


def domain(question: Question) -> dict[str, tuple[Scalar, ...]]:
    """Every variable with its values, the original's first; a code question's ``form`` is one of them."""
    variables = {name: tuple(scalar(text) for text in texts) for name, texts in question.vary.items()}
    if isinstance(question, Code):
        variables[FORM] = question.forms
    return variables


def count(question: Question) -> int:
    """How many draws there are before ``where`` is asked."""
    return math.prod(len(values) for values in domain(question).values())


def variants(question: Question) -> Iterator[Values]:
    """Every draw that satisfies ``where``, the original first."""
    variables = domain(question)
    for values in itertools.product(*variables.values()):
        drawn = dict(zip(variables, values, strict=True))
        if allowed(question, drawn):
            yield drawn


def allowed(question: Question, values: Values) -> bool:
    """Whether ``where`` holds. Raises :class:`arithmetic.FormulaError` if it cannot be computed."""
    return _holds(question.where, values)


def _holds(where: str, values: Values) -> bool:
    return not where or bool(arithmetic.compute(where, values))


def draw(question: Question, seed: int) -> Values:
    """The values of seed ``seed``; 0 is the original. Raises FormulaError if no draw satisfies ``where``.

    The seeds go through the variants in an order of the question's own, so that as many seeds in a row as there are
    variants give each of them once. Where there are too many to list, each seed draws at random.
    """
    if seed == 0:
        return {name: values[0] for name, values in domain(question).items()}
    order = order_of(question)
    return order[seed % len(order)] if order else _drawn_at_random(question, seed)


def order_of(question: Question) -> tuple[Values, ...]:
    """Every variant in the order of the seeds, the original first; empty where there are too many to list."""
    variables = domain(question)
    if math.prod(len(values) for values in variables.values()) > MOST_LISTED:
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
    return place + len(order) * rng.randint(1, MOST_LISTED)  # the options are shuffled by the seed


def all_met(question: Question, met: Sequence[int]) -> bool:
    """Whether the seeds ``met`` gave every variant; never where there are too many to list."""
    order = order_of(question)
    return bool(order) and len({seed % len(order) for seed in met}) == len(order)


@lru_cache(maxsize=256)
def _order(question_id: str, where: str, variables: tuple[tuple[str, tuple[Scalar, ...]], ...]) -> tuple[Values, ...]:
    names = [name for name, _ in variables]
    draws = (
        dict(zip(names, values, strict=True)) for values in itertools.product(*(values for _, values in variables))
    )
    found = [drawn for drawn in draws if _holds(where, drawn)]
    if not found:
        raise _unsatisfiable(where)
    others = found[1:]
    random.Random(f"{question_id}:order").shuffle(others)  # noqa: S311  (reproducible, not secret)
    return (found[0], *others)


def _drawn_at_random(question: Question, seed: int) -> Values:
    variables = domain(question)
    rng = random.Random(f"{question.id}:{seed}")  # noqa: S311  (reproducible, not secret)
    for _ in range(100):
        drawn = {name: rng.choice(values) for name, values in variables.items()}
        if allowed(question, drawn):
            return drawn
    found = list(itertools.islice(variants(question), 10_000))
    if not found:
        raise _unsatisfiable(question.where)
    return rng.choice(found)


def _unmet_at_random(question: Question, met: Sequence[int], rng: random.Random) -> int:
    known = [draw(question, seed) for seed in met]
    seeds = [rng.randint(1, MOST_LISTED**2) for _ in range(20)]
    return next((seed for seed in seeds if draw(question, seed) not in known), seeds[0])


def _unsatisfiable(where: str) -> arithmetic.FormulaError:
    return arithmetic.FormulaError(
        f"where: {where} を満たす組み合わせがありません。", f"No variant satisfies where: {where}."
    )


def ask(question: Question, topic: str, seed: int = 0) -> Asked:
    """``question`` as it is put at ``seed``."""
    return ask_values(question, topic, seed, draw(question, seed))


def ask_values(question: Question, topic: str, seed: int, values: Values) -> Asked:
    """``question`` with ``values`` for its variables; ``seed`` only shuffles the options."""
    show = formula_shower(question)
    return Asked(
        question=question,
        topic=topic,
        seed=seed,
        values=values,
        ask=template.fill_text(question.ask, values, show),
        code=template.fill(question.code, values, show).rstrip("\n"),
        explain=template.fill_text(question.explain, values, show),
        formula=template.fill_text(question.formula, values, show) if question.formula else None,
        hints=tuple(template.fill_text(hint, values, show) for hint in question.hints),
        note=template.fill_text(question.note, values, show) if question.note else None,
        example=template.fill(question.example, values, show),
        key=_key(question, seed, values, show),
    )


def formula_shower(question: Question) -> Show:
    """How a variable that holds a formula is shown: in plain mathematics, with the question's own names."""
    names = set(question.variables) if isinstance(question, Symbolic) else set()
    if isinstance(question, Symbolic) and question.derive is not None:
        names |= set(question.derive.given) | {question.derive.wrt}

    def show(source: str) -> str:
        from engine.grading.notation import pretty  # few questions need the reader of mathematics to be asked

        return pretty(source, names)

    return show


def _key(question: Question, seed: int, values: Values, show: Show) -> Key:
    match question:
        case Shape():
            sizes = _sizes(question.answer, values)
            return ShapeKey(sizes, _named(question.mistakes, values, show, lambda text: _sizes(text, values), sizes))
        case Count():
            value = _exact(question.answer, values)
            numbers = _named(question.mistakes, values, show, lambda text: _exact(text, values), value)
            return NumberKey(value, question.tolerance, question.unit, numbers)
        case Choice():
            return ChoiceKey(_options(question.id, seed, question.options, values, show), question.multiple)
        case Code():
            options = _options(question.id, seed, question.options, values, show)
            return CodeKey(question.label, question.arrays, options, typed=values[FORM] == "typed")
        case Symbolic():
            return _symbolic(question, values, show)
        case Essay():
            return TextKey(question.model, question.rubric)


def _symbolic(question: Symbolic, values: Values, show: Show) -> SymbolicKey:
    derive = question.derive
    if derive is not None:
        given = {name: template.insert(text, values) for name, text in derive.given.items()}
        derive = Derive(diff=derive.diff, wrt=derive.wrt, given=given)
    return SymbolicKey(
        label=question.label,
        variables=question.variables,
        answer=template.insert(question.answer, values),
        derive=derive,
        functions=question.functions,
        aliases=question.aliases,
        mistakes=_named(question.mistakes, values, show, lambda text: template.insert(_single(text), values), ""),
    )


def _named(
    mistakes: tuple[Mistake, ...], values: Values, show: Show, read: Callable[[Answer], Given], key: Given
) -> tuple[Named[Given], ...]:
    """The mistakes of this variant; one that cannot be computed here, or is no mistake here, is left out."""
    found: list[Named[Given]] = []
    taken = [key]
    for mistake in mistakes:
        try:
            answer = read(mistake.answer)
        except arithmetic.FormulaError:
            continue
        if answer in taken:
            continue
        taken.append(answer)
        evidence = template.fill_text(mistake.evidence, values, show) if mistake.evidence else None
        found.append(Named(mistake.id, answer, template.fill_text(mistake.why, values, show), evidence))
    return tuple(found)


def _options(
    question_id: str, seed: int, options: tuple[Option, ...], values: Values, show: Show
) -> tuple[AskedOption, ...]:
    asked = [_option(option, values, show) for option in options]
    random.Random(f"{question_id}:{seed}:options").shuffle(asked)  # noqa: S311  (reproducible, not secret)
    return tuple(asked)


def _option(option: Option, values: Values, show: Show) -> AskedOption:
    text = template.fill_text(option.text or same(option.code or ""), values, show)
    why = template.fill_text(option.why, values, show) if option.why else None
    evidence = template.fill_text(option.evidence, values, show) if option.evidence else None
    return AskedOption(option.id, text, option.code is not None, option.right, why, evidence)


def _sizes(answer: Answer, values: Values) -> tuple[int, ...]:
    sizes = tuple(_exact(text, values) for text in ((answer,) if isinstance(answer, str) else answer))
    if not all(size.denominator == 1 and size >= 1 for size in sizes):
        shown = ", ".join(map(str, sizes))
        raise arithmetic.FormulaError(
            f"大きさは 1 以上の整数です（ここでは {shown}）。",
            f"Sizes must be whole and at least 1; here they are {shown}.",
        )
    return tuple(int(size) for size in sizes)


def _exact(answer: Answer, values: Values) -> Fraction:
    return Fraction(arithmetic.compute(_single(answer), values))


def _single(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ", ".join(answer)
