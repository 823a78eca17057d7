"""What the comparison of GRU, LSTM and RNN shows: a long memory, two conventions, and formulas that are wrong."""

from collections.abc import Mapping

import numpy as np
import pytest

from sims.expression import evaluate, parse
from sims.frames import Frame, Metric, Plot, Table
from sims.gru import effect, run
from sims.gru.first_token import CELLS, CHANCE, INPUTS, TOKENS, FirstToken, draw_sequences, share_right
from sims.gru.formula import NAMES, STEPS, Formula, compare

RIGHT, MIRROR = "(1-z)*h + z*h_bar", "z*h + (1-z)*h_bar"


def frames(
    lag: int = 29,
    bias: float = 5.0,
    convention: str = "exam",
    runs: int = 1,
    iterations: int = 20,
    claim: str | None = None,
    seed: int = 0,
) -> list[Frame]:
    return list(run(lag, bias, convention, runs, iterations, claim, seed))


def last(**changed: int | float | str) -> Mapping[str, Metric]:
    return frames(**changed)[-1].metrics  # type: ignore[arg-type]


def accuracies(metrics: Mapping[str, Metric]) -> list[float]:
    found = [metrics[f"accuracy_{name}"] for name in ("rnn", "gru", "lstm")]
    return [value for value in found if isinstance(value, float)]


def test_gated_cells_remember_over_a_lag_at_which_the_rnn_guesses() -> None:
    shown = [effect(last(iterations=150, seed=seed)) for seed in range(8)]
    assert sum(shown) >= 7


@pytest.mark.slow
def test_effect_over_twenty_seeds_at_the_longest_lag() -> None:
    shown = [effect(last(lag=49, runs=4, iterations=250, seed=seed)) for seed in range(20)]
    assert sum(shown) >= 17


def test_without_a_gate_bias_nobody_remembers_for_long() -> None:
    metrics = last(lag=49, bias=0.0, runs=2, iterations=150)
    assert max(accuracies(metrics)) < 0.6
    assert not effect(metrics)


def test_over_a_short_lag_there_is_nothing_to_show() -> None:
    metrics = last(lag=1, runs=2, iterations=200)
    assert min(accuracies(metrics)) > 0.9
    assert not effect(metrics)
    assert "3 つとも" in frames(lag=1, runs=2, iterations=200)[-1].caption.ja


def test_parameters_are_those_of_the_textbook() -> None:
    metrics = last()
    block = INPUTS * CELLS + CELLS**2 + CELLS
    assert [metrics[f"parameters_{name}"] for name in ("rnn", "gru", "lstm")] == [block, 3 * block, 4 * block]
    assert metrics["products_gru"] == 3 * (INPUTS * CELLS + CELLS**2)


def test_sequences_are_a_token_and_then_noise_of_its_own_inputs() -> None:
    x, token = draw_sequences(np.random.default_rng(0), 7, 2, 500)
    assert x.shape == (2, 8, 500, INPUTS)
    assert np.array_equal(x[:, 0, :, :TOKENS].argmax(-1), token)
    assert np.all(x[:, 0].sum(-1) == 1)
    assert not x[:, 1:, :, :TOKENS].any()
    assert abs(x[:, 1:, :, TOKENS:].std() - 1) < 0.05
    assert np.all(np.abs(np.bincount(token.ravel()) / token.size - CHANCE) < 0.05)


def test_scores_that_are_not_finite_name_nothing() -> None:
    scores = np.zeros((1, 4, TOKENS))
    scores[0, :, 0] = 1.0
    scores[0, 1] = np.nan
    scores[0, 2, 0] = np.inf
    assert share_right(scores, np.array([[0, 0, 0, 1]])) == [0.25]


def test_loss_falls_and_untrained_cells_guess() -> None:
    task = FirstToken(9, 5.0, False, 4, 0)
    before = [float(np.median(share)) for share in task.accuracies().values()]
    assert all(abs(share - CHANCE) < 0.2 for share in before)
    task.train(120)
    assert float(np.median(task.accuracies()["gru"])) > 0.9


@pytest.mark.parametrize("seed", range(3))
def test_both_conventions_begin_and_learn_as_one_function(seed: int) -> None:
    exam, frameworks = last(seed=seed, iterations=40), last(seed=seed, iterations=40, convention="frameworks")
    for metrics in (exam, frameworks):
        difference = metrics["convention_difference"]
        assert isinstance(difference, float)
        assert difference < 1e-12
    assert np.allclose(accuracies(exam), accuracies(frameworks), atol=0.02)  # rounding may tip a token over


def test_convention_table_shows_z_and_its_complement_and_one_h() -> None:
    table = next(panel for panel in frames()[-2].panels if isinstance(panel, Table))
    for _, z, other, h, other_h in table.rows:
        assert float(z.en) + float(other.en) == pytest.approx(1, abs=1e-4)
        assert h == other_h


