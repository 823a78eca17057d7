"""How a formula is read: one spelling for many, a caret where reading stopped, and the reading written out again."""

from fractions import Fraction

import pytest

from engine.grading.notation import NotationError, echo, measure, read, to_python
from engine.grading.notation.problems import CATALOGUE
from engine.grading.notation.tree import Call, Number, Operation, Variable

RNN = ("x1", "z0", "W_in", "W", "W_out", "b", "c")


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("2(x+y)", "2·(x + y)"),
        ("(x+2)3", "(x + 2)·3"),
        ("x²3", "x²·3"),
        ("xy", "x·y"),
        ("x(x+1)", "x·(x + 1)"),
        ("1/2x", "(1/2)·x"),
        ("e^2x", "e²·x"),
        ("xe^x", "x·e^x"),
        ("-x^2", "−x²"),
        ("2^-x^2", "2^(−x²)"),
        ("x^2^3", "x^(2³)"),
        ("x/y/2", "(x/y)/2"),
        ("x-y-2", "x − y − 2"),
        ("x-(y-2)", "x − (y − 2)"),
        ("2*-x", "2·(−x)"),
        ("n!x", "n!·x"),
        ("(n+1)!", "(n + 1)!"),
        ("|x||y|", "|x|·|y|"),
        ("2|x-|y||", "2·abs(x − |y|)"),
        ("sin x cos y", "sin(x)·cos(y)"),
        ("sin²x", "sin(x)²"),
        ("tanh^2(x)", "tanh(x)²"),
        ("log x/y", "log(x)/y"),
        ("xln2", "x·ln(2)"),
        ("log2", "log(2)"),
        ("log2 x", "log2(x)"),
        ("log_2(x)", "log2(x)"),
        ("log₁₀x", "log10(x)"),
        ("√2/2", "sqrt(2)/2"),
        ("2πx", "2·π·x"),
        ("x²y", "x²·y"),
        ("x⁻¹", "x⁻¹"),
        ("xⁿ", "x^n"),
        ("x^½", "x^(1/2)"),
        (".5x", "0.5·x"),
        ("2.x", "2·x"),
        ("EXP(x)", "exp(x)"),
        ("σ(x)", "σ(x)"),
        ("max(0, x, y)", "max(0, x, y)"),
        ("sec x", "1/cos(x)"),
        ("np.exp(x)", "exp(x)"),
        (r"\frac12x", "(1/2)·x"),
        (r"\frac{\frac{x}{2}}{y}", "(x/2)/y"),
        (r"\exp\left(-x^{2}\right)", "exp(−x²)"),
        (r"x\sin x", "x·sin(x)"),
    ],
)
def test_reading_follows_the_conventions(typed: str, reading: str) -> None:
    assert echo(read(typed, ("x", "y", "n"))) == reading


@pytest.mark.parametrize(
    "typed",
    [
        *("2*(x + y)", "２＊（ｘ＋ｙ）", "2×(x+y)", "2・(x＋y)", "2･(x+y)", "2∙[x+y]"),
        *("2\u200b(x\u00a0+\u3000y)", r"2\cdot(x+y)", "$2(x+y)$"),
    ],
)
def test_the_width_and_the_keyboard_do_not_matter(typed: str) -> None:
    assert read(typed, ("x", "y")) == read("2*(x+y)", ("x", "y"))


@pytest.mark.parametrize("minus", "-−‐‑–—ー－ｰ")
def test_every_dash_is_a_minus(minus: str) -> None:
    assert read(f"x{minus}y", ("x", "y")) == read("x-y", ("x", "y"))


def test_a_superscript_is_a_power_and_a_subscript_belongs_to_its_name() -> None:
    assert read("x²", ("x", "x2")) == Operation("^", Variable("x"), Number(Fraction(2)))
    assert read("x₂", ("x", "x2")) == Variable("x2")


@pytest.mark.parametrize(
    "typed", ["W_in", "Win", "W_{in}", "W_(in)", "W_{(in)}", "Wᵢₙ", r"W_{\mathrm{in}}", "Ｗ＿ｉｎ"]
)
def test_an_index_may_be_written_in_any_way(typed: str) -> None:
    assert read(typed, RNN) == Variable("W_in")


