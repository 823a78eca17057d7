"""The tree of three words against a literal net, and ways of joining that do not work."""

from collections.abc import Mapping

import numpy as np
import pytest

from sims.frames import Bars, Frame, Metric, Table
from sims.tree_merge import effect, run
from sims.tree_merge.parse_tree import JOIN, OTHERS, Words, joiner, merge, swap_distance


def frames(embed: int = 4, branch: str = "left", claim: str | None = None, seed: int = 0) -> list[Frame]:
    return list(run(embed, branch, claim, seed))


def last(**changed: int | str) -> Mapping[str, Metric]:
    return frames(**changed)[-1].metrics  # type: ignore[arg-type]


@pytest.mark.parametrize("branch", ["left", "right"])
@pytest.mark.parametrize("embed", [3, 4, 12])
def test_only_the_concatenation_fits_and_keeps_the_order(embed: int, branch: str) -> None:
    shown = [effect(last(embed=embed, branch=branch, seed=seed)) for seed in range(10)]
    assert sum(shown) >= 9


@pytest.mark.parametrize("left", [True, False])
def test_root_is_that_of_a_net_written_out(left: bool) -> None:
    rng = np.random.default_rng(1)
    embed = 3
    a, b, c = vectors = rng.normal(size=(3, embed))
    W = rng.normal(size=(embed, 2 * embed))

    def join(l: list[float], r: list[float]) -> list[float]:  # noqa: E741
        both = [*l, *r]
        return [
            float(np.tanh(sum(W[row, column] * both[column] for column in range(2 * embed)))) for row in range(embed)
        ]

    expected = join(join(list(a), list(b)), list(c)) if left else join(list(a), join(list(b), list(c)))
    swapped = join(join(list(b), list(a)), list(c)) if left else join(list(a), join(list(c), list(b)))
    words = Words(vectors, left)
    assert np.allclose(merge(words, W, joiner(JOIN))[1], expected, rtol=1e-13)
    assert np.allclose(merge(words, W, joiner(JOIN), swap=True)[1], swapped, rtol=1e-13)
    apart = np.linalg.norm(np.subtract(expected, swapped)) / np.linalg.norm(expected)
    assert swap_distance(words, W, joiner(JOIN)) == pytest.approx(float(apart))


@pytest.mark.parametrize("claim", OTHERS)
def test_another_option_is_a_shape_error_and_loses_the_order(claim: str) -> None:
    frame = frames(claim=claim)[-1]
    assert frame.about_claim
    assert "(4, 8) と (4,)" in frame.caption.ja
    assert "語順" in frame.caption.ja
    assert frame.metrics["claim_order"] == 0
    table, bars = frame.panels
    assert isinstance(table, Table)
    assert isinstance(bars, Bars)
    assert len(table.rows) == len(bars.bars) == 4  # the option is marked where it stands, not listed twice
    row = [table.rows[row][0].en for row, _ in table.claim]
    assert row == [claim, claim]
    assert [bar.name.en for bar in bars.bars if bar.role == "claim"] == [claim]


CAPTIONS = {
    "np.hstack((l, r))": "同じ根",
    "np.concatenate([r, l])": "別の根",
    "np.concatenate([l, l])": "w2、w3 は根に届きません",
    "np.concatenate([l + r, l * r])": "語順が消えます",
    "r": "w1、w2 は根に届きません",
    "np.outer(l, r)": "形が合いません",
    "np.stack([l, r])": "形が合いません",
    "l.dot(r)": "親の形",
    "np.concatenate([l, r, l])": "(12,)",
    "np.log(l - 9)": "有限",
    "l / (r - r)": "有限",
    "q": "q はこの問題にありません",
    "np.concatenate([l, r": "かっこ",
    "import os": "使えません",
}


@pytest.mark.parametrize(("claim", "words"), CAPTIONS.items(), ids=CAPTIONS)
def test_whatever_is_typed_is_told_by_what_it_does(claim: str, words: str) -> None:
    frame = frames(claim=claim)[-1]
    assert frame.about_claim
    assert words in frame.caption.ja
    assert frame.metrics["claim_same"] is (words == "同じ根")


def test_shape_errors_are_those_of_the_real_product() -> None:
    metrics = last(embed=5)
    for name in ("sum", "product", "maximum"):
        assert metrics[f"error_{name}"] == "The shapes in W.dot(lr) do not fit: (5, 10) and (5,)."
    assert metrics["W_shape"] == "(5, 10)"
    assert metrics["root_shape"] == "(5,)"
    assert metrics["error_concatenate"] is None
