"""The hands-on: the pictures of it, its sweeps, and a learner's formula beside the right one."""

import json
from collections.abc import Mapping
from functools import cache
from typing import TypeVar
from unicodedata import east_asian_width

import numpy as np
import pytest

from sims.adder import Adder, Settings
from sims.adder.inspection import inspect, spectral_radius
from sims.binary_addition import effect
from sims.frames import Frame, Heatmap, Metric, Plot, Table
from sims.numerals import percent, significant
from sims.registry import get

P = TypeVar("P")


@cache
def story(seed: int = 0, **given: str) -> tuple[Frame, ...]:
    simulation = get("binary_addition")
    return tuple(simulation.run(simulation.values(given), seed))


def last(seed: int = 0, **given: str) -> Mapping[str, Metric]:
    return story(seed, **given)[-1].metrics


def number(metrics: Mapping[str, Metric], name: str) -> float:
    value = metrics[name]
    assert isinstance(value, (int, float))
    return value


def figure(metrics: Mapping[str, Metric], name: str) -> float:
    """A figure that may be missing because it is infinite."""
    return float("inf") if metrics[name] is None else number(metrics, name)


def panel(frame: Frame, kind: type[P]) -> P:
    (found,) = (each for each in frame.panels if isinstance(each, kind))
    return found


def test_most_networks_learn_over_eight_seeds() -> None:
    shown = [effect(last(seed, rate="0.5", iterations="3000", runs="4")) for seed in range(8)]
    assert sum(shown) >= 7


def test_first_weights_are_told_in_the_metrics() -> None:
    metrics, start = last(iterations="100"), inspect(Adder(Settings(), 8, 0), slice(None), 0)
    assert metrics["saturated_share"] == start.saturated
    assert metrics["mean_slope"] == start.slope
    assert metrics["spectral_radius"] == spectral_radius(Adder(Settings(), 8, 0).weights["W"])


class TestOverflow:
    def test_is_reported_with_its_iteration_and_never_raised(self) -> None:
        before = np.geterr()
        metrics = last(activation="relu", iterations="600")
        assert np.geterr() == before
        at = Adder(Settings(activation="relu"), 8, 0)
        at.train(10)
        assert metrics["overflow_iterations"] == sorted(at.overflow.tolist())
        assert metrics["overflow_iteration"] == at.overflow.min()
        assert metrics["overflow_share"] == 1.0
        assert number(metrics, "nan_share") > 0
        assert effect(metrics)

    def test_is_explained_by_the_growth_of_the_state(self) -> None:
        end = story(activation="relu", iterations="600")[-1]
        growth, loss = (each for each in end.panels if isinstance(each, Plot))
        assert growth.log_y
        assert growth.series[0].y[-1] == pytest.approx(end.metrics["largest_state"])
        assert "1,644" in end.caption.en
        assert "オーバーフロー" in end.caption.ja
        assert all(np.isfinite(series.y).all() for series in loss.series)

    def test_without_growth_is_not_explained_by_it(self) -> None:
        # He's weights grow little at first: what overflows later overflows for another reason
        end = story(0, activation="relu", init="he", iterations="3000")[-1]
        assert number(end.metrics, "overflow_iteration") > 100
        assert "state grows" not in end.caption.en
        assert f"{number(end.metrics, 'overflow_iteration'):,.0f} updates" in end.caption.en
        assert len([each for each in end.panels if isinstance(each, Plot)]) == 1

    def test_frames_can_be_written_as_json(self) -> None:
        for frame in story(activation="relu", iterations="600"):
            for each in frame.panels:
                if isinstance(each, Heatmap):
                    assert np.isfinite(each.values).all()
            json.dumps(dict(frame.metrics), allow_nan=False)


