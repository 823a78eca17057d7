"""Formulas written out again: as mathematics, as arrays, and differentiated."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.grading.compare import Trial, UnfitKeyError, reference
from engine.grading.notation import NotationError, echo, pretty, read, to_python
from engine.grading.notation.build import add, divide, multiply, negate, power, subtract
from engine.grading.notation.derivative import NotDifferentiableError, derivative
from engine.grading.notation.echo import mathematics
from engine.grading.notation.tree import Call, Constant, Negation, Number, Operation, Tree, Variable


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("t**2", "t²"),
        ("sin(t)", "sin(t)"),
        ("2*(x + y)", "2(x + y)"),
        ("3*x**2*y", "3x²y"),
        ("x*exp(-x)", "x exp(−x)"),
        ("exp(x)*y", "exp(x)·y"),
        ("sin(x)*cos(y)", "sin(x) cos(y)"),
        ("(x + 1)*(x - 1)", "(x + 1)(x − 1)"),
        ("2*3", "2·3"),
        ("x*e", "x·e"),
        ("x*e**t", "xe^t"),
        ("e**x*y", "e^x·y"),
        ("x/(2*y)", "x/(2y)"),
        ("(x + y)/2", "(x + y)/2"),
        ("-(x + y)", "−(x + y)"),
        ("W_in*x", "W_in·x"),
        ("pi*x", "πx"),
    ],
)
def test_a_banks_formula_is_shown_as_mathematics(source: str, shown: str) -> None:
    assert pretty(source, ("x", "y", "t", "W_in")) == shown


@pytest.mark.parametrize(
    ("typed", "array"),
    [
        ("2x", "2*x"),
        ("x²", "x**2"),
        ("x^-1", "x**(-1)"),
        ("(-x)^2", "(-x)**2"),
        ("-x^2", "-x**2"),
        ("e^(-x)", "exp(-x)"),
        ("x-(y-1)", "x - (y - 1)"),
        ("x/(2y)", "x/(2*y)"),
        ("1/2x", "1/2*x"),
        ("max(0,x)", "maximum(0, x)"),
        ("min(x,y,1)", "minimum(minimum(x, y), 1)"),
        ("|x|", "abs(x)"),
        ("ln x", "log(x)"),
        ("σ(x)", "sigmoid(x)"),
        ("arctan x", "arctan(x)"),
        ("3!", "6"),
        ("0.25", "0.25"),
        ("2π", "2*3.14159265358979"),
    ],
)
def test_array_notation_for_the_simulations(typed: str, array: str) -> None:
    assert to_python(read(typed, ("x", "y"))) == array


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        ("x^3", "3x^2"),
        ("x^y", "y*x^(y-1)"),
        ("2^x", "2^x*log(2)"),
        ("x^x", "x^x*(log(x)+1)"),
        ("x*sin(x)", "sin(x)+x*cos(x)"),
        ("x/(1+x^2)", "(1-x^2)/(1+x^2)^2"),
        ("exp(-x^2)", "-2x*exp(-x^2)"),
        ("log(3x)", "1/x"),
        ("log2(x)+log10(x)", "1/(x*log(2))+1/(x*log(10))"),
        ("tan(x)", "1+tan(x)^2"),
        ("tanh(2x)", "2-2tanh(2x)^2"),
        ("sigmoid(x*y)", "y*sigmoid(x*y)*sigmoid(-x*y)"),
        ("sqrt(1+x^2)", "x/sqrt(1+x^2)"),
        ("asin(x/20)+acos(x/20)", "0"),
        ("atan(x)", "1/(1+x^2)"),
        ("sinh(x)-cosh(x)", "e^-x"),
        ("max(0,x)", "(1+sign(x))/2"),
        ("min(x,y,2x)", "(1+sign(min(y,2x)-x))/2+(1-sign(min(y,2x)-x))/2*(2*(1+sign(y-2x))/2)"),
        ("relu(-x)", "(sign(x)-1)/2"),
        ("|x|", "x/|x|"),
        ("-y*x", "-y"),
    ],
)
def test_derivatives_by_the_textbooks_rules(formula: str, slope: str) -> None:
    names = ("x", "y")
    ours = derivative(read(formula, names), "x")
    assert reference(ours, (("x", "real"), ("y", "real"))).compare(Trial(read(slope, names))).equal


def test_what_has_no_rule_is_not_differentiated() -> None:
    with pytest.raises(NotDifferentiableError):
        derivative(read("x!", ("x",)), "x")


NAMES = st.sampled_from([Variable("x"), Variable("y"), Variable("W_in"), Constant("e"), Constant("pi")])
NUMBERS = st.sampled_from(["0", "1", "2", "0.5", "10", "3.25"]).map(lambda digits: Number(Fraction(digits)))


def _operations(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    calls = st.builds(
        lambda name, part: Call(name, (part,), name), st.sampled_from(["exp", "log", "abs", "tanh"]), parts
    )
    signs = st.sampled_from(["+", "-", "*", "/", "^"])
    return st.one_of(
        st.builds(Operation, signs, parts, parts),
        st.builds(Negation, parts),
        calls,
    )


@given(st.recursive(st.one_of(NAMES, NUMBERS), _operations, max_leaves=8))
def test_what_is_written_out_reads_back_as_the_same(tree: Tree) -> None:
    domains = (("x", "positive"), ("y", "positive"), ("W_in", "positive"))
    try:
        again = [read(text, ("x", "y", "W_in")) for text in (echo(tree), mathematics(tree))]
        expected = reference(tree, domains)
    except UnfitKeyError:
        return
    except NotationError as error:
        if error.refused:  # larger than the caps allow
            return
        raise
    for back in again:
        comparison = expected.compare(Trial(back))
        assert comparison.counterexample is None


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_building_folds_what_can_be_folded(first: int, second: int) -> None:
    x = Variable("x")
    left, right = (Negation(Number(Fraction(-n))) if n < 0 else Number(Fraction(n)) for n in (first, second))
    assert add(x, Number(Fraction(0))) == multiply(Number(Fraction(1)), x) == power(x, Number(Fraction(1))) == x
    assert negate(negate(x)) == divide(x, Number(Fraction(1))) == x
    for tree, value in ((add(left, right), first + second), (subtract(left, right), first - second)):
        assert reference(read(str(value), ()), ()).compare(Trial(tree)).equal
