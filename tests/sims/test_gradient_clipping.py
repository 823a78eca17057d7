"""Clipping by norm keeps a walk on the cliff and lets ReLU learn to add; whatever else is typed is measured as such."""

import re
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from engine.drawing.frame import draw_frame
from engine.drawing.plain import rows_to_text
from sims import registry
from sims.expression import ExpressionError
from sims.frames import Frame, Heatmap, Metric, Plot, Table
from sims.gradient_clipping import effect, run
from sims.gradient_clipping.cliff import FIRST, TARGET, draw_starts, edge, error, error_and_gradient, landscape
from sims.gradient_clipping.clippers import BY_COMPONENT, OPTIONS, TypedClip, by_norm, never, try_out, typed
from sims.gradient_clipping.descent import Descent
from sims.gradient_clipping.pictures import map_of

SEEDS = range(8)


@cache
def story(
    claim: str | None = None, seed: int = 0, threshold: float = 0.5, rate: float = 0.5, task: str = "cliff"
) -> tuple[Frame, ...]:
    return tuple(run(task, threshold, rate, claim, seed))


def number(frame: Frame, name: str) -> float:
    value = frame.metrics[name]
    assert isinstance(value, (int, float))
    return float(value)


def panel(frame: Frame, kind: type) -> object:
    return next(part for part in frame.panels if isinstance(part, kind))


class TestCliff:
    def test_gradient_is_that_of_finite_differences(self) -> None:
        places = draw_starts(np.random.default_rng(3), 40)
        _, gradient = error_and_gradient(places)
        lengths = np.linalg.norm(gradient, axis=1)
        h = 3e-5 / np.maximum(lengths[:, None], 0.1)  # where the slope is steep, it also changes fast
        for axis, direction in enumerate(np.eye(2)):
            near, far = (error(places + n * h * direction) - error(places - n * h * direction) for n in (1, 2))
            numeric = (8 * near - far) / (12 * h[:, 0])
            assert np.max(np.abs(numeric - gradient[:, axis]) / lengths) < 1e-7

    def test_error_is_that_of_the_literal_loop(self) -> None:
        w, b = 5.3, -2.5
        x = FIRST
        for _ in range(50):
            x = w / (1 + np.exp(-x)) + b
        expected = (1 / (1 + np.exp(-x)) - TARGET) ** 2
        found, _ = error_and_gradient(np.array([[w, b]]))
        assert found[0] == pytest.approx(expected, rel=1e-12)
        assert error(np.array([[w, b]]))[0] == pytest.approx(expected, rel=1e-12)

    def test_falls_off_at_the_edge(self) -> None:
        w = np.linspace(5, 6.5, 20)
        above, below = (error(np.stack([w, edge(w) + side], -1)) for side in (0.05, -0.05))
        assert np.all(below > 0.3)
        assert np.all(above < 0.1)

    def test_landscape_has_large_b_on_top(self) -> None:
        heights = landscape(22, 36)
        assert heights.shape == (22, 36)
        assert heights[0].max() < 0.1 < 0.4 < heights[-1, 0]


class TestClippers:
    def test_by_norm_is_what_a_loop_over_the_runs_does(self) -> None:
        gradients = np.random.default_rng(0).normal(size=(50, 2)) * np.logspace(-3, 3, 50)[:, None]
        for before, after in zip(gradients, by_norm(gradients, 0.7), strict=True):
            length = np.hypot(*before)
            assert after == pytest.approx(before * (0.7 / length if length > 0.7 else 1.0), rel=1e-12)
        assert TypedClip("g * rate")(gradients, 0.7) == pytest.approx(by_norm(gradients, 0.7), rel=1e-12)

    def test_the_four_options_on_random_gradients(self) -> None:
        for seed in SEEDS:
            right, over_norm, over_threshold, maximum, component = (
                try_out(typed(text), 0.5, seed) for text in (*OPTIONS, BY_COMPONENT)
            )
            assert [each.is_right for each in (right, over_norm, over_threshold, maximum, component)] == [True] + [
                False
            ] * 4
            assert over_norm.has_one_length
            assert over_norm.lengths == pytest.approx(1.0)
            assert over_norm.keeps_direction
            assert over_threshold.keeps_direction
            assert not over_threshold.has_one_length
            assert maximum.cosines.min() < 0.5
            assert component.cosines.min() < 0.95

    @pytest.mark.parametrize("threshold", [0.05, 0.5, 1, 20])
    def test_no_threshold_makes_a_wrong_option_look_right(self, threshold: float) -> None:
        for text in (*OPTIONS[1:], BY_COMPONENT):
            assert not try_out(typed(text), threshold, 0).is_right

    @pytest.mark.parametrize(
        "text", ["threshold * g / norm", "rate * g", "g / norm * threshold", "np.where(rate < 1, g * rate, g)"]
    )
    def test_equal_spellings_are_right(self, text: str) -> None:
        assert try_out(typed(text), 0.5, 1).is_right

    def test_what_cannot_take_the_place_of_g_says_why(self) -> None:
        assert "(4, 3)" in try_out(typed("g.T * rate"), 0.5, 0).failure.en  # type: ignore[union-attr]
        assert "one number" in try_out(typed("norm"), 0.5, 0).failure.en  # type: ignore[union-attr]
        assert "rate" in try_out(typed("g * rat"), 0.5, 0).failure.en  # type: ignore[union-attr]
        assert "finite" in try_out(typed("g / 0"), 0.5, 0).failure.en  # type: ignore[union-attr]
        with pytest.raises(ExpressionError):
            TypedClip("import os")

    def test_a_value_that_is_missing_on_the_way_stops_one_walk_only(self) -> None:
        clipped = TypedClip("g / (g[0, 0] - 3)")(np.array([[3.0, 4.0], [6.0, 8.0], [0.1, 0.1]]), 1.0)
        assert clipped.tolist() == [[0.0, 0.0], [2.0, 8 / 3], [0.1, 0.1]]


