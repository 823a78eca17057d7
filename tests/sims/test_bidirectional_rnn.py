"""What a bidirectional RNN knows, against a loop written out; what one direction can reach, against every sequence."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest

from sims.bidirectional_rnn import effect, run
from sims.bidirectional_rnn.both_neighbours import ONE_WAY_LOSS, ONE_WAY_RIGHT, WAYS, Reader, draw_bits, every_sequence
from sims.bidirectional_rnn.joined_states import WAYS as JOINS
from sims.bidirectional_rnn.joined_states import draw, joiner, look_at
from sims.frames import Frame, Metric


def frames(seed: int = 0, **changed: object) -> list[Frame]:
    given: dict[str, object] = {"view": "story", "steps": 8, "hidden": 4, "span": 1, "iterations": 200}
    return list(run(**(given | {"hole": "joined", "claim": None} | changed), seed=seed))  # type: ignore[arg-type]


def last(seed: int = 0, **changed: object) -> Mapping[str, Metric]:
    return frames(seed, **changed)[-1].metrics


def shown(seeds: range, **changed: object) -> int:
    return sum(effect(last(seed, **changed)) for seed in seeds)


def test_only_both_ways_together_learn_what_needs_both_neighbours() -> None:
    assert shown(range(8), view="task", iterations=120) >= 7


@pytest.mark.slow
def test_the_effect_holds_over_many_seeds_and_one_step_farther() -> None:
    assert shown(range(20)) >= 19
    assert shown(range(8), span=2, iterations=400) >= 6


def test_the_bound_of_one_way_is_that_of_the_best_guess() -> None:
    """Whoever knows one of the two bits can only say how often the label is 1 among the sequences that look alike."""
    losses, right = [], []
    for before, after in product((0, 1), repeat=2):
        label, chance = before & after, before / 2
        losses.append(-np.log(chance if label else 1 - chance))
        right.append((chance > 0.5) == bool(label))
    assert np.mean(losses) == pytest.approx(ONE_WAY_LOSS)
    assert np.mean(right) == ONE_WAY_RIGHT


def test_every_sequence_is_labelled_by_its_neighbours() -> None:
    bits = every_sequence(6, 2)
    assert bits.x.shape == (1, 6, 64, 1)
    assert len({tuple(column) for column in bits.x[0, :, :, 0].T}) == 64
    assert bits.asked.tolist() == [0, 0, 1, 1, 0, 0]
    for x, label in zip(bits.x[0, :, :, 0].T, bits.label[0].T, strict=True):
        assert [label[step] for step in (2, 3)] == [x[step - 2] * x[step + 2] for step in (2, 3)]


@pytest.mark.parametrize("way", WAYS)
def test_gradients_are_those_of_finite_differences(way: str) -> None:
    reader = Reader(way, 2, 2, 0.03, 1)  # type: ignore[arg-type]
    bits = draw_bits(np.random.default_rng(2), 2, 6, 5, 1)
    _, gradients = reader.gradients(bits)
    for name, array in reader.parameters().items():
        for place in range(array[0].size):
            flat = array.reshape(2, -1)
            kept = flat[0, place]
            losses = []
            for step in (1e-5, -1e-5):
                flat[0, place] = kept + step
                losses.append(reader.gradients(bits)[0][0])
            flat[0, place] = kept
            assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(gradients[name].reshape(2, -1)[0, place], abs=1e-8)


def test_states_are_those_of_a_loop_from_either_end() -> None:
    ways = draw(5, 3, np.random.default_rng(3))
    h_f, h_b = ways.states(ways.x)
    for part, order, found in ((ways.forward, range(5), h_f), (ways.backward, range(4, -1, -1), h_b)):
        h = np.zeros(3)
        for row, step in enumerate(order):
            h = np.tanh(ways.x[step] @ part["W"][0] + h @ part["U"][0] + part["b"][0])
            assert np.allclose(found[row], h, rtol=1e-13)


@pytest.mark.parametrize("steps", [6, 7, 10])
def test_reach_is_before_behind_and_everything(steps: int) -> None:
    ways = draw(steps, 4, np.random.default_rng(0))
    assert np.array_equal(ways.reach(joiner("h_f")), np.tri(steps, dtype=bool))
    assert np.array_equal(ways.reach(joiner("h_b[::-1]")), np.tri(steps, dtype=bool).T)
    assert ways.reach(joiner(JOINS["side"])).all()
    unturned = ways.reach(joiner(JOINS["unturned"]))
    assert unturned[0].tolist() == [step in (0, steps - 1) for step in range(steps)]


def test_joined_shape_is_measured() -> None:
    assert last(view="join", steps=7, hidden=5)["joined_shape"] == "7x10"
    assert "loss_both" not in last(view="join")
    assert "joined_shape" not in last(view="task", iterations=20)


CAPTIONS = {
    "np.hstack((h_f, h_b[::-1]))": "同じ行",
    "np.concatenate([h_f, h_b], axis=1)": "8 個のうち 2 個です（x1、x8）",
    "np.concatenate([h_b[::-1], h_f], axis=1)": "数の並びが違い",
    "np.concatenate([h_f, h_f], axis=1)": "h1 が知る入力は 8 個のうち 1 個",
    "np.concatenate([h_f, h_b[::-1]], axis=0)": "(16, 4) と (8, 2)",
    "h_f + h_b[::-1]": "(8, 4) と (8, 2)",
    "h_f * h_b": "形が合いません",
    "h_f.sum()": "行になっていません",
    "np.concatenate([h_f, h_b], axis=1)[:3]": "出力が 3 行",
    "np.log(h_f - 9)": "有限",
    "x": "x はこの問題にありません",
    "import os": "使えません",
}


@pytest.mark.parametrize(("claim", "words"), CAPTIONS.items(), ids=CAPTIONS)
def test_whatever_is_typed_is_told_by_what_it_does(claim: str, words: str) -> None:
    frame = frames(view="join", claim=claim)[-1]
    assert frame.about_claim
    assert words in frame.caption.ja
    assert frame.metrics["claim_same"] is (words == "同じ行")


@pytest.mark.parametrize(
    ("claim", "same"), [("h_b[::-1]", True), ("h_b", False), ("h_b[:, ::-1]", False), ("h_b.T", False)]
)
def test_what_stands_beside_h_f_may_be_asked_alone(claim: str, same: bool) -> None:
    assert last(view="join", hole="backward", claim=claim)["claim_same"] is same


def test_a_claim_comes_last_even_after_training() -> None:
    story = frames(claim="h_f", iterations=20)
    assert [frame.about_claim for frame in story] == [False] * (len(story) - 1) + [True]
    assert [look_at(source, draw(6, 2, np.random.default_rng(0))).same for source in JOINS.values()].count(True) == 1