@pytest.mark.parametrize("typed", ["Wz0", "W z0", "W·z_0", "W*z₀", "Wz_{0}"])
def test_names_written_together_are_a_product(typed: str) -> None:
    assert to_python(read(typed, RNN)) == "W*z0"


def test_a_name_the_question_declares_comes_before_anything_else() -> None:
    assert read("σ(x)", ("x", "sigma")) == Operation("*", Variable("sigma"), Variable("x"))
    assert read("σ(x)", ("x",)) == Call("sigmoid", (Variable("x"),))
    assert read("e", ("e",)) == Variable("e")
    assert read("θ₁", ("theta1",)) == read("theta_1", ("theta1",)) == Variable("theta1")
    assert read("wx", ("W", "x"), aliases={"w": "W"}) == read("W*x", ("W", "x"))


def test_decimals_are_exact() -> None:
    assert read("0.1", ()) == Number(Fraction(1, 10))
    assert to_python(read("0.1*x", ("x",))) == "0.1*x"


@pytest.mark.parametrize(
    "left",
    ["∂z/∂x", "dz/dx", "ｄｚ／ｄｘ", "d z / d x ", "(∂z)/(∂x)", r"\frac{\partial z}{\partial x}", "δz/δx", "𝜕z∕𝜕x"],
)
@pytest.mark.parametrize("equals", ["=", "＝", " = "])
def test_the_questions_own_left_hand_side_is_skipped(left: str, equals: str) -> None:
    assert read(f"{left}{equals}2x", ("x",), label="∂z/∂x") == read("2x", ("x",))


@pytest.mark.parametrize(
    ("label", "left"), [("y1", "y_1"), ("∂c_t/∂c_{t−1}", "dc_t/dc_(t-1)"), ("H(p)", "H(p)"), ("λ", "lambda")]
)
def test_other_labels_are_skipped_as_well(label: str, left: str) -> None:
    assert read(f"{left} = p", ("p",), label=label) == Variable("p")


@pytest.mark.parametrize("typed", ["dz/dy=2x", "2x=dz/dx", "dz/dx=2x=x+x", "=2x", "x==2x", "z=2x"])
def test_any_other_equation_is_a_problem(typed: str) -> None:
    with pytest.raises(NotationError) as caught:
        read(typed, ("x",), label="dz/dx")
    assert caught.value.problem == "equals"


PROBLEMS = [
    ("", "empty", 0),
    ("   ", "empty", 0),
    ("2(x+y", "unclosed", 5),
    ("2(x+y  ", "unclosed", 5),
    ("２（ｘ＋ｙ", "unclosed", 5),
    ("2[x+(y", "unclosed", 6),
    ("|x", "unclosed", 2),
    (r"\frac{x}{y", "unclosed", 10),
    ("2x+y)", "stray-close", 4),
    (")", "stray-close", 0),
    ("(x+y]", "mismatch", 4),
    ("x*()", "empty-brackets", 3),
    ("x+", "operator-end", 2),
    ("(x+)", "operator-end", 3),
    ("*x", "operator-start", 0),
    ("x+*y", "two-operators", 2),
    ("x***y", "two-operators", 3),
    ("²", "power-without-base", 0),
    ("x*^2", "two-operators", 2),
    ("2 3", "side-by-side", 2),
    ("x 3", "side-by-side", 2),
    ("2(x+y) 2x", "side-by-side", 7),
    ("2(x+y)\n2x", "side-by-side", 7),
    ("x2", "digit-after-name", 0),
    ("1+x2", "digit-after-name", 2),
    ("X", "nearest-name", 0),
    ("XY", "nearest-name", 0),
    ("sigmiod(x)", "nearest-name", 0),
    ("a", "unknown-name", 0),
    ("f(x)", "unknown-function", 0),
    ("exp", "function-without-argument", 3),
    ("exp^x", "function-without-argument", 5),
    ("sin 2x", "function-argument", 5),
    ("sin x^2", "function-argument", 5),
    ("√2x", "function-argument", 2),
    ("sin^-1(x)", "inverse-function", 4),
    ("tanh⁻¹(x)", "negative-function-power", 4),
    ("max(x)", "arity", 0),
    ("log(x,2)", "arity", 0),
    ("x,y", "comma", 1),
    ("0,5", "decimal-comma", 1),
    ("1,000", "decimal-comma", 1),
    ("2e-3", "scientific", 0),
    ("x+2E3", "scientific", 2),
    ("2½", "mixed-number", 1),
    ("2x≦3", "relation", 2),
    ("答え", "japanese", 0),
    ("2x です", "japanese", 3),
    ("dz/dx", "differential", 0),
    ("2x dx", "differential", 3),
    ("∂", "differential", 0),
    ("f'(x)", "prime", 0),
    ("x′", "prime", 1),
    ("x..y", "stray-dot", 1),
    ("2x#", "unknown-sign", 2),
    ("c₋₁", "unknown-name", 0),
    ("x₋₁", "unknown-sign", 1),
    ("x\u0302", "unknown-sign", 1),
    ("∞", "infinity", 0),
    ("∑x", "big-operator", 0),
    (r"x+\foo", "command", 2),
    (r"\sqrt[3]{x}", "root-index", 0),
]


