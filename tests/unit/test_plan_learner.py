"""What is learned of a learner's own forgetting from their reviews."""

import time

import numpy as np
import pytest

from engine.study.memory.recall import DECAY
from engine.study.memory.standing import Review
from engine.study.plan.learner import chance_right, fit, recall_of


def reviews_of(scale: float, decay: float, count: int, seed: int = 1) -> list[Review]:
    """Reviews of somebody who forgets just so, at all sorts of times."""
    rng = np.random.default_rng(seed)
    stability, elapsed = rng.lognormal(1.5, 1, count), rng.integers(1, 60, count).astype(float)
    chance = chance_right(recall_of(np.array(scale), np.array(decay), stability, elapsed))
    right = rng.random(count) < chance
    return [Review("q", float(s), int(t), bool(r)) for s, t, r in zip(stability, elapsed, right, strict=True)]


def test_without_reviews_everyone_is_taken_to_be_about_the_default() -> None:
    learner = fit([])
    assert learner.scale == pytest.approx(1.0)
    assert sum(learner.weights) == pytest.approx(1.0)
    assert learner.reviews == 0


@pytest.mark.parametrize(("scale", "decay"), [(0.3, DECAY), (1.0, 0.5), (2.0, 1.2)])
def test_many_reviews_show_how_fast_someone_forgets(scale: float, decay: float) -> None:
    learner = fit(reviews_of(scale, decay, 2000))
    stability, elapsed = np.array([2.0, 5.0, 20.0]), np.array([30.0, 30.0, 30.0])
    truth = recall_of(np.array(scale), np.array(decay), stability, elapsed)
    assert learner.recall(stability, elapsed) == pytest.approx(truth, abs=0.06)


def test_wrong_answers_shorten_the_memory_and_right_ones_lengthen_it() -> None:
    wrong = fit([Review("q", 5.0, 5, False)] * 20).scale
    right = fit([Review("q", 5.0, 5, True)] * 20).scale
    assert wrong < 0.5 < 1.0 < right


def test_order_does_not_matter() -> None:
    reviews = reviews_of(0.5, 0.3, 200)
    assert fit(reviews).weights == pytest.approx(fit(reviews[::-1]).weights)


def test_drawn_learners_are_as_likely_as_the_reviews_say() -> None:
    learner = fit(reviews_of(0.3, 0.5, 300))
    scales, decays = learner.draw(4000, np.random.default_rng(2))
    assert float(np.exp(np.log(scales).mean())) == pytest.approx(learner.scale, rel=0.1)
    _, each, weights = learner.grid
    assert float(decays.mean()) == pytest.approx(float(weights @ each), rel=0.1)


def test_two_thousand_reviews_take_no_time_that_anyone_would_notice() -> None:
    reviews = reviews_of(0.5, 0.3, 2000)
    start = time.process_time()
    fit(reviews)
    assert time.process_time() - start < 0.1
