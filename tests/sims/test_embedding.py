"""Embeddings read and multiplied, and attention over two keys."""

from collections.abc import Mapping

import pytest

from sims import embedding, weighted_mean
from sims.frames import Frame, Metric


def embedded(vocab: int = 8, embed: int = 4, word: int = 3, claim: str | None = None, seed: int = 0) -> list[Frame]:
    return list(embedding.run(vocab, embed, word, claim, seed))


def mean(a: int = 3, b: int = 1, left: int = 4, right: int = 8, claim: str | None = None) -> Frame:
    *_, last = weighted_mean.run(a, b, left, right, claim, 0)
    return last


@pytest.mark.parametrize(("vocab", "embed", "word"), [(8, 4, 3), (3, 2, 1), (10, 6, 10), (5, 3, 9)])
def test_a_product_with_one_hot_reads_a_column(vocab: int, embed: int, word: int) -> None:
    metrics: Mapping[str, Metric] = embedded(vocab, embed, word)[-1].metrics
    assert embedding.effect(metrics)
    assert metrics["multiplications"] == metrics["parameters"] == vocab * embed
    assert metrics["useful"] == metrics["reads"] == embed


LOOK_UPS = {
    "E @ w": "同じ列",
    "w.dot(E.T)": "同じ列",
    "E[:, 2]": "同じ列",
    "E[:, 0]": "E の列ではありません",
    "E * w": "(4, 8)",
    "w.dot(E)": "w.dot(E) の形が合いません",
    "E.T.dot(w)": "形が合いません",
    "E / (w - w)": "有限",
    "v": "v はこの問題にありません",
}


@pytest.mark.parametrize(("claim", "words"), LOOK_UPS.items(), ids=LOOK_UPS)
def test_a_look_up_is_told_by_what_it_does(claim: str, words: str) -> None:
    frame = embedded(claim=claim)[-1]
    assert frame.about_claim
    assert words in frame.caption.ja
    assert frame.metrics["claim_same"] is (words == "同じ列")


@pytest.mark.parametrize(("a", "b", "left", "right"), [(3, 1, 4, 8), (1, 4, 10, 20), (9, 1, 2, 0), (1, 1, 0, 0)])
def test_two_keys_make_a_weighted_mean(a: int, b: int, left: int, right: int) -> None:
    metrics = mean(a, b, left, right).metrics
    assert metrics["output"] == pytest.approx((a * left + b * right) / (a + b))
    assert metrics["weight_first"] == pytest.approx(a / (a + b))
    assert weighted_mean.effect(metrics)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("6", "k1 の重みが .5"),
        ("20", "20 にはなりません"),
        ("-1", "−1 にはなりません"),
        ("x", "計算できません"),
        ("1/0", "計算できません"),
    ],
)
def test_a_wrong_mean_is_told_by_the_weight_it_would_take(claim: str, words: str) -> None:
    frame = mean(claim=claim)
    assert frame.about_claim
    assert words in frame.caption.ja


def test_any_number_can_be_claimed_where_both_values_are_equal() -> None:
    assert "4" in mean(left=4, right=4, claim="4").caption.ja
