"""Each concept of day 3 can be drilled twenty times without an item coming twice."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.bank.ask import ask_values
from engine.bank.asked import Asked, CodeKey, TextKey
from engine.bank.load import SHIPPED, load
from engine.bank.model import Bank, Question
from engine.bank.variants import variants
from engine.grading.shown import shown_key
from engine.study.desk import Desk

LIBRARY = load([SHIPPED])
ENOUGH = 20


def in_topics(*topics: str) -> Callable[[Bank, Question], bool]:
    return lambda bank, _: bank.topic in topics


def tagged(tag: str) -> Callable[[Bank, Question], bool]:
    return lambda _, question: tag in question.tags


CONCEPTS = {
    "convolution": in_topics("convolution", "convolution-cost"),
    "chain rule": in_topics("chain-rule"),
    "rnn": tagged("rnn"),
    "bptt": in_topics("bptt"),
    "lstm": tagged("lstm"),
    "cec": tagged("cec"),
    "gates": tagged("gates"),
    "peephole": tagged("peephole"),
    "gru": tagged("gru"),
}
TOPICS = ("convolution", "convolution-cost", "chain-rule", "rnn", "bptt", "lstm", "cec", "gru")


def face(asked: Asked) -> tuple[object, ...]:
    """What the learner sees of it, whatever the order of the options."""
    typed = isinstance(asked.key, CodeKey) and asked.key.typed
    return asked.id, asked.ask.ja, asked.code, frozenset(option.text.ja for option in asked.choices), typed


def of(concept: str) -> list[tuple[Bank, Question]]:
    return [(bank, question) for bank, question in LIBRARY.questions() if CONCEPTS[concept](bank, question)]


def items(bank: Bank, question: Question) -> Iterator[Asked]:
    for values in variants(question):
        yield ask_values(question, bank.topic, 0, values)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_has_enough_items_of_several_questions(concept: str) -> None:
    """Typing what else is chosen does not count as another item here, nor does one long question make a drill."""
    found = {question.id: {face(asked)[:3] for asked in items(bank, question)} for bank, question in of(concept)}
    assert len(found) >= 5
    assert sum(map(len, found.values())) >= ENOUGH
    largest = max(map(len, found.values()))
    assert sum(map(len, found.values())) - largest >= ENOUGH / 2, "all but one question have few variants"


@pytest.mark.parametrize("concept", CONCEPTS)
def test_each_variant_looks_different(concept: str) -> None:
    for bank, question in of(concept):
        every = [face(asked) for asked in items(bank, question)]
        assert len(set(every)) == len(every), question.id


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("size", [1, 3])
def test_drilled_twenty_times_in_a_day_no_item_comes_twice(topic: str, size: int, tmp_path: Path) -> None:
    now = [datetime(2027, 3, 1, 9, tzinfo=UTC)]
    desk = Desk.open(LIBRARY, tmp_path, lambda: now[0], UTC)
    seen: list[tuple[object, ...]] = []
    for drill in range(-(-ENOUGH // size)):
        session = desk.session([topic], count=size, seed=drill + 1)
        assert session.total == size
        while not session.finished:
            seen.append(face(session.asked))
            now[0] += timedelta(seconds=20)
            key = session.asked.key
            if isinstance(key, TextKey):
                session.answer(key.model.ja, now[0])
                session.confirm([True] * len(key.rubric), now[0])
            else:
                assert session.answer(shown_key(session.asked).ja, now[0]).outcome == "correct"
            session.next(now[0])
    assert len(set(seen)) == len(seen) >= ENOUGH