class TestPicture:
    def test_digits_are_those_of_the_sum_and_the_wrong_ones_are_marked(self) -> None:
        for frame in (story()[0], story()[12], story()[-1]):
            table = panel(frame, Table)
            a, b, wanted, said = ([cell.en for cell in row] for row in table.rows)
            for row in (a, b, wanted, said):
                assert int("".join(row[1:9]), 2) == int(row[9])
            assert int(a[9]) + int(b[9]) == int(wanted[9])
            assert set(table.claim) == {(3, place) for place in range(1, 9) if said[place] != wanted[place]}
        assert panel(story()[0], Table).claim
        assert panel(story()[-1], Table).claim == ()
        assert panel(story()[-1], Table).lit == ((3, 9),)

    def test_the_sum_that_is_shown_carries_several_times(self) -> None:
        for seed in range(30):
            a, b = pair(seed)
            assert ((a + b) ^ a ^ b).bit_count() >= 3
        assert len({pair(seed) for seed in range(30)}) > 20

    def test_states_hang_under_the_digit_they_belong_to(self) -> None:
        metrics = last(iterations="100")
        heat = panel(story(iterations="100")[-1], Heatmap)
        adder = Adder(Settings(), 8, 0)
        adder.train(100)
        states = adder.add(int(number(metrics, "shown_a")), int(number(metrics, "shown_b"))).states[0]
        assert np.allclose(heat.values, states[::-1].T)
        assert (heat.low, heat.high) == (0.0, 1.0)

    def test_of_many_units_the_first_are_drawn(self) -> None:
        heat = panel(story(iterations="100", hidden_size="32")[-1], Heatmap)
        assert len(heat.values) == 16
        assert "16 of 32" in heat.title.en

    def test_curve_is_the_median_within_its_range(self) -> None:
        plot = panel(story()[-1], Plot)
        low, high, median = plot.series
        assert median.role == "lit"
        assert median.x[-1] == 10_000
        assert np.all(np.array(low.y) <= median.y)
        assert np.all(np.array(high.y) >= median.y)
        first = Adder(Settings(), 8, 0).train(int(median.x[0])).losses.mean(1)
        assert median.y[0] == pytest.approx(np.median(first))
        assert (low.y[0], high.y[0]) == pytest.approx((first.min(), first.max()))

    def test_axes_stay_while_it_runs(self) -> None:
        for given in ({}, {"weight_std": "10", "iterations": "120"}, {"activation": "relu", "iterations": "120"}):
            losses = [each for frame in story(0, **given) for each in frame.panels if isinstance(each, Plot)]
            ranges = {(plot.x_range, plot.y_range) for plot in losses if plot.title.en.startswith("loss")}
            assert len(ranges) == 1

    def test_captions_say_the_measured_numbers(self) -> None:
        start, running, end = story()[0], story()[20], story()[-1]
        assert percent(number(end.metrics, "saturated_share")) in start.caption.ja
        assert f"{number(running.metrics, 'iteration'):,}" in running.caption.en
        assert percent(number(running.metrics, "latest_right")) in running.caption.ja
        assert f"{number(end.metrics, 'iterations_to_99'):,.0f}" in end.caption.en
        failed = story(weight_std="10", iterations="600")[-1]
        assert percent(number(failed.metrics, "saturated_share")) in failed.caption.en
        assert significant(number(failed.metrics, "final_loss")) in failed.caption.ja

    @pytest.mark.parametrize(
        "given",
        [
            {"weight_std": "10"},
            {"weight_std": "0.1"},
            {"activation": "relu"},
            {"activation": "relu", "weight_std": "20", "rate": "2"},
            {"activation": "tanh"},
            {"sweep": "init"},
            {"sweep": "rate"},
            {"sweep": "activation"},
            {"sweep": "delta"},
            {"sweep": "hidden_size", "runs": "2"},
            {"hidden_size": "2", "runs": "1"},
            {"delta": "true", "claim": "y - d"},
            {"delta": "true", "claim": "(d - y) * y * (1 - y)"},
            {"claim": "y.dot(d)"},
            {"claim": "(y - d) * 1e9"},
        ],
        ids=str,
    )
    def test_captions_fit_and_numbers_are_finite_whatever_is_set(self, given: dict[str, str]) -> None:
        for frame in story(1, iterations="100", **given):
            for caption in (frame.caption.ja, frame.caption.en):
                assert sum(2 if east_asian_width(char) in "WF" else 1 for char in caption) <= 130, caption
            for each in frame.panels:
                if isinstance(each, Plot):
                    assert all(np.isfinite(series.y).all() and len(series.x) == len(series.y) for series in each.series)
        json.dumps(dict(frame.metrics), allow_nan=False)


