import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bank.asked import TextKey
from engine.bank.model import Phrase
from engine.grading import text
from sims.text import Text, same


def point(name: str, ja: list[str], en: list[str], opposite: list[str]) -> Phrase:
    return Phrase(point=same(name), ja=tuple(ja), en=tuple(en), opposite=tuple(opposite))


MODEL = Text("模範解答", "model answer")
LSTM = TextKey(
    MODEL,
    (
        point(
            "many",
            ["パラメータ&多", "重みの数&多"],
            ["many parameters", "too many weights"],
            ["少な", "few", "CEC", "GRU"],
        ),
        point(
            "heavy", ["計算&重", "計算&高", "計算&時間"], ["comput&heavy", "comput&cost"], ["軽", "light", "CEC", "GRU"]
        ),
    ),
)
BOTH = TextKey(
    MODEL,
    (
        point("lstm", ["パラメータ&多"], ["many parameters"], ["少な", "few", "CEC"]),
        point("cec", ["重み&一律", "重み&同じ"], ["same weight", "weights&same"], ["LSTM", "勾配消失"]),
    ),
)
GATES = TextKey(
    MODEL,
    (
        point("three", ["LSTM&3つ", "LSTM&入力&出力&忘却"], ["LSTM&three gates"], ["2つ", "リセット"]),
        point("two", ["GRU&2つ", "GRU&更新&リセット"], ["GRU&two gates"], []),
        point("no cell", ["GRU&セル&ない", "セルを持たない"], ["no separate cell"], ["LSTM"]),
    ),
)


def found(key: TextKey, answer: str) -> str:
    """A character a point: 1 proposed, h held back, 0 not found."""
    return "".join("1" if tick.proposed else "h" if tick.held else "0" for tick in text.propose(key, answer).ticks)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("パラメータが多く、計算コストが高い", "11"),
        ("パラメーター数が多くて、計算が重い。", "11"),
        ("ﾊﾟﾗﾒｰﾀ が 多 い。計算負荷が高くなる。", "11"),
        ("パラメータが多いため、計算に時間がかかり、実用的ではない。", "11"),
        ("パラメータが多く、計算コストが高いので、小さい端末では動かせない。", "11"),
        ("It has MANY  PARAMETERS and computation is heavy.", "11"),
        ("LSTMはパラメータ数が多い", "10"),
        ("パラメータが多いだけでなく、勾配も消える", "10"),
        ("速くはないし、パラメータが多い", "10"),
        ("The weights are not small: too many weights.", "10"),
        ("As input (x) and h open (and close) it, there are many parameters", "10"),
        ("勾配が時間とともに消える", "00"),
    ],
)
def test_plain_answers_are_found(answer: str, points: str) -> None:
    assert found(LSTM, answer) == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("パラメータは多くない", "h0"),
        ("LSTMはパラメータが多くないので、計算は重くありません。", "hh"),
        ("パラメータが多いわけではない", "h0"),
        ("パラメータが多いというのは誤り", "h0"),
        ("パラメータが多いことが、課題ではない", "h0"),
        ("GRU ほどパラメータは多くない", "h0"),
        ("GRU よりパラメータが多い", "h0"),
        ("GRU はパラメータが多く、計算が重い", "hh"),
        ("CEC の課題は、パラメータが多いこと", "h0"),
        ("パラメータが多いのは CEC", "h0"),
        ("前者はパラメータが多く、計算が重い", "hh"),
        ("It does not have many parameters", "h0"),
        ("It isn't true that it has many parameters", "h0"),
        ("The former has many parameters", "h0"),
        ("It has many parameters compared to a simple RNN", "h0"),
        ("In a GRU, there are many parameters", "h0"),
    ],
)
def test_a_trap_is_held_back_with_a_reason(answer: str, points: str) -> None:
    assert found(LSTM, answer) == points
    held = [tick for tick in text.propose(LSTM, answer).ticks if tick.held]
    assert all(tick.found and tick.held.ja and tick.held.en for tick in held if tick.held)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("LSTM: パラメータが多い\nCEC: 重みが一律", "11"),
        ("LSTMはパラメータが多く、CECは重みが一律である", "11"),
        ("CECは重みが時間によらず一律。LSTMはパラメータが多い。", "11"),
        ("LSTM has many parameters, while CEC uses the same weight at every step.", "11"),
        ("CECはパラメータが多く、LSTMは重みが一律である", "hh"),
        ("CECの課題は、パラメータが多いこと。LSTMの課題は、重みが一律なこと。", "hh"),
        ("CEC has many parameters, while LSTM uses the same weight", "hh"),
        ("前者はパラメータが多い、後者は重みが一律", "hh"),
    ],
)
def test_swapped_terms_are_held_back(answer: str, points: str) -> None:
    assert found(BOTH, answer) == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("LSTMは入力・出力・忘却の3つ。GRUは更新とリセットの2つで、独立したセルがない。", "111"),
        ("LSTM はゲートが 3 つ、GRU は更新とリセットの 2 つ", "110"),
        ("LSTMはゲートが三つあるがGRUは二つである", "110"),
        ("LSTMはゲートが3つでGRUは更新とリセットの2つ", "110"),
        ("GRUは2つ。LSTMには独立したセルがない。", "01h"),
        ("LSTM has three gates; GRU has two gates and no separate cell.", "111"),
        ("LSTM は 13つ、GRU は 2つ", "010"),
        ("GRUは入力・出力・忘却の3つ、LSTMは更新とリセットの2つのゲートを持つ", "hh0"),
        ("LSTMとGRUの違いは、GRUは3つ、LSTMは2つであること", "hh0"),
        ("ゲートが3つなのがLSTM、2つなのがGRU", "110"),
    ],
)
def test_a_negation_that_the_rubric_wants_is_no_doubt(answer: str, points: str) -> None:
    assert found(GATES, answer) == points


