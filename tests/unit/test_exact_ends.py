"""The ends of domains and the named constants, where a formula's value is exact."""

import math
from fractions import Fraction
from pathlib import Path

import pytest
import sympy
from mpmath import libmp

from engine.bank.load import SHIPPED, Library, load
from engine.grading.algebra import to_tree
from engine.grading.evaluation import Program
from engine.grading.notation.tree import Call, Constant, Number
from engine.grading.real import HIGH
from engine.study.clock import utc_now
from engine.study.desk import Desk


def value(name: str, at: int) -> float:
    number, _ = Program(Call(name, (Number(Fraction(at)),))).value({}, HIGH)
    return float(libmp.to_float(number))


@pytest.mark.parametrize(
    ("name", "at", "exact"),
    [
        ("asin", 1, math.pi / 2),
        ("asin", -1, -math.pi / 2),
        ("acos", 1, 0.0),
        ("acos", -1, math.pi),
    ],
)
def test_the_arcs_have_values_at_both_ends(name: str, at: int, exact: float) -> None:
    assert value(name, at) == pytest.approx(exact, abs=1e-12)


def test_constants_keep_their_names() -> None:
    assert to_tree(sympy.E) == Constant("e")
    assert to_tree(sympy.pi) == Constant("pi")


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load([SHIPPED])


def test_the_questions_on_a_concept_are_those_whose_own_simulation_it_is(shipped: Library, tmp_path: Path) -> None:
    desk = Desk.open(shipped, tmp_path, utc_now, None)
    for concept in ("convolution", "gates", "attention"):
        own = {q.id for _, q in shipped.questions() if q.sim.name == concept and q.sim.nearest is None}
        near = {q.id for _, q in shipped.questions() if q.sim.name == concept and q.sim.nearest is not None}
        assert set(desk.questions_on(concept)) == own
        assert not own & near
    assert any(q.sim.nearest for _, q in shipped.questions())
    desk.close()