class TestSweep:
    def test_arms_are_the_single_settings(self) -> None:
        swept = last(2, sweep="rate", iterations="2500", runs="4")
        for rate in ("0.5", "1"):
            alone = last(2, rate=rate, iterations="2500", runs="4")
            for name in ("final_loss", "exact_share", "solved_share", "iterations_to_99"):
                assert np.isclose(figure(swept, f"{name}_rate_{rate}"), figure(alone, name), rtol=1e-3)
        assert swept["final_loss"] == swept["final_loss_rate_0.1"]

    def test_lights_the_given_setting(self) -> None:
        end = story(0, sweep="init", init="he", iterations="300", runs="2")[-1]
        assert [series.name.en for series in panel(end, Plot).series if series.role == "lit"] == ["He"]
        assert [row[0].en for row in panel(end, Table).rows] == ["N(0, 0.1²)", "N(0, 1)", "N(0, 10²)", "Xavier", "He"]

    def test_names_the_first_to_learn(self) -> None:
        end = story(2, sweep="rate", iterations="2500", runs="4")[-1]
        assert "rate 1" in end.caption.en
        assert f"{number(end.metrics, 'iterations_to_99_rate_1'):,.0f}" in end.caption.en

    def test_note_and_true_derivative_point_nearly_the_same_way(self) -> None:
        end = story(0, sweep="delta", iterations="300")[-1]
        assert number(end.metrics, "note_cosine") > 0.95
        assert number(end.metrics, "note_error") > 0.2
        assert "cosine" in end.caption.en


class TestClaim:
    RIGHT = "(y - d) * y * (1 - y)"

    def end(self, claim: str) -> Frame:
        return story(0, delta="true", claim=claim, rate="1", iterations="800", runs="4")[-1]

    def test_the_right_formula_is_recognised_in_any_spelling(self) -> None:
        for claim in (self.RIGHT, "y * (y - d) - y**2 * (y - d)", "(sigmoid(v) - d) * sigmoid(v) * (1 - y)"):
            end = self.end(claim)
            assert end.metrics["claim_agrees"] is True
            assert not end.about_claim
            assert end.metrics["final_loss_claim"] == pytest.approx(end.metrics["final_loss_right"], rel=0.01)

    def test_the_notes_formula_learns_but_has_another_gradient(self) -> None:
        end = self.end("(y - d) * sigmoid(y) * (1 - sigmoid(y))")
        assert end.metrics["claim_agrees"] is False
        assert end.about_claim
        assert number(end.metrics, "claim_cosine") > 0.9
        note = last(0, rate="1", iterations="800", runs="4")
        assert end.metrics["final_loss_claim"] == pytest.approx(note["final_loss"], rel=0.01)

    def test_a_reversed_sign_goes_up(self) -> None:
        end = self.end("(d - y) * y * (1 - y)")
        assert end.metrics["claim_cosine"] == pytest.approx(-1.0)
        assert number(end.metrics, "final_loss_claim") > 1.2
        assert "逆向き" in end.caption.ja
        assert "wrong way" in end.caption.en
        (mine,) = (series for series in panel(end, Plot).series if series.role == "claim")
        assert mine.y[-1] > 1.0

    def test_what_cannot_be_computed_is_said_and_the_right_one_runs(self) -> None:
        for claim, reason in (("y.dot(d)", "shape"), ("y - q", "no q"), ("v[0]", "shape"), ("1 / (y - y)", "finite")):
            end = self.end(claim)
            assert end.about_claim
            assert reason in end.caption.en
            assert reason in str(end.metrics["claim_problem"])
            assert number(end.metrics, "final_loss") < 1.1

    def test_what_overflows_later_becomes_nan(self) -> None:
        end = self.end("(y - d) * v * v * v * v")
        assert end.metrics["final_loss_claim"] is None
        assert end.metrics["solved_share_claim"] == 0.0
        assert "NaN" in end.caption.ja
        assert panel(end, Table).rows[1][1].en == "NaN"
        assert number(end.metrics, "final_loss_right") < 1.1


def pair(seed: int) -> tuple[int, int]:
    metrics = next(iter(get("binary_addition").run(get("binary_addition").values({"runs": "1"}), seed)))
    table = panel(metrics, Table)
    return int(table.rows[0][9].en), int(table.rows[1][9].en)


@pytest.mark.slow
def test_effect_with_the_defaults_over_twenty_seeds() -> None:
    assert sum(effect(last(seed)) for seed in range(20)) >= 19
