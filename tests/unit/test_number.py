import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bank.asked import Named, NumberKey
from engine.grading import number
from engine.grading.plain import UnreadError
from sims.text import Text, same

BIAS = Text("バイアスを数え忘れています。", "The bias was left out.")
PARAMETERS = NumberKey(
    Fraction(2480), 1e-6, Text("個", "parameters"), (Named("bias-forgotten", Fraction(2400), BIAS, same("4·20")),)
)
QUARTER = NumberKey(Fraction(1, 4), 1e-6, None, ())
LN2 = NumberKey(Fraction("0.693147180559945309417232121458"), 1e-6, None, ())
THIRD = NumberKey(Fraction(1, 3), 1e-6, None, ())
SHARE = NumberKey(Fraction(25), 1e-6, Text("%", "%"), ())
SMALL = NumberKey(Fraction(1, 1000), 1e-6, None, ())
NEGATIVE = NumberKey(Fraction(-2), 1e-6, None, ())
ONE_AND_A_HALF = NumberKey(Fraction(3, 2), 1e-6, None, ())

RIGHT = {
    PARAMETERS: """
2480 | ２４８０ | 2,480 | ２，４８０ | 2、480 | 2_480 | 2480.0 | 2480. | +2480 | 2.48e3 | 2.48E+3 | 2480個
2480 個です。 | 2,480 parameters | 2480params | 2480 個のパラメータ | 合計2480個 | 全部で 2480 | =2480 | =>2480
答えは2480です | N = 2480 | パラメータ数は2480 | the answer is 2480 | 4*(10*20+20^2+20) | 4(10*20+20^2+20)
4×(10×20＋20×20＋20) | 4(200+400+20) | 4・620 | ４（１０＊２０＋２０＾２＋２０） | 4*(10*20+20**2+20)
4(10x20+20²+20) | 4*620個 | 2*1,240 | 4960/2 | 4960÷2 | 2400+80 | 5000-2520
""",
    QUARTER: """
0.25 | .25 | ０．２５ | 0。25 | 1/4 | ¼ | １／４ | 1⁄4 | 1÷4 | 25% | 25 % | ２５％ | 25パーセント | 25 percent
4分の1 | 2^-2 | 0.5^2 | 2.5e-1 | 0.5*50% | (1/2)^2 | 1/(2*2) | \\frac{1}{4} | 0.250 | 0.25。 | 0.25000001
""",
    LN2: "ln2 | ln 2 | ln(2) | log(2) | log 2 | LN2 | ｌｎ２ | 0.693147 | 0.69314718 | -ln(1/2) | log(4)/2 | \\ln 2",
    THIRD: "1/3 | 0.333333333 | 2/6 | ⅓ | 1/√9 | 33.3333333%",
    SHARE: "25% | 25 | 25％ | 25 % | 100/4 | 25.0",
    SMALL: "0.001 | 1e-3 | 1E-3 | 10^-3 | 10^(-3) | 1×10^-3 | 1/1000 | 0.1% | 10⁻³ | 1e-03",
    NEGATIVE: "-2 | −2 | －２ | ー2 | -2.0 | 1-3 | -4/2 | -√4 | –2",
    ONE_AND_A_HALF: "1.5 | 3/2 | 1½ | 1 ½ | 1 1/2 | 1 + 1/2 | 150%",
}
ASKED_AGAIN = """
0,5 | 2,48 | 24,80 | 2.480,0 | 12,34,567 | 2480, 2481 | 2480 2481 | 2480と2481 | 2480 or 2481 | 2480か2481
2480または2481 | 約2480 | 2480くらい | 2480ぐらい | およそ2480 | 2480程度 | about 2480 | ~2480 | ≈2480 | 2〜3
2480以上 | >2400 | 2480±1 | 2.5k | 2.48K | 2M | 3万 | 二千四百八十 | 2千 | two | 4*620=2480 | 2480=2480 | 4*
*4 | (4*620 | 4*620) | 4**  | 4+*5 | 1/0 | 0/0 | 0^-1 | ln(0) | sqrt(-1) | (-2)^0.5 | n*4 | x | HI+H^2+H | abc
? | わからない | . | - | , | 個 | E[X] | [/ | 2480ではない | not 2480 | 10 % 3
"""
REFUSED = [
    "9^9^9",
    "9**9**9",
    "((9^9)^64)^64",
    "2^1000",
    "1e999",
    "9" * 30,
    "1+" * 119 + "1",
    "(" * 100 + "1" + ")" * 100,
    "__import__('os').system('ls')",
    "eval(1)",
    "import os",
    "\x1b[31m2480",
    "24\u202e80",
    "2480\x00",
    "1" * 300,
]
ROWS = [
    (key, text.strip(" "))
    for key, table in RIGHT.items()
    for line in table.strip().split("\n")
    for text in line.split(" | ")
]


@pytest.mark.parametrize(("key", "text"), ROWS)
def test_every_spelling_of_the_number_is_right(key: NumberKey, text: str) -> None:
    verdict = number.grade(key, text)
    assert verdict.outcome == "correct", verdict


