import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bank.asked import AskedOption
from engine.grading import choice
from sims.text import Text, same


def option(name: str, text: Text, right: bool = False, code: bool = False) -> AskedOption:
    return AskedOption(name, text, code, right, None if right else Text(f"{name} の理由", f"why {name}"), same("証拠"))


GATES = (
    option("vanishing", Text("勾配が時間をさかのぼるたびに小さくなる。", "The gradient shrinks at every step back.")),
    option("forget", Text("忘却ゲート", "the forget gate"), right=True),
    option("many", Text("パラメータが多い", "It has too many parameters")),
    option("output", Text("出力ゲート", "the output gate")),
)
SEVERAL = (
    option("input", Text("入力ゲート", "input gate"), right=True),
    option("update", Text("更新ゲート", "update gate")),
    option("forget", Text("忘却ゲート", "forget gate"), right=True),
    option("reset", Text("リセットゲート", "reset gate")),
)
CODE = (
    option("norm", same("g/norm"), code=True),
    option("rate", same("g*rate"), right=True, code=True),
    option("larger", same("np.maximum(g, threshold)"), code=True),
    option("whole", same("g"), code=True),
)
NUMBERS = tuple(option(f"n{place}", same(text), place == 1) for place, text in enumerate(("0.15", "0.25", "4", "−1")))

SECOND = """
2 | ２ | ② | ❷ | ⓶ | Ⅱ | (2) | （２） | [2] | 2. | 2) | #2 | 2番 | 2番目 | ２番です | 2つ目 | 2です | 2。
2\ufe0f\u20e3 |  2 | b | B | Ｂ | (b) | b) | B. | ⒝ | Ⓑ | イ | ｲ | い | (イ) | イ. | ㋑ | 選択肢2 | 選択肢 2
選択肢B | option 2 | Option B | No.2 | 答えは2です | 答え: B | =>(2) | → 2 | 2を選びます | 2番の選択肢
I choose B | ②忘却ゲート | イ：忘却ゲート | 忘却ゲート | 忘却ゲート。 | 忘却ゲートです | 忘却 ゲート
the forget gate | The Forget Gate | forget gate | forget gate. | ＦＯＲＧＥＴ　ＧＡＴＥ | 答えは忘却ゲート
2. 忘却ゲート | (2) 忘却ゲート | b) forget gate
"""
ASKED_AGAIN = """
0 | 5 | 13 | e | ん | 二 | 1 or 2 | 1と2 | 1,2 | 12 | 2か3 | 2-3 | 2.5 | -2 | 1+1 | あああ | 2ではない | not 2
2以外 | 忘却ゲートではない | 1. 忘却ゲート | 忘却 | ゲート | ? | わからない | × | 選択肢 | 番 | E[X] | [/ | x
忘却ゲート 出力ゲート
"""
BOTH = """
1,3 | 3,1 | 13 | 31 | 1 3 | 1、3 | １，３ | 1・3 | 1/3 | 1;3 | 1+3 | 1&3 | 1と3 | 1 and 3 | ①③ | ① ③ | (1)(3)
(1), (3) | 1番と3番 | 1.3 | ac | AC | a,c | A and C | アウ | ア、ウ | アとウ | 選択肢1と選択肢3 | 1,1,3
1,3です | 答えは1と3です。 | 1. 3. | 入力ゲート、忘却ゲート | 忘却ゲートと入力ゲート | input gate, forget gate
Input gate and forget gate
"""


def cells(table: str) -> list[str]:
    return [cell for line in table.strip("\n").split("\n") for cell in line.split(" | ")]


@pytest.mark.parametrize("text", cells(SECOND))
def test_every_way_to_pick_the_second(text: str) -> None:
    verdict = choice.grade(GATES, False, text)
    assert (verdict.outcome, verdict.picked, verdict.claim) == ("correct", (1,), "forget")


@pytest.mark.parametrize("text", cells(ASKED_AGAIN))
def test_what_picks_no_single_option_is_asked_again(text: str) -> None:
    verdict = choice.grade(GATES, False, text)
    assert verdict.outcome == "unreadable"
    assert verdict.named


@pytest.mark.parametrize("text", ["import os", "__import__('os')", "\x1b[2J", "2\u202e", "2" * 2000])
def test_what_is_no_answer_is_refused(text: str) -> None:
    assert choice.grade(GATES, False, text).outcome == "refused"


def test_a_wrong_pick_says_why() -> None:
    verdict = choice.grade(GATES, False, "４")
    assert (verdict.outcome, verdict.mistake, verdict.named) == ("wrong", "output", Text("output の理由", "why output"))
    assert verdict.evidence == same("証拠")
    assert verdict.picked == (3,)


