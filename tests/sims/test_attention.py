"""Attention against literal loops, the saturation of softmax, and expressions that put something else in its place."""

from collections.abc import Mapping
from itertools import product
from math import exp, sqrt

import numpy as np
import pytest

from sims.attention import effect, run
from sims.attention.heads import Projections, attend, dot_deviation, draw_heads, saturation
from sims.cells import softmax
from sims.frames import Frame, Metric
from sims.metrics import measured


def frames(seed: int = 0, **changed: object) -> list[Frame]:
    given: dict[str, object] = {"view": "map", "tokens": 6, "width": 16, "heads": 1, "mask": "none", "hole": "scores"}
    return list(run(**(given | {"claim": None} | changed), seed=seed))  # type: ignore[arg-type]


def last(seed: int = 0, **changed: object) -> Mapping[str, Metric]:
    return frames(seed, **changed)[-1].metrics


def test_softmax_saturates_without_the_division_only() -> None:
    assert sum(effect(last(seed, view="story")) for seed in range(8)) >= 7


@pytest.mark.slow
def test_the_effect_holds_over_many_seeds() -> None:
    assert sum(effect(last(seed, view="scale")) for seed in range(20)) >= 19


@pytest.mark.parametrize("causal", [False, True])
def test_a_head_is_what_a_loop_computes(causal: bool) -> None:
    Q, K, V = np.random.default_rng(0).normal(size=(3, 4, 5))
    head = attend(Projections(Q, K, V), causal)
    for query in range(4):
        seen = range(query + 1) if causal else range(4)
        raised = {key: exp(sum(Q[query, j] * K[key, j] for j in range(5)) / sqrt(5)) for key in seen}
        total = sum(raised.values())
        expected = [sum(raised[key] / total * V[key, j] for key in seen) for j in range(5)]
        assert np.allclose(head.output[query], expected, rtol=1e-12)
        assert np.allclose(head.weights[query, list(seen)], [value / total for value in raised.values()], rtol=1e-12)


def test_each_token_looks_for_the_one_it_was_given() -> None:
    for place, part in enumerate(draw_heads(6, 256, 3, np.random.default_rng(0))):
        partners = attend(part, False).weights.argmax(1)
        assert partners.tolist() == [(partner + place) % 6 for partner in (2, 2, 1, 1, 0, 0)]


@pytest.mark.parametrize("width", [1, 4, 10])
def test_deviation_of_a_dot_product_is_that_of_all_cases(width: int) -> None:
    sums = [sum(signs) for signs in product((1, -1), repeat=width)]
    assert dot_deviation(width) == pytest.approx(float(np.std(sums)))


def test_slope_of_softmax_is_that_of_finite_differences() -> None:
    """With one draw the median is that draw, so its slope can be taken apart."""
    found = saturation(4, True, 1, np.random.default_rng(3))
    rng = np.random.default_rng(3)
    query, keys = rng.normal(size=(1, 4, 1)), rng.normal(size=(1, 8, 4))
    scores = (keys @ query)[0, :, 0] / 2
    slopes = [(softmax(scores + step) - softmax(scores - step)) / 2e-6 for step in 1e-6 * np.eye(8)]
    assert found.gradient == pytest.approx(float(np.sqrt(np.square(slopes).sum())), rel=1e-7)
    assert found.largest == softmax(scores).max()


@pytest.mark.parametrize(("tokens", "heads", "width"), [(10, 8, 4), (3, 1, 16), (16, 2, 64)])
def test_shapes_and_weights_are_counted(tokens: int, heads: int, width: int) -> None:
    metrics = last(tokens=tokens, heads=heads, width=width)
    assert metrics["weights"] == metrics["weights_open"] == heads * tokens**2
    assert metrics["output_shape"] == f"{tokens}x{heads * width}"
    assert metrics["score_deviation"] == pytest.approx(sqrt(width))
    causal = last(tokens=tokens, heads=heads, width=width, mask="causal")
    assert causal["weights_open"] == sum(heads * token for token in range(1, tokens + 1))
    assert measured(causal, "row_sum_error") < 1e-12


CAPTIONS = {
    ("scores", "Q @ K.T / d**0.5"): "同じ値",
    ("scores", "Q.dot(K.T) / d"): "行の最大の重み",
    ("scores", "Q.dot(K.T) * np.sqrt(d)"): "行の最大の重み",
    ("scores", "Q.dot(K) / np.sqrt(d)"): "Q.dot(K) の形が合いません",
    ("scores", "Q.sum()"): "要るのは (6, 6)",
    ("divisor", "np.sum(e, axis=-1, keepdims=True)"): "同じ値",
    ("divisor", "e.sum(axis=0, keepdims=True)"): "行の和が",
    ("divisor", "e.sum(axis=1)"): "行の和が",
    ("divisor", "e.sum()"): "行の和が",
    ("divisor", "e - e"): "有限",
    ("output", "A @ V"): "同じ値",
    ("output", "A.T.dot(V)"): "ずれます",
    ("output", "V.dot(A)"): "V.dot(A) の形が合いません",
    ("output", "Q"): "Q はこの問題にありません",
    ("output", "import os"): "使えません",
}


@pytest.mark.parametrize(("place", "words"), CAPTIONS.items(), ids=map(str, CAPTIONS))
def test_whatever_is_typed_is_told_by_what_it_does(place: tuple[str, str], words: str) -> None:
    hole, claim = place
    frame = frames(hole=hole, claim=claim)[-1]
    assert frame.about_claim
    assert words in frame.caption.ja
    assert frame.metrics["claim_same"] is (words == "同じ値")


def test_rows_of_a_wrong_divisor_do_not_sum_to_one() -> None:
    for claim in ("e.sum(axis=0, keepdims=True)", "e.sum(axis=1)", "e.sum()"):
        sums = last(hole="divisor", claim=claim)["claim_row_sums"]
        assert isinstance(sums, list)
        assert max(abs(float(total) - 1) for total in sums) > 0.1
