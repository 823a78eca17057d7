"""What there is to know of a question before anybody needs its words: enough to list, to schedule and to choose."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import cast, overload

import msgspec

from engine.bank.model import Bank, Question
from sims.text import Text

LEVEL = 1  # of compression: a third of the size; more takes twice the time for a tenth


class Card(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A question without its body. ``nearest``: its simulation shows a neighbouring concept."""

    id: str
    kind: str
    sim: str
    nearest: bool
    tags: tuple[str, ...]


class PackedQuestions(Sequence[Question]):
    """The questions of one bank, each decoded when it is asked for, and not kept.

    ``packed`` is how they are kept in a file. Two of these, or one and a tuple, are equal if they hold the same
    questions.
    """

    __slots__ = ("_bodies", "cards", "packed")
    __hash__ = None  # type: ignore[assignment]  # as with the tuple it stands for: questions hold mappings

    def __init__(self, cards: tuple[Card, ...], packed: bytes | memoryview) -> None:
        self.cards = cards
        self.packed = packed
        self._bodies: list[msgspec.Raw] | None = None

    @classmethod
    def of(cls, questions: Iterable[Question]) -> "PackedQuestions":
        """Pack ``questions``."""
        listed = tuple(questions)
        return cls(tuple(map(_card, listed)), zlib.compress(msgspec.msgpack.encode(listed), LEVEL))

    def __len__(self) -> int:
        return len(self.cards)

    @overload
    def __getitem__(self, index: int) -> Question: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Question, ...]: ...

    def __getitem__(self, index: int | slice) -> Question | tuple[Question, ...]:
        if self._bodies is None:
            self._bodies = msgspec.msgpack.decode(zlib.decompress(self.packed), type=list[msgspec.Raw])
        if isinstance(index, slice):
            return tuple(_decoder().decode(body) for body in self._bodies[index])
        return _decoder().decode(self._bodies[index])

    def __iter__(self) -> Iterator[Question]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (PackedQuestions, tuple)):
            return self[:] == tuple(other)
        return NotImplemented


def cards_of(bank: Bank) -> tuple[Card, ...]:
    """The cards of ``bank``'s questions; nothing is decoded for them."""
    questions = cast("Sequence[Question]", bank.questions)
    return questions.cards if isinstance(questions, PackedQuestions) else tuple(map(_card, questions))


def packed(bank: Bank) -> PackedQuestions:
    """The questions of ``bank``, packed unless they are so already."""
    questions = cast("Sequence[Question]", bank.questions)
    return questions if isinstance(questions, PackedQuestions) else PackedQuestions.of(questions)


def with_questions(topic: str, title: Text, order: int, questions: PackedQuestions) -> Bank:
    """A bank whose questions are decoded one by one."""
    # The model says tuple because that is what a file holds; a reader sees no difference.
    return Bank(topic=topic, title=title, order=order, questions=cast("tuple[Question, ...]", questions))


def _card(question: Question) -> Card:
    link = question.sim
    return Card(question.id, str(question.__struct_config__.tag), link.name, link.nearest is not None, question.tags)


@cache
def _decoder() -> msgspec.msgpack.Decoder[Question]:
    return msgspec.msgpack.Decoder(Question)