@pytest.mark.parametrize("text", [*cells(BOTH), "1\n3", "入力ゲート\n忘却ゲート"])
def test_several_in_any_order_with_any_separator(text: str) -> None:
    verdict = choice.grade(SEVERAL, True, text)
    assert (verdict.outcome, verdict.score, verdict.picked) == ("correct", 1.0, (0, 2))


def test_several_are_partly_right_while_one_is_missing() -> None:
    verdict = choice.grade(SEVERAL, True, "3")
    assert (verdict.outcome, verdict.score, verdict.mistake) == ("partial", 0.5, "incomplete")


@pytest.mark.parametrize(
    ("text", "mistake"), [("1,2", "update"), ("1234", "update"), ("全部", "update"), ("4", "reset")]
)
def test_several_with_a_wrong_one_are_wrong(text: str, mistake: str) -> None:
    verdict = choice.grade(SEVERAL, True, text)
    assert (verdict.outcome, verdict.mistake) == ("wrong", mistake)


@pytest.mark.parametrize("text", ["1〜3", "1-3", "1,5", "135", "0", "なし", "1と言いたい", "入力ゲートと何か", "1" * 9])
def test_several_that_are_not_clear_are_asked_again(text: str) -> None:
    assert choice.grade(SEVERAL, True, text).outcome == "unreadable"


@pytest.mark.parametrize("text", ["g*rate", "g * rate", "ｇ＊ｒａｔｅ", "`g*rate`", "g*rate;", "2", "B"])
def test_code_is_compared_without_spaces(text: str) -> None:
    verdict = choice.grade(CODE, False, text)
    assert (verdict.outcome, verdict.claim) == ("correct", "g*rate")


@pytest.mark.parametrize("text", ["G*rate", "rate*g", "np.maximum(g)"])
def test_code_keeps_its_case_and_its_order(text: str) -> None:
    assert choice.grade(CODE, False, text).outcome == "unreadable"


def test_own_text_comes_before_a_letter_that_the_screen_does_not_show() -> None:
    assert choice.grade(CODE, False, "g").picked == (3,)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("0.25", 1),
        (".25", 1),
        ("０．２５", 1),
        ("1/4", 1),
        ("25 %", 1),
        ("4", 3),
        ("(4)", 3),
        ("4.0", 2),
        ("-1", 3),
        ("−1", 3),
    ],
)
def test_options_that_are_numbers(text: str, place: int) -> None:
    assert choice.grade(NUMBERS, False, text).picked == (place,)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("t² + 1", 0),
        ("ｔ²＋１", 0),
        ("1 - z", 1),
        ("1−z", 1),
        ("3x3 フィルタ", 2),
        ("３×３ﾌｨﾙﾀ", 2),
        ("½", 3),
        ("1/2", 3),
        ("0.5", 3),
    ],
)
def test_options_that_hold_mathematics(text: str, place: int) -> None:
    texts = ("t² + 1", "1 − z", "3×3 フィルタ", "½")
    options = tuple(option(f"o{number}", same(one)) for number, one in enumerate(texts))
    assert choice.grade(options, False, text).picked == (place,)


def test_part_of_a_number_is_not_that_number() -> None:
    assert choice.grade(NUMBERS, False, "0.2").outcome == "unreadable"


def test_reading_gives_the_places_on_the_screen() -> None:
    assert choice.reading(SEVERAL, True, "ウ・ア") == "1, 3"
    assert choice.reading(CODE, False, "②") == "2  g*rate"


@given(st.text(max_size=300), st.booleans())
def test_any_text_has_a_verdict(text: str, multiple: bool) -> None:
    verdict = choice.grade(SEVERAL, multiple, text)
    assert verdict.is_attempt == bool(verdict.picked)


@given(
    st.text(alphabet="0123456789abcdABCDアイウエあいう ,、・/()番と選択肢ゲート入力忘却.-~", max_size=30), st.booleans()
)
def test_any_mixture_of_what_is_usual_has_a_verdict(text: str, multiple: bool) -> None:
    verdict = choice.grade(SEVERAL, multiple, text)
    assert all(0 <= place < len(SEVERAL) for place in verdict.picked)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.sampled_from(["", " ", ",", "、", "と", "/"]))
def test_width_changes_nothing(places: list[int], sign: str) -> None:
    text = sign.join(map(str, places))
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    assert choice.grade(SEVERAL, True, text) == choice.grade(SEVERAL, True, wide)
    assert choice.grade(SEVERAL, True, text).picked == tuple(sorted({place - 1 for place in places}))
