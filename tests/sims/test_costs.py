"""What a convolution costs, how far a dilated one sees, how large a transposed one gets: each counted otherwise."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest

from sims import dilated_causal, registry, transposed_convolution
from sims.depthwise_cost.multiplications import count
from sims.frames import Frame, Metric


def story(name: str, **given: str) -> list[Frame]:
    simulation = registry.get(name)
    return list(simulation.run(simulation.values(given)))


def last(name: str, **given: str) -> Mapping[str, Metric]:
    return story(name, **given)[-1].metrics


@pytest.mark.parametrize("kernel", [1, 3, 5])
def test_multiplications_are_those_of_literal_loops(kernel: int) -> None:
    height, width, channels, filters = 3, 4, 2, 5
    counted = count(height, width, channels, filters, kernel, seed=1).multiplications
    pixels = [(row, column) for row in range(height) for column in range(width)]
    taps = [(row, column) for row in range(kernel) for column in range(kernel)]
    assert counted["standard"] == sum(1 for _ in product(pixels, range(channels), range(filters), taps))
    assert counted["depthwise"] == sum(1 for _ in product(pixels, range(channels), taps))
    assert counted["pointwise"] == sum(1 for _ in product(pixels, range(channels), range(filters)))


def test_both_ways_compute_the_same() -> None:
    for seed in range(8):
        assert count(5, 4, 3, 6, 3, seed).difference < 1e-12


def test_a_formula_is_wrong_only_where_the_count_differs() -> None:
    right = last("depthwise_cost", layer="depthwise", claim="H*W*C*K**2")
    assert right["claim_wrong_points"] == 0
    assert last("depthwise_cost", layer="depthwise", claim="H*W*C*M*K**2")["claim_wrong_points"] == 4
    final = story("depthwise_cost", layer="depthwise", claim="H*W*C*M*K**2")[-1]
    assert final.about_claim
    assert "32" in final.caption.ja  # M times too many


def test_a_claim_that_does_not_run_is_said_so() -> None:
    for name in ("depthwise_cost", "dilated_causal", "carried_state"):
        assert "計算できません" in story(name, claim="1 +")[-1].caption.ja


@pytest.mark.parametrize(
    ("layers", "kernel", "growth"), list(product((1, 3, 5), (2, 3), ("doubling", "tripling", "none")))
)
def test_what_reaches_the_output_is_what_a_walk_back_reaches(layers: int, kernel: int, growth: str) -> None:
    seen = {0}
    for layer in range(layers):
        dilation = dilated_causal.GROWTHS[growth] ** layer
        seen = {place + tap * dilation for place in seen for tap in range(kernel)}
    metrics = last("dilated_causal", layers=str(layers), kernel=str(kernel), growth=growth)
    assert metrics["receptive_field"] == metrics["formula"] == max(seen) + 1
    assert metrics["inputs_within"] == len(seen)
    assert metrics["from_the_future"] == 0
    shrunk = last("dilated_causal", layers=str(layers), kernel=str(kernel), growth=growth, padding="none", length="200")
    assert shrunk["output_length"] == max(200 - max(seen), 0)


@pytest.mark.parametrize(("length", "padding"), list(product((2, 7, 20), ("causal", "none"))))
def test_what_reaches_the_output_moves_it_when_it_is_nudged(length: int, padding: str) -> None:
    dilations = [1, 2, 4]
    weights = np.random.default_rng(length).uniform(0.5, 1.5, (3, 2))
    reach = dilated_causal.reaching(weights, dilations, length, padding)
    levels = dilated_causal.layers_of(np.ones(length), weights, dilations, padding)
    for level, values in enumerate(levels):
        for place in range(values.size):
            nudged = values + (np.arange(values.size) == place)
            top = dilated_causal.layers_of(nudged, weights[level:], dilations[level:], padding)[-1]
            moved = bool(top.size) and top[-1] != levels[-1][-1]
            assert reach[level][place] == moved


def test_the_largest_stack_needs_little_memory() -> None:
    metrics = last("dilated_causal", layers="8", kernel="5", growth="tripling", length="200")
    assert metrics["receptive_field"] == 1 + 4 * (3**8 - 1) // 2


def test_a_causal_layer_is_the_sum_over_its_taps() -> None:
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=12), rng.normal(size=3)
    literal = [sum(w[tap] * x[t - 2 * tap] for tap in range(3) if t >= 2 * tap) for t in range(12)]
    np.testing.assert_allclose(dilated_causal.convolve(x, w, 2, "causal"), literal)
    np.testing.assert_allclose(dilated_causal.convolve(x, w, 2, "none"), literal[4:])


def test_a_sequence_shorter_than_the_field_leaves_no_output() -> None:
    assert last("dilated_causal", layers="6", kernel="3", length="5", padding="none")["output_length"] == 0


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding"), list(product((1, 2, 5), (1, 2, 4), (1, 2, 3), (0, 1)))
)
def test_stamps_reach_as_far_as_the_formula_says(size: int, kernel: int, stride: int, padding: int) -> None:
    given = {"size": str(size), "kernel": str(kernel), "stride": str(stride), "padding": str(padding)}
    metrics = last("transposed_convolution", **given)
    side = max(0, (size - 1) * stride + kernel - 2 * padding)
    assert metrics["output_shape"] == f"{side}x{side}"
    assert transposed_convolution.effect(metrics)


def test_a_size_before_the_cut_is_named() -> None:
    final = story("transposed_convolution", padding="1", claim="7x7")[-1]
    assert "before" in final.caption.en
    assert final.metrics["output_shape"] == "5x5"
