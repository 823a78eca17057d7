"""Timers wired by hand fire only if their gates see the cell; learned, gates that see it count without leaking."""

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sims.frames import Frame, Panel, Plot, Table
from sims.numerals import places, significant
from sims.peephole import HALVES, PERIODS, ROUNDS, effect, run
from sims.peephole.pulse_counting import ARMS, STEPS_A_COUNT, PulseCounting, draw_sequences
from sims.peephole.wired_timer import FIRES, Sweep, Timers
from sims.peephole.words import percent

WIRED = HALVES + 8  # frames before the learning begins


@cache
def story(period: int = 12, count: int = 4, runs: int = 2, iterations: int = 400, seed: int = 0) -> tuple[Frame, ...]:
    return tuple(run(period, count, runs, iterations, seed))


def last(**values: Any) -> dict[str, Any]:
    return dict(story(**values)[-1].metrics)


def panels(frame: Frame, kind: type[Panel]) -> list[Any]:
    return [each for each in frame.panels if isinstance(each, kind)]


class TestWired:
    @pytest.mark.parametrize("period", [2, 3, 7, 12, 50, 200])
    def test_fires_at_every_nth_step_and_at_no_other(self, period: int) -> None:
        c, h = Timers(np.array([period]), peepholes=True).go_on(10 * period)
        assert (np.flatnonzero(h[0] > FIRES) + 1).tolist() == [period * k for k in range(1, 11)]
        ramp = (np.arange(10 * period) % period + 1) / period
        assert c[0] == pytest.approx(ramp, abs=1e-6)
        assert np.delete(h[0], np.arange(period - 1, 10 * period, period)).max() < 1e-6

    @pytest.mark.parametrize("period", [2, 3, 7, 12, 50, 200])
    def test_never_fires_on_the_same_weights_without_peepholes(self, period: int) -> None:
        c, h = Timers(np.array([period]), peepholes=False).go_on(10 * period)
        assert h.max() < 1e-6
        assert c[0] == pytest.approx(np.arange(1, 10 * period + 1) / period, rel=1e-9)

    def test_is_the_cell_of_the_docstring(self) -> None:
        N, c = 5, 0.0
        K, theta = 40 * N, (N - 0.5) / N
        said_c, said_h = Timers(np.array([N]), peepholes=True).go_on(13)
        for t in range(13):
            c = c / (1 + np.exp(K * (c - theta))) + 1 / N
            assert said_c[0, t] == pytest.approx(c, rel=1e-12)
            assert said_h[0, t] == pytest.approx(c / (1 + np.exp(-K * (c - theta))), rel=1e-9, abs=1e-15)

    def test_sweep_counts_the_spikes_within_each_ones_rounds(self) -> None:
        sweep = Sweep(np.array([2, 5, 9]), rounds=3)
        assert sweep.steps == 27
        counted = []
        for _ in range(3):
            sweep.go_on(9)
            with_, without = sweep.spikes()
            counted.append(with_.tolist())
            assert without.tolist() == [0, 0, 0]
            assert sweep.exact().all()
        assert counted == [[3, 1, 1], [3, 3, 2], [3, 3, 3]]

    def test_a_spike_too_many_or_too_few_is_not_exact(self) -> None:
        sweep = Sweep(np.array([4, 5]), rounds=2)
        sweep.periods = np.array([4, 4])  # of the second something else is expected
        sweep.go_on(10)
        assert sweep.exact().tolist() == [True, False]

    def test_all_periods_of_the_question_are_checked(self) -> None:
        metrics = last()
        assert (int(PERIODS[0]), int(PERIODS[-1]), ROUNDS) == (2, 200, 10)
        assert (metrics["wired_exact"], metrics["wired_timers"]) == (199, 199)
        assert (metrics["wired_spikes"], metrics["wired_without"]) == (1990, 0)
        end = story()[WIRED - 1]
        assert "199 / 199" in end.caption.en
        assert "199 / 199" in end.caption.ja
        (plot,) = panels(end, Plot)
        assert {(series.role, y) for series in plot.series for y in series.y} == {("lit", 10.0), ("muted", 0.0)}

    def test_timer_is_told_half_a_period_at_a_time(self) -> None:
        for period in (2, 5, 12, 200):
            frames = story(period=period, runs=1, iterations=100)[:HALVES]
            assert [frame.metrics["spikes"] for frame in frames] == [0, 1, 1, 2, 2, 3]
            assert "still shut" in frames[0].caption.en
            assert f"Step {period}: c = 1 has passed θ" in frames[1].caption.en
            assert f"{period} ステップ目、c = 1 が θ を超えました" in frames[1].caption.ja
            assert f"3 spikes in {3 * period} steps" in frames[-1].caption.en
            assert len(panels(frames[-1], Plot)) == 2