@pytest.mark.parametrize(("typed", "name", "offset"), PROBLEMS)
def test_a_problem_is_named_and_pointed_at(typed: str, name: str, offset: int) -> None:
    with pytest.raises(NotationError) as caught:
        read(typed, ("x", "y"))
    error = caught.value
    assert (error.problem, error.refused) == (name, False)
    assert error.caret is not None
    assert error.caret.offset == offset


def test_a_problem_with_two_readings_of_a_word_asks_for_a_sign() -> None:
    with pytest.raises(NotationError) as caught:
        read("log23", ())
    assert caught.value.problem == "ambiguous-word"
    with pytest.raises(NotationError) as caught:
        read("q", ())
    assert caught.value.problem == "no-names"


@pytest.mark.parametrize(
    ("typed", "ja", "en"),
    [
        ("2(x+y", "かっこが閉じていません。最後に ) を足してください。", "A bracket is open. Add ) at the end."),
        ("X", "X という文字はありません。x のことですか。", "There is no X here. Did you mean x?"),
        ("2e-3", "2e-3 は 2 通りに読めます。0.002 か 2*e-3 のどちらかで書いてください。", None),
        ("1,000", "小数点には . を使い、桁区切りは入れずに書いてください（1.000 か 1000）。", None),
        ("0,5", "小数点には . を使い、桁区切りは入れずに書いてください（0.5）。", None),
        ("a+1", "a は使えません。使える文字は x, y です。", "a is not known here. The names are x, y."),
    ],
)
def test_a_problem_says_what_to_type(typed: str, ja: str, en: str | None) -> None:
    with pytest.raises(NotationError) as caught:
        read(typed, ("x", "y"))
    assert caught.value.text.ja == ja
    assert en is None or caught.value.text.en == en


def test_the_note_under_the_caret() -> None:
    with pytest.raises(NotationError) as caught:
        read("2(x+y", ("x", "y"))
    assert caught.value.caret is not None
    assert caught.value.caret.note.ja == "ここで ) が足りません"
    assert caught.value.caret.note.en == ") is missing here"


def test_every_problem_is_bilingual_and_has_the_same_fields() -> None:
    for name, problem in CATALOGUE.items():
        for text in (problem.text, problem.note):
            fields = [{part.split("}")[0] for part in side.split("{")[1:]} for side in (text.ja, text.en)]
            assert fields[0] == fields[1], name
        assert problem.text.ja
        assert problem.text.en


def test_measures_bound_what_a_tree_can_cost() -> None:
    found = measure(read("(x+y+1)^4*x", ("x", "y")))
    assert (found.degree, found.terms) == (5, 15)
    assert measure(read("2^10", ())).value == 1024
    assert measure(read("exp(x*exp(x))", ("x",))).exponentials == 2
