"""Formulas are set in two dimensions as they would be on paper, and nothing typed makes that fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.drawing.formula import typeset
from engine.drawing.width import cell_width

SIZE = "出力 = floor((n + 2p − k)/s) + 1 = (5 + 2 − 3)/2 + 1 = 3"


def drawn(line: str, width: int = 70) -> str:
    return "\n".join(typeset(line, width))


def test_the_size_of_an_output() -> None:
    assert drawn(SIZE) == (
        "       ⎢ n + 2p − k ⎥       5 + 2 − 3\n"
        "出力 = ⎢ ────────── ⎥ + 1 = ───────── + 1 = 3\n"
        "       ⎣     s      ⎦           2"
    )


def test_a_chain_of_derivatives() -> None:
    assert drawn("∂z/∂x = dz/dt · ∂t/∂x = 2t · 1 = 2(x + y)") == (
        "∂z   dz   ∂t\n"  #
        "── = ── · ── = 2t · 1 = 2(x + y)\n"
        "∂x   dt   ∂x"
    )


def test_too_wide_a_formula_breaks_before_its_equals_signs() -> None:
    assert drawn(SIZE, 30) == (
        "       ⎢ n + 2p − k ⎥\n"
        "出力 = ⎢ ────────── ⎥ + 1\n"
        "       ⎣     s      ⎦\n"
        "       5 + 2 − 3\n"
        "     = ───────── + 1 = 3\n"
        "           2"
    )


def test_too_wide_a_part_is_written_on_one_line() -> None:
    lines = typeset(SIZE, 20)
    assert "⌊(n + 2p − k)/s⌋" in " ".join(lines)
    assert not any("─" in line for line in lines)


def test_roots() -> None:
    assert drawn("h = sqrt(x) + sqrt(x + 1)") == "h = √x + √(x + 1)"
    assert drawn("r = sqrt((a + b)/2)") == (
        "        ______\n"  #
        "       ╱ a + b\n"
        "r =   ╱  ─────\n"
        "    ╲╱     2"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x^2 + x**3", "x² + x³"),
        ("e^(-x)", "e⁻ˣ"),
        ("W^T x", "Wᵀ x"),
        ("c_t = f_t·c_{t-1} + i_t·a_t", "cₜ = fₜ·cₜ₋₁ + iₜ·aₜ"),
        ("W_f", "W_f"),
        ("delta_t.dot(U.T)", "delta_t.dot(U.T)"),
        ("σ'(x) <= 1/4", "σ'(x) <= 1/4"),
        ("3 / 12", "3 / 12"),
        ("重みは 2 つです。", "重みは 2 つです。"),
        (") ( ^ _ / x^", ") ( ^ _ / x^"),
    ],
)
def test_one_line_formulas(typed: str, shown: str) -> None:
    assert drawn(typed) == shown


def test_an_exponent_without_small_characters_is_raised() -> None:
    assert drawn("p = e^(−(x − μ)/2)") == "     −(x − μ)/2\np = e"


def test_brackets_grow_with_what_they_hold() -> None:
    assert drawn("exp((a + b)/2)") == (
        "   ⎛ a + b ⎞\n"  #
        "exp⎜ ───── ⎟\n"
        "   ⎝   2   ⎠"
    )


def test_a_fraction_of_fractions_has_the_longer_bar() -> None:
    assert drawn("a/b/c") == " a\n ─\n b\n───\n c"


typed = st.text(st.sampled_from("abnxyz∂σΣ012 ()[]{}⌊⌋/^_*=+−-.,√入力"), max_size=60)
names = st.sampled_from(["floor(", "sqrt(", "ceil(", " = ", "**", ")", "exp(", "a/b", "\x1b["])


@given(st.lists(st.one_of(typed, names), max_size=8).map("".join), st.integers(2, 90))
def test_any_input_is_drawn_within_the_width(line: str, width: int) -> None:
    rows = typeset(line, width)
    assert rows
    assert all(cell_width(row) <= width for row in rows)
    assert all(row.isprintable() for row in rows)


def test_absurd_nesting_is_written_as_it_stands() -> None:
    line = "(" * 30 + "1" + ")" * 30 + "/2"
    assert typeset(line, 100) == [line]
    assert typeset("(" * 5000, 100)
