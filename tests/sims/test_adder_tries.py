"""What every [try] of the hands-on comes to, and what its first weights are like."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from sims.adder import Adder, Score, Settings, Sweep
from sims.adder.inspection import Inspection, inspect, spectral_radius
from sims.binary_addition.pictures import UNBIASED
from sims.cells import Array

SIGMOIDS = {
    "base": Settings(),
    "std 10": Settings(weight_std=10.0),
    "std .1": Settings(weight_std=0.1),
    "rate .5": Settings(rate=0.5),
    "rate 1": Settings(rate=1.0),
    "xavier": Settings(init="xavier"),
    "he": Settings(init="he"),
}
OTHERS = {
    "tanh": Settings(activation="tanh"),
    "tanh xavier": Settings("xavier", activation="tanh"),
    "tanh he": Settings("he", activation="tanh"),
    "relu": Settings(activation="relu"),
}
TRUE = {"true": Settings(delta="true"), "true std 10": Settings(delta="true", weight_std=10.0)}
LARGE = {
    "32": Settings(hidden_size=32),
    "32 rate .5": Settings(hidden_size=32, rate=0.5),
    "100": Settings(hidden_size=100),
    "100 xavier": Settings("xavier", hidden_size=100),
}


class Outcome:
    """What the runs of one setting came to: losses (R,) at the end, sums, and when 99 % of them were right."""

    def __init__(self, losses: Array, right: Array, score: Score) -> None:
        self.losses, self.exact = losses[:, -500:].mean(1), score.exact
        counts = np.cumsum(right, axis=1)
        there = counts[:, 500:] - counts[:, :-500] >= 495
        self.reached = float(np.median(np.where(there.any(1), there.argmax(1) + 500, np.inf)))
        self.solved = int((score.exact > 0.999).sum())
        self.lost = int((~np.isfinite(losses)).any(1).sum())


@cache
def outcomes(kind: str, runs: int, seed: int, iterations: int = 10_000) -> Mapping[str, Outcome]:
    settings = {"sigmoids": SIGMOIDS, "others": OTHERS, "true": TRUE, "large": LARGE}[kind]
    sweep = Sweep(list(settings.values()), runs, seed)
    trained = sweep.train(iterations)
    found = {}
    for place, name in enumerate(settings):
        adder, own = sweep.member(place)
        found[name] = Outcome(trained.losses[place], trained.right[place].astype(float), adder.score(own))
    return found


class TestTries:
    def test_the_sigmoid_list(self) -> None:
        found = outcomes("sigmoids", 8, 0)
        for name in ("base", "rate .5", "rate 1", "he"):
            assert found[name].solved >= 7, name
        assert found["xavier"].solved >= 5
        assert found["std 10"].solved == found["std .1"].solved == 0
        assert np.median(found["std 10"].losses) > 0.5
        assert np.median(found["std .1"].losses) == pytest.approx(1.0, abs=0.03)
        assert found["rate 1"].reached < found["rate .5"].reached < found["base"].reached / 2

    def test_the_other_activations(self) -> None:
        found = outcomes("others", 8, 0, 4000)
        assert found["tanh"].solved <= 1
        for name in ("tanh xavier", "tanh he"):
            assert found[name].solved >= 7
            assert found[name].reached < 2500
            assert np.median(found[name].losses) == pytest.approx(UNBIASED, abs=0.005)
        assert found["relu"].solved == 0
        assert found["relu"].lost >= 2

    @pytest.mark.slow
    @pytest.mark.parametrize("seed", [0, 1])
    def test_all_over_twenty_runs(self, seed: int) -> None:
        found: dict[str, Outcome] = {}
        for kind in ("sigmoids", "others", "true", "large"):
            found |= outcomes(kind, 20, seed)
        for name in ("base", "rate .5", "rate 1", "he", "32", "32 rate .5", "100 xavier", "tanh xavier", "tanh he"):
            assert found[name].solved >= 18, name
        assert found["xavier"].solved >= 16
        assert 8 <= found["100"].solved <= 19
        for name in ("std 10", "std .1", "relu", "true std 10"):
            assert found[name].solved == 0, name
        assert found["tanh"].solved <= 3
        assert found["true"].solved >= 18
        assert np.median(found["true"].losses) > 2 * np.median(found["base"].losses)
        assert np.median(found["true std 10"].losses) > np.median(found["std 10"].losses)
        base = found["base"].reached
        assert 4000 < base < 6500
        assert found["xavier"].reached > base
        assert found["rate .5"].reached == pytest.approx(1850, rel=0.15)
        assert found["32 rate .5"].reached == pytest.approx(found["rate .5"].reached, rel=0.15)
        assert found["rate 1"].reached == pytest.approx(1400, rel=0.15)
        assert found["100"].reached > base
        assert found["tanh xavier"].reached < base / 3


class TestStart:
    """What the questions say of the first weights."""

    def start(self, **given: Any) -> Inspection:
        return inspect(Adder(Settings(**given), 16, 0), slice(None), 0)

    def test_wide_weights_saturate(self) -> None:
        assert self.start().saturated == pytest.approx(0.05, abs=0.02)
        assert self.start(weight_std=10.0).saturated == pytest.approx(0.82, abs=0.05)
        assert self.start(hidden_size=100).saturated == pytest.approx(0.42, abs=0.06)
        assert self.start(activation="tanh").saturated == pytest.approx(0.39, abs=0.06)
        assert self.start(init="xavier").saturated < 0.01
        assert self.start().slope == pytest.approx(0.14, abs=0.02)
        assert self.start(weight_std=10.0).slope == pytest.approx(0.02, abs=0.01)

    def test_narrow_weights_make_all_units_alike(self) -> None:
        assert self.start(weight_std=0.1).spread < 0.06
        assert self.start().spread > 0.2

    def test_largest_eigenvalue_grows_with_the_root_of_the_units(self) -> None:
        for size, expected in ((16, 4.0), (100, 10.0)):
            radius = spectral_radius(Adder(Settings(hidden_size=size), 16, 0).weights["W"])
            assert radius == pytest.approx(expected, rel=0.12)

    def test_relu_states_grow_to_some_thousands(self) -> None:
        assert 500 < self.start(activation="relu").growth[-1] < 6000
        assert self.start(activation="relu", init="he").growth[-1] < 20


class TestSweep:
    def test_is_each_setting_on_its_own(self) -> None:
        settings = [Settings(), Settings(activation="tanh", init="he"), Settings(rate=1.0), Settings(weight_std=0.1)]
        sweep = Sweep(settings, 2, 3)
        trained = sweep.train(40)
        assert trained.losses.shape == trained.right.shape == (4, 2, 40)
        for place, each in enumerate(settings):
            alone = Adder(each, 2, 3)
            assert np.allclose(trained.losses[place], alone.train(40).losses, atol=1e-13)
            adder, own = sweep.member(place)
            assert adder.score(own).exact == pytest.approx(alone.exact())
        assert np.all(sweep.overflow == -1)

    def test_reports_overflow_where_it_happens(self) -> None:
        sweep = Sweep([Settings(), Settings(activation="relu")], 3, 0)
        sweep.train(6)
        assert np.all(sweep.overflow[0] == -1)
        assert np.all(sweep.overflow[1] >= 0)

    def test_draws_the_same_numbers_for_every_setting(self) -> None:
        adder, own = Sweep([Settings(), Settings(weight_std=2.0)], 2, 0).member(1)
        assert np.allclose(adder.weights["W"][own], 2 * adder.weights["W"][:2])
