"""Grading a typed formula: the mistake named, the evidence on numbers, and what is said in each case."""

import numpy as np
import pytest

from engine.bank.asked import Named, SymbolicKey
from engine.bank.model import Derive, Domain
from engine.grading.compare import UnfitKeyError
from engine.grading.symbolic import grade, reading
from engine.grading.symbolic_key import prepared
from sims import expression
from sims.text import Text, same

XY: dict[str, Domain] = {"x": "real", "y": "real"}


def chain(outer: str, inner: str, wrt: str = "x", mistakes: tuple[Named[str], ...] = ()) -> SymbolicKey:
    given = {"z": f"({outer})", "t": f"({inner})"}
    return SymbolicKey(f"∂z/∂{wrt}", XY, "", Derive(diff="z", wrt=wrt, given=given), {}, {}, mistakes)


def single(formula: str, domain: Domain = "real") -> SymbolicKey:
    return SymbolicKey("dz/dx", {"x": domain}, "", Derive(diff="z", wrt="x", given={"z": formula}), {}, {}, ())


def typed(formula: str, variables: dict[str, Domain] = XY, **functions: str) -> SymbolicKey:
    return SymbolicKey("z", variables, formula, None, functions, {}, ())


SQUARE = chain("t**2", "x + y")


def test_a_right_answer_carries_its_reading_and_the_claim_for_the_simulation() -> None:
    verdict = grade(SQUARE, "dz/dx = ２（ｘ＋ｙ）")
    assert (verdict.outcome, verdict.score, verdict.mistake) == ("correct", 1.0, None)
    assert (verdict.reading, verdict.claim) == ("2·(x + y)", "2*(x + y)")


def test_a_right_answer_in_an_intermediate_variable_is_asked_for_in_the_others() -> None:
    verdict = grade(SQUARE, "2t")
    assert verdict.outcome == "unreadable"
    assert not verdict.is_attempt
    assert verdict.named == Text(
        "合っています。t を使わず、x と y で表してください。", "That is right. Write it with x and y instead of t."
    )
    constant = grade(chain("2*t", "x + y"), "2t/t")
    assert constant.named is not None
    assert constant.named.en == "That is right. Write it with numbers instead of t."


def test_a_wrong_answer_in_an_intermediate_variable_is_wrong_and_claims_what_it_stands_for() -> None:
    verdict = grade(SQUARE, "t + 7")
    assert (verdict.outcome, verdict.claim) == ("wrong", "x + y + 7")


@pytest.mark.parametrize("answer", ["arctan(x)", "x!", "e^x" + "+e^x" * 38])
def test_what_no_simulation_can_run_is_not_claimed(answer: str) -> None:
    verdict = grade(SQUARE, answer)
    assert verdict.is_attempt
    assert verdict.claim == ""


def test_every_claim_can_be_run_by_the_simulations() -> None:
    every = "+".join(
        f"{name}(x)" for name in ("exp", "log", "log2", "log10", "sqrt", "sin", "cos", "tan", "sinh", "cosh")
    )
    for answer in (every, "tanh(x)+σ(x)+|x|+sign(x)+relu(x)", "max(x,y,2)-min(x,1)", "π^2x^-1/2-e^(-x)", "6x-0.25"):
        verdict = grade(SQUARE, answer)
        assert verdict.is_attempt
        claim = expression.parse(verdict.claim, {"x", "y"})
        assert expression.evaluate(claim, {"x": np.array(1.5), "y": np.array(2.5)}).shape == ()


def test_the_evidence_can_be_checked_by_hand() -> None:
    verdict = grade(SQUARE, "2x")
    assert verdict.evidence == Text(
        "x = 1.22、y = 0.64 のとき、正解は 3.72、あなたの式は 2.44 です。",
        "At x = 1.22, y = 0.64 the key is 3.72, yours is 2.44.",
    )
    assert verdict == grade(SQUARE, "2x"), "a verdict can be replayed"


