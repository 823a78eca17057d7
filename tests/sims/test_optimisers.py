"""Steps of the optimisers against the same steps written out number by number."""

import numpy as np
import pytest

from sims.optimisers import Optimiser, clip_by_norm


def test_adam_takes_the_published_steps() -> None:
    rng = np.random.default_rng(0)
    parameters = {"w": rng.normal(size=(2, 3))}
    expected = parameters["w"].copy()
    adam, m, v = Optimiser("adam", 0.1), np.zeros((2, 3)), np.zeros((2, 3))
    for t in range(1, 6):
        gradient = rng.normal(size=(2, 3))
        adam.step(parameters, {"w": gradient})
        for place in np.ndindex(2, 3):
            m[place] = 0.9 * m[place] + 0.1 * gradient[place]
            v[place] = 0.999 * v[place] + 0.001 * gradient[place] ** 2
            unbiased = m[place] / (1 - 0.9**t), v[place] / (1 - 0.999**t)
            expected[place] -= 0.1 * unbiased[0] / (unbiased[1] ** 0.5 + 1e-8)
        assert np.allclose(parameters["w"], expected, rtol=1e-12)


def test_first_step_of_adam_is_the_rate_and_nothing_moves_without_a_gradient() -> None:
    parameters = {"w": np.array([[1.0, 1.0, np.inf]])}
    Optimiser("adam", 0.01).step(parameters, {"w": np.array([[3e5, 0.0, 0.0]])})
    assert np.allclose(parameters["w"], [[0.99, 1.0, np.inf]])
    assert parameters["w"][0, 1] == 1.0


def test_sgd_follows_the_gradient() -> None:
    parameters = {"w": np.array([[1.0, 2.0]]), "b": np.array([[5.0]])}
    Optimiser("sgd", 0.5).step(parameters, {"w": np.array([[2.0, -2.0]])})
    assert np.array_equal(parameters["w"], [[0.0, 3.0]])
    assert np.array_equal(parameters["b"], [[5.0]])


def test_clipping_shortens_long_gradients_of_each_run_and_keeps_their_direction() -> None:
    gradients = {"w": np.array([[3.0, 0.0], [0.3, 0.0], [0.0, 0.0]]), "b": np.array([[[4.0]], [[0.4]], [[0.0]]])}
    before = {name: gradient.copy() for name, gradient in gradients.items()}
    norms = clip_by_norm(gradients, 1.0)
    assert np.allclose(norms, [5.0, 0.5, 0.0])
    for name, gradient in gradients.items():
        assert np.allclose(gradient[0], before[name][0] / 5)
        assert np.array_equal(gradient[1:], before[name][1:])


@pytest.mark.parametrize("threshold", [0.1, 1.0, 10.0])
def test_clipped_length_is_the_threshold_at_most(threshold: float) -> None:
    gradients = {"w": np.random.default_rng(1).normal(size=(4, 3, 2))}
    lengths = np.sqrt((gradients["w"] ** 2).sum((1, 2)))
    clip_by_norm(gradients, threshold)
    assert np.allclose(np.sqrt((gradients["w"] ** 2).sum((1, 2))), np.minimum(lengths, threshold))
