"""Keys that are derived: their form, their proof, every spelling of them; and grading without sympy."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.bank import load
from engine.bank.ask import ask
from engine.bank.asked import SymbolicKey
from engine.bank.model import Derive, Domain, Symbolic
from engine.grading.algebra import UnsupportedError, to_sympy, to_tree
from engine.grading.compare import Trial, reference
from engine.grading.derivation import derivation
from engine.grading.notation import read, to_python
from engine.grading.symbolic import derivative_agrees, grade, key_notation
from engine.grading.symbolic_key import prepared

XY: dict[str, Domain] = {"x": "real", "y": "real"}
QUIZZES = Path(__file__).parents[2] / "quizzes"


def symbolic(given: dict[str, str]) -> SymbolicKey:
    return SymbolicKey("∂z/∂x", XY, "", Derive(diff="z", wrt="x", given=given), {}, {}, ())


@pytest.mark.parametrize(
    ("given", "key", "formula"),
    [
        ({"z": "t**2", "t": "x + y"}, "2*(x + y)", "∂z/∂x = dz/dt · ∂t/∂x = 2t · 1 = 2(x + y)"),
        ({"z": "t**3", "t": "3*x + 2*y"}, "9*(3*x + 2*y)**2", "∂z/∂x = dz/dt · ∂t/∂x = 3t² · 3 = 9(3x + 2y)²"),
        ({"z": "cos(t)", "t": "x - y"}, "-sin(x - y)", "∂z/∂x = dz/dt · ∂t/∂x = (−sin(t)) · 1 = −sin(x − y)"),
        ({"z": "exp(t)", "t": "-x**2"}, "-2*x*exp(-x**2)", "dz/dx = dz/dt · dt/dx = exp(t) · (−2x) = −2x exp(−x²)"),
        ({"z": "(t - y)**2/2", "t": "x*y"}, "y*(x*y - y)", None),
        ({"z": "log(t)", "t": "x**2 + y"}, "2*x/(x**2 + y)", "∂z/∂x = dz/dt · ∂t/∂x = 1/t · 2x = 2x/(x² + y)"),
        ({"z": "sigmoid(x)"}, "sigmoid(x)*(1 - sigmoid(x))", "dz/dx = sigmoid(x)(1 − sigmoid(x))"),
        ({"z": "tanh(t)", "t": "x + y"}, "1 - tanh(x + y)**2", None),
        ({"z": "x/(1 + x**2)"}, "(1 - x**2)/(x**2 + 1)**2", None),
        ({"z": "u*v", "u": "x + y", "v": "x*y"}, "y*(2*x + y)", None),
        ({"z": "max(0, t)", "t": "x"}, "(1 - sign(-x))/2", None),
        ({"z": "y**2"}, "0", "∂z/∂x = 0"),
    ],
)
def test_a_key_has_the_form_a_person_would_write(given: dict[str, str], key: str, formula: str | None) -> None:
    found = derivation(symbolic(given))
    assert found is not None
    ready, written = prepared(symbolic(given)), to_python(found.tree)
    assert ready.reference.compare(Trial(found.tree)).equal
    assert ready.reference.compare(Trial(ready.read(written))).equal
    if formula is not None:
        assert (written, found.formula) == (key, formula)
    assert len(written) <= len(key) + 2


def test_the_links_of_a_derivation_are_those_of_the_chain() -> None:
    key = symbolic({"z": "s**2", "s": "sin(t)", "t": "x*y"})
    found = derivation(key)
    assert found is not None
    links = tuple((label, to_python(slope)) for label, slope in found.links)
    assert links == (("dz/ds", "2*s"), ("ds/dt", "cos(t)"), ("∂t/∂x", "y"))
    assert found is derivation(key), "derived once"


def test_a_definition_may_use_another_spelling_of_a_variable() -> None:
    key = replace(symbolic({"z": "t**2", "t": "X + y"}), aliases={"X": "x"})
    assert key_notation(key) == "2(x + y)"


def test_what_does_not_depend_on_the_variable_is_no_link() -> None:
    key = symbolic({"z": "s!*t", "s": "4", "t": "x**2"})
    found = derivation(key)
    assert found is not None
    assert [label for label, _ in found.links] == ["∂z/∂t", "dt/dx"]
    assert grade(key, "48x").outcome == "correct"
    assert grade(key, "24x").outcome == "wrong"


def test_a_derived_key_is_proven_by_difference_quotients() -> None:
    assert derivative_agrees(symbolic({"z": "t**2", "t": "x + y"}))
    assert derivative_agrees(symbolic({"z": "log(x)"}))
    assert not derivative_agrees(SymbolicKey("z", XY, "2*(x + y)", None, {}, {}, ())), "there is nothing to derive"


@pytest.mark.parametrize("formula", ["max(x, y)", "x!", "relu(x)"])
def test_what_sympy_does_not_know_is_left_to_our_own_rules(formula: str) -> None:
    with pytest.raises(UnsupportedError):
        to_sympy(read(formula, ("x", "y")))


@pytest.mark.parametrize(
    "formula", ["2*(x + y)**3/3", "sqrt(x)*exp(-x)/log(2)", "-sin(x*y) + pi*e", "tanh(x)**(1/2) - abs(y)/x"]
)
def test_a_tree_comes_back_from_sympy_with_its_value(formula: str) -> None:
    tree = read(formula, ("x", "y"))
    domains: tuple[tuple[str, Domain], ...] = (("x", "positive"), ("y", "real"))
    assert reference(tree, domains).compare(Trial(to_tree(to_sympy(tree)))).equal


def symbolic_keys() -> Iterator[tuple[str, SymbolicKey]]:
    """The original and the first variants of every symbolic question there is."""
    for bank, question in load.load([QUIZZES]).questions():
        if isinstance(question, Symbolic):
            for seed in range(6):
                asked = ask(question, bank.topic, seed)
                assert isinstance(asked.key, SymbolicKey)
                yield f"{asked.id}-{seed}", asked.key


BANK = [pytest.param(key, id=name) for name, key in symbolic_keys()]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize("key", BANK)
def test_every_spelling_of_every_key_in_the_banks_is_right(key: SymbolicKey) -> None:
    shown = key_notation(key)
    plain = shown.replace("·", "*").replace("−", "-")
    for text in (
        *(shown, plain, plain.replace("*", "×"), plain.replace("*", "・"), plain.replace(" ", ""), f"({shown})"),
        *(
            shown.translate(FULL_WIDTH),
            plain.replace("-", "ー"),
            f"{key.label} = {shown}",
            f"{shown}。",
            f"-(-({plain}))",
        ),
    ):
        assert grade(key, text).outcome == "correct", text
    for text in (f"({shown}) + 1", f"-({shown})", f"2({shown})"):
        if shown != "0":
            verdict = grade(key, text)
            assert verdict.outcome == "wrong", text
            assert verdict.mistake is not None or shown.lstrip("−").isdigit(), text


@pytest.mark.parametrize("key", BANK)
def test_every_derived_key_of_the_banks_agrees_with_difference_quotients(key: SymbolicKey) -> None:
    assert key.derive is None or derivative_agrees(key)


def _run(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_grading_a_formula_imports_neither_sympy_nor_numpy() -> None:
    script = """
