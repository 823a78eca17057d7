"""The forecast: plain facts quickly, and its honesty on learners whose memory is not its model."""

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from engine.study.memory.standing import Review
from engine.study.plan.forecast import Standpoint, fading, keeping, stopping
from engine.study.plan.forecast_terms import Estimate
from engine.study.plan.imagined import Array, Bools, Deck, Index, session
from engine.study.plan.learner import fit
from engine.study.plan.policy import GUESS, SLIP, Outlook, Pace
from engine.study.plan.ranking import Held
from tests.benchmarks.planning_learners import FAMILIES, family

PACE = Pace()
NOBODY = fit([])


def stand(held: list[Held | None], right: int = 0) -> Standpoint:
    return Standpoint(held, right, sum(each is not None for each in held), NOBODY)


def test_stopping_without_an_answer_is_guessing() -> None:
    estimate = stopping(stand([None] * 100), Outlook(30, 100, 30))
    assert 0.25 < estimate.share < 0.6
    assert estimate.low < estimate.share < estimate.high


def test_going_on_is_worth_more_than_stopping_and_more_minutes_more() -> None:
    here = stand([Held(3.0, 5.0, 4)] * 50 + [None] * 150, right=20)
    stop = stopping(here, Outlook(30, 200, 30)).share
    shares = [keeping(here, Outlook(30, 200, minutes), seed=1).estimate.share for minutes in (5, 15, 60)]
    assert stop < shares[0] < shares[1] < shares[2]


def test_imagined_days_keep_to_the_minutes_and_ask_nothing_twice_today() -> None:
    here = stand([Held(3.0, 5.0, 0)] * 50 + [None] * 50)
    projection = keeping(here, Outlook(10, 100, 20), seed=1)
    assert projection.reviews[0] == 0  # all that were met were asked today
    for reviews, new in zip(projection.reviews, projection.new, strict=True):
        assert (reviews + new) * PACE.right <= 20 * 60 + PACE.new_wrong


def test_the_same_seed_gives_the_same_forecast() -> None:
    here, outlook = stand([Held(3.0, 5.0, 2)] * 20 + [None] * 20), Outlook(20, 40, 10)
    assert keeping(here, outlook, seed=3) == keeping(here, outlook, seed=3)


def test_what_loses_most_until_the_exam_comes_first() -> None:
    here = stand([Held(500.0, 3.0, 1), None, Held(2.0, 8.0, 1), Held(20.0, 5.0, 1)])
    found = fading(here, Outlook(30, 4, 30))
    assert [each.place for each in found] == [2, 3, 0]
    assert all(each.exam < each.today for each in found)
    assert fading(stand([None]), Outlook(30, 1, 30)) == []


def test_todays_queue_needs_no_numpy() -> None:
    code = "import sys, engine.study.plan.plan, engine.cli.plan, engine.study.desk; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class Pupils:
    """Learners of one family who follow the plan and miss a fifth of the days."""

    def __init__(self, name: str, learners: int, questions: int, days: int, seed: int) -> None:
        shape = (learners, questions)
        self.rng = np.random.default_rng((seed, FAMILIES.index(name)))
        self.memory = family(name, shape, days, self.rng)
        self.known = self.rng.random(shape) < 0.15
        self.deck = Deck.empty(*shape)
        self.reviews: list[list[Review]] = [[] for _ in range(learners)]

    def chance(self, at: Index, day: int) -> Array:
        recall = np.where(self.deck.seen[at], self.memory.recall(at, day), 0.0)
        recall = np.where(self.known[at], 1.0, recall)
        return (1 - SLIP) * recall + GUESS * (1 - recall)

    def study(self, day: int, outlook: Outlook) -> None:
        def answer(at: Index) -> Bools:
            return np.asarray(self.rng.random(at[0].shape) < self.chance(at, day))

        there = np.where(self.rng.random((len(self.reviews), 1)) < 0.2, 0.0, outlook.minutes * 60.0)
        at, right = session(self.deck.keys(day, outlook), self.deck.seen, answer, there, PACE)
        met, stability, last = self.deck.seen[at], self.deck.stability[at], self.deck.last[at]
        for index in np.nonzero(met)[0]:
            elapsed = day - int(last[index])
            self.reviews[at[0][index]].append(Review("q", float(stability[index]), elapsed, bool(right[index])))
        self.memory.review(at, day, right, ~met)
        self.deck.record(at, day, right)

    def points(self, day: int) -> Array:
        """Of an exam taken on ``day``: the share right of each learner."""
        everywhere = np.nonzero(np.ones_like(self.known))
        chances = self.chance((everywhere[0], everywhere[1]), day).reshape(self.known.shape)
        share: Array = (self.rng.random(chances.shape) < chances).mean(axis=1)
        return share

    def standpoints(self, day: int) -> Iterator[Standpoint]:
        deck = self.deck
        for row, reviews in enumerate(self.reviews):
            held = [
                Held(float(s), float(d), day - int(last)) if seen else None
                for s, d, last, seen in zip(
                    deck.stability[row], deck.difficulty[row], deck.last[row], deck.seen[row], strict=True
                )
            ]
            tries = int(deck.first_tries[row, 0])
            yield Standpoint(held, int(deck.first_right[row, 0]), tries, fit(reviews))


def outcomes(
    learners: int, questions: int, days: int, minutes: int
) -> tuple[list[Estimate], list[Estimate], Array, Array]:
    """Forecasts at half time if they stop and if they keep going, and what came of both."""
    stops, keeps, stopped, kept = [], [], [], []
    for name in FAMILIES:
        pupils = Pupils(name, learners, questions, days, seed=17)
        half = days // 2
        for day in range(half):
            pupils.study(day, Outlook(days - day, questions, minutes))
        ahead = Outlook(days - half, questions, minutes)
        for number, here in enumerate(pupils.standpoints(half)):
            stops.append(stopping(here, ahead))
            keeps.append(keeping(here, ahead, seed=number, runs=6).estimate)
        stopped.append(pupils.points(days))
        for day in range(half, days):
            pupils.study(day, Outlook(days - day, questions, minutes))
        kept.append(pupils.points(days))
    return stops, keeps, np.concatenate(stopped), np.concatenate(kept)


def coverage(estimates: list[Estimate], truth: Array) -> tuple[float, float]:
    """The share of outcomes inside the interval, and by how much the forecast was too high."""
    inside = [each.low <= share <= each.high for each, share in zip(estimates, truth, strict=True)]
    high = [each.share - share for each, share in zip(estimates, truth, strict=True)]
    return float(np.mean(inside)), float(np.mean(high))


@pytest.mark.slow
@pytest.mark.parametrize(("questions", "days", "minutes"), [(100, 40, 15), (200, 60, 10), (200, 60, 30)])
def test_the_forecast_is_honest_with_learners_it_gets_wrong(questions: int, days: int, minutes: int) -> None:
    stops, keeps, stopped, kept = outcomes(12, questions, days, minutes)
    for estimates, truth in ((stops, stopped), (keeps, kept)):
        inside, too_high = coverage(estimates, truth)
        assert inside > 0.65  # said: 80 %
        assert -0.05 < too_high < 0.1  # whoever forgets without a spacing effect, with little time, is not foreseen
