"""A cell that cannot forget piles up; one with the gate follows a stream to its end. And the gate on six words."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from sims.forget_gate import STREAM, effect, run
from sims.forget_gate.forgotten_word import CONTENT, LOW, WORDS, read
from sims.forget_gate.sum_since_reset import SCALE, STEPS, SumSinceReset, draw_sequences, running_sum, wired
from sims.frames import Bars, Frame, Heatmap, Panel, Plot, Table
from sims.numerals import places, significant


@cache
def story(view: str = "stream", feedback: str = "off", runs: int = 3, iterations: int = 200, seed: int = 0) -> Any:
    return tuple(run(view, feedback, runs, iterations, seed))


def last(**values: Any) -> dict[str, Any]:
    return dict(story(**values)[-1].metrics)


def panel(frame: Frame, kind: type[Panel]) -> Any:
    return next(each for each in frame.panels if isinstance(each, kind))


class TestTask:
    def test_target_is_the_sum_since_the_last_mark(self) -> None:
        x, target = draw_sequences(np.random.default_rng(0), 2, 50, 3)
        assert x.shape == (2, 50, 3, 2)
        assert set(np.unique(x[..., 1])) == {0.0, 1.0}
        for r, b in np.ndindex(2, 3):
            for t in range(50):
                marks = [s for s in range(t + 1) if x[r, s, b, 1]]
                since = max(marks, default=0)
                assert target[r, t, b] == pytest.approx(SCALE * x[r, since : t + 1, b, 0].sum(), rel=1e-12)

    def test_cell_wired_with_the_gate_is_exact_and_without_it_never_drops(self) -> None:
        for seed in range(5):
            x, _ = draw_sequences(np.random.default_rng(seed), 1, STREAM, 1)
            numbers, marks = x[0, :, 0].T
            kept, piled = wired(x[0, :, 0])
            assert np.array_equal(kept, running_sum(numbers, marks))
            assert np.array_equal(piled, np.cumsum(numbers))
            assert kept.max() < 40
            assert piled[-1] == pytest.approx(0.5 * STREAM, rel=0.05)

    def test_reading_on_in_pieces_is_reading_in_one_go(self) -> None:
        task = SumSinceReset(2, feedback=True, seed=1)
        task.train(5)
        x = draw_sequences(np.random.default_rng(2), 2, 60, 1).x
        whole, _ = task.listen(x, None)
        first, state = task.listen(x[:, :25], None)
        rest, _ = task.listen(x[:, 25:], state)
        assert np.allclose(np.concatenate([first.output, rest.output], -1), whole.output, rtol=1e-12)
        assert np.allclose(np.concatenate([first.largest, rest.largest], -1), whole.largest, rtol=1e-12)

    def test_arms_differ_in_nothing_but_the_gate(self) -> None:
        task = SumSinceReset(3, feedback=False, seed=0)
        x = draw_sequences(np.random.default_rng(0), 3, 12, 1).x
        x[..., 1] = 0
        heard, _ = task.listen(x, None)
        assert np.all(heard.forget[1] == 1.0)
        assert np.all(heard.forget[0] < 1.0)
        assert np.array_equal(heard.output[0, :, 0], heard.output[1, :, 0])  # in an empty cell there is nothing to drop
        task.train(40)
        after, _ = task.listen(x, None)
        assert np.all(after.forget[1] == 1.0)  # and training does not bring it back

    def test_training_works_on_sequences_never_trained_on(self) -> None:
        task = SumSinceReset(4, feedback=False, seed=3)
        before, _ = task.errors()
        task.train(60)
        after, largest = task.errors()
        assert before.shape == after.shape == largest.shape == (2, 4)
        assert np.all(after < before)
        assert np.all(after[0] < 0.4)


class TestStream:
    def test_only_the_gate_keeps_up(self) -> None:
        shown = [effect(last(seed=seed)) for seed in range(8)]
        assert sum(shown) >= 7
        for seed in range(8):
            metrics = last(seed=seed)
            assert metrics["wired_exact"] is True
            assert metrics["error_without"] > 5 * metrics["error_with"]
            assert metrics["largest_without"] > 10 * metrics["largest_with"]
        assert np.median([last(seed=seed)["stream_error_without"] for seed in range(8)]) > 500
        assert np.median([last(seed=seed)["stream_error_with"] for seed in range(8)]) < 0.05
        assert np.mean([last(seed=seed)["followed_with"] for seed in range(8)]) > 0.8
        assert all(last(seed=seed)["followed_without"] == 0 for seed in range(8))

    def test_gate_drops_at_the_marks(self) -> None:
        for seed in range(8):
            metrics = last(seed=seed)
            assert metrics["forget_at_mark"] < 0.35
            assert metrics["forget_elsewhere"] > 0.75

    def test_with_feedback_it_can_subtract_yet_the_cells_grow(self) -> None:
        for seed in range(2):
            metrics = last(feedback="on", seed=seed)
            assert metrics["stream_error_without"] < 2  # not thousands
            assert metrics["growth_without"] > 10
            assert metrics["growth_with"] < 5
            assert metrics["feedback"] is True

    def test_effect_is_not_shown_by_other_numbers(self) -> None:
        metrics = last()
        assert effect(metrics)
        assert not effect(metrics | {"stream_error_with": 0.2})
        assert not effect(metrics | {"stream_error_without": 5.0})
        assert not effect(metrics | {"growth_without": 2.0})
        assert not effect(metrics | {"wired_exact": False})

    def test_wired_cells_come_first_close_and_then_far(self) -> None:
        frames = story()[:7]
        assert [frame.metrics["step"] for frame in frames] == [20, 40, 60, 500, 1000, 1500, 2000]
        assert [panel(frame, Plot).x_range[1] for frame in frames] == [60] * 3 + [STREAM] * 4
        metrics = last()
        assert f"grown to {significant(metrics['wired_without'], 3)}" in frames[-1].caption.en
        assert f"was {significant(metrics['wired_largest'], 3)} at most" in frames[-1].caption.en
        assert f"最大でも {significant(metrics['wired_largest'], 3)}" in frames[-1].caption.ja

    def test_curves_keep_to_the_range_of_the_picture(self) -> None:
        for frame in story():
            for plot in (each for each in frame.panels if isinstance(each, Plot)):
                for series in plot.series:
                    assert plot.y_range[0] <= min(series.y)
                    assert plot.x_range[0] <= min(series.x)
                    assert max(series.x) <= plot.x_range[1]

    def test_last_frames_say_what_was_measured(self) -> None:
        metrics, (*_, gate, end) = last(), story()
        assert f"averages {places(metrics['forget_at_mark'])} at marks" in gate.caption.en
        assert len(panel(gate, Heatmap).values[0]) == len(panel(gate, Plot).series[0].x)
        rows = [tuple(cell.en for cell in row[1:]) for row in panel(end, Table).rows]
        assert rows == [
            tuple(significant(metrics[f"{kind}_{arm}"]) for arm in ("with", "without"))
            for kind in ("error", "stream_error", "largest", "growth")
        ]
        assert f"{significant(metrics['stream_error_with'])} with the gate" in end.caption.en
        assert "なしのセルは消せずに溜め込み" in end.caption.ja

    def test_too_little_training_is_not_praised(self) -> None:
        end = story(runs=1, iterations=20)[-1]
        assert end.metrics["error_with"] > 0.1
        assert not effect(end.metrics)
        assert "nothing is dropped" not in end.caption.en

    def test_learned_at_most_as_long_as_it_is_trained(self) -> None:
        frames = [frame for frame in story() if "iteration" in frame.metrics]
        assert frames[-1].metrics["iteration"] == 200
        assert len(panel(frames[-1], Plot).series[0].x) == len(frames) + 1
        assert STEPS < STREAM / 10

    def test_same_seed_same_frames_and_another_seed_others(self) -> None:
        again = tuple(run("stream", "off", 1, 20, 0))
        assert again == story(runs=1, iterations=20)
        assert again[-1].metrics != story(runs=1, iterations=20, seed=1)[-1].metrics

    @pytest.mark.parametrize("feedback", ["off", "on"])
    @pytest.mark.parametrize(("runs", "iterations"), [(1, 20), (16, 20)])
    def test_ends_of_the_ranges(self, feedback: str, runs: int, iterations: int) -> None:
        before = np.geterr()
        frames = story(feedback=feedback, runs=runs, iterations=iterations)
        assert np.geterr() == before
        assert len(frames) <= 100
        numbers = [value for value in frames[-1].metrics.values() if isinstance(value, float)]
        assert np.isfinite(numbers).all()


class TestWords:
    def test_cell_reads_by_the_equations(self) -> None:
        for enters, drop in ((True, None), (True, 1), (True, 2), (True, 4), (False, None)):
            reading = read(enters, drop)
            c, parts = 0.0, np.zeros(len(WORDS))
            for t in range(len(WORDS)):
                f = LOW if t == drop else 1.0
                i = float(t == 1 or (t == 0 and enters))
                parts *= f
                parts[t] = i * CONTENT[t]
                c = i * CONTENT[t] + f * c
                assert reading.c[t] == pytest.approx(c, abs=1e-12)
                assert reading.left[:, t] == pytest.approx(parts[:2], abs=1e-12)

    def test_forgetting_takes_what_is_already_in(self) -> None:
        metrics = last(view="words")
        expected = {"kept": (0.8, 0.6), "dropped": (0.08, 0.6), "late": (0.08, 0.06), "shut": (0.0, 0.6)}
        for way, (first, second) in expected.items():
            assert metrics[f"first_{way}"] == pytest.approx(first, abs=1e-12)
            assert metrics[f"second_{way}"] == pytest.approx(second, abs=1e-12)
        assert effect(metrics)
        assert not effect(metrics | {"first_dropped": 0.5})
        assert not effect(metrics | {"second_dropped": 0.06})

    def test_words_are_read_twice(self) -> None:
        frames = story(view="words")
        assert len(frames) == 2 * len(WORDS) + 1
        for frame in frames[:-1]:
            (table,) = (each for each in frame.panels if isinstance(each, Table))
            filled = [sum(bool(cell) for cell in row[1:]) for row in table.rows]
            assert filled == [frame.metrics["step"]] * len(table.rows)
        kept, dropped = (panel(frames[place], Bars).bars for place in (5, 11))
        assert [bar.value for bar in kept] == pytest.approx([0.8, 0.6])
        assert [bar.value for bar in dropped] == pytest.approx([0.08, 0.6])
        assert "from .8 to .08" in frames[-1].caption.en
        assert ".8 から .08" in frames[-1].caption.ja


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0044, ".0044"),
        (0.518, ".52"),
        (10.0, "10"),
        (2040.2, "2,040"),
        (0.0, "0"),
        (3.2e-5, "3e−5"),
        (0.999, "1.00"),
        (1e7, "1.0e7"),
        (-0.25, "−.25"),
    ],
)
def test_first_digits(value: float, text: str) -> None:
    assert significant(value) == text


@pytest.mark.slow
def test_effect_with_the_defaults_over_twenty_seeds() -> None:
    ends = [list(run("stream", "off", 6, 300, seed))[-1].metrics for seed in range(100, 120)]
    assert sum(effect(metrics) for metrics in ends) >= 19
    assert np.median([float(str(metrics["growth_without"])) for metrics in ends]) > 25
