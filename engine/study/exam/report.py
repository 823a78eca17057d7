"""What an exam came to: every question with its verdict, by topic, and as rows for the history."""

import uuid as uuids
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from engine.grading.verdict import Verdict
from engine.study.answer import Answer
from engine.study.exam.item import Item
from engine.study.exam.sheet import Place, Sheet
from engine.study.score import Score

_ROWS: Final = uuids.UUID("5f0c2a57-8f52-4c1e-9d1e-0f6b8f7f9c11")


class Marked(msgspec.Struct, frozen=True):
    """A question as it was left. Without an answer there is no verdict, and it counts as wrong."""

    number: int
    item: Item
    place: Place
    verdict: Verdict | None

    @property
    def is_right(self) -> bool:
        """Whether the right option was chosen."""
        return self.verdict is not None and self.verdict.outcome == "correct"

    @property
    def picked(self) -> int | None:
        """The place of the option chosen, from 0."""
        return self.item.place(self.place.chosen)


class TopicMarks(msgspec.Struct, frozen=True):
    """How many questions of a topic were right, wrong and left open, and the seconds they took."""

    topic: str
    right: int
    wrong: int
    open: int
    seconds: float

    @property
    def score(self) -> Score:
        """How many of all its questions are right."""
        return Score(self.right, self.right + self.wrong + self.open)


class Report(msgspec.Struct, frozen=True):
    """The report of a finished exam. ``again`` are the questions to look at: not right, or flagged."""

    sheet: Sheet
    marked: tuple[Marked, ...]
    topics: tuple[TopicMarks, ...]

    @property
    def score(self) -> Score:
        """How many of all questions are right."""
        return Score(sum(each.is_right for each in self.marked), len(self.marked))

    @property
    def again(self) -> tuple[Marked, ...]:
        """What to look at again, in the order of the exam."""
        return tuple(each for each in self.marked if not each.is_right or each.place.flagged)


def report(sheet: Sheet, items: Sequence[Item]) -> Report:
    """The report of ``sheet``, whose places are ``items``; topics in the order in which they first came."""
    marked = []
    for number, (place, item) in enumerate(zip(sheet.places, items, strict=True), 1):
        picked = item.place(place.chosen)
        marked.append(Marked(number, item, place, None if picked is None else item.verdict(picked)))
    topics = dict.fromkeys(each.item.asked.topic for each in marked)
    return Report(sheet, tuple(marked), tuple(_topic(topic, marked) for topic in topics))


def _topic(topic: str, marked: Sequence[Marked]) -> TopicMarks:
    own = [each for each in marked if each.item.asked.topic == topic]
    right, left = sum(each.is_right for each in own), sum(each.verdict is None for each in own)
    return TopicMarks(topic, right, len(own) - right - left, left, sum(each.place.seconds for each in own))


def row_id(exam: str, question: str) -> str:
    """The uuid of the answer to ``question`` in ``exam``: always the same, so that no answer is kept twice."""
    return str(uuids.uuid5(_ROWS, f"{exam}:{question}"))


def rows(found: Report, at: datetime) -> list[Answer]:
    """Every answer given, as the history keeps it. ``at`` is when the exam ended: only then does an answer stand."""
    return [
        Answer(
            uuid=row_id(found.sheet.id, each.item.asked.id),
            at=at + timedelta(microseconds=each.number),
            session=found.sheet.id,
            question=each.item.asked.id,
            seed=each.item.asked.seed,
            text=each.item.answers[each.picked],
            outcome=each.verdict.outcome,
            score=each.verdict.score,
            mistake=each.verdict.mistake,
            seconds=round(each.place.seconds, 3),
        )
        for each in found.marked
        if each.verdict is not None and each.picked is not None
    ]
