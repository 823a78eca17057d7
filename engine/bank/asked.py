"""A question with its variables drawn: what is put to the learner, and what its answer is compared with."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Generic, TypeVar

import msgspec

from engine.bank.model import Array, Derive, Domain, Phrase, Question
from sims.text import Text

Scalar = int | Fraction | str
Answer = TypeVar("Answer")


class Named(msgspec.Struct, Generic[Answer], frozen=True):
    """A wrong answer that has a name, at this variant."""

    id: str
    answer: Answer
    why: Text
    evidence: Text | None = None


class AskedOption(msgspec.Struct, frozen=True):
    """An option as shown; ``code`` tells code from words. ``why`` is None on a right one."""

    id: str
    text: Text
    code: bool
    right: bool
    why: Text | None = None
    evidence: Text | None = None


class ShapeKey(msgspec.Struct, frozen=True):
    """Sizes along each axis, in order."""

    sizes: tuple[int, ...]
    mistakes: tuple[Named[tuple[int, ...]], ...]


class NumberKey(msgspec.Struct, frozen=True):
    """An exact value; an answer within ``tolerance`` (relative) is right unless the value is an integer."""

    value: Fraction
    tolerance: float
    unit: Text | None
    mistakes: tuple[Named[Fraction], ...]


class ChoiceKey(msgspec.Struct, frozen=True):
    """Options in the order shown; a digit counts from 1."""

    options: tuple[AskedOption, ...]
    multiple: bool


class CodeKey(msgspec.Struct, frozen=True):
    """A hole in code. With ``typed`` the learner writes an expression over ``arrays``, else picks an option."""

    label: str
    arrays: Mapping[str, Array]
    options: tuple[AskedOption, ...]
    typed: bool

    @property
    def answer(self) -> str:
        """The code of the right option."""
        return next(option.text.en for option in self.options if option.right)


class SymbolicKey(msgspec.Struct, frozen=True):
    """An expression. ``answer`` is empty where ``derive`` computes it (see :mod:`engine.grading.derivation`)."""

    label: str
    variables: Mapping[str, Domain]
    answer: str
    derive: Derive | None
    functions: Mapping[str, str]
    aliases: Mapping[str, str]
    mistakes: tuple[Named[str], ...]


class TextKey(msgspec.Struct, frozen=True):
    """A model answer and the points it is made of."""

    model: Text
    rubric: tuple[Phrase, ...]


Key = ShapeKey | NumberKey | ChoiceKey | CodeKey | SymbolicKey | TextKey


class Asked(msgspec.Struct, frozen=True):
    """A question as it is put. The same question and seed always give the same one; seed 0 is the original item.

    ``formula`` is a line of mathematics for the drawing of the explanation.
    """

    question: Question
    topic: str
    seed: int
    values: Mapping[str, Scalar]
    ask: Text
    code: str
    explain: Text
    formula: Text | None
    hints: tuple[Text, ...]
    note: Text | None
    example: str
    key: Key

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def choices(self) -> tuple[AskedOption, ...]:
        """The options to pick from, or none if the answer is typed."""
        match self.key:
            case ChoiceKey(options=options):
                return options
            case CodeKey(options=options, typed=False):
                return options
            case _:
                return ()
