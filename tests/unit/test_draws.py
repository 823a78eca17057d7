"""What a desk asks: every variant once before any comes twice, and the variant on which a mistake can be made again."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.bank.ask import ask
from engine.bank.load import SHIPPED, Library, load
from engine.bank.variants import order_of
from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.desk import Desk
from engine.study.mistakes import mistakes, offers

START = datetime(2027, 1, 10, 9, tzinfo=UTC)


class Clock:
    """A time that is put forward by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def library() -> Library:
    return load([SHIPPED])


def few_variants(library: Library) -> list[str]:
    """A few questions of each number of variants that a learner meets within weeks."""
    counts = {question.id: len(order_of(question)) for _, question in library.questions()}
    return [name for name, count in counts.items() if 3 <= count <= 20][::12][:4]


def test_every_variant_comes_once_before_any_comes_twice(library: Library, tmp_path: Path) -> None:
    names = few_variants(library)
    assert names
    for name in names:
        clock = Clock()
        desk = Desk.open(library, tmp_path / name, clock, UTC)
        desk.topics = {name: desk.topics[name]}
        found = library.find(name)
        assert found is not None
        count = len(order_of(found[1]))
        met = []
        for _ in range(2 * count):
            session = desk.session()
            met.append(dict(session.asked.values))
            session.give_up(clock.now)
            clock.now += timedelta(days=1)
        for half in (met[:count], met[count:]):
            assert all(values not in half[:place] for place, values in enumerate(half)), name
        desk.close()


def test_a_mistake_made_twice_comes_back_where_it_can_be_made_and_is_counted_today(
    library: Library, tmp_path: Path
) -> None:
    clock = Clock()
    desk = Desk.open(library, tmp_path, clock, UTC)
    name = "conv-output-size"
    found = library.find(name)
    assert found is not None
    bank, question = found
    seeds = [seed for seed in range(1, 40) if mistakes(ask(question, bank.topic, seed))]
    mistake = next(iter(mistakes(ask(question, bank.topic, seeds[0]))))

    seed = next(seed for seed in seeds if mistake in mistakes(ask(question, bank.topic, seed)))
    numbers = itertools.count()

    def answered(day: int, right: bool) -> None:
        at = START + timedelta(days=day, minutes=next(numbers))
        word: tuple[Outcome, float, str | None] = ("correct", 1.0, None) if right else ("wrong", 0.0, mistake)
        desk.record.append(Answer(f"u{next(numbers)}", at, "s", name, seed, "", *word, 20.0))

    for day in (0, 3, 12, 40, 120):
        answered(day, right=True)
    for day in (200, 200):
        answered(day, right=False)
    answered(200, right=True)
    answered(200, right=True)
    for day in range(201, 260):
        clock.now = START + timedelta(days=day)
        if desk.today().mistakes:
            break
    else:
        pytest.fail("the mistake never came back by itself")
    session = desk.session(order="due")
    assert session.asked.id == name
    assert offers(session.asked, mistake)
    assert desk.today().due == desk.today().mistakes == 1
    desk.close()
