"""Five rules step by step against their formulas written out, and what they do at a saddle and in a valley."""

import math
from typing import Any

import numpy as np
import pytest

from sims.frames import Frame, Table
from sims.optimiser_paths import effect, run
from sims.optimiser_paths.surfaces import gradient, loss, starts, walk
from sims.optimisers import METHODS, Method, Rule


def story(**given: Any) -> list[Frame]:
    values: dict[str, Any] = {
        "surface": "saddle",
        "method": "momentum",
        "factor": 1.0,
        "steps": 60,
        "rate": 0.1,
        "decay": 0.9,
        "state": 0.0,
        "weight": None,
        "gradient": 1.0,
        "second": None,
        "claim": None,
        "seed": 0,
    }
    return list(run(**(values | given)))


def by_formula(method: Method, weight: float, gradients: list[float], rate: float, decay: float, h: float) -> float:
    """One number at a time, as the papers write it."""
    v = h if method == "momentum" else 0.0
    m = 0.0
    for t, g in enumerate(gradients, 1):
        if method == "sgd":
            weight -= rate * g
        elif method == "momentum":
            v = decay * v - rate * g
            weight += v
        elif method == "adagrad":
            h += g * g
            weight -= rate * g / math.sqrt(h)
        elif method == "rmsprop":
            h = decay * h + (1 - decay) * g * g
            weight -= rate * g / math.sqrt(h)
        else:
            m, h = decay * m + (1 - decay) * g, 0.999 * h + 0.001 * g * g
            weight -= rate * (m / (1 - decay**t)) / math.sqrt(h / (1 - 0.999**t))
    return weight


@pytest.mark.parametrize("method", METHODS)
def test_steps_by_hand_follow_the_formulas(method: Method) -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        weight, rate, decay = rng.normal(), rng.uniform(0.01, 1), rng.uniform(0.1, 0.95)
        gradients = rng.normal(size=2).tolist()
        h = float(rng.uniform(0, 2)) if method != "adam" else 0.0
        frames = story(
            method=method,
            weight=weight,
            gradient=gradients[0],
            second=gradients[1],
            rate=rate,
            decay=decay,
            state=h,
            steps=20,
        )
        wanted = by_formula(method, weight, gradients, rate, decay, h)
        assert frames[-1].metrics["hand_weight"] == pytest.approx(wanted, rel=1e-6, abs=1e-7)


def test_known_first_steps() -> None:
    """AdaGrad over 3 and 4: the sum of squares is 25. Adam's first step is the rate itself, whatever the gradient."""
    assert story(method="adagrad", weight=1.0, gradient=3.0, second=4.0)[-1].metrics["hand_weight"] == pytest.approx(
        0.82
    )
    for size in (0.01, 1.0, 50.0):
        adam = story(method="adam", weight=1.0, gradient=size, rate=0.001)[-1].metrics["hand_weight"]
        assert adam == pytest.approx(0.999, rel=1e-6)


@pytest.mark.parametrize("surface", ["valley", "saddle"])
def test_gradients_are_those_of_finite_differences(surface: str) -> None:
    at = np.random.default_rng(2).normal(size=(50, 2))
    for axis, step in enumerate(np.eye(2) * 1e-4):
        slope = (8 * (loss(surface, at + step) - loss(surface, at - step))) / (12e-4)
        slope -= (loss(surface, at + 2 * step) - loss(surface, at - 2 * step)) / 12e-4
        assert np.allclose(slope, gradient(surface, at)[:, axis], rtol=1e-7, atol=1e-9)


def test_runs_do_not_disturb_one_another() -> None:
    walked = walk("saddle", "adam", 1.0, 30, 5).path
    for run_, start in enumerate(starts("saddle", 5)):
        rule, at = Rule("adam", 0.1), start[None]
        for _ in range(30):
            at = rule.step(at, gradient("saddle", at))
        assert np.allclose(at[0], walked[-1, run_], rtol=1e-12)


def test_every_walk_starts_at_the_same_places_and_the_caption_says_so() -> None:
    first = story()[0]
    assert "same" not in first.caption.ja
    assert "5 つ" in first.caption.ja
    assert len({tuple(walk("valley", method, 1.0, 5, 3).path[0].ravel()) for method in METHODS}) == 1


@pytest.mark.parametrize("surface", ["saddle", "valley"])
@pytest.mark.parametrize("seed", range(8))
def test_effect_over_seeds(surface: str, seed: int) -> None:
    assert effect(story(surface=surface, seed=seed)[-1].metrics)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_order_of_escapes_over_more_seeds(seed: int) -> None:
    escapes = {name: story(seed=seed, steps=120)[-1].metrics[f"escape_{name}"] for name in METHODS}
    assert all(isinstance(at, float) for at in escapes.values())
    assert sorted(METHODS, key=lambda name: float(str(escapes[name])))[:3] == ["rmsprop", "adam", "momentum"]


def test_too_high_a_rate_makes_sgd_climb_out_of_the_valley() -> None:
    last = story(surface="valley", method="sgd", factor=1.2)[-1].metrics
    assert last["loss_sgd"] > 1e6  # type: ignore[operator]
    assert last["loss_momentum"] < 1  # type: ignore[operator]


def test_wrong_weight_is_set_beside_the_right_one() -> None:
    last = story(method="sgd", weight=1.0, gradient=2.0, rate=0.1, claim="1.2")[-1]
    assert last.about_claim
    assert ".8" in last.caption.en
    assert "1.2" in last.caption.en
    table = next(panel for panel in last.panels if isinstance(panel, Table))
    assert table.claim
    right = story(method="sgd", weight=1.0, gradient=2.0, rate=0.1, claim="4/5")[-1]
    assert not right.about_claim
    assert not next(panel for panel in right.panels if isinstance(panel, Table)).claim
    assert "読めません" in story(weight=1.0, claim="x x")[-1].caption.ja
