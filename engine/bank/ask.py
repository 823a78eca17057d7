"""Asking a question: its prose filled and its key computed for one variant."""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

import msgspec

from engine.bank import arithmetic, template
from engine.bank.asked import (
    Asked,
    AskedOption,
    ChoiceKey,
    CodeKey,
    Key,
    Named,
    NumberKey,
    ShapeKey,
    SymbolicKey,
    TextKey,
)
from engine.bank.model import Choice, Code, Count, Derive, Essay, Mistake, Option, Question, Shape, Symbolic
from engine.bank.variants import FORM, Values, draw
from sims.text import Text, same

Given = TypeVar("Given")


def ask(question: Question, topic: str, seed: int = 0) -> Asked:
    """``question`` as it is put at ``seed``. Raises FormulaError if something in it cannot be computed there."""
    return ask_values(question, topic, seed, draw(question, seed))


def ask_values(question: Question, topic: str, seed: int, values: Values) -> Asked:
    """``question`` with ``values`` for its variables; ``seed`` only shuffles the options. Raises FormulaError."""
    variant = _Variant(question.id, seed, values, formula_shower(question))
    return Asked(
        question=question,
        topic=topic,
        seed=seed,
        values=values,
        ask=variant.text(question.ask),
        code=variant.fill(question.code).rstrip("\n"),
        explain=variant.text(question.explain),
        formula=variant.text_if_any(question.formula),
        hints=tuple(map(variant.text, question.hints)),
        note=variant.text_if_any(question.note),
        example=variant.fill(question.example),
        key=_key(question, variant),
    )


def formula_shower(question: Question) -> template.Show:
    """How a variable that holds a formula is shown: in plain mathematics, with the question's own names.

    What is shown raises FormulaError where the formula cannot be read.
    """
    names = set(question.variables) if isinstance(question, Symbolic) else set()
    if isinstance(question, Symbolic) and question.derive is not None:
        names |= set(question.derive.given) | {question.derive.wrt}

    def show(source: str) -> str:
        from engine.grading.notation import NotationError, pretty  # few questions need the reader of mathematics

        try:
            return pretty(source, names)
        except NotationError as error:
            raise arithmetic.FormulaError(f"{source}: {error.text.ja}", f"{source}: {error.text.en}") from error

    return show


class _Variant(msgspec.Struct, frozen=True):
    """What fills the templates of a question."""

    question_id: str
    seed: int
    values: Values
    show: template.Show

    def fill(self, words: str) -> str:
        return template.fill(words, self.values, self.show)

    def text(self, text: Text) -> Text:
        return text.map(self.fill)

    def text_if_any(self, text: Text | None) -> Text | None:
        return self.text(text) if text else None

    def insert(self, formula: str) -> str:
        return template.insert(formula, self.values)

    def exact(self, formula: str) -> Fraction:
        return Fraction(arithmetic.compute(formula, self.values))


def _key(question: Question, variant: _Variant) -> Key:
    match question:
        case Shape():
            sizes = _sizes(question.answer, variant)
            shapes = _named(question.mistakes, variant, lambda mistake: _sizes(mistake.parts, variant), sizes)
            return ShapeKey(sizes, shapes)
        case Count():
            value = variant.exact(question.answer)
            numbers = _named(question.mistakes, variant, lambda mistake: variant.exact(mistake.line), value)
            return NumberKey(value, question.tolerance, question.unit, numbers)
        case Choice():
            return ChoiceKey(_options(question.options, variant), question.multiple)
        case Code():
            typed = variant.values[FORM] == "typed"
            return CodeKey(question.label, question.arrays, _options(question.options, variant), typed)
        case Symbolic():
            return _symbolic(question, variant)
        case Essay():
            return TextKey(question.model, question.rubric)


def _symbolic(question: Symbolic, variant: _Variant) -> SymbolicKey:
    derive = question.derive
    if derive is not None:
        given = {name: variant.insert(formula) for name, formula in derive.given.items()}
        derive = Derive(diff=derive.diff, wrt=derive.wrt, given=given)
    return SymbolicKey(
        label=question.label,
        variables=question.variables,
        answer=variant.insert(question.answer),
        derive=derive,
        functions=question.functions,
        aliases=question.aliases,
        mistakes=_named(question.mistakes, variant, lambda mistake: variant.insert(mistake.line), ""),
    )


def _named(
    mistakes: tuple[Mistake, ...], variant: _Variant, read: Callable[[Mistake], Given], key: Given
) -> tuple[Named[Given], ...]:
    """The mistakes of this variant; one that cannot be computed here, or is no mistake here, is left out."""
    found: list[Named[Given]] = []
    taken = [key]
    for mistake in mistakes:
        try:
            answer = read(mistake)
        except arithmetic.FormulaError:
            continue
        if answer in taken:
            continue
        taken.append(answer)
        found.append(Named(mistake.id, answer, variant.text(mistake.why), variant.text_if_any(mistake.evidence)))
    return tuple(found)


def _options(options: tuple[Option, ...], variant: _Variant) -> tuple[AskedOption, ...]:
    asked = [_option(option, variant) for option in options]
    random.Random(f"{variant.question_id}:{variant.seed}:options").shuffle(asked)  # noqa: S311  (reproducible)
    return tuple(asked)


def _option(option: Option, variant: _Variant) -> AskedOption:
    return AskedOption(
        id=option.id,
        text=variant.text(option.text or same(option.code or "")),
        code=option.code is not None,
        right=option.right,
        why=variant.text_if_any(option.why),
        evidence=variant.text_if_any(option.evidence),
    )


def _sizes(formulas: tuple[str, ...], variant: _Variant) -> tuple[int, ...]:
    sizes = tuple(map(variant.exact, formulas))
    if not all(size.denominator == 1 and size >= 1 for size in sizes):
        shown = ", ".join(map(str, sizes))
        raise arithmetic.FormulaError(
            f"大きさは 1 以上の整数です（ここでは {shown}）。",
            f"Sizes must be whole and at least 1; here they are {shown}.",
        )
    return tuple(map(int, sizes))
