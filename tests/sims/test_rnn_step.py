"""One step of an RNN against a calculation written out, without each g, and beside somebody's formula."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from sims.frames import Frame, Metric, Plot, Table
from sims.rnn_step import B, C, effect, run
from sims.rnn_step.formula import FORMULAS, POINTS, VARIABLES, cell_step, random_places

SETTINGS = {"x1": 1.0, "z0": 0.5, "W_in": 1.5, "W": -1.0, "W_out": 2.0}
RIGHT = "g(W_out*g(W*z0 + W_in*x1 + b) + c)"


def frames(claim: str | None = None, seed: int = 0, **changed: float) -> list[Frame]:
    values = SETTINGS | changed
    return list(run(values["x1"], values["z0"], values["W_in"], values["W"], values["W_out"], claim, seed))


def g(u: float) -> float:
    return 1 / (1 + math.exp(-u))


def last(claim: str | None = None, seed: int = 0, **changed: float) -> Mapping[str, Metric]:
    return frames(claim, seed, **changed)[-1].metrics


@pytest.mark.parametrize("seed", range(8))
def test_formula_is_the_cell_and_no_g_can_be_left_out(seed: int) -> None:
    assert effect(last(seed=seed))


@pytest.mark.parametrize("x1", [-5.0, 0.0, 1.0, 4.5])
@pytest.mark.parametrize("z0", [-2.0, 0.5])
def test_numbers_are_those_of_a_calculation_written_out(x1: float, z0: float) -> None:
    metrics = last(x1=x1, z0=z0)
    u = -1.0 * z0 + 1.5 * x1 + B
    assert metrics["u"] == pytest.approx(u)
    assert metrics["z1"] == pytest.approx(g(u))
    assert metrics["y1"] == pytest.approx(g(2 * g(u) + C))
    assert metrics["y1_of_cell"] == pytest.approx(g(2 * g(u) + C))
    assert metrics["without_hidden"] == pytest.approx(g(2 * u + C))
    assert metrics["without_output"] == pytest.approx(2 * g(u) + C)
    assert metrics["without_both"] == pytest.approx(2 * u + C)


def test_cell_takes_many_places_at_once() -> None:
    places = random_places(3)
    u, z1, y1 = cell_step(places)
    for i in range(POINTS):
        at = {name: float(places[name][i]) for name in VARIABLES}
        expected = at["W"] * at["z0"] + at["W_in"] * at["x1"] + at["b"]
        assert u[i] == pytest.approx(expected)
        assert z1[i] == pytest.approx(g(expected))
        assert y1[i] == pytest.approx(g(at["W_out"] * g(expected) + at["c"]))


WRONG = {
    "g(W_out*(W*z0 + W_in*x1 + b) + c)": "z1 の g なし",
    "W_out*g(W*z0 + W_in*x1 + b) + c": "y1 の g なし",
    "W_out*(W*z0 + W_in*x1 + b) + c": "g を 1 つもなし",
    "g(W*z0 + W_in*x1 + b)": "乱数",
    "g(W_out*g(W*z0 + W_in*x1) + c)": "乱数",
    "g(W_out*g(W*x1 + W_in*z0 + b) + c)": "乱数",
    "g(W_out*g(W*z0 + b) + W_in*x1 + c)": "乱数",
    "W_out*x1 + c": "0 と 1 のあいだ",
}


@pytest.mark.parametrize(("claim", "words"), WRONG.items(), ids=WRONG)
def test_a_wrong_formula_is_named_or_counted(claim: str, words: str) -> None:
    frame = frames(claim)[-1]
    assert frame.about_claim
    assert words in frame.caption.ja
    assert frame.metrics["claim_like"] != "full"
    wrong = frame.metrics["claim_wrong_points"]
    assert isinstance(wrong, int)
    assert wrong > POINTS / 2
    plot, table = frame.panels
    assert isinstance(plot, Plot)
    assert isinstance(table, Table)
    assert [series.role for series in plot.series] == ["lit", "claim"]
    assert table.claim


@pytest.mark.parametrize("claim", [RIGHT, "sigmoid(c + W_out*sigmoid(b + x1*W_in + z0*W))"])
def test_right_formula_in_any_spelling_agrees_everywhere(claim: str) -> None:
    frame = frames(claim)[-1]
    assert "一致" in frame.caption.ja
    assert frame.metrics["claim_wrong_points"] == 0
    assert frame.metrics["claim_y1"] == frame.metrics["y1"]


def test_right_by_accident_is_told_from_right() -> None:
    caption = frames("g(W_out*g(W*z0 + W_in*x1 + b) + c*x1)")[-1].caption  # c·x1 = c at x1 = 1
    assert "乱数" in caption.ja
    assert "同じ .7568" in caption.ja


@pytest.mark.parametrize("claim", ["1", "x1", "W_out", "0.5*x1"])
def test_formulas_of_few_variables_are_drawn_too(claim: str) -> None:
    plot = frames(claim)[-1].panels[0]
    assert isinstance(plot, Plot)
    for series in plot.series:
        assert len(series.x) == len(series.y)
        assert plot.y_range[0] <= min(series.y)
        assert max(series.y) <= plot.y_range[1]


@pytest.mark.parametrize(
    "claim", ["log(x1)", "y1", "g(", "[x1, z0]", "np.concatenate([x1, z0])", "x1/0", "exp(exp(9*W_in))"]
)
def test_what_has_no_value_says_why(claim: str) -> None:
    frame = frames(claim)[-1]
    assert frame.about_claim
    assert "計算できません" in frame.caption.ja
    assert frame.metrics["claim_y1"] is None
    assert frame.metrics["claim_problem"]


def test_extreme_settings_are_drawn_without_a_warning() -> None:
    for value in (-5.0, 5.0):
        metrics = last(x1=value, z0=-value, W_in=value, W=value, W_out=value)
        assert np.isfinite([metrics[f"without_{name}"] for name in FORMULAS if name != "full"]).all()  # type: ignore[arg-type]
