"""Which questions a session asks: due and new, topics alternating, and another variant each time."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.selection import ORDERS, Order, select
from tests.folded import schedule_after

DAY = date(2027, 3, 1)
QUESTIONS = {
    **{f"conv-{n}": "convolution" for n in range(5)},
    **{f"lstm-{n}": "lstm" for n in range(4)},
    **{f"gru-{n}": "gru" for n in range(2)},
}


def answered(question: str, days_ago: int, outcome: Outcome = "correct", seed: int = 0) -> Answer:
    at = datetime(2027, 3, 1, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Answer(f"{question}-{days_ago}-{seed}", at, "s", question, seed, "", outcome, 1.0, None, 20.0)


class Numbers:
    """Every seed is another variant, and one is enough; the mistake ``n`` can be made where the seed ends in n."""

    def unmet(self, question: str, met: Sequence[int], rng: random.Random) -> int:
        while (drawn := rng.randint(1, 9_999)) in met:
            pass
        return drawn

    def exhausted(self, question: str, met: Sequence[int]) -> bool:
        return len(met) > 0

    def offers(self, question: str, seed: int, mistake: str) -> bool:
        return mistake == str(seed % 10)


def chosen(
    *answers: Answer,
    order: Order = "mixed",
    topics: tuple[str, ...] = (),
    count: int = 99,
    seed: int = 1,
) -> list[tuple[str, int]]:
    return select(QUESTIONS, schedule_after(answers, UTC), Numbers(), DAY, topics, order, count, seed)


def ids(picked: list[tuple[str, int]]) -> list[str]:
    return [question for question, _ in picked]


@pytest.mark.parametrize("order", ["new", "mixed"])
def test_the_first_encounter_is_the_original_item(order: Order) -> None:
    picked = chosen(order=order)
    assert sorted(ids(picked)) == sorted(QUESTIONS)
    assert {seed for _, seed in picked} == {0}


def test_new_questions_come_in_the_banks_order() -> None:
    assert ids(chosen(answered("conv-1", 3), order="new")) == [q for q in QUESTIONS if q != "conv-1"]


def test_a_question_met_before_is_asked_with_other_numbers() -> None:
    met = [answered("gru-0", 100 - seed, "wrong", seed) for seed in range(40)]
    for seed in range(200):
        ((question, variant),) = chosen(*met, order="due", seed=seed)
        assert question == "gru-0"
        assert variant not in range(40)


def test_the_numbers_change_from_session_to_session() -> None:
    history = [answered("gru-0", 30, "wrong")]
    first = chosen(*history, order="due")
    history.append(answered("gru-0", 20, "wrong", first[0][1]))
    assert chosen(*history, order="due") != first
    assert len({chosen(answered("gru-0", 30, "wrong"), order="due", seed=seed)[0][1] for seed in range(20)}) > 15


@pytest.mark.parametrize("order", ORDERS)
def test_the_same_seed_gives_the_same_session(order: Order) -> None:
    history = [answered(question, 20, "wrong") for question in list(QUESTIONS)[::2]]
    assert chosen(*history, order=order) == chosen(*reversed(history), order=order)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("count", [-1, 0, 1, 3, 7, 99])
def test_a_session_has_at_most_count_questions_and_none_twice(order: Order, count: int) -> None:
    history = [answered(question, 20, "wrong") for question in list(QUESTIONS)[::2]]
    picked = ids(chosen(*history, order=order, count=count))
    available = {"new": 5, "due": 6, "mistakes": 6, "mixed": 11}[order]
    assert len(picked) == len(set(picked)) == min(available, max(0, count))


@pytest.mark.parametrize("order", ORDERS)
def test_only_the_topics_asked_for_come(order: Order) -> None:
    history = [answered(question, 20, "wrong") for question in ("conv-0", "lstm-0", "gru-0", "gone-for-good")]
    picked = ids(chosen(*history, order=order, topics=("gru", "lstm")))
    assert picked
    assert {QUESTIONS[question] for question in picked} <= {"gru", "lstm"}
    assert chosen(*history, order=order, topics=("no-such-topic",)) == []


def test_due_is_weakest_first() -> None:
    history = [answered("conv-0", 5), answered("lstm-0", 30, "wrong"), answered("gru-0", 10), answered("gru-1", 0)]
    assert ids(chosen(*history, order="due")) == ["lstm-0", "gru-0", "conv-0"]


def test_mistakes_are_those_whose_last_answer_was_not_right() -> None:
    history = [answered("conv-0", 5, "wrong"), answered("conv-0", 4), answered("lstm-0", 0, "wrong")]
    assert ids(chosen(*history, order="mistakes")) == ["lstm-0"]


def test_mixed_prefers_what_is_due_then_new_then_the_rest() -> None:
    due, not_due = [answered("conv-0", 30), answered("lstm-0", 30)], answered("gru-0", 0)
    assert set(ids(chosen(*due, not_due, count=2))) == {"conv-0", "lstm-0"}
    assert set(ids(chosen(*due, not_due, count=4))) == {
        "conv-0",
        "lstm-0",
        "conv-1",
        "lstm-1",
    }  # the first new one of each topic
    everything = ids(chosen(*due, not_due))
    assert everything[-1] == "gru-0"
    assert len(everything) == len(QUESTIONS)


def test_mixed_starts_with_a_due_one_and_spreads_the_new_ones() -> None:
    due = [answered(f"conv-{n}", 30) for n in range(4)]
    picked = ids(chosen(*due, topics=("convolution", "lstm")))
    assert picked[0].startswith("conv")
    new = [place for place, question in enumerate(picked) if question.startswith("lstm")]
    assert all(right - left <= 3 for left, right in pairwise(new))


def test_topics_alternate_where_they_can() -> None:
    history = [answered(question, 30) for question in QUESTIONS if not question.startswith("lstm")]
    picked = ids(chosen(*history))
    assert all(QUESTIONS[left] != QUESTIONS[right] for left, right in pairwise(picked))
    new = [question for question in picked if question.startswith("lstm")]
    assert new == sorted(new)


def test_a_large_topic_is_not_left_for_the_end() -> None:
    weakest = [answered(question, 60, "wrong") for question in ("gru-0", "gru-1", "lstm-0")]
    strongest = [answered(f"conv-{n}", 20) for n in range(4)]
    picked = ids(chosen(*weakest, *strongest, count=7))
    assert [QUESTIONS[question] for question in picked][::2] == ["convolution"] * 4


def test_one_topic_alone_is_asked_all_the_same() -> None:
    assert ids(chosen(topics=("gru",))) == ["gru-0", "gru-1"]


@pytest.mark.parametrize("mistake", ["3", "7"])
def test_a_mistake_to_review_comes_in_a_variant_where_it_can_be_made(mistake: str) -> None:
    known = [answered("gru-0", days) for days in (120, 100, 60)]
    slips = [replace(answered("gru-0", 20, "wrong", seed), mistake=mistake) for seed in (1, 2)]
    offered = 0
    for seed in range(30):
        ((question, variant),) = chosen(*known, *slips, order="due", seed=seed)
        assert question == "gru-0"
        offered += variant % 10 == int(mistake)
    assert offered > 15


def test_a_mistake_that_no_variant_offers_still_brings_its_question() -> None:
    slips = [replace(answered("gru-0", 20, "wrong", seed), mistake="x") for seed in (1, 2)]
    assert ids(chosen(*slips, order="due")) == ["gru-0"]


def test_what_was_seen_in_every_variant_comes_after_what_was_not() -> None:
    class Few(Numbers):
        def exhausted(self, question: str, met: Sequence[int]) -> bool:
            return question in ("conv-0", "lstm-1") or len(met) > 2

    answers = [answered(question, 0) for question in QUESTIONS]
    picked = ids(select(QUESTIONS, schedule_after(answers, UTC), Few(), DAY, (), "mixed", 9, 1))
    assert sorted(picked) == sorted(set(QUESTIONS) - {"conv-0", "lstm-1"})
    every = select(QUESTIONS, schedule_after(answers, UTC), Few(), DAY, (), "mixed", 99, 1)
    assert len(set(every)) == len(every) == 9 + 9 + 2  # each once, each as another variant, what is seen out
    assert sorted(ids(every)[:9]) == sorted(ids(every)[9:18]) == sorted(picked)
    assert sorted(ids(every)[18:]) == ["conv-0", "lstm-1"]


def test_of_equally_fresh_questions_the_least_asked_come_first() -> None:
    answers = [answered(question, 0) for question in QUESTIONS]
    answers += [answered(question, 0, seed=7) for question in QUESTIONS if question != "lstm-3"]
    assert ids(chosen(*answers, count=1)) == ["lstm-3"]