import sys
from engine.bank.asked import SymbolicKey
from engine.bank.model import Derive
from engine.grading.symbolic import grade
key = SymbolicKey("dz/dx", {"x": "real"}, "", Derive(diff="z", wrt="x", given={"z": "x**2"}), {}, {}, ())
assert grade(key, "2x").outcome == "correct"
assert grade(key, "x").mistake == "exponent-not-brought-down"
print(sorted({"sympy", "numpy", "gmpy2"} & set(sys.modules)))
"""
    assert _run(script) == "[]"


def test_without_sympy_verdicts_are_the_same_and_keys_are_still_shown() -> None:
    script = """
import sys
sys.modules["sympy"] = None
from engine.bank.asked import SymbolicKey
from engine.bank.model import Derive
from engine.grading.symbolic import derivative_agrees, grade, key_notation
given = {"z": "t**2", "t": "x + y"}
key = SymbolicKey("dz/dx", {"x": "real", "y": "real"}, "", Derive(diff="z", wrt="x", given=given), {}, {}, ())
print(key_notation(key), derivative_agrees(key), *(grade(key, text).outcome for text in ("2(x+y)", "2x", "2t")))
"""
    assert _run(script) == "2(x + y) True correct wrong unreadable"


def test_reading_notation_imports_nothing_heavy() -> None:
    script = """
import sys
from engine.grading.notation import pretty
assert pretty("t**2", ("t",)) == "t²"
print(sorted({"sympy", "numpy", "mpmath"} & set(sys.modules)))
"""
    assert _run(script) == "[]"
