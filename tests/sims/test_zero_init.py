"""Units that start alike stay alike to the last bit; gradients against finite differences."""

import numpy as np
import pytest

from sims.frames import Frame
from sims.zero_init import effect, run
from sims.zero_init.network import STARTS, Twins


def story(seed: int = 0, activation: str = "tanh", hidden: int = 8, iterations: int = 800) -> list[Frame]:
    return list(run(activation, hidden, 0.1, 8, iterations, seed))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_gradients_are_those_of_finite_differences(activation: str) -> None:
    twins = Twins(5, activation, 0.1, 2, 3)
    gradients = twins.gradients()
    h = 1e-5
    for name, parameter in twins.parameters.items():
        flat, slopes = parameter.reshape(6, -1), gradients[name].reshape(6, -1)
        for place in range(flat.shape[1]):
            kept = flat[:, place].copy()
            losses = []
            for side in (1, -1):
                flat[:, place] = kept + side * h
                losses.append(twins.losses().ravel() / 2)
            flat[:, place] = kept
            assert np.allclose((losses[0] - losses[1]) / (2 * h), slopes[:, place], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_units_that_start_alike_are_alike_to_the_last_bit(activation: str) -> None:
    twins = Twins(6, activation, 0.1, 3, 1)
    twins.train(400)
    for start in STARTS[:2]:
        W = twins.weights(start)
        assert (W[:, :1] == W).all()
    assert len(np.unique(twins.weights("random").T, axis=0)) == 6


@pytest.mark.parametrize(("activation", "rank"), [("tanh", 0), ("relu", 0), ("sigmoid", 1)])
def test_zeros_do_not_move_at_all_where_f_of_0_is_0(activation: str, rank: int) -> None:
    """A sigmoid of 0 is ½, so its outer weights move, all alike, and then the inner ones do."""
    metrics = story(activation=activation, iterations=400)[-1].metrics
    assert metrics["rank_zero"] == rank
    assert metrics["rank_constant"] == 1
    if rank == 0:
        assert metrics["loss_zero"] > 0.8  # type: ignore[operator]


@pytest.mark.parametrize("hidden", [2, 4, 16, 32])
def test_number_of_units_does_not_help(hidden: int) -> None:
    metrics = story(hidden=hidden, iterations=200)[-1].metrics
    assert metrics["rank_constant"] == 1
    assert metrics["different_constant"] == 1
    assert metrics["different_random"] == hidden


@pytest.mark.parametrize("seed", range(8))
def test_effect_over_seeds(seed: int) -> None:
    assert effect(story(seed)[-1].metrics)


@pytest.mark.slow
def test_effect_over_more_seeds() -> None:
    assert sum(effect(story(seed)[-1].metrics) for seed in range(20)) >= 19


def test_a_run_that_overflows_says_so() -> None:
    last = list(run("relu", 8, 1.0, 1, 200, 0))[-1]
    diverged = list(run("tanh", 32, 1.0, 4, 600, 0))[-1]
    assert last.metrics["rank_constant"] in (0, 1)
    assert diverged.metrics["loss_random"] is None or isinstance(diverged.metrics["loss_random"], float)
    assert "inf" in "".join(f.caption.en for f in run("tanh", 32, 1.0, 4, 600, 0))
