"""Gradients through time: their size against lag, truncation, and ways back that a gradient check finds out."""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from sims import registry
from sims.bptt import effect
from sims.bptt.check_frames import CHECKS
from sims.bptt.flow import LAGS, RUNS, Draw, Flow
from sims.bptt.imitation import Imitation
from sims.bptt.linear import (
    HIDDEN,
    INPUTS,
    OPTIONS,
    RIGHT,
    BrokenError,
    Network,
    backward,
    draw_example,
    draw_network,
    error,
    numeric,
    states,
    typed,
)
from sims.bptt.mutants import mutants
from sims.bptt.recall import BACK, LENGTH, Recall
from sims.bptt.recall import LAG as RECALL_LAG
from sims.bptt.recall import RUNS as RECALL_RUNS
from sims.bptt.words import rough
from sims.cells import Activation, Array
from sims.frames import Frame, Heatmap, Note, Plot, Series, Table

SEEDS = range(8)


@cache
def story(seed: int = 0, **given: Any) -> tuple[Frame, ...]:
    simulation = registry.get("bptt")
    return tuple(simulation.run({**simulation.values({}), **given}, seed))


def number(frame: Frame, name: str) -> float:
    value = frame.metrics[name]
    assert isinstance(value, (int, float)), (name, value)
    return float(value)


def plot(frame: Frame) -> Plot:
    return next(panel for panel in frame.panels if isinstance(panel, Plot))


def table(frame: Frame) -> Table:
    return next(panel for panel in frame.panels if isinstance(panel, Table))


def lit(frame: Frame) -> Series:
    return next(series for series in plot(frame).series if series.role == "lit")


class TestFlow:
    @pytest.mark.parametrize("activation", ["tanh", "sigmoid", "linear", "relu"])
    def test_is_the_derivative_by_an_earlier_state(self, activation: Activation) -> None:
        lags, hidden, rho, size = 6, 4, 1.3, 0.7
        draw = Draw(hidden, seed=3)
        flow = Flow(draw, activation, rho, size)
        flow.go_back(lags)
        functions: dict[str, Callable[[Array], Array]] = {
            "tanh": np.tanh,
            "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
            "linear": lambda u: u,
            "relu": lambda u: np.maximum(u, 0),
        }

        def run(h: Array, first: int, last: int, r: int) -> Array:
            for t in range(first, last):
                h = functions[activation](size * draw.x[r, t, 0] @ draw.W[r] + h @ (rho * draw.U[r]))
            return h

        for r in (0, 7, 19):
            state = run(np.zeros(hidden), 0, LAGS - lags, r)
            h = 1e-5 if activation != "relu" else 1e-9  # so near that no unit changes sides
            h *= max(1.0, float(np.abs(state).max()))
            columns = []
            for step in np.eye(hidden) * h:
                ahead, behind = (run(state + side * step, LAGS - lags, LAGS, r) for side in (1, -1))
                columns.append((ahead - behind) / (2 * h))
            expected = np.sqrt(np.square(columns).sum() / hidden)
            assert flow.sizes[r, lags] == pytest.approx(expected, rel=1e-6 if activation != "relu" else 1e-4)

    def test_weights_have_the_radius_asked_for(self) -> None:
        radii = np.abs(np.linalg.eigvals(Draw(8, 0).U)).max(-1)
        assert radii == pytest.approx(np.ones(RUNS))

    def test_a_linear_network_does_not_depend_on_its_input(self) -> None:
        sizes = []
        for size in (0.0, 1.0):
            flow = Flow(Draw(8, 0), "linear", 1.1, size)
            flow.go_back(LAGS)
            sizes.append(flow.sizes)
        assert np.array_equal(sizes[0], sizes[1])


