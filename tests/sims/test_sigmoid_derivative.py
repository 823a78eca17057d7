"""The slope of σ is at most a quarter, and chains of it fade faster than powers of a quarter."""

import math
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from sims.cells import Array
from sims.frames import Bars, Frame, Plot, Series
from sims.sigmoid_derivative import effect, run
from sims.sigmoid_derivative.measures import RUNS, chain, points, slope, underflow


@cache
def story(
    x: float = 2.0, weight: float = 1.0, layers: int = 10, claim: int | None = None, seed: int = 0
) -> tuple[Frame, ...]:
    return tuple(run(x, weight, layers, claim, seed))


def number(frame: Frame, name: str) -> float:
    value = frame.metrics[name]
    assert isinstance(value, (int, float))
    return float(value)


def plots(frame: Frame) -> list[Plot]:
    return [panel for panel in frame.panels if isinstance(panel, Plot)]


def curve(plot: Plot, name: str) -> Series:
    return next(series for series in plot.series if series.name.en.startswith(name))


class TestSlope:
    def test_is_that_of_finite_differences(self) -> None:
        x = np.linspace(-8, 8, 333)
        sigma = [1 / (1 + np.exp(-(x + side * 1e-4))) for side in (-2, -1, 1, 2)]
        numeric = (sigma[0] - 8 * sigma[1] + 8 * sigma[2] - sigma[3]) / 12e-4
        assert np.max(np.abs(slope(x) - numeric)) < 1e-11

    def test_is_largest_at_zero_and_exactly_a_quarter(self) -> None:
        end = story()[-1]
        assert (end.metrics["maximum"], end.metrics["maximum_at"]) == (0.25, 0.0)
        heights = slope(points())
        assert np.count_nonzero(heights == 0.25) == 1
        assert np.all(np.diff(heights[:801]) > 0)

    @pytest.mark.parametrize(("x", "expected"), [(0.0, 0.25), (2.0, 0.104994), (4.0, 0.0176627), (-2.0, 0.104994)])
    def test_at_a_chosen_point(self, x: float, expected: float) -> None:
        frames = story(x=x)
        assert number(frames[-1], "slope_at_x") == pytest.approx(expected, rel=1e-5)
        assert f"At x = {x:g}".replace("-", "−") in frames[0].caption.en
        tangent = curve(plots(frames[0])[0], "tangent")
        rise = (tangent.y[1] - tangent.y[0]) / (tangent.x[1] - tangent.x[0])
        assert rise == pytest.approx(expected, rel=1e-5)

    def test_scan_finds_the_largest_half_way(self) -> None:
        said = [frame.caption.en for frame in story()[1:8]]
        assert "0.105 at x = −2" in said[2]
        assert all("0.25 at x = 0" in text for text in said[3:])


class TestPowers:
    def test_underflow_where_exact_arithmetic_says(self) -> None:
        for each in (np.float16, np.float32, np.float64):
            smallest = Fraction(float(np.finfo(each).smallest_subnormal))
            exact = next(n for n in range(1, 600) if Fraction(1, 4**n) <= smallest / 2)  # a tie rounds to even: 0
            assert underflow(each) == exact
        assert [underflow(each) for each in (np.float16, np.float32, np.float64)] == [13, 75, 538]

    def test_bars_are_powers_of_a_quarter(self) -> None:
        (bars,) = (panel for frame in story() for panel in frame.panels if isinstance(panel, Bars))
        for bar in bars.bars:
            assert bar.value == pytest.approx(0.25 ** int(bar.name.en.split("^")[1]), rel=1e-12)
        assert [bar.name.en for bar in bars.bars if bar.role == "lit"] == ["0.25^10"]


