"""Penalised minima against their conditions, zeros over seeds, and somebody's gradient against numeric differences."""

from typing import Any

import numpy as np
import pytest

from sims.frames import Frame, Table
from sims.penalty_shapes import effect, run
from sims.penalty_shapes.fit import CURVATURE, FREE, draw, lasso, ridge, soft, two_weights

STRENGTHS = np.array([0.02, 0.1, 0.5, 5.0])


def story(**given: Any) -> list[Frame]:
    values: dict[str, Any] = {
        "shape": "l1",
        "strength": 0.2,
        "weight": None,
        "gradient": 1.0,
        "rate": 0.1,
        "proximal": "off",
        "claim": None,
        "seed": 0,
    }
    return list(run(**(values | given)))


def test_lasso_meets_the_conditions_of_its_minimum() -> None:
    """Where w is not 0 the loss' gradient is −λ·sign(w); where it is 0 the gradient is at most λ."""
    data = draw(4, 1)
    found = lasso(data, STRENGTHS)
    slope = np.einsum("rde,rle->rld", data.square, found) - data.cross[:, None]
    strength = np.broadcast_to(STRENGTHS[None, :, None], found.shape)
    used = found != 0
    assert np.allclose(slope[used], -strength[used] * np.sign(found[used]), atol=1e-6)
    assert (np.abs(slope[~used]) <= strength[~used] + 1e-9).all()
    assert not found[:, -1].any()


def test_ridge_has_no_gradient_left() -> None:
    data = draw(4, 1)
    found = ridge(data, STRENGTHS)
    slope = np.einsum("rde,rle->rld", data.square, found) - data.cross[:, None] + STRENGTHS[:, None] * found
    assert np.abs(slope).max() < 1e-12
    assert (found != 0).all()


@pytest.mark.parametrize("shape", ["l1", "l2"])
def test_two_weights_lie_at_the_lowest_place_of_a_grid(shape: str) -> None:
    across = np.linspace(-0.5, 2.0, 501)
    w = np.stack(np.meshgrid(across, across), axis=-1)
    off = w - FREE
    loss = 0.5 * np.einsum("abi,ij,abj->ab", off, CURVATURE, off)
    for strength in (0.1, 0.5, 1.0):
        penalty = np.abs(w).sum(-1) if shape == "l1" else (w**2).sum(-1) / 2
        best = w.reshape(-1, 2)[(loss + strength * penalty).argmin()]
        assert np.allclose(two_weights(shape, strength), best, atol=0.006)


@pytest.mark.parametrize("seed", range(8))
def test_effect_over_seeds(seed: int) -> None:
    assert effect(story(seed=seed)[-1].metrics)


@pytest.mark.slow
def test_effect_over_more_seeds() -> None:
    assert sum(effect(story(seed=seed)[-1].metrics) for seed in range(20)) >= 19


@pytest.mark.parametrize(
    ("shape", "claim", "right"),
    [
        ("l1", "np.sign(param)", True),
        ("l1", "param / np.abs(param)", True),
        ("l1", "param", False),
        ("l1", "np.abs(param)", False),
        ("l2", "param", True),
        ("l2", "np.sign(param)", False),
        ("l2", "param**2", False),
        ("l2", "2*param", False),
    ],
)
def test_claimed_gradient_is_compared_with_the_numeric_one(shape: str, claim: str, right: bool) -> None:
    last = story(shape=shape, claim=claim)[-1]
    assert last.metrics["claim_right"] is right
    assert last.about_claim is not right
    assert any(isinstance(panel, Table) and bool(panel.claim) is not right for panel in last.panels)


def test_claims_that_cannot_run_say_why() -> None:
    assert "動きません" in story(claim="q + 1")[-1].caption.ja
    assert "diverges" in story(claim="param**2")[-1].caption.en
    assert story(claim="param.T")[-1].about_claim


def test_steps_by_hand() -> None:
    """w = 2, gradient .5, η = .1, λ = .3: 2 − .1(.5 + .6) with L2, 2 − .1(.5 + .3) with L1, or that by soft steps."""
    given = {"weight": 2.0, "gradient": 0.5, "strength": 0.3}
    assert story(shape="l2", **given)[-1].metrics["hand_weight"] == pytest.approx(1.89)
    assert story(shape="l1", **given)[-1].metrics["hand_weight"] == pytest.approx(1.92)
    assert story(shape="l1", proximal="on", **given)[-1].metrics["hand_weight"] == pytest.approx(1.92)
    small = story(shape="l1", proximal="on", weight=0.02, gradient=0.0, strength=0.3)[-1]
    assert small.metrics["hand_weight"] == 0
    wrong = story(shape="l2", claim="1.95", **given)[-1]
    assert wrong.about_claim
    assert "1.89" in wrong.caption.en
    assert not story(shape="l2", claim="1.89", **given)[-1].about_claim


def test_soft_steps_never_cross_zero() -> None:
    w = np.linspace(-2, 2, 101)
    moved = soft(w, 0.5)
    assert (np.sign(moved) * np.sign(w) >= 0).all()
    assert (moved[np.abs(w) <= 0.5] == 0).all()
    assert np.allclose(np.abs(w[np.abs(w) > 0.5]) - np.abs(moved[np.abs(w) > 0.5]), 0.5)
