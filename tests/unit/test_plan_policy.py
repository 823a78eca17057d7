"""Which questions the plan asks on a day, and why."""

import random

import numpy as np
import pytest

from engine.study.memory.recall import recall
from engine.study.plan.policy import (
    GUESS,
    NEVER,
    RESTING_RECALL,
    SAFE_RECALL,
    Outlook,
    Pace,
    keys,
    known_before,
    new_gain,
    review_gain,
    share_known,
)
from engine.study.plan.ranking import Held, rank, take

RNG = random.Random(7)  # noqa: S311
MET = [(f"q{i}", Held(RNG.lognormvariate(1.5, 1.2), RNG.uniform(1, 10), RNG.randint(1, 40))) for i in range(80)]
NEW: list[tuple[str, Held | None]] = [(f"n{i}", None) for i in range(20)]
SHARE = share_known(0.0, 0.0)


def names(outlook: Outlook, *questions: tuple[str, Held | None]) -> list[str]:
    return [each.question for each in rank(questions, outlook, SHARE)]


def test_the_phases_follow_from_the_time_that_is_left() -> None:
    assert Outlook(180, 200, 30).phase == "safe"  # 62 rounds
    assert Outlook(20, 200, 30).phase == "earn"  # 7 rounds
    assert Outlook(4, 200, 30).phase == "last"  # a round takes 2.9 days
    assert Outlook(1, 5, 30).phase == "last"  # the eve


def test_safe_weakest_first_then_new_then_the_oldest_and_none_that_rests() -> None:
    outlook = Outlook(180, 100, 30)
    ranked = rank([*MET, *NEW], outlook, SHARE)
    kinds = [each.kind for each in ranked]
    weak = [each for each in ranked if each.held and each.today < SAFE_RECALL]
    assert ranked[: len(weak)] == sorted(weak, key=lambda each: each.today)
    assert kinds[len(weak) : len(weak) + len(NEW)] == ["new"] * len(NEW)
    rest = ranked[len(weak) + len(NEW) :]
    assert [each.held.elapsed for each in rest if each.held] == sorted(
        (each.held.elapsed for each in rest if each.held), reverse=True
    )
    resting = {name for name, held in MET if recall(held.stability, float(held.elapsed)) > RESTING_RECALL}
    assert resting
    assert resting.isdisjoint(each.question for each in ranked)


def test_near_the_exam_nothing_rests() -> None:
    assert len(rank(MET, Outlook(7, 10, 30), SHARE)) == len(MET)


def test_earn_goes_by_points_per_second() -> None:
    outlook = Outlook(20, 200, 30)
    ranked = rank([*MET, *NEW], outlook, SHARE)
    rates = [each.gain / each.seconds for each in ranked if each.gain > 0]
    assert rates == sorted(rates, reverse=True)


def test_new_questions_stop_when_they_are_worth_less_than_reviews() -> None:
    shaky: tuple[str, Held | None] = ("shaky", Held(2.0, 5.0, 10))
    early, late = Outlook(20, 200, 30), Outlook(1, 200, 30)
    known = known_before(0.9)
    assert rank([shaky, NEW[0]], late, 0.9)[0].question == "shaky"
    assert new_gain(known, late) < new_gain(known_before(0.3), late)
    assert new_gain(known_before(SHARE), early) > 0


def test_the_last_pass_takes_everything_once_before_anything_twice() -> None:
    outlook = Outlook(2, 200, 30)  # began two days ago: a round takes 2.9 days
    yesterday: tuple[str, Held | None] = ("yesterday", Held(0.2, 9.0, 1))
    before: tuple[str, Held | None] = ("before", Held(50.0, 3.0, 10))
    assert outlook.phase == "last"
    assert names(outlook, yesterday, before) == ["before", "yesterday"]
    assert names(outlook, yesterday, before, NEW[0]) == ["n0", "yesterday", "before"]  # not while there are new ones


def test_ties_keep_the_order_of_the_deck() -> None:
    for outlook in (Outlook(180, 20, 30), Outlook(20, 200, 30), Outlook(1, 20, 30)):
        assert names(outlook, *NEW) == [name for name, _ in NEW]


def test_a_mistake_that_is_due_comes_first() -> None:
    ranked = rank(MET, Outlook(180, 80, 30), SHARE, mistakes={"q7"})
    assert (ranked[0].question, ranked[0].kind) == ("q7", "mistake")


def test_weights_of_the_exam_count() -> None:
    twins: list[tuple[str, Held | None]] = [("a", Held(5.0, 5.0, 5)), ("b", Held(5.0, 5.0, 5))]
    ranked = rank(twins, Outlook(20, 200, 30), SHARE, weights={"b": 2.0})
    assert [each.question for each in ranked] == ["b", "a"]
    assert ranked[0].gain == pytest.approx(2 * ranked[1].gain)


@pytest.mark.parametrize("minutes", [1, 10, 30])
def test_the_minutes_are_used_and_hardly_more(minutes: int) -> None:
    taken = take(rank([*MET, *NEW], Outlook(20, 200, minutes), SHARE), minutes * 60)
    seconds = sum(each.seconds for each in taken)
    assert seconds - taken[-1].seconds < minutes * 60 <= seconds
    assert len({each.question for each in taken}) == len(taken)


def test_without_time_nothing_is_asked() -> None:
    assert take(rank(MET, Outlook(20, 200, 30), SHARE), 0.0) == []


@pytest.mark.parametrize("left", [1, 3, 20, 180])
def test_one_learner_and_many_at_once_are_ranked_alike(left: int) -> None:
    outlook = Outlook(left, 200, 30)
    stability = np.array([[held.stability for _, held in MET]])
    difficulty = np.array([[held.difficulty for _, held in MET]])
    elapsed = np.array([[float(held.elapsed) for _, held in MET]])
    many = keys(stability, difficulty, elapsed, stability > 0, np.array([[SHARE]]), outlook)[0]
    alone = {each.question: each.key for each in rank(MET, outlook, SHARE)}
    assert many == pytest.approx([alone.get(name, NEVER) for name, _ in MET], rel=1e-9)


def test_a_review_of_what_fades_gains_more_than_one_of_what_was_just_asked() -> None:
    for outlook in (Outlook(20, 200, 30), Outlook(2, 100, 30)):
        assert review_gain(3.0, 5.0, 12.0, outlook) > review_gain(3.0, 5.0, 1.0, outlook)


def test_what_is_known_before_leaves_guesses_out() -> None:
    assert known_before(GUESS) == 0.02
    assert known_before(0.97) == pytest.approx(0.95)
    assert 0.2 < known_before(share_known(5.0, 10.0)) < 0.5


def test_a_faster_learner_has_more_rounds() -> None:
    assert Outlook(20, 200, 30, Pace(right=10, wrong=20)).rounds > Outlook(20, 200, 30).rounds