class TestLag:
    def test_effect_over_seeds(self) -> None:
        shown = [effect(story(seed)[-1].metrics) for seed in SEEDS]
        assert sum(shown) >= 7

    def test_vanishing_and_exploding_over_seeds(self) -> None:
        for seed in SEEDS:
            metrics = story(seed)[-1].metrics
            sizes = {name: float(size) for name, size in metrics.items() if isinstance(size, float)}
            assert all(sizes[f"sigmoid_{rho}"] < 1e-8 for rho in ("0.5", "0.9", "1", "1.1", "1.5", "2", "4"))
            assert sizes["tanh_0.9"] < 1e-4 < 1e-1 < sizes["linear_1"] < 10
            assert sizes["relu_1"] < 1e-9
            assert 0.9**LAGS / 10 < sizes["linear_0.9"] < 10 * 0.9**LAGS
            assert 1.1**LAGS / 10 < sizes["linear_1.1"] < 10 * 1.1**LAGS

    def test_effect_is_not_shown_by_other_numbers(self) -> None:
        metrics = dict(story()[-1].metrics)
        for other in ({"sigmoid_1": 1.0}, {"linear_2": 1.0}, {"tanh_0.5": 1.0}, {"relu_4": 1.0}):
            assert not effect(metrics | other)

    def test_tanh_with_large_weights_explodes_as_a_rule(self) -> None:
        grown = []
        for seed in range(4):
            end = story(seed, activation="tanh", rho=4.0, hidden=16)[-1]
            grown.append(number(end, "exploding_runs"))
            assert number(end, "gradient") > 1e3
        assert 13 <= np.median(grown) < RUNS

    def test_caption_says_the_chosen_setting(self) -> None:
        end = story(activation="tanh", rho=4.0, hidden=16)[-1]
        assert rough(number(end, "gradient")) in end.caption.en
        assert f"{end.metrics['exploding_runs']} of 20" in end.caption.en
        assert f"20 回のうち {end.metrics['exploding_runs']} 回" in end.caption.ja
        first = story()[0]
        assert "10 steps back" in first.caption.en
        assert "入力 0.1" in plot(first).title.ja

    def test_curves_stay_in_the_picture(self) -> None:
        for frame in story(activation="linear", rho=8.0, hidden=8):
            for series in plot(frame).series:
                assert all(1e-16 <= y <= 1e8 for y in series.y)
        assert len(lit(story(activation="linear", rho=8.0, hidden=8)[-1]).y) < 12
        assert len(lit(story()[-1]).y) == LAGS + 1

    def test_table_fills_row_by_row_and_marks_the_choice(self) -> None:
        rows = [len(table(frame).rows) for frame in story()[10:]]
        assert rows == [2, 3, 4, 5, 6, 7, 8, 8]
        end = table(story(activation="relu", rho=2.0)[-1])
        ((row, column),) = end.lit
        assert (end.rows[row][0].en, end.columns[column].en) == ("2", "ReLU")

    def test_radius_beyond_the_list_has_its_own_row(self) -> None:
        frames = story(rho=3.0, hidden=4)
        assert [row[0].en for row in table(frames[-1]).rows] == ["0.5", "0.9", "1", "1.1", "1.5", "2", "3", "4", "8"]
        assert {frame.total for frame in frames} == {len(frames)}

    @pytest.mark.parametrize(
        ("value", "text"), [(3e-92, "10⁻⁹²"), (0.4, "0.4"), (20.0, "20"), (8e10, "10¹¹"), (0.0, "0"), (math.inf, "∞")]
    )
    def test_orders_of_magnitude(self, value: float, text: str) -> None:
        assert rough(value) == text


class TestTruncation:
    def test_gradients_are_those_of_backpropagation_cut_off(self) -> None:
        task = Recall(0)
        rng = np.random.default_rng(1)
        x = rng.choice([-1.0, 1.0], (len(BACK) * RECALL_RUNS, LENGTH, 5, 1))
        gradients, _ = task.gradients(x)
        for place, back in enumerate(BACK):
            run = place * RECALL_RUNS + 3
            W, U, b, V, d = (task.parameters[name][run] for name in "WUbVd")
            h = [np.zeros((5, W.shape[1]))]
            for t in range(LENGTH):
                h.append(np.tanh(x[run, t] @ W + h[-1] @ U + b))
            y = 1 / (1 + np.exp(-(h[-1] @ V + d)))
            delta = ((y - (x[run, LENGTH - 1 - RECALL_LAG] > 0)) / 5) @ V.T
            expected = {"W": np.zeros_like(W), "U": np.zeros_like(U), "b": np.zeros_like(b)}
            for k in range(back):
                t = LENGTH - 1 - k
                delta = delta * (1 - h[t + 1] ** 2)
                expected["W"] += x[run, t].T @ delta
                expected["U"] += h[t].T @ delta
                expected["b"] += delta.sum(0)
                delta = delta @ U.T
            for name, part in expected.items():
                assert gradients[name][run] == pytest.approx(part, rel=1e-9, abs=1e-12), (back, name)

    def test_whole_gradient_is_that_of_the_cell(self) -> None:
        task = Recall(2)
        x = np.random.default_rng(1).choice([-1.0, 1.0], (len(BACK) * RECALL_RUNS, LENGTH, 4, 1))
        gradients, _ = task.gradients(x)
        trace = task.cell.forward(task.parameters, x)
        y = 1 / (1 + np.exp(-(trace.h[:, -1] @ task.parameters["V"] + task.parameters["d"])))
        d_h = np.zeros_like(trace.h)
        d_h[:, -1] = ((y - (x[:, LENGTH - 1 - RECALL_LAG] > 0)) / 4) @ task.parameters["V"].swapaxes(1, 2)
        whole, _ = task.cell.backward(task.parameters, trace, d_h)
        for name in "WUb":
            assert gradients[name][-RECALL_RUNS:] == pytest.approx(whole[name][-RECALL_RUNS:], rel=1e-9, abs=1e-13)

    def test_one_step_decides_over_seeds(self) -> None:
        ends = [story(seed, experiment="truncation")[-1] for seed in range(4)]
        assert sum(effect(end.metrics) for end in ends) >= 3
        assert np.median([number(end, f"right_{RECALL_LAG}") for end in ends]) < 0.65
        assert np.median([number(end, f"right_{RECALL_LAG + 1}") for end in ends]) > 0.95
        assert sum(number(end, "solved_4") for end in ends) == 0

    def test_caption_and_bars_say_the_measured_shares(self) -> None:
        end = story(experiment="truncation")[-1]
        for steps in (RECALL_LAG, RECALL_LAG + 1):
            assert f"{100 * number(end, f'right_{steps}'):.0f} %" in end.caption.en
            assert f"{100 * number(end, f'right_{steps}'):.0f} %" in end.caption.ja
        assert lit(end).y[-1] == number(end, f"right_{RECALL_LAG + 1}")
        assert "one step decides" in end.caption.en
        assert not effect(dict(end.metrics) | {"right_8": 0.9})