class TestDescent:
    def test_first_step_goes_against_the_gradient(self) -> None:
        starts = draw_starts(np.random.default_rng(0), 5)
        walk = Descent(starts, 0.1, 0.5, never)
        walk.walk(1)
        assert walk.parameters == pytest.approx(starts - 0.1 * error_and_gradient(starts)[1])

    def test_clipped_steps_have_a_bound(self) -> None:
        walk = Descent(draw_starts(np.random.default_rng(1), 20), 0.5, 0.5, by_norm)
        walk.walk(300)
        assert walk.longest.max() <= 0.25 * (1 + 1e-12)
        assert max(np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(walk.path)) <= 0.25 * (1 + 1e-12)
        assert max(walk.norms) > 0.5

    def test_effect_over_seeds(self) -> None:
        shown = [effect(story(seed=seed)[-1].metrics) for seed in SEEDS]
        assert sum(shown) >= 7
        assert np.median([number(story(seed=seed)[-1], "thrown_plain") for seed in SEEDS]) >= 14
        assert np.median([number(story(seed=seed)[-1], "solved_plain") for seed in SEEDS]) <= 11

    def test_effect_is_not_shown_where_nothing_is_clipped(self) -> None:
        end = story(threshold=100.0)[-1]
        assert number(end, "thrown_clipped") > 10
        assert not effect(end.metrics)
        assert not effect({"runs": 8, "solved_plain": 7, "solved_clipped": 8})

    def test_too_small_a_threshold_is_slow(self) -> None:
        assert number(story(threshold=0.05)[-1], "solved_clipped") < 16
        assert number(story(threshold=0.05)[-1], "thrown_clipped") == 0


class TestPicture:
    def test_last_caption_says_the_measured_numbers(self) -> None:
        end = story()[-1]
        numbers = [int(text) for text in re.findall(r"\d+", end.caption.en)]
        names = ("thrown_plain", "runs", "thrown_clipped", "solved_plain", "solved_clipped")
        assert numbers == [1, *(int(number(end, name)) for name in names)]
        assert not end.about_claim

    def test_the_throw_is_told_when_it_has_happened(self) -> None:
        frames = story()
        told = next(frame for frame in frames if "thrown" in frame.caption.en)
        plot = panel(told, Plot)
        assert isinstance(plot, Plot)
        at = int(re.search(r"step (\d+)", told.caption.en).group(1))  # type: ignore[union-attr]
        plain = next(series for series in plot.series if series.name.en == "plain")
        assert at <= len(plain.y) <= at + 10
        assert plain.y[at - 1] == max(plain.y)

    def test_paths_are_letters_on_the_map(self) -> None:
        heights = landscape(22, 36)
        starts = draw_starts(np.random.default_rng(0), 20)
        walks = {"plain": Descent(starts, 0.5, 0.5, never), "clipped": Descent(starts, 0.5, 0.5, by_norm)}
        for walk in walks.values():
            walk.walk(60)
        heat = map_of(heights, walks)
        letters = [mark.text for mark in heat.marks]
        assert {"o", "x"} == set(letters)
        assert max(mark.row for mark in heat.marks) < 22
        thrown = [mark for mark in heat.marks if mark.text == "x" and mark.row < 6]
        assert len(thrown) >= 4  # the way out of the picture is a line, not a gap
        text = rows_to_text(draw_frame(Frame(1, 1, (heat,), heat.title), 40, 15, "en"))
        assert text.count("o") > 8
        assert "x plain  o clipped" in text

    def test_norms_never_leave_the_axis(self) -> None:
        for frame in story(rate=1.0):
            plot = panel(frame, Plot) if any(isinstance(part, Plot) for part in frame.panels) else None
            if isinstance(plot, Plot):
                values = np.concatenate([series.y for series in plot.series])
                assert plot.y_range[0] <= values.min()
                assert values.max() <= plot.y_range[1]

    def test_time_goes_on(self) -> None:
        heats = [panel(frame, Heatmap) for frame in story()[2:]]
        counts = [len(heat.marks) for heat in heats if isinstance(heat, Heatmap)]
        assert counts == sorted(counts)
        assert counts[0] < counts[-1]


