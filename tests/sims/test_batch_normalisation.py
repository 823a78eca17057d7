"""Normalisation and its gradient against definitions and differences; learning rates over seeds."""

from typing import Any

import numpy as np
import pytest

from sims.batch_normalisation import RATES, effect, run
from sims.batch_normalisation.network import Deep, normalise
from sims.frames import Frame, Table


def story(**given: Any) -> list[Frame]:
    values: dict[str, Any] = {
        "activation": "relu",
        "depth": 6,
        "scale": 1.0,
        "steps": 100,
        "mean": None,
        "spread": 1.0,
        "gamma": 1.0,
        "beta": 0.0,
        "claim": None,
        "seed": 0,
    }
    return list(run(**(values | given)))


def test_every_unit_gets_mean_0_and_variance_1_then_gamma_and_beta() -> None:
    u = np.random.default_rng(0).normal(3, 7, (2, 40, 5))
    plain, even, _ = normalise(u)
    assert np.array_equal(plain, even)
    assert np.allclose(even.mean(1), 0, atol=1e-12)
    assert np.allclose(even.var(1), 1, atol=1e-6)
    assert np.allclose(normalise(u, 2.0, -1.0)[0], 2 * even - 1)
    assert np.allclose(normalise(100 * u + 5)[1], even, atol=1e-6)  # neither size nor shift of the input matters


@pytest.mark.parametrize("normalised", [False, True])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients_are_those_of_finite_differences(normalised: bool, activation: str) -> None:
    net = Deep(normalised, activation, 2, 1.0, np.array([0.1]), 2, 5)
    layers, out = net.gradients()
    rng, h = np.random.default_rng(1), 1e-5

    def loss() -> Any:
        p = net.forward()[2]
        return -np.log(np.where(net.y > 0, p, 1 - p)).mean(1)

    for parameters, gradients in zip([*net.layers, net.out], [*layers, out], strict=True):
        for name, gradient in gradients.items():
            kept, way = parameters[name], rng.normal(size=gradient.shape)
            both = []
            for side in (2, 1, -1, -2):
                parameters[name] = kept + side * h * way
                both.append(loss())
            parameters[name] = kept
            slope = (8 * (both[1] - both[2]) - (both[0] - both[3])) / (12 * h)
            assert np.allclose(slope, (gradient * way).sum(axis=(1, 2)), rtol=1e-5, atol=1e-9), name


def test_batch_by_hand() -> None:
    """1, 3, 3, 9 has mean 4 and standard deviation 3, so 9 is 5/3; times 3 plus 1 that is 6."""
    given = {"mean": 4.0, "gamma": 3.0, "beta": 1.0, "steps": 50, "depth": 2}
    last = story(claim="5/3", **given)[-1]
    assert last.metrics["hand_value"] == pytest.approx(6, rel=1e-6)
    assert last.about_claim
    assert next(panel for panel in last.panels if isinstance(panel, Table)).claim
    assert "6" in last.caption.ja
    right = story(claim="6", **given)[-1]
    assert not right.about_claim
    assert "読めません" in story(claim="γ", **given)[-1].caption.ja


def test_size_of_the_weights_does_not_matter_behind_a_normalisation() -> None:
    for scale in (0.1, 5.0):
        spreads = Deep(True, "relu", 6, scale, RATES[:1], 4, 0).spreads()
        assert np.allclose(spreads, Deep(True, "relu", 6, 1.0, RATES[:1], 4, 0).spreads(), rtol=0.02)
    assert story(scale=0.5)[-1].metrics["kept_without"] < 0.02  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(8))
def test_effect_over_seeds(seed: int) -> None:
    assert effect(story(seed=seed)[-1].metrics)


@pytest.mark.slow
def test_effect_over_more_seeds() -> None:
    assert sum(effect(story(seed=seed, steps=200)[-1].metrics) for seed in range(20)) >= 19


def test_a_rate_that_overflows_is_written_as_inf() -> None:
    last = story(scale=3.0, depth=10, steps=50)[-1]
    table = next(panel for panel in last.panels if isinstance(panel, Table))
    assert any(row[1].en == "inf" for row in table.rows)
    assert not any(row[2].en == "inf" for row in table.rows)