OUTCOMES = {
    RIGHT: "same",
    "h + z*(h_bar - h)": "same",
    MIRROR: "mirror",
    "z*h_bar": "forgets",
    "(1-z)*h_bar": "forgets",
    "z*h*h_bar": "dies",
    "h": "deaf",
    "h + h_bar": "grows",
    "2*h + z*h_bar": "grows",
    "9*h**3": "overflow",
    "h/(z-z)": "overflow",
    "np.maximum(h, h_bar)": "differs",
}


@pytest.mark.parametrize(("claim", "outcome"), OUTCOMES.items(), ids=OUTCOMES)
def test_a_formula_is_told_by_what_it_does(claim: str, outcome: str) -> None:
    found = [compare(claim, 5.0, False, seed).outcome for seed in range(8)]
    assert found.count(outcome) >= 7  # type: ignore[arg-type]
    shown = frames(claim=claim)
    assert shown[-1].about_claim
    assert shown[-1].metrics["claim_outcome"] == outcome


def test_right_formula_agrees_and_the_mirror_is_right_in_the_other_convention() -> None:
    right = compare(RIGHT, 5.0, False, 3)
    assert right.yours is not None
    assert np.allclose(right.yours.h, right.right.h, rtol=1e-12)
    assert compare(MIRROR, 5.0, True, 3).outcome == "same"
    assert compare(RIGHT, 5.0, True, 3).outcome == "mirror"


@pytest.mark.parametrize("claim", [MIRROR, "z*h_bar", "(1-z)*h_bar", "z*h*h_bar"])
def test_no_wrong_option_learns_what_the_right_one_does(claim: str) -> None:
    metrics = last(claim=claim, iterations=150)
    yours, right = metrics["claim_accuracy"], metrics["accuracy_gru"]
    assert isinstance(yours, float)
    assert isinstance(right, float)
    assert yours < 0.6 < 0.9 < right


def test_right_formula_as_a_claim_learns_the_very_same() -> None:
    metrics = last(claim=RIGHT, iterations=40)
    assert metrics["claim_accuracy"] == metrics["accuracy_gru"]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("z.dot(h)", "形が合いません"),
        ("h.mean()", "1 つの数"),
        ("h[0]", "と違います"),
        ("0*2", "1 つの数"),
        ("q*h", "q"),
        ("h *", "続き"),
        ("__import__", "答えとして"),
    ],
)
def test_what_cannot_be_computed_says_why_in_the_caption(claim: str, words: str) -> None:
    shown = frames(claim=claim)
    assert all(frame.about_claim for frame in shown)
    assert words in shown[-1].caption.ja
    assert shown[-1].metrics["claim_problem"]
    assert shown[-1].metrics["claim_accuracy"] is None


def test_captions_give_the_numbers_of_the_run() -> None:
    doubled = frames(claim="2*h + z*h_bar")[-1]
    assert "約 2 倍" in doubled.caption.ja
    assert doubled.metrics["claim_size"] == pytest.approx(2**STEPS, rel=0.1)
    gone = frames(claim="9*h**3")[-1]
    assert f"{gone.metrics['claim_overflow']} ステップ目" in gone.caption.ja
    swapped = frames(claim=MIRROR, iterations=40)[-1]
    share = swapped.metrics["claim_accuracy"]
    assert isinstance(share, float)
    assert f"{100 * share:.0f} %" in swapped.caption.ja


@pytest.mark.parametrize("claim", ["1e15*h*h", "exp(exp(9*h))", "log(h)", "h**(1/3)", "z", "-h", "sqrt(z)*h + r*h_bar"])
def test_wild_formulas_are_drawn_and_warn_of_nothing(claim: str) -> None:
    for frame in frames(claim=claim):
        for panel in frame.panels:
            assert isinstance(panel, Plot)
            for series in panel.series:
                assert np.isfinite(series.y).all()
                assert not panel.log_y or min(series.y) > 0


@pytest.mark.parametrize("source", [RIGHT, MIRROR, "h/(1 + z**2) + r*sigmoid(h_bar)", "tanh(h - z)*exp(-r)"])
def test_slopes_of_a_formula_are_those_of_finite_differences(source: str) -> None:
    rng, step = np.random.default_rng(1), 1e-6
    at = dict(zip(NAMES, rng.uniform(0.1, 0.9, (len(NAMES), 2, 3, 4)), strict=True))
    formula, expression = Formula(source), parse(source, NAMES)
    assert formula.learns
    assert np.allclose(formula.value(*at.values()), evaluate(expression, at), rtol=1e-13)
    for name, slope in formula.slopes(*at.values())._asdict().items():
        above, below = (evaluate(expression, at | {name: at[name] + by}) for by in (step, -step))
        assert np.allclose(slope, (above - below) / (2 * step), rtol=1e-7, atol=1e-8), name
