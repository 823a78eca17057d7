"""Whatever is typed, reading and grading end soon, in one of the outcomes that are meant for it."""

import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bank.asked import SymbolicKey
from engine.bank.model import Derive
from engine.grading.notation import NotationError, echo, read
from engine.grading.symbolic import grade, reading
from engine.grading.verdict import Verdict

CHAIN = SymbolicKey(
    "∂z/∂x", {"x": "real", "y": "real"}, "", Derive(diff="z", wrt="x", given={"z": "t**2", "t": "x + y"}), {}, {}, ()
)
RNN = SymbolicKey(
    "y1", dict.fromkeys(("x1", "z0", "W_in", "W", "b"), "real"), "g(W*z0 + W_in*x1 + b)", None, {"g": "sigmoid"}, {}, ()
)
COUNT = SymbolicKey("n", {"n": "integer", "p": "unit"}, "n*p", None, {}, {}, ())
LONGEST = 1.0  # seconds of processor time, for machines that are busy and slow; the budget is 0.05

CODE = [
    "__import__('os').system('ls')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "x.real",
    "(1).bit_length()",
    "eval(x)",
    "ｅｖａｌ(x)",
    "𝐞𝐯𝐚𝐥(x)",
    "exec('1')",
    "open('/etc/passwd').read()",
    "'__gl'+'obals__'",
    "chr(39)",
    "getattr(x, y)",
    "lambda x: x",
    "(lambda: 0)()",
    "[c for c in ().__class__.__mro__]",
    "print(x)",
    "2(x+y); import os",
    "import os",
    "os.system",
    'f"{x}"',
    "`ls`",
    "$(rm -rf /)",
    "sympify(x)",
    "Integral.__init__",
    r"\input{/etc/passwd}",
    r"\write18{ls}",
    "x=__import__('os')",
]
SIZE = [
    "9**9**9",
    "((9**9)**9999)**9999",
    "2**30**5",
    "2^2^2^2^2^2",
    "10^65",
    "x^65",
    "(x^9)^9",
    "(x+y+1)^200",
    "(x+1)^40*(x+2)^40",
    "((x+1)*(y+2)*(x+3))^64",
    "(x+y+x*y+1/x)^64",
    "exp(exp(exp(x)))",
    "x^x^x^x",
    "sin(7**exp(exp(exp(10*e)))+1)",
    "sin(3+exp(exp(exp(3*x))))",
    "cosh(sinh(cosh(x)))",
    "x^(9999x)",
    "21!",
    "9999!",
    "(10!)!",
    "x" * 241,
    "x+" * 2000 + "x",
    "-" * 5000 + "x",
    "-" * 9 + "x",
    "(" * 120 + "x" + ")" * 120,
    "[" * 25 + "x" + "]" * 25,
    "x^(" * 30 + "2" + ")" * 30,
    "x**" * 79 + "2",
    "|" * 200,
    "9" * 16,
    "0." + "3" * 15,
    "max(" + ",".join("x" * 9) + ")",
    "x" * 100_000,
]
CONTROL = ["x\x00", "\x1b[31mx", "x\u202ey", "\u2066x", "x\x07", "x\x08y", "\ud800", "x\x7f", "\u200fx", "x\U000e0041"]
ODD = [
    "((((((((", "))))", "|||||", "^^^^", "****", "....", "=====", ",,,,", "!!!!", "√√√√", "²²²²", "$$$$",
    "____", "\\", "\\\\", r"\frac", r"\frac{", r"\frac{x}", r"\frac{x}{", r"\frac\frac\frac", r"\sqrt[",
    r"\sqrt[x", r"\left", "{}", "x!!!!!!!!", "0^0", "0/0", "1/0", "log(0)", "sqrt(-1)", "(-1)^0.5",
    "tan(pi/2)", "0!", "(0-1)!", "(1/2)!", "x!", "1e999999999", "0x10", "1_000", "1__0", "nan", "inf", "oo",
    "1j", "i", "True", "None", "...", "::", "{x: y}", "x if y else z", "x and y", "not x", "x := y", "x == y",
    "x << y", "x @ y", "x // y", "x % y", "~x", "x & y", "<script>alert(1)</script>", "' OR 1=1 --", "[/]",
    "[$primary]", "E[X]", "%s%n", "{0}", "{x.__class__}", "\N{GRINNING FACE}", "ー" * 20, "・・・", "ｘ" * 100,
    "x\u0301\u0302\u0303", "٣x", "Ⅳ", "①", "㍍", "ª", "™", "⁻", "⁽⁾", "x⁽²", "½½", "↉", "⅟", "x" + " " * 500,
    "\n\n\n", "\u2028x", "x\u00ad", "ₓ", "∂∂∂", "d/d", "dx/", "/dx", "σ", "σσσ", "λx", "ß", "ﬁ", "ſ", "İ",
    "ﷺ" * 240, "10^64-10^64", "(10^60)^4-(10^60)^4+5", "sign(x-x)", "1/(x-x)", "(x-x)^(x-x)", "log(x-x)",
    "sqrt(x-x)", "sqrt(tan(pi))", "sin(10^60)", "sin(x*10^9)", "exp(x*999)", "e^(64x)^64", "x^999",
    "(x*y)^(x*y)", "tanh(10^30*x)", "atan(10^50)", "sigmoid(-10^5)",
]  # fmt: skip