class TestLinear:
    def test_backward_agrees_with_numeric_differences(self) -> None:
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            network, example = draw_network(rng), draw_example(rng, draw_network(rng))
            found = backward(network, example, lambda delta, net: delta.dot(net.U))
            assert max(found.off(numeric(network, example))) < 1e-7

    def test_numeric_differences_are_those_of_the_literal_loop(self) -> None:
        rng = np.random.default_rng(0)
        network, example = draw_network(rng), draw_example(rng, draw_network(rng))
        found = numeric(network, example)

        def loss(W: Array, U: Array) -> float:
            h, total = np.zeros(HIDDEN), 0.0
            for x, d in zip(example.x, example.d, strict=True):
                h = W @ x[0] + U @ h
                total += 0.5 * float((network.V @ h - d[0]) @ (network.V @ h - d[0]))
            return total

        assert error(network, example) == pytest.approx(loss(network.W, network.U))
        for i, j in ((0, 0), (3, 2), (5, 1)):
            step = np.zeros((HIDDEN, HIDDEN))
            step[i, j] = 1e-5
            dW = (loss(network.W + step[:, :INPUTS], network.U) - loss(network.W - step[:, :INPUTS], network.U)) / 2e-5
            dU = (loss(network.W, network.U + step) - loss(network.W, network.U - step)) / 2e-5
            assert found.w[i, j] == pytest.approx(dW, rel=1e-6)
            assert found.u[i, j] == pytest.approx(dU, rel=1e-6)

    def test_reading_the_last_state_changes_u_alone(self) -> None:
        rng = np.random.default_rng(0)
        network, example = draw_network(rng), draw_example(rng, draw_network(rng))
        right, wrapped = (backward(network, example, typed(RIGHT), wraps) for wraps in (False, True))  # type: ignore[arg-type]
        assert np.array_equal(right.w, wrapped.w)
        assert not np.allclose(right.u, wrapped.u)
        h = states(network, example.x)
        delta = (h[1:] @ network.V.T - example.d)[0] @ network.V
        for t in range(1, len(example.x)):  # what each output adds to the step before which h[-1] is read
            later = (h[t + 1] @ network.V.T - example.d[t]) @ network.V
            delta = delta + later @ np.linalg.matrix_power(network.U, t)
        assert wrapped.u - right.u == pytest.approx(delta.T @ h[-1], rel=1e-9)

    def test_options_fare_as_the_question_says(self) -> None:
        for seed in SEEDS:
            right, transposed, times_v, through_w = mutants("zero", None)
            for mutant in (right, transposed, times_v, through_w):
                for example in range(12):
                    mutant.check(seed, example)
            assert right.agrees
            assert max(right.medians or (1.0,)) < 1e-8
            assert min(transposed.medians or (0.0,)) > 0.4
            assert min(times_v.medians or (0.0,)) > 0.4
            assert through_w.medians is None
            assert through_w.broken is not None
            assert through_w.broken.shown.startswith("ValueError: operands could not be broadcast")

    def test_wrong_gradients_learn_less(self) -> None:
        ratios = []
        for seed in range(3):
            right, transposed = (
                Imitation(typed(code), False, seed).train(100)[:, -30:].mean()  # type: ignore[arg-type]
                for code in OPTIONS[:2]
            )
            ratios.append(transposed / right)
        assert np.median(ratios) > 1.3

    def test_a_network_that_overflows_is_data(self) -> None:
        network = Network(np.full((HIDDEN, INPUTS), 1e200), np.full((HIDDEN, HIDDEN), 1e200), np.ones((1, HIDDEN)))
        example = draw_example(np.random.default_rng(0), draw_network(np.random.default_rng(1)))
        with np.errstate(all="ignore"), pytest.raises(BrokenError):
            backward(network, example, typed(RIGHT))  # type: ignore[arg-type]


