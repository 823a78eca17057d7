"""The formulas of ``engine.study.memory.recall`` against the ``fsrs`` package, review by review."""

from datetime import UTC, datetime, timedelta

import fsrs
import numpy as np
import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.study.memory import recall

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
REVIEWS = st.lists(st.tuples(st.sampled_from([1, 2, 3, 4]), st.integers(0, 400)), min_size=1, max_size=25)


def test_the_weights_are_those_of_the_package() -> None:
    assert fsrs.scheduler.DEFAULT_PARAMETERS == recall.WEIGHTS


@settings(max_examples=300, deadline=None)
@given(REVIEWS)
def test_any_run_of_reviews_leaves_the_memory_that_fsrs_would(reviews: list[tuple[int, int]]) -> None:
    first = reviews[0][0]
    stability, difficulty = recall.initial_stability(first), recall.initial_difficulty(first)
    card, _ = SCHEDULER.review_card(Card(card_id=1), Rating(first), START)
    day = START
    for rating, elapsed in reviews[1:]:
        assert card.due == day + timedelta(days=recall.interval(stability))
        day += timedelta(days=elapsed)
        expected = SCHEDULER.get_card_retrievability(card, day)
        assert recall.recall(stability, elapsed) == pytest.approx(expected, rel=1e-12)
        stability, difficulty = recall.reviewed(stability, difficulty, elapsed, rating)
        card, _ = SCHEDULER.review_card(card, Rating(rating), day)
        assert (stability, difficulty) == pytest.approx((card.stability, card.difficulty), rel=1e-9)


def test_arrays_and_numbers_agree() -> None:
    rng = np.random.default_rng(1)
    stability, difficulty = rng.lognormal(1, 2, 200), rng.uniform(1, 10, 200)
    chance = recall.recall(stability, np.full(200, 9.0))
    for formula in (recall.recalled, recall.forgotten):
        together = formula(stability, difficulty, chance)
        one_by_one = [
            formula(float(s), float(d), float(r)) for s, d, r in zip(stability, difficulty, chance, strict=True)
        ]
        assert together == pytest.approx(one_by_one, rel=1e-12)
    assert recall.next_difficulty(difficulty, recall.AGAIN) == pytest.approx(
        [recall.next_difficulty(float(d), recall.AGAIN) for d in difficulty]
    )


@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
def test_the_interval_ends_where_recall_has_fallen_to_the_retention(retention: float) -> None:
    assert recall.recall(500.0, recall.interval(500.0, retention)) == pytest.approx(retention, abs=1e-3)
    assert recall.interval(0.01, retention) == 1