@pytest.mark.parametrize("text", [text for line in ASKED_AGAIN.strip().split("\n") for text in line.split(" | ")])
def test_what_is_not_one_number_is_asked_again(text: str) -> None:
    verdict = number.grade(PARAMETERS, text)
    assert verdict.outcome == "unreadable", verdict
    assert verdict.named


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_answer_is_refused(text: str) -> None:
    assert number.grade(PARAMETERS, text).outcome == "refused"


@pytest.mark.parametrize(
    ("key", "text", "mistake"),
    [
        (PARAMETERS, "2400", "bias-forgotten"),
        (PARAMETERS, "4*(10*20+20^2)", "bias-forgotten"),
        (PARAMETERS, "2479", "one-too-small"),
        (PARAMETERS, "2481", "one-too-large"),
        (PARAMETERS, "620", "scaled"),
        (PARAMETERS, "4960", "scaled"),
        (PARAMETERS, "24800", "decimal-places"),
        (PARAMETERS, "-2480", "sign"),
        (PARAMETERS, "2480.5", "not-whole"),
        (PARAMETERS, "1234", None),
        (QUARTER, "25", "percent-sign-missing"),
        (QUARTER, "4", "reciprocal"),
        (QUARTER, "0.3", "rounded"),
        (LN2, "0.69", "rounded"),
        (LN2, "0.7", "rounded"),
        (LN2, "0.68", None),
        (THIRD, "0.33", "rounded"),
        (NEGATIVE, "2", "sign"),
        (NEGATIVE, "0", None),
    ],
)
def test_a_wrong_number_is_named(key: NumberKey, text: str, mistake: str | None) -> None:
    verdict = number.grade(key, text)
    assert (verdict.outcome, verdict.mistake) == ("wrong", mistake)
    assert verdict.named


def test_the_banks_own_name_and_evidence_come_first() -> None:
    verdict = number.grade(PARAMETERS, "2,400")
    assert (verdict.named, verdict.evidence, verdict.claim) == (BIAS, same("4·20"), "2400")


@pytest.mark.parametrize("text", ["2480.001", "2479.999999", "2480+10^-9"])
def test_whole_numbers_are_exact(text: str) -> None:
    assert number.grade(PARAMETERS, text).outcome == "wrong"


def test_a_root_that_is_whole_is_the_whole_number() -> None:
    assert number.grade(NumberKey(Fraction(3), 1e-6, None, ()), "sqrt(9)").outcome == "correct"
    assert number.grade(NumberKey(Fraction(0), 1e-6, None, ()), "ln(1)").outcome == "correct"


def test_the_tolerance_is_the_questions() -> None:
    assert number.grade(NumberKey(Fraction("0.252"), 0.01, None, ()), "0.25").outcome == "correct"
    assert number.grade(NumberKey(Fraction("0.252"), 0.001, None, ()), "0.25").outcome == "wrong"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("２，４８０個", "2480"), ("25%", "0.25"), ("1/3", "1/3"), ("-.5", "-0.5"), ("1e-3", "0.001"), ("1½", "1.5")],
)
def test_the_echo_shows_the_value_read(text: str, shown: str) -> None:
    assert number.reading(PARAMETERS, text).endswith(shown)


def test_the_echo_shows_arithmetic_with_its_value() -> None:
    assert number.reading(PARAMETERS, "4(10*20+20^2+20)").endswith("= 2480")
    with pytest.raises(UnreadError):
        number.reading(PARAMETERS, "0,5")


def test_the_caret_counts_what_was_typed() -> None:
    verdict = number.grade(PARAMETERS, "答えは ２，０００＋＊４")
    assert verdict.caret is not None
    assert verdict.caret.offset == 10


@given(st.text(max_size=300))
def test_any_text_has_a_verdict(text: str) -> None:
    assert number.grade(PARAMETERS, text).outcome in ("correct", "wrong", "unreadable", "refused")


@given(st.text(alphabet="0123456789.,+-*/^()%!eπ√ 個分のlnxsqrt½²×", max_size=40))
def test_any_mixture_of_what_is_usual_has_a_verdict(text: str) -> None:
    assert number.grade(QUARTER, text).outcome in ("correct", "wrong", "unreadable", "refused")


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", "個", " parameters", "。"]))
def test_width_and_separators_change_nothing(value: int, unit: str) -> None:
    key = NumberKey(Fraction(value), 1e-6, Text("個", "parameters"), ())
    for text in (f"{value}{unit}", f"{value:,}{unit}"):
        wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
        assert number.grade(key, text).outcome == "correct"
        assert number.grade(key, wide) == number.grade(key, text)


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=500))
def test_a_number_is_never_its_neighbour(value: Fraction) -> None:
    key = NumberKey(value, 1e-6, None, ())
    assert number.grade(key, str(value)).outcome == "correct"
    assert number.grade(key, str(value + 1)).outcome == "wrong"


def test_hostile_text_is_answered_at_once() -> None:
    for text in (
        "9^" * 100,
        "-" * 240,
        "exp(" * 20 + "9" + ")" * 20,
        "20!^64",
        "1,000" * 40,
        "sin(10^60)",
        "exp(exp(exp(9)))",
    ):
        start = time.perf_counter()
        assert number.grade(PARAMETERS, text).outcome != "correct"
        assert time.perf_counter() - start < 0.25
