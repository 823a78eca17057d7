"""The measured scale against its closed form, and what becomes of a signal over seeds."""

import math

import pytest

from sims.frames import Frame
from sims.weight_scale import LAYERS, effect, keeping_deviation, run


def story(activation: str = "relu", width: int = 100, claim: str | None = None, seed: int = 0) -> list[Frame]:
    return list(run(activation, width, 0.1, claim, seed))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("width", [4, 50, 200, 400])
def test_measured_scale_is_the_known_one(width: int, seed: int) -> None:
    """√(2/n) for ReLU, which halves the mean square, and √(1/n) otherwise."""
    assert keeping_deviation("relu", width, seed) == pytest.approx(math.sqrt(2 / width), rel=0.035)
    assert keeping_deviation("identity", width, seed) == pytest.approx(math.sqrt(1 / width), rel=0.035)


@pytest.mark.parametrize("activation", ["relu", "identity"])
@pytest.mark.parametrize("seed", range(8))
def test_effect_over_seeds(activation: str, seed: int) -> None:
    assert effect(story(activation, seed=seed)[-1].metrics)


@pytest.mark.slow
def test_effect_over_more_seeds() -> None:
    assert sum(effect(story(seed=seed)[-1].metrics) for seed in range(20)) >= 19


def test_xavier_lets_a_signal_fade_through_relu_by_half_a_square_a_layer() -> None:
    last = story(claim="0.1")[-1]
    assert last.about_claim
    assert last.metrics["last_yours"] == pytest.approx(2 ** (-LAYERS / 2), rel=0.9)
    assert "0.1" in last.caption.en
    assert "10 層" in last.caption.ja


def test_right_claims_and_unreadable_ones() -> None:
    assert not story(claim="0.1414")[-1].about_claim
    assert not story("tanh", claim="0.1")[-1].about_claim
    assert "読めません" in story(claim="σ")[-1].caption.ja
