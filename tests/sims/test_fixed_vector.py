"""One fixed vector against attention: the curves over seeds, gradients, and the weights of a pass written out."""

from collections.abc import Mapping

import numpy as np
import pytest

from sims.fixed_vector import effect, run
from sims.fixed_vector.pair_recall import KEYS, LENGTHS, VALUES, Recall, ask, draw_sequences
from sims.frames import Heatmap, Metric
from sims.metrics import measured


def last(seed: int = 0, cells: int = 16, runs: int = 2, iterations: int = 800) -> Mapping[str, Metric]:
    for frame in run(cells, runs, iterations, seed):
        metrics = frame.metrics
    return metrics


def test_attention_recalls_at_any_length_and_one_vector_does_not() -> None:
    """Eight independent runs of either network."""
    nets = [Recall(way, 16, 8, 0.02, 0) for way in (False, True)]
    for net in nets:
        net.train(400)
    fixed, attention = ({length: net.accuracies(length) for length in (1, 8, 12)} for net in nets)
    assert (fixed[1] > 0.95).sum() >= 7
    assert (fixed[8] < 0.7).sum() >= 7
    assert (attention[8] > 0.95).sum() >= 7
    assert (attention[12] > 0.9).sum() >= 7


@pytest.mark.slow
def test_the_effect_holds_over_many_seeds() -> None:
    found = [last(seed) for seed in range(20)]
    assert sum(map(effect, found)) >= 19
    after_eight = [measured(metrics, "fixed_at_8") for metrics in found]
    assert 0.4 < np.median(after_eight) < 0.65


@pytest.mark.slow
def test_a_longer_vector_only_moves_the_fall() -> None:
    short, long = (last(cells=cells) for cells in (8, 32))
    assert measured(short, "fixed_at_4") + 0.1 < measured(long, "fixed_at_4")
    assert measured(long, "fixed_at_12") < measured(long, "fixed_at_2") - 0.15


@pytest.mark.parametrize("attention", [False, True])
def test_gradients_are_those_of_finite_differences(attention: bool) -> None:
    net = Recall(attention, 3, 2, 0.02, 4)
    sequences = draw_sequences(np.random.default_rng(5), 2, 4, 3)
    _, gradients = net.gradients(sequences)
    assert set(gradients) == set(net.parameters)
    rng = np.random.default_rng(6)
    for name, array in net.parameters.items():
        flat = array.reshape(2, -1)
        for place in rng.permutation(flat.shape[1])[:12]:
            kept = flat[1, place]
            losses = []
            for step in (1e-5, -1e-5):
                flat[1, place] = kept + step
                losses.append(net.gradients(sequences)[0][1])
            flat[1, place] = kept
            assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(gradients[name].reshape(2, -1)[1, place], abs=1e-8)


def test_the_context_is_the_weighted_sum_of_the_states() -> None:
    net = Recall(True, 5, 1, 0.02, 0)
    sequences = draw_sequences(np.random.default_rng(1), 1, 3, 4)
    found = net.forward(sequences)
    for place in range(3):
        states = found.trace.h[0, :, place]
        question = sequences.query[0, place] @ net.parameters["S"][0]
        raised = [np.exp(sum(state * question)) for state in states]
        weights = [value / sum(raised) for value in raised]
        assert np.allclose(found.weights[0, :, place], weights, rtol=1e-12)
        assert np.allclose(found.context[0, place], sum(w * state for w, state in zip(weights, states, strict=True)))


def test_without_attention_only_the_last_state_counts() -> None:
    net = Recall(False, 5, 1, 0.02, 0)
    found = net.forward(draw_sequences(np.random.default_rng(1), 1, 3, 7))
    assert (found.weights[:, :-1] == 0).all()
    assert (found.weights[:, -1] == 1).all()
    assert np.array_equal(found.context, found.trace.h[:, -1])


def test_a_question_is_for_one_of_the_pairs() -> None:
    rng = np.random.default_rng(0)
    for length in LENGTHS:
        sequences = draw_sequences(rng, 2, 20, length)
        assert sequences.x.shape == (2, length, 20, KEYS + VALUES)
        keys = sequences.x[..., :KEYS].argmax(-1)
        assert all(len(set(keys[run, :, place])) == length for run in range(2) for place in range(20))
        for run_, place in np.ndindex(2, 20):
            asked = sequences.place[run_, place]
            assert sequences.query[run_, place].argmax() == keys[run_, asked, place]
            assert sequences.value[run_, place] == sequences.x[run_, asked, place, KEYS:].argmax()
    assert ask(np.array([[[3, 1]]]), np.array([[[2, 0]]]), np.array([[1]])).value.tolist() == [[0]]


def test_trained_weights_fall_on_the_pair_in_question() -> None:
    story = list(run(16, 1, 300, 0))
    picture = story[-1].panels[0]
    assert isinstance(picture, Heatmap)
    assert [row.index(max(row)) for row in picture.values] == [5, 4, 3, 2, 1, 0]
    assert measured(story[-1].metrics, "weight_on_wanted") > 0.5