def test_latin_words_are_found_as_words() -> None:
    key = TextKey(MODEL, (point("w", [], ["W"], []), point("learn", [], ["able to learn"], [])))
    assert found(key, "what it was: unable to learn") == "00"
    assert found(key, "the weights W, able to learn") == "11"


def test_the_words_found_are_shown_as_typed() -> None:
    ticks = text.propose(LSTM, "ﾊﾟﾗﾒｰﾀが とても多い。").ticks
    assert (ticks[0].found, ticks[1].found) == ("ﾊﾟﾗﾒｰﾀ … 多", "")


@pytest.mark.parametrize(
    ("answer", "outcome", "score"),
    [
        ("パラメータが多く計算が重い", "correct", 1.0),
        ("パラメータが多い", "partial", 0.5),
        ("勾配が消える", "wrong", 0.0),
    ],
)
def test_the_proposal_scores_what_it_proposes(answer: str, outcome: str, score: float) -> None:
    verdict = text.propose(LSTM, answer)
    assert (verdict.outcome, verdict.score) == (outcome, score)


def test_no_words_call_an_answer_wrong() -> None:
    for answer in ("勾配が消える", "パラメータは多くない", "パラメータが多い"):
        for verdict in (text.propose(LSTM, answer), text.confirm(LSTM, answer, [False, False])):
            assert verdict.named
            assert not any(word in verdict.named.ja for word in ("不正解", "間違", "誤り"))
            assert "wrong" not in verdict.named.en.lower()


@pytest.mark.parametrize(
    ("ticks", "outcome", "score"),
    [([True, True], "correct", 1), ([True, False], "partial", 0.5), ([False, False], "wrong", 0)],
)
def test_the_learners_ticks_are_the_score(ticks: list[bool], outcome: str, score: float) -> None:
    verdict = text.confirm(LSTM, "パラメータは多くない", ticks)
    assert (verdict.outcome, verdict.score) == (outcome, score)
    assert [tick.proposed for tick in verdict.ticks] == ticks


@pytest.mark.parametrize(
    "answer", ["", "  \n", "あ", "ああああ", "。。。", "!?", "123", "asdfgh", "わからない。", "I don't know", "🙂"]
)
def test_nothing_and_nonsense_cost_nothing(answer: str) -> None:
    assert text.propose(LSTM, answer).outcome == "unreadable"
    assert text.confirm(LSTM, answer, [True, True]).outcome == "unreadable"


@pytest.mark.parametrize(
    "answer", ["import os", "h = f*c", "g.T", "exit()", "[bold]x[/]", "np.load('x')", "(lambda: 0)()"]
)
def test_code_and_formulas_are_no_words(answer: str) -> None:
    assert text.propose(LSTM, answer).outcome == "unreadable"


@pytest.mark.parametrize(
    "answer",
    [
        "slow",
        "vanishing/exploding",
        "It keeps the input (x) unchanged",
        "f(x) = g(x) does not depend on it",
        "f(x)が同じ",
    ],
)
def test_words_without_a_point_are_left_to_the_learner(answer: str) -> None:
    assert text.propose(LSTM, answer).is_attempt


@pytest.mark.parametrize(
    "answer", ["\x1b[2Jパラメータが多い", "多い\u202e", "__import__('os')", "os.system('ls')", "多" * 3000]
)
def test_what_is_no_answer_is_refused(answer: str) -> None:
    assert text.propose(LSTM, answer).outcome == "refused"


@given(st.text(max_size=400))
def test_any_text_has_a_verdict(answer: str) -> None:
    assert 0 <= text.propose(LSTM, answer).score <= 1


@given(
    st.lists(
        st.sampled_from(
            [
                "パラメータ",
                "計算",
                "多い",
                "重い",
                "ない",
                "より",
                "ほど",
                "GRU",
                "CEC",
                "は",
                "が",
                "、",
                "。",
                "not",
                "few",
                "前者",
            ]
        )
    )
)
def test_any_order_of_the_words_has_a_verdict(words: list[str]) -> None:
    for joint in ("", " "):
        verdict = text.propose(LSTM, joint.join(words))
        assert all(tick.found for tick in verdict.ticks if tick.proposed or tick.held)


@given(st.sampled_from(["パラメータが多い", "GRUより多いパラメータ", "many parameters 123", "LSTMは3つ"]))
def test_width_and_case_change_nothing(answer: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in answer.upper())
    for key in (LSTM, BOTH, GATES):
        assert found(key, answer) == found(key, wide)


def test_long_text_is_answered_at_once() -> None:
    for answer in ("パラメータ多い" * 280, "ない、" * 660, "a" * 2000, "多" * 1999 + "い"):
        start = time.perf_counter()
        text.propose(LSTM, answer)
        assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("joint", ["", "ではなく", "より、", "。ない ", " not ", " rather than ", ", ", "は"])
def test_text_made_of_every_phrase_and_every_doubt_is_answered_at_once(joint: str) -> None:
    for key in (LSTM, BOTH, GATES):
        words = [
            word for point in key.rubric for way in (*point.ja, *point.en, *point.opposite) for word in way.split("&")
        ]
        answer = (joint.join(words) * 60)[:2000]
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            text.propose(key, answer)
            spent.append(time.perf_counter() - start)
        assert min(spent) < 0.2