class TestChain:
    def test_is_the_derivative_of_the_whole_chain(self) -> None:
        rng = np.random.default_rng(5)
        first, noise = rng.uniform(0, 1, RUNS), rng.normal(size=(6, RUNS))

        def end(z: Array, f: str) -> Array:
            for disturbance in noise:
                u = 1.5 * z + disturbance
                z = 1 / (1 + np.exp(-u)) if f == "sigmoid" else np.tanh(u)
            return z

        passed = chain(1.5, 6, 5)
        for name, found in (("sigmoid", passed.sigmoid), ("tanh", passed.tanh)):
            near, far = (end(first + n * 1e-3, name) - end(first - n * 1e-3, name) for n in (1, 2))
            numeric = (8 * near - far) / 12e-3
            assert np.max(np.abs(found[:, -1] / numeric - 1)) < 1e-6

    def test_effect_over_seeds(self) -> None:
        ends = [story(seed=seed)[-1] for seed in range(8)]
        assert all(effect(end.metrics) for end in ends)
        products = [number(end, "product") for end in ends]
        assert sum(product < 1e-6 for product in products) == 8
        assert np.median(products) == pytest.approx(4e-8, rel=0.6)
        assert all(0.16 < number(end, "factor_per_layer") < 0.21 for end in ends)

    def test_effect_is_not_shown_by_other_numbers(self) -> None:
        metrics = dict(story()[-1].metrics)
        for other in ({"maximum": 0.35}, {"maximum_at": 0.5}, {"product": 1.0}, {"share_below_bound": 0.9}):
            assert not effect(metrics | other)

    @pytest.mark.parametrize("weight", [4.0, 8.0])
    def test_large_weights_do_not_rescue_it(self, weight: float) -> None:
        end = story(weight=weight)[-1]
        assert number(end, "bound") == (weight / 4) ** 10
        assert number(end, "product") < number(story()[-1], "product")
        assert "saturates" in end.caption.en

    def test_tanh_fades_later(self) -> None:
        end = story()[-1]
        assert number(end, "product_tanh") > 100 * number(end, "product")

    def test_what_vanishes_entirely_stays_data(self) -> None:
        frames = story(weight=16.0, layers=100)
        assert frames[-1].metrics["product"] == 0.0
        for frame in frames:
            for plot in plots(frame):
                for series in plot.series:
                    assert not plot.log_y or (min(series.y) > 0 and math.isfinite(max(series.y)))

    def test_curve_grows_layer_by_layer(self) -> None:
        (first, *_, last) = (plot for frame in story() for plot in plots(frame) if plot.log_y)
        assert len(curve(first, "σ").y) == 2
        assert curve(last, "σ").y[-1] == number(story()[-1], "product")
        assert curve(last, "bound").y[-1] == number(story()[-1], "bound")
        level = curve(last, "all at x").y
        assert level[3] == pytest.approx(float(slope(np.array([2.0]))[0]) ** 3)


class TestClaim:
    @pytest.mark.parametrize(("claim", "said"), [(35, "None of 1,601"), (45, "None of 1,601"), (15, "299 of 1,601")])
    def test_is_held_against_the_scan(self, claim: int, said: str) -> None:
        frames = story(claim=claim)
        assert said in frames[8].caption.en
        assert frames[8].about_claim
        line = curve(plots(frames[8])[0], "yours")
        assert set(line.y) == {claim / 100}
        assert line.role == "claim"
        assert plots(frames[8])[0].y_range[1] > claim / 100

    def test_count_of_points_above_is_right(self) -> None:
        # σ(1 − σ) > .15 where |x| < log(σ / (1 − σ)) with σ the larger root of s(1 − s) = .15
        root = (1 + math.sqrt(1 - 0.6)) / 2
        assert 2 * math.floor(100 * math.log(root / (1 - root))) + 1 == 299

    def test_too_large_a_one_would_leave_more(self) -> None:
        end = story(claim=35)[-1]
        assert end.about_claim
        assert "2.8×10⁻⁵" in end.caption.ja
        assert curve(plots(end)[0], "yours").y[-1] == pytest.approx(0.35**10)

    def test_too_small_a_one_is_exceeded(self) -> None:
        assert "5.8×10⁻⁹" in story(claim=15)[-1].caption.en
        assert number(story(claim=15)[-1], "product") > 0.15**10

    def test_right_one_is_no_mistake(self) -> None:
        assert story(claim=25) == story()
        assert not any(frame.about_claim for frame in story(claim=25))


@pytest.mark.slow
def test_effect_over_twenty_seeds() -> None:
    assert all(effect(story(seed=seed)[-1].metrics) for seed in range(100, 120))
