"""Softmax and its logarithm in three formats, against the limits of the formats and against logarithms of sums."""

import math
from typing import Any

import numpy as np
import pytest

from sims.frames import Frame
from sims.softmax_overflow import effect, run
from sims.softmax_overflow.measures import FORMATS, SHIFTS, last_finite, last_positive, losses, plain, shifted


def story(**given: Any) -> list[Frame]:
    values: dict[str, Any] = {
        "first": 2.0,
        "second": 1.0,
        "third": 0.0,
        "number_format": "float64",
        "power": 7,
        "ones": 1,
        "twos": 1,
        "asked": "code",
        "claim": None,
        "seed": 0,
    }
    return list(run(**(values | given)))


def test_both_ways_agree_where_nothing_overflows_and_only_one_survives() -> None:
    for seed in range(8):
        logits = np.random.default_rng(seed).normal(0, 5, 4)
        by_hand = [math.exp(z) / math.fsum(map(math.exp, logits)) for z in logits]
        assert np.allclose(plain(logits), by_hand, rtol=1e-13)
        assert np.allclose(shifted(logits), by_hand, rtol=1e-13)
        assert np.allclose(shifted(logits + 1000), by_hand, rtol=1e-10)
        assert np.isnan(plain(logits + 1000)).any()


def test_limits_are_those_of_the_formats() -> None:
    for kind in FORMATS.values():
        assert last_finite(kind) == pytest.approx(math.log(float(np.finfo(kind).max)), rel=1e-3)
        smallest = float(np.finfo(kind).smallest_subnormal)
        assert last_positive(kind) == pytest.approx(math.log(2) - math.log(smallest), rel=1e-3)


def test_losses_are_logarithms_of_sums() -> None:
    for gap in (0.0, 1.0, 10.0, 30.0, 300.0):
        exact, through, safe = losses(gap, 1e-7)
        assert exact == pytest.approx(gap + math.log1p(math.exp(-gap)), rel=1e-14)
        assert through == pytest.approx(exact, rel=1e-12)
        assert safe <= min(exact, 16.1181)
    assert losses(800.0, 1e-7)[1] == math.inf
    assert losses(800.0, 1e-7)[2] == pytest.approx(7 * math.log(10))


@pytest.mark.parametrize("number_format", FORMATS)
def test_effect_in_every_format(number_format: str) -> None:
    metrics = story(number_format=number_format)[-1].metrics
    assert effect(metrics)
    assert not effect(dict(metrics) | {"shifted_stays": False})


def test_metrics_of_logits_that_are_logarithms() -> None:
    half = math.log(2)
    metrics = story(first=half, second=0.0, third=0.0, ones=1, twos=2)[-1].metrics
    assert metrics["probabilities"] == pytest.approx([1 / 2, 1 / 4, 1 / 4])
    assert metrics["mean_loss"] == pytest.approx((1 + 2 * 2) / 3 * half)
    assert metrics["plain_fails_at"] == 710


@pytest.mark.parametrize(
    ("claim", "wrong_from"),
    [
        ("np.exp(a - c) / np.sum(np.exp(a - c))", None),
        ("np.exp(z) / np.sum(np.exp(z))", None),
        ("np.exp(a) / np.sum(np.exp(a))", 710),
        ("np.exp(a - np.mean(a)) / np.sum(np.exp(a - np.mean(a)))", None),
        ("np.exp(a / c) / np.sum(np.exp(a / c))", 0),
        ("(a - c) / np.sum(a - c)", 0),
        ("no_such(a)", 0),
    ],
)
def test_claimed_softmax_runs_at_every_shift(claim: str, wrong_from: int | None) -> None:
    last = story(claim=claim)[-1]
    assert last.metrics["claim_wrong_from"] == wrong_from
    assert last.about_claim == (wrong_from is not None)
    if wrong_from:
        assert str(wrong_from) in last.caption.ja
        assert str(wrong_from) in last.caption.en


def test_claimed_number_is_set_beside_the_measured_one() -> None:
    wrong = story(first=0.0, second=0.0, third=0.0, asked="probability", claim="1/2")[-1]
    assert wrong.about_claim
    assert ".3333" in wrong.caption.en
    right = story(first=0.0, second=0.0, third=0.0, asked="probability", claim="1/3")[-1]
    assert not right.about_claim
    assert "読めません" in story(asked="loss", claim="? ?")[-1].caption.ja


def test_captions_tell_where_the_chosen_format_overflows() -> None:
    told = {kind: [f for f in story(number_format=kind)[1 : len(SHIFTS)] if "inf" in f.caption.ja] for kind in FORMATS}
    assert [len(told[kind]) for kind in ("float16", "float32", "float64")] == [9, 5, 2]