class TestCheck:
    def test_effect_over_seeds(self) -> None:
        ends = [story(seed, experiment="check", before="last")[-1] for seed in range(4)]
        assert all(effect(end.metrics) for end in ends)
        shares = [number(end, "off_dU h[-1]") for end in ends]
        assert 0.4 < np.median(shares) < 0.9
        assert not effect(dict(story(experiment="check", before="last")[-1].metrics) | {"off_dU h[-1]": 0.0})

    def test_wrapped_index_is_told(self) -> None:
        end = story(experiment="check", before="last")[-1]
        assert f"{100 * number(end, 'off_dU h[-1]'):.0f} %" in end.caption.en
        assert number(end, "off_dW h[-1]") < 1e-8
        assert not any(frame.about_claim for frame in story(experiment="check", before="last"))

    @pytest.mark.parametrize("claim", ["delta_t.dot(U.T)", "delta_t * V", "delta_t"])
    def test_claim_that_runs_is_off_by_so_many_percent(self, claim: str) -> None:
        frames = story(experiment="check", claim=claim)
        checked, end = frames[CHECKS - 1], frames[-1]
        for frame in (checked, end):
            assert frame.about_claim
            for name in ("off_dW claim", "off_dU claim"):
                assert f"{100 * number(end, name):.0f} %" in frame.caption.en
                assert f"{100 * number(end, name):.0f} %" in frame.caption.ja
        assert end.metrics["claim_agrees"] is False
        assert table(end).claim == ((1, 0),)
        assert [series.role for series in plot(end).series] == ["lit", "claim"]
        assert sum(isinstance(panel, Heatmap) for panel in checked.panels) == 2

    def test_claim_that_does_not_fit_prints_the_error(self) -> None:
        end = story(experiment="check", claim="delta_t.dot(W)")[-1]
        assert "(1, 3) instead of (1, 6)" in end.caption.en
        assert end.about_claim
        (note,) = (panel for panel in end.panels if isinstance(panel, Note))
        assert "shapes (6,3) (3,3)" in note.lines[0].en
        assert end.metrics["off_dW claim"] is None

    @pytest.mark.parametrize(
        ("claim", "said"),
        [("U.dot(delta_t)", "(6, 6) and (1, 6)"), ("delta_t.dot(X)", "There is no X"), ("delta_t / 0", "not finite")],
    )
    def test_claim_that_cannot_run_says_why(self, claim: str, said: str) -> None:
        frames = story(experiment="check", claim=claim)
        assert "does not run" in frames[-1].caption.en
        assert said in frames[-1].caption.en
        assert frames[-1].metrics["claim_agrees"] is False
        assert frames[-1].metrics["error claim"] is None

    @pytest.mark.parametrize("claim", ["delta_t @ U", "(U.T @ delta_t.T).T"])
    def test_claim_that_is_right_is_called_right(self, claim: str) -> None:
        frames = story(experiment="check", claim=claim)
        assert not any(frame.about_claim for frame in frames)
        assert "agrees with numeric differences" in frames[-1].caption.en
        assert frames[-1].metrics["claim_agrees"] is True
        assert number(frames[-1], "error claim") == pytest.approx(number(frames[-1], "error delta_t.dot(U)"), rel=1e-6)

    def test_absurd_claims_stay_data(self) -> None:
        for frame in story(experiment="check", claim="delta_t.dot(U) * 1e15"):
            for panel in frame.panels:
                if isinstance(panel, Plot):
                    assert all(np.isfinite(series.y).all() for series in panel.series)


@pytest.mark.slow
def test_effects_over_twenty_seeds() -> None:
    for experiment in ("lag", "truncation", "check"):
        simulation = registry.get("bptt")
        shown = 0
        for seed in range(100, 120):
            *_, end = simulation.run(simulation.values({"experiment": experiment}), seed)
            shown += effect(end.metrics)
        assert shown >= 17, experiment
