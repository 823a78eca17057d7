import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bank.asked import Asked, AskedOption, ChoiceKey, CodeKey, Key, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.model import Array, Phrase, Proof, Shape, SimulationLink
from engine.grading.grade import gave_up, grade, reading
from sims.text import Text, same

QUESTION = Shape(
    id="any",
    ask=same("?"),
    explain=same("…"),
    sim=SimulationLink(name="convolution"),
    proof=Proof(none="a test"),
    answer=("1",),
)
CODE_OPTIONS = (
    AskedOption("kept", same("g"), True, False, same("unchanged")),
    AskedOption("scaled", same("g * rate"), True, True),
    AskedOption("divided", same("g / rate"), True, False, same("divided")),
)
ARRAYS = {"g": Array(shape="N"), "rate": Array(shape="scalar", values="gate")}


def asked(key: Key) -> Asked:
    return Asked(QUESTION, "topic", 0, {}, same("?"), "", same("…"), None, (), None, "", key)


SHAPE = asked(ShapeKey((3, 3), ()))
NUMBER = asked(NumberKey(Fraction(2480), 1e-6, Text("個", "parameters"), ()))
CHOICE = asked(
    ChoiceKey(
        (AskedOption("yes", Text("はい", "yes"), False, True), AskedOption("no", Text("いいえ", "no"), False, False)),
        False,
    )
)
CODE = asked(CodeKey("g", ARRAYS, CODE_OPTIONS, typed=False))
TYPED = asked(CodeKey("g", ARRAYS, CODE_OPTIONS, typed=True))
SYMBOLIC = asked(SymbolicKey("dz/dx", {"x": "real", "y": "real"}, "2*(x + y)", None, {}, {}, ()))
WORDS = asked(TextKey(same("m"), (Phrase(point=same("p"), ja=("重み&一律",), en=("same weight",)),)))
EVERY = (SHAPE, NUMBER, CHOICE, CODE, TYPED, SYMBOLIC, WORDS)


@pytest.mark.parametrize("question", EVERY)
@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n\t", "\u200b\ufeff"])
def test_an_empty_field_costs_nothing_and_names_the_key(question: Asked, text: str) -> None:
    verdict = grade(question, text)
    assert verdict.outcome == "unreadable"
    assert verdict.named == Text("まだ空欄です。わからなければ F3。", "Still empty. F3 if you don't know.")
    assert reading(question, text) == ""


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (SHAPE, "３×３"),
        (NUMBER, "２，４８０"),
        (NUMBER, "4(10*20+20^2+20)"),
        (CHOICE, "１"),
        (CHOICE, "はい"),
        (CODE, "2"),
        (CODE, "g*rate"),
        (CODE, "rate * g"),
        (CODE, "g = g*rate"),
        (TYPED, "ｒａｔｅ＊ｇ"),
        (SYMBOLIC, "２ｘ＋２ｙ"),
        (WORDS, "重みが一律"),
    ],
)
def test_every_kind_reaches_its_own_grading(question: Asked, text: str) -> None:
    verdict = grade(question, text)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (SHAPE, "2x2"),
        (NUMBER, "620"),
        (CHOICE, "いいえ"),
        (CODE, "1"),
        (CODE, "g - rate"),
        (TYPED, "g"),
        (SYMBOLIC, "2x"),
    ],
)
def test_every_kind_knows_a_wrong_answer(question: Asked, text: str) -> None:
    verdict = grade(question, text)
    assert (verdict.outcome, verdict.score) == ("wrong", 0.0)


@pytest.mark.parametrize("question", EVERY)
@pytest.mark.parametrize("text", ["\x1b[2J3x3", "3\u202ex3", "1\x00", "__import__('os').system('id')", "().__class__"])
def test_attacks_are_no_attempts_in_any_kind(question: Asked, text: str) -> None:
    assert not grade(question, text).is_attempt


@pytest.mark.parametrize("text", ["7", "(9)", "０"])
def test_a_digit_without_an_option_is_not_taken_as_code(text: str) -> None:
    assert grade(CODE, text).outcome == "unreadable"


@pytest.mark.parametrize(
    ("question", "text", "echo"),
    [(SHAPE, "２，２", "2 × 2"), (CHOICE, "②", "2"), (NUMBER, "２，４８０個", "2480"), (TYPED, "ｇ*2", "g ∗ 2")],
)
def test_the_echo_says_how_it_was_read(question: Asked, text: str, echo: str) -> None:
    assert reading(question, text) == echo


@pytest.mark.parametrize(
    ("question", "text"),
    [(SHAPE, "3"), (NUMBER, "0,5"), (CHOICE, "9"), (SYMBOLIC, "2(x+y"), (TYPED, "g *"), (CODE, "7")],
)
def test_what_cannot_be_read_has_no_echo(question: Asked, text: str) -> None:
    assert reading(question, text) == ""


def test_i_do_not_know_is_wrong_and_remembered() -> None:
    for question in EVERY:
        verdict = gave_up(question)
        assert (verdict.outcome, verdict.score, verdict.mistake) == ("wrong", 0.0, "gave-up")
        assert verdict.is_attempt
    assert len(gave_up(WORDS).ticks) == 1


@settings(deadline=None)
@given(st.sampled_from(EVERY), st.text(max_size=60))
def test_any_text_has_a_verdict_in_any_kind(question: Asked, text: str) -> None:
    assert 0.0 <= grade(question, text).score <= 1.0
    assert isinstance(reading(question, text), str)


def test_importing_the_door_imports_no_mathematics() -> None:
    heavy = (
        "import sys, engine.grading.grade; print(sorted({'numpy', 'sympy', 'mpmath', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
