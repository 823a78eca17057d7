"""The CEC keeps its gradient and cannot learn without gates; its floors are found here again by regression."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from sims.cec import LAGS, effect, run
from sims.cec.error_flow import carousel_flow, power_flow, rnn_flow
from sims.cec.marked_recall import DESIGNS, STEPS, VARIANCE, MarkedRecall, balanced_sequences, draw_sequences, floor
from sims.cec.words import SOLVED, short
from sims.cells import Array
from sims.frames import Frame, Heatmap, Metric, Plot, Series, Table


@cache
def story(gates: str, seed: int = 0, runs: int = 4, iterations: int = 250) -> tuple[Frame, ...]:
    return tuple(run(gates=gates, cells=4, rate=0.05, runs=runs, iterations=iterations, seed=seed))


def last(gates: str, seed: int = 0) -> Mapping[str, Metric]:
    return story(gates, seed)[-1].metrics


def number(metrics: Mapping[str, Metric], name: str) -> float:
    value = metrics[name]
    assert isinstance(value, float)
    return value


def plots(frame: Frame) -> list[Plot]:
    return [panel for panel in frame.panels if isinstance(panel, Plot)]


def curve(frame: Frame, role: str) -> list[Series]:
    return [series for series in plots(frame)[0].series if series.role == role]


class TestGradientOverTime:
    def test_is_bitwise_one_in_the_carousel_at_every_lag_and_run(self) -> None:
        for seed in range(5):
            flow = carousel_flow(np.random.default_rng(seed).normal(size=(4, 1001)))
            assert flow.shape == (4, 1001)
            assert np.all(flow == 1.0)

    def test_fades_in_a_plain_rnn(self) -> None:
        inputs = np.random.default_rng(0).uniform(-1, 1, (20, 101))
        flow = rnn_flow(inputs, 16, np.random.default_rng(1))
        assert np.mean(flow[:, 50] < 1e-3) >= 0.9
        assert np.all(flow[:, 0] == 1.0)

    def test_in_a_plain_rnn_is_that_of_finite_differences(self) -> None:
        rng, inputs = np.random.default_rng(2), np.random.default_rng(3).uniform(-1, 1, (1, 8))
        flow = rnn_flow(inputs, 3, np.random.default_rng(2))
        W, w, direction = rng.normal(0, 3**-0.5, (3, 3)), rng.normal(0, 1, 3), rng.normal(size=3)
        direction /= np.sqrt((direction**2).sum())

        def end(first: Array, after: int) -> float:
            h = first
            for t in range(after, 8):
                h = np.tanh(h @ W + inputs[0, t] * w)
            return float(h @ direction)

        states = [np.zeros(3)]
        for t in range(8):
            states.append(np.tanh(states[-1] @ W + inputs[0, t] * w))
        for lag in range(8):
            steps = np.eye(3) * 1e-6
            state = states[8 - lag]
            gradient = [(end(state + step, 8 - lag) - end(state - step, 8 - lag)) / 2e-6 for step in steps]
            assert flow[0, lag] == pytest.approx(np.linalg.norm(gradient), rel=1e-6)

    def test_needs_a_weight_of_exactly_one(self) -> None:
        assert power_flow(0.99, 1001)[-1] == pytest.approx(0.99**1000, rel=1e-9)
        assert power_flow(1.01, 1001)[-1] == pytest.approx(1.01**1000, rel=1e-9)
        assert np.all(power_flow(1.0, 1001) == 1.0)

    def test_is_told_lag_by_lag(self) -> None:
        opening = story("2x2")[: len(LAGS)]
        for lag, frame in zip(LAGS, opening, strict=True):
            assert f"{lag:,} steps back" in frame.caption.en
            assert f"{lag:,} ステップ戻ると" in frame.caption.ja
            assert short(number(frame.metrics, f"gradient_rnn_at_{lag}")) in frame.caption.en
            assert frame.metrics[f"gradient_at_{lag}"] == 1.0
            (lit,) = curve(frame, "lit")
            assert (len(lit.x), set(lit.y)) == (lag + 1, {1.0})
        metrics = last("2x2")
        assert metrics["gradient_at_1000"] == 1.0
        assert number(metrics, "gradient_rnn_at_100") < 1e-6
        assert number(metrics, "power_0.99_at_1000") < 1e-4
        assert number(metrics, "power_1.01_at_1000") > 1e4


class TestFloors:
    """The least error of a design, as the residual of a regression on everything its structure can say."""

    @staticmethod
    def residual(design: str) -> float:
        x, target, _ = (part[0] for part in draw_sequences(np.random.default_rng(11), 1, 30_000))
        value, mark, cued = (x[..., part] for part in range(3))
        one = np.ones_like(value)
        if design == "none":  # a straight line in what has come in so far
            said = [np.cumsum(part, 0) for part in (value, mark, cued, one)]
        elif design == "input":  # any function of each input, added up
            plain = 1 - mark - cued
            kinds = [kind * value**power for kind in (mark, cued, plain) for power in range(4)]
            said = [np.cumsum(part, 0) for part in kinds]
        else:  # a function of the input now, times what has come in so far
            stored = [np.cumsum(part, 0) for part in (value, mark, one)]
            said = [cued * value**power * part for power in range(4) for part in stored]
        features = np.stack([*said, one], -1).reshape(-1, len(said) + 1)
        weights = np.linalg.lstsq(features.T @ features, features.T @ target.reshape(-1), rcond=None)[0]
        error = np.sum((features @ weights - target.reshape(-1)) ** 2)
        return float(VARIANCE * error / np.sum(target**2))

    @pytest.mark.parametrize("design", ["none", "input", "output"])
    def test_are_what_a_regression_leaves(self, design: str) -> None:
        assert self.residual(design) == pytest.approx(floor(design), abs=0.0015)

    def test_in_numbers(self) -> None:
        assert [round(floor(design), 4) for design in DESIGNS] == [0.3291, 0.2982, 0.2941, 0.0]

    @pytest.mark.parametrize("design", ["none", "input", "output"])
    def test_are_reached_by_training_but_not_passed(self, design: str) -> None:
        errors = [number(last("2x2", seed), f"total_{design}") for seed in range(3)]
        assert np.all(np.array(errors) > floor(design) - 0.004)
        assert np.all(np.array(errors) < floor(design) + 0.03)

    def test_the_one_drawn_belongs_to_the_curve(self) -> None:
        for gates, expected in (("2x2", "output"), ("none", "none"), ("input", "input"), ("output", "output")):
            (line,) = curve(story(gates)[20], "floor")
            assert set(line.y) == {floor(expected)}
            assert short(floor(expected)) in line.name.en


class TestSequences:
    def test_ask_for_the_marked_number_at_the_cue(self) -> None:
        x, target, cue = draw_sequences(np.random.default_rng(0), 3, 50)
        assert x.shape == (3, STEPS, 50, 3)
        for r, b in np.ndindex(3, 50):
            (mark_at,), (cue_at,) = np.flatnonzero(x[r, :, b, 1]), np.flatnonzero(x[r, :, b, 2])
            assert mark_at < STEPS // 2 <= cue_at
            assert target[r, cue_at, b] == x[r, mark_at, b, 0]
            assert np.count_nonzero(target[r, :, b]) == np.count_nonzero(cue[r, :, b]) == 1

    def test_for_measuring_are_balanced(self) -> None:
        x, target, _ = balanced_sequences(np.random.default_rng(0))
        numbers, marks, cues = (x[0, ..., part] for part in range(3))
        assert np.abs(numbers).max() <= 1
        assert (target**2).sum() / target.shape[-1] == pytest.approx(VARIANCE, rel=1e-12)
        products = numbers @ numbers.T
        assert np.abs(products - np.diag(np.diag(products))).max() < 1e-12
        assert np.abs(numbers.sum(1)).max() < 1e-12
        assert set(marks.sum(1)[:6]) == set(cues.sum(1)[6:]) == {32.0}


class TestTraining:
    def test_only_both_gates_learn(self) -> None:
        shown = [effect(last("2x2", seed)) for seed in range(8)]
        assert sum(shown) >= 7
        solved = [number(last("2x2", seed), "solved_both") for seed in range(8)]
        assert np.mean(solved) >= 0.9
        assert all(
            last("2x2", seed)[f"solved_{name}"] == 0.0 for seed in range(8) for name in ("none", "input", "output")
        )

    def test_effect_is_not_shown_by_other_numbers(self) -> None:
        metrics = dict(last("2x2"))
        assert not effect(metrics | {"total_both": 0.04})
        assert not effect(metrics | {"total_input": 0.1})
        assert not effect(metrics | {"gradient_always_one": False})

    def test_total_is_recall_and_leak(self) -> None:
        task = MarkedRecall(tuple(DESIGNS), 4, 0.05, 3, seed=1)
        task.train(30)
        total, recall, leak = task.errors()
        assert total.shape == (4, 3)
        assert np.allclose(total, recall + leak)
        assert np.all(leak > 0)

    def test_untrained_designs_begin_near_the_error_of_silence(self) -> None:
        totals = np.median(MarkedRecall(tuple(DESIGNS), 4, 0.05, 16, seed=0).errors().total, axis=1)
        assert np.all((totals > 0.9 * VARIANCE) & (totals < 1.3 * VARIANCE))

    @pytest.mark.parametrize("gates", list(DESIGNS))
    def test_one_design_alone_is_the_same_as_among_four(self, gates: str) -> None:
        alone, among = last(gates), last("2x2")
        for name in (f"total_{gates}", f"recall_{gates}", f"leak_{gates}"):
            assert number(alone, name) == pytest.approx(number(among, name), rel=1e-6)
        others = [name for name in DESIGNS if name != gates]
        assert not any(f"total_{name}" in alone for name in others)
        assert effect(alone)

    def test_same_seed_same_frames_and_another_seed_others(self) -> None:
        again = tuple(run(gates="2x2", cells=4, rate=0.05, runs=4, iterations=250, seed=0))
        assert again == story("2x2")
        assert again[-1].metrics != last("2x2", 1)

    def test_numpy_is_left_as_it_was(self) -> None:
        before = np.geterr()
        for _ in run(gates="2x2", cells=1, rate=0.5, runs=1, iterations=20, seed=0):
            assert np.geterr() == before

    @pytest.mark.parametrize("values", [{"cells": 1}, {"runs": 1}, {"iterations": 20}, {"rate": 0.5}, {"rate": 0.001}])
    def test_numbers_stay_finite_at_the_ends_of_the_ranges(self, values: dict[str, Any]) -> None:
        given: dict[str, Any] = {"cells": 4, "rate": 0.05, "runs": 2, "iterations": 40} | values
        frames = list(run(gates="2x2", **given, seed=3))
        for frame in frames:
            for panel in frame.panels:
                if isinstance(panel, Plot):
                    assert all(np.isfinite(series.y).all() for series in panel.series)
                if isinstance(panel, Heatmap):
                    assert np.isfinite(panel.values).all()


class TestPicture:
    def test_gates_open_when_they_should_and_the_memory_stays(self) -> None:
        for seed in range(4):
            metrics = last("2x2", seed)
            assert number(metrics, "input_gate_at_mark") > 2 * number(metrics, "input_gate_elsewhere")
            assert number(metrics, "output_gate_at_cue") > 2 * number(metrics, "output_gate_elsewhere")
            assert number(metrics, "memory_drift") < 0.1
            assert number(metrics, "said_at_cue") == pytest.approx(0.8, abs=0.1)
            assert number(metrics, "said_elsewhere") < 0.1

    def test_missing_gates_are_open_all_the_time(self) -> None:
        (heat,) = (panel for panel in story("none")[-1].panels if isinstance(panel, Heatmap))
        rows = dict(zip((name.en for name in heat.row_names), heat.values, strict=True))
        assert set(rows["input gate"]) == set(rows["output gate"]) == {1.0}
        assert rows["remembered"] == pytest.approx(rows["output"])

    def test_time_unfolds(self) -> None:
        (first, middle, end) = (
            next(panel for panel in frame.panels if isinstance(panel, Heatmap)) for frame in story("both")[-3:]
        )
        filled = [np.flatnonzero(np.any(np.array(heat.values) != 0, axis=0)).max() + 1 for heat in (first, middle, end)]
        assert filled == [3, 8, STEPS]

    def test_table_holds_the_medians(self) -> None:
        metrics = last("2x2")
        (table,) = (panel for panel in story("2x2")[-1].panels if isinstance(panel, Table))
        shown = [cell.en for row in table.rows for cell in row[1:]]
        assert shown == [short(number(metrics, f"total_{name}")) for name in ("none", "output", "input", "both")]

    def test_captions_say_the_measured_numbers(self) -> None:
        frames = story("2x2")
        trained = frames[-4]
        assert trained.metrics["iteration"] == 250
        assert short(number(trained.metrics, "total_both")) in trained.caption.en
        assert "Only both together" in trained.caption.en
        assert short(floor("output")) in trained.caption.ja
        said = re.search(r"opens to (\S+) and (\S+) comes out", frames[-1].caption.en)
        assert said
        assert float(said[1]) == pytest.approx(number(frames[-1].metrics, "output_gate_at_cue"), abs=0.005)
        assert float(said[2]) == pytest.approx(number(frames[-1].metrics, "said_at_cue"), abs=0.005)

    def test_too_little_training_is_not_praised(self) -> None:
        frames = story("2x2", iterations=20)
        assert number(frames[-1].metrics, "total_both") > SOLVED
        assert not effect(frames[-1].metrics)
        assert not any("Only both" in frame.caption.en for frame in frames)

    def test_curves_grow_towards_the_end_of_fixed_axes(self) -> None:
        training = [frame for frame in story("2x2") if "iteration" in frame.metrics]
        for frame in training:
            (plot,) = plots(frame)
            assert (plot.x_range, plot.y_range) == ((0.0, 250.0), (0.0, 0.4))
            (lit,) = curve(frame, "lit")
            assert lit.x[-1] == frame.metrics["iteration"]
            assert lit.y[-1] == frame.metrics["total_both"]
            assert len(curve(frame, "muted")) == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.325, ".325"),
        (0.0004, ".0004"),
        (0.0, "0"),
        (1.0, "1"),
        (1.254, "1.25"),
        (20959.2, "20,959"),
        (2e-5, "2e-05"),
        (0.9999, "1.000"),
    ],
)
def test_short_numbers(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.slow
def test_effect_with_the_defaults_over_twenty_seeds() -> None:
    shown, drift = 0, []
    for seed in range(100, 120):
        *_, end = run(gates="2x2", cells=4, rate=0.05, runs=8, iterations=400, seed=seed)
        shown += effect(end.metrics)
        drift.append(number(end.metrics, "memory_drift"))
    assert shown >= 19
    assert np.median(drift) < 0.03