@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        ("x + 10^-9", "At x = 1.22 the key is 1.22, yours is 1.220000001."),
        ("|x|", "At x = −1.29 the key is −1.29, yours is 1.29."),
        ("sqrt(x)^2", "At x = −1.29 the key is −1.29, but yours has no value."),
        ("10^12*x", "At x = 1.22 the key is 1.22, yours is 1.22 × 10^12."),
    ],
)
def test_evidence_shows_as_many_digits_as_it_takes(answer: str, evidence: str) -> None:
    verdict = grade(typed("x", {"x": "real"}), answer)
    assert verdict.evidence is not None
    assert verdict.evidence.en.replace("x = −1.287", "x = −1.29") == evidence


def test_a_constant_is_compared_without_a_point() -> None:
    assert grade(typed("1"), "-1").evidence == Text("正解は 1、あなたの式は −1 です。", "The key is 1, yours is −1.")


SLIPS = [
    (chain("t**2", "3*x + 2*y"), "2(3x+2y)", "inner-derivative-forgotten"),
    (chain("t**2", "3*x + 2*y"), "2t", "inner-derivative-forgotten"),
    (chain("t**2", "3*x + 2*y"), "3", "outer-derivative-forgotten"),
    (chain("t**2", "3*x + 2*y"), "2x", "outer-derivative-at-variable"),
    (chain("t**2", "3*x + 2*y"), "6x", "outer-derivative-at-variable"),
    (chain("t**2", "3*x + 2*y"), "(3x+2y)^2", "not-differentiated"),
    (chain("t**2", "3*x + 2*y"), "(3x+2y)^3/3", "integrated"),
    (chain("t**2", "3*x + 2*y"), "4(3x+2y)", "wrong-variable"),
    (chain("t**2", "3*x + 2*y"), "3(3x+2y)^2", "outer-not-differentiated"),
    (chain("t**2", "3*x + 2*y"), "2(3x+2y)+3", "derivatives-added"),
    (chain("t**2", "3*x + 2*y"), "3(3x+2y)", "exponent-not-brought-down"),
    (chain("t**2", "3*x + 2*y"), "6(3x+2y)^2", "exponent-kept"),
    (chain("t**2", "3*x + 2*y"), "0", "treated-as-constant"),
    (chain("t**2", "3*x + 2*y"), "-6(3x+2y)", "sign"),
    (chain("t**2", "3*x + 2*y"), "12(3x+2y)", "factor-2"),
    (chain("t**2", "3*x + 2*y"), "2(3x+2y)/3", "factor-1-9"),
    (chain("t**2", "3*x + 2*y"), "-12(3x+2y)", "factor-minus-2"),
    (chain("t**2", "3*x + 2*y"), "6(3x+2y)-5", "offset"),
    (chain("sin(t)", "x + 5*y"), "-cos(x+5y)", "integrated"),
    (chain("cos(t)", "5*x + y"), "5sin(5x+y)", "wave-sign"),
    (chain("tanh(t)", "x*y"), "y(1-tanh(xy))", "tanh-not-squared"),
    (chain("sigmoid(t)", "x*y"), "y(1-σ(xy))", "sigmoid-factor-missing"),
    (chain("sigmoid(t)", "x*y"), "y(1-σ(xy)^2)", "sigmoid-as-tanh"),
    (chain("exp(t)", "3*x"), "3*3x e^(3x-1)", "exponential-as-power"),
    (single("x**2*sin(x)"), "2x cos(x)", "product-of-derivatives"),
    (single("x**2*sin(x)"), "2x sin(x)", "product-term-missing"),
    (single("x**2*sin(x)"), "2x sin(x)-x^2cos(x)", "product-sign"),
    (single("sin(x)/x**2"), "cos(x)/(2x)", "quotient-of-derivatives"),
    (single("sin(x)/x**2"), "(x^2cos(x)+2x sin(x))/x^4", "quotient-sign"),
    (single("sin(x)/x**2"), "(x^2cos(x)-2x sin(x))/x^2", "quotient-denominator"),
    (single("x*2**x"), "2^x+x*2^x", "logarithm-forgotten"),
    (typed("2*(x + y)"), "2x+y", "bracket-not-expanded"),
    (typed("2*(x + y)"), "2(x-y)", "term-sign"),
    (typed("2*(x + y)"), "2xy", "multiplied"),
    (typed("x*y**2"), "xy", "power-missing"),
    (typed("x*y**2"), "2xy", "power-as-product"),
    (typed("x*y**2"), "xy^3", "exponent-off-by-one"),
    (typed("x*y**2"), "x^2y", "variables-swapped"),
    (typed("(x + 1)/(y + 3)"), "x+1", "denominator-missing"),
    (typed("(x + 1)/(y + 3)"), "(y+3)/(x+1)", "fraction-inverted"),
    (typed("g(x*g(y) + 1)", g="sigmoid"), "g(xy+1)", "function-missing"),
    (typed("g(x*g(y) + 1)", g="sigmoid"), "x g(y)+1", "function-missing"),
    (typed("g(x*g(y) + 1)", g="sigmoid"), "g(x g(y))", "term-missing"),
    (typed("g(x*g(y) + 1)", g="sigmoid"), "tanh(x tanh(y)+1)", "function-confused"),
    (typed("max(0, x)"), "min(0,x)", "function-confused"),
    (typed("x + log(y)", {"x": "real", "y": "positive"}), "x+log2(y)", "logarithm-base"),
    (typed("log(y)", {"y": "positive"}), "log2(y)", "factor"),
    (typed("1/(2*x)"), "1/2x", "brackets-missing"),
    (typed("exp(2*x)"), "e^2x", "brackets-missing"),
    (typed("sqrt(x)", {"x": "positive"}), "x^1/2", "brackets-missing"),
    (typed("x/3"), "0.33x", "rounded"),
    (typed("x"), "sqrt(x)^2", "undefined"),
    (typed("x"), "x/0", "undefined"),
    (typed("x"), "y^7+3", None),
]