class TestClaim:
    @pytest.mark.parametrize(
        ("claim", "said"),
        [
            ("g / norm", "The norm is always 1"),
            ("g / threshold", "direction stays, but the norm is not the threshold"),
            ("np.maximum(g, threshold)", "direction changes: the cosine drops to"),
            ("g * 0", "nothing moves"),
            ("g[0]", "(4,)"),
            ("g * rat", "rate"),
        ],
    )
    def test_is_measured_on_random_gradients(self, claim: str, said: str) -> None:
        frames = story(claim)
        assert said in frames[1].caption.en
        assert frames[1].about_claim
        assert frames[-1].about_claim
        assert frames[-1].metrics["claim_is_right"] is False

    def test_walks_beside_the_right_one(self) -> None:
        end = story("g / threshold")[-1]
        assert number(end, "thrown_claim") > 10
        assert number(end, "thrown_clipped") == 0
        assert str(int(number(end, "thrown_claim"))) in end.caption.ja
        heat, table = panel(end, Heatmap), panel(end, Table)
        assert isinstance(heat, Heatmap)
        assert isinstance(table, Table)
        assert "v" in {mark.text for mark in heat.marks}
        assert table.claim == ((2, 0),)
        assert (table.rows[2][1].en, table.rows[2][2].en) == (
            f"{number(end, 'thrown_claim'):.0f}",
            f"{number(end, 'solved_claim'):.0f}",
        )

    def test_that_is_right_is_called_right(self) -> None:
        frames = story("g * threshold / norm")
        end = frames[-1]
        assert not any(frame.about_claim for frame in frames)
        assert "becomes the threshold" in frames[1].caption.en
        assert end.metrics["claim_is_right"] is True
        assert end.metrics["thrown_claim"] == end.metrics["thrown_clipped"]
        assert end.metrics["solved_claim"] == end.metrics["solved_clipped"]

    def test_that_cannot_be_used_leaves_the_others_walking(self) -> None:
        end = story("g[0]")[-1]
        assert "thrown_claim" not in end.metrics
        assert end.metrics["solved_clipped"] == story()[-1].metrics["solved_clipped"]

    @pytest.mark.parametrize("claim", ["g - 1e15", "g * norm ** 20", "g ** 0.5"])
    def test_absurd_ones_stay_data(self, claim: str) -> None:
        for frame in run("cliff", 0.5, 0.5, claim, 0):
            assert np.isfinite([value for value in frame.metrics.values() if isinstance(value, float)]).all()


class TestAdder:
    def test_relu_learns_to_add_only_with_clipping(self) -> None:
        ends = [story(seed=seed, task="adder")[-1] for seed in range(2)]
        assert sum(effect(end.metrics) for end in ends) >= 1
        assert np.mean([number(end, "solved_clipped") for end in ends]) >= 6
        assert np.mean([number(end, "solved_plain") for end in ends]) <= 1

    def test_overflow_is_told_with_its_iteration(self) -> None:
        frames = story(task="adder")
        found: Metric = frames[-1].metrics["overflow_at_plain"]
        assert isinstance(found, list)
        over = [int(at) for at in found if int(at) >= 0]
        assert over
        assert f"first at {min(over)}" in frames[40].caption.en
        assert frames[-1].metrics["overflow_at_clipped"] == [-1] * 8

    def test_curves_begin_alike_and_part(self) -> None:
        end = story(task="adder")[-1]
        plot = panel(end, Plot)
        assert isinstance(plot, Plot)
        curves = {series.name.en: series.y for series in plot.series}
        assert curves["clipped"][-1] > 0.9
        assert curves["plain"][-1] < 0.1


@pytest.mark.slow
def test_effect_over_twenty_seeds() -> None:
    simulation = registry.get("gradient_clipping")
    for task in ("cliff", "adder"):
        shown = 0
        for seed in range(100, 120):
            *_, end = simulation.run(simulation.values({"task": task}), seed)
            shown += effect(end.metrics)
        assert shown >= 17, task