def _bounded(act: Callable[[], Verdict]) -> Verdict:
    start = time.process_time()
    verdict = act()
    assert time.process_time() - start < LONGEST
    return verdict


@pytest.mark.parametrize("text", CODE)
def test_program_text_is_no_answer(text: str) -> None:
    verdict = _bounded(lambda: grade(CHAIN, text))
    assert verdict.outcome == "refused"
    assert not verdict.is_attempt


@pytest.mark.parametrize("text", SIZE, ids=[text[:30] for text in SIZE])
def test_absurd_size_is_no_answer(text: str) -> None:
    assert _bounded(lambda: grade(CHAIN, text)).outcome == "refused"


@pytest.mark.parametrize("text", CONTROL, ids=[ascii(text) for text in CONTROL])
def test_control_characters_are_no_answer(text: str) -> None:
    assert _bounded(lambda: grade(CHAIN, text)).outcome == "refused"


@pytest.mark.parametrize("key", [CHAIN, RNN, COUNT], ids=["chain", "rnn", "count"])
@pytest.mark.parametrize("text", ODD, ids=[ascii(text)[:30] for text in ODD])
def test_odd_text_is_not_right_and_takes_no_time(key: SymbolicKey, text: str) -> None:
    verdict = _bounded(lambda: grade(key, text))
    assert verdict.outcome != "correct"
    assert verdict.named is not None


@pytest.mark.parametrize(
    "text",
    [
        "2(x+y)" + "".join(f"+x^{n / 10}-x^{n / 10}" for n in range(1, 15)),
        "2(x+y)" + "".join(f"+tan(x/{n})-tan(x/{n})" for n in range(2, 12)),
        "2(x+y)+sin(x)^2+cos(x)^2-1+(x^30.5-x^30.5)+sqrt(sin(y)^2+cos(y)^2-1)",
        "2(x+y)" + "+exp(x)" * 20 + "-exp(x)*20",
        "1/(" + "+".join(f"sin({n}x)^2+cos({n}x)^2" for n in range(1, 9)) + "-8)",
        "+".join(f"x^(y*{n / 10})" for n in range(1, 20)),
        "*".join(f"exp(x^{n})" for n in range(1, 8)),
    ],
    ids=["powers", "tangents", "cancelling", "exponentials", "nearly zero", "variable powers", "large"],
)
def test_expressions_made_to_be_slow_are_not(text: str) -> None:
    _bounded(lambda: grade(CHAIN, text))


PIECES = [
    "x", "y", "t", "W_in", "Wz0", "x1", "n", "p", "2", "0.5", "10", "64", "e", "π", "σ", "exp(", "log",
    "sqrt(", "sin ", "tanh(", "g(", "max(", "+", "-", "*", "/", "^", "**", "(", ")", "[", "]", "{", "}", "|",
    "!", ",", "=", ".", "²", "⁻¹", "½", "√", "×", "・", "ー", "\\frac", "\\sqrt", "\\left(", "\\cdot", "$",
    "'", "_", "__", " ", "　", "１", "ｘ", "∂", "dz/dx", "あ", "e^", "e-3", "\u200b", ";",
]  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_has_a_verdict_and_a_caret_inside_it(text: str) -> None:
    for key in (CHAIN, RNN):
        verdict = _bounded(lambda key=key: grade(key, text))  # type: ignore[misc]
        if verdict.caret is not None:
            assert 0 <= verdict.caret.offset <= len(text)
        if verdict.is_attempt:
            assert reading(key, text) == verdict.reading
            assert len(verdict.claim) <= 240
        for words in (verdict.named, verdict.evidence):
            if words is not None:
                assert all(unicodedata.category(one) not in ("Cc", "Cs") for one in words.ja + words.en)


@given(st.text(max_size=300))
@settings(max_examples=400, deadline=None)
def test_reading_raises_one_kind_of_error(text: str) -> None:
    try:
        assert echo(read(text, ("x", "y")))
    except NotationError as error:
        caught = error
    else:
        return
    assert caught.text.ja
    assert caught.text.en
    assert not (caught.refused and caught.caret)


def test_nothing_in_grading_evaluates_text() -> None:
    folder = Path(__file__).parents[2] / "engine" / "grading"
    # grep for calls: a name followed by a bracket, not the method of a compiled pattern (re.compile)
    call = re.compile(
        r"(?<![\w.])(eval|exec|compile|sympify|parse_expr|lambdify|__import__)\(|\.(sympify|lambdify|parse_expr)\("
    )
    for file in folder.rglob("*.py"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not call.search(line.split("#")[0].split('r"')[0]), f"{file.name}:{number}: {line}"