@pytest.mark.parametrize(("key", "answer", "mistake"), SLIPS, ids=[f"{slip[1]} {slip[2]}" for slip in SLIPS])
def test_a_slip_is_recognised_by_its_name(key: SymbolicKey, answer: str, mistake: str | None) -> None:
    verdict = grade(key, answer)
    assert (verdict.outcome, verdict.mistake) == ("wrong", mistake)
    assert verdict.named is not None
    assert verdict.named.ja.endswith("。")
    assert verdict.evidence is not None


def test_where_an_answer_is_not_defined_is_said() -> None:
    verdict = grade(typed("log(x**2)"), "2log(x)")
    assert verdict.named == Text("x < 0 で定義されない式です。", "This is not defined for x < 0.")


def test_the_banks_own_name_for_a_mistake_comes_first_with_its_own_evidence() -> None:
    why, shown = Text("内側を忘れました。", "Inner forgotten."), same("…")
    named = (Named("other", "7*x", same("no")), Named("bank-name", "2*(3*x + 2*y)", why, shown))
    verdict = grade(chain("t**2", "3*x + 2*y", mistakes=named), "6x+4y")
    assert (verdict.mistake, verdict.named, verdict.evidence) == ("bank-name", why, shown)
    without = grade(chain("t**2", "3*x + 2*y", mistakes=(Named("bank-name", "2*t", why),)), "6x+4y")
    assert (without.mistake, without.named) == ("bank-name", why)
    assert without.evidence is not None
    assert without.evidence.en.startswith("At x = ")


def test_reading_is_for_the_echo_and_does_not_say_whether_it_is_right() -> None:
    assert reading(SQUARE, "2t") == "2·t"
    assert reading(SQUARE, "1/2x") == "(1/2)·x"


@pytest.mark.parametrize("formula", ["2*(x", "log(-x**2)", "1/0", "q"])
def test_a_key_that_cannot_be_computed_costs_the_learner_nothing(formula: str) -> None:
    verdict = grade(typed(formula), "x")
    assert verdict.outcome == "unreadable"
    assert verdict.named is not None
    assert "bank" in verdict.named.en


def test_definitions_in_a_circle_are_an_authors_error() -> None:
    with pytest.raises(UnfitKeyError):
        prepared(chain("t**2", "z + x"))