class TestTask:
    def test_output_is_due_from_the_nth_pulse_on(self) -> None:
        x, target = draw_sequences(np.random.default_rng(0), 2, 3, 5)
        assert x.shape == (2, STEPS_A_COUNT * 3, 5, 1)
        for r, b in np.ndindex(2, 5):
            seen = 0.0
            for t in range(STEPS_A_COUNT * 3):
                seen += x[r, t, b, 0]
                assert target[r, t, b] == float(seen >= 3)

    def test_arms_see_what_they_are_called_after(self) -> None:
        task = PulseCounting(3, 2, seed=0)
        task.train(5)
        U, p = (np.abs(task._parameters[name]).reshape(len(ARMS), -1) for name in ("U", "p"))
        for arm, (sees_h, sees_c) in enumerate(ARMS.values()):
            assert bool(U[arm].any()) == sees_h
            assert bool(p[arm].any()) == sees_c

    def test_without_h_or_c_the_output_gate_knows_nothing_of_the_past(self) -> None:
        task = PulseCounting(3, 1, seed=1)
        task.train(20)
        pulses = np.array([0.0, 1, 1, 0, 1, 0, 0, 1])
        gates = task.look("x", pulses).o
        assert len(set(gates[pulses > 0].round(12))) == len(set(gates[pulses == 0].round(12))) == 1
        assert len(set(task.look("xc", pulses).o[pulses > 0].round(12))) > 1

    def test_scores_are_shares_and_errors_of_every_run(self) -> None:
        scores = PulseCounting(2, 3, seed=0).scores()
        assert all(values.shape == (len(ARMS), 3) for values in scores)
        assert np.all((scores.right >= 0) & (scores.right <= 1))
        assert np.all((scores.leak > -1) & (scores.leak < 1))


class TestLearned:
    def test_gates_that_see_the_cell_count_better_and_leak_less(self) -> None:
        shown = [effect(last(seed=seed)) for seed in range(8)]
        assert sum(shown) >= 7
        error, leak, right = (
            {arm: np.median([last(seed=seed)[f"{kind}_{arm}"] for seed in range(8)]) for arm in ARMS}
            for kind in ("error", "leak", "right")
        )
        assert error["xc"] < 0.5 * error["xh"] < 0.5 * error["x"]
        assert leak["xc"] < 0.6 * leak["xh"]
        assert right["xc"] > 0.98
        assert right["xc"] - 0.02 > right["xh"] > right["x"] + 0.3

    def test_plain_lstm_leaves_its_output_gate_ajar(self) -> None:
        opened = [(last(seed=seed)["open_before_xh"], last(seed=seed)["open_before_xc"]) for seed in range(8)]
        assert sum(plain > 2 * peeping for plain, peeping in opened) >= 6

    def test_effect_is_not_shown_by_other_numbers(self) -> None:
        metrics = last() | {"error_xh": 0.1, "error_xc": 0.02, "leak_xh": 0.1, "leak_xc": 0.03}
        metrics |= {"right_xh": 0.8, "right_xc": 1.0}
        assert effect(metrics)
        assert not effect(metrics | {"error_xc": 0.09})
        assert not effect(metrics | {"leak_xc": 0.09})
        assert not effect(metrics | {"right_xc": 0.8})
        assert not effect(metrics | {"wired_exact": 198})
        assert not effect(metrics | {"wired_without": 1})

    def test_last_frames_say_what_was_measured(self) -> None:
        for seed in range(3):
            metrics, (*_, look, end) = last(seed=seed), story(seed=seed)
            (table,) = panels(end, Table)
            shown = [tuple(cell.en for cell in row[1:]) for row in table.rows]
            assert shown == [
                (
                    percent(metrics[f"right_{arm}"]),
                    significant(metrics[f"error_{arm}"]),
                    significant(metrics[f"leak_{arm}"]),
                )
                for arm in ARMS
            ]
            assert f"{significant(metrics['leak_xh'])} where gates see h" in end.caption.en
            assert f"c を見ると {significant(metrics['leak_xc'])}" in end.caption.ja
            assert places(metrics["open_before_xh"]) in look.caption.en
            assert ("ajar" in look.caption.en) == (metrics["open_before_xh"] > 2 * metrics["open_before_xc"])

    def test_curves_grow_within_the_picture(self) -> None:
        training = [frame for frame in story() if "iteration" in frame.metrics]
        assert training[-1].metrics["iteration"] == 400
        lengths = []
        for frame in training:
            (plot,) = panels(frame, Plot)
            (lit,) = (series for series in plot.series if series.role == "lit")
            lengths.append(len(lit.x))
            assert len(plot.series) == len(ARMS)
            assert all(plot.y_range[0] <= y <= plot.y_range[1] for series in plot.series for y in series.y)
        assert all(after == before + 1 for before, after in pairwise(lengths))

    def test_same_seed_same_frames_and_another_seed_others(self) -> None:
        first = story(runs=1, iterations=100)
        assert tuple(run(12, 4, 1, 100, 0)) == first
        assert story(runs=1, iterations=100, seed=1)[-1].metrics != first[-1].metrics

    @pytest.mark.parametrize("values", [{"count": 2}, {"count": 8}, {"runs": 8, "count": 3}, {"period": 200}])
    def test_ends_of_the_ranges(self, values: dict[str, int]) -> None:
        before = np.geterr()
        frames = story(**({"runs": 1, "iterations": 100} | values))
        assert np.geterr() == before
        assert len(frames) <= 100
        numbers = [value for value in frames[-1].metrics.values() if isinstance(value, float)]
        assert np.isfinite(numbers).all()
        assert [frame.step for frame in frames] == list(range(1, frames[0].total + 1))


def test_all_is_said_only_of_all() -> None:
    assert [percent(share) for share in (1.0, 0.999, 0.945, 0.0)] == ["100", "99", "94", "0"]


@pytest.mark.slow
def test_effect_with_the_defaults_over_twenty_seeds() -> None:
    ends = [dict(list(run(12, 6, 6, 600, seed))[-1].metrics) for seed in range(100, 120)]
    assert sum(effect(metrics) for metrics in ends) >= 18
    assert np.median([float(str(metrics["right_xc"])) for metrics in ends]) > 0.99
