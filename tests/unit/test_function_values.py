"""Every function an answer may use, at places inside its domain, against the standard library; and commas within."""

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from mpmath import libmp

from engine.grading.evaluation import Program
from engine.grading.notation import NotationError, read
from engine.grading.notation.functions import ARITY, RECIPROCALS
from engine.grading.real import HIGH, LOW

OWN: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "sign": lambda x: math.copysign(1, x),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(x, 0.0),
    "factorial": lambda x: math.gamma(x + 1),
}
PLACES = [Fraction(n, 16) for n in (-40, -15, -7, -1, 1, 5, 8, 15, 17, 40)]


@pytest.mark.parametrize("precision", [LOW, HIGH])
@pytest.mark.parametrize("name", [name for name, (least, most) in ARITY.items() if least == most == 1])
def test_a_function_has_the_value_of_the_standard_library(name: str, precision: int) -> None:
    reference = OWN.get(name) or getattr(math, name)
    checked = 0
    for place in map(Fraction, range(6)) if name == "factorial" else PLACES:
        try:
            expected = reference(float(place))
        except ValueError:
            continue
        formula = read(f"({place})!" if name == "factorial" else f"{name}({place})", ())
        number, _ = Program(formula).value({}, precision)
        assert float(libmp.to_float(number)) == pytest.approx(expected, rel=1e-14)
        checked += 1
    assert checked >= 5


@pytest.mark.parametrize(("name", "of"), RECIPROCALS.items())
def test_a_reciprocal_function_is_one_over_the_other(name: str, of: str) -> None:
    for place in PLACES:
        number, _ = Program(read(f"{name}({place})", ())).value({}, LOW)
        assert float(libmp.to_float(number)) == pytest.approx(1 / getattr(math, of)(float(place)), rel=1e-14)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        *(("3,5", "decimal-comma"), ("(3,5)", "decimal-comma")),
        *(("x,3", "comma"), ("3,x", "comma"), ("(x,3)", "comma"), (",3", "comma"), ("(,3)", "comma"), ("3,", "comma")),
    ],
)
def test_a_comma_is_a_decimal_point_only_between_digits(typed: str, problem: str) -> None:
    with pytest.raises(NotationError) as caught:
        read(typed, ("x",))
    assert caught.value.problem == problem
