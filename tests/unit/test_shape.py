import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bank.asked import Named, ShapeKey
from engine.grading import shape
from engine.grading.plain import UnreadError
from sims.text import Text, same

PADDING = Text("パディングを足し忘れています。", "The padding was left out.")
SQUARE = ShapeKey((3, 3), (Named("padding-forgotten", (2, 2), PADDING, same("5 − 3")),))
TALL = ShapeKey((4, 3), ())
IMAGE = ShapeKey((64, 1024, 3), ())
VECTOR = ShapeKey((20,), ())

SPELLINGS = """
3x3 | 3×3 | ３ｘ３ | ３×３ | 3*3 | 3,3 | (3, 3) | [3,3] | (3,3,) | 3 3 | 3 by 3 | 3 X 3 | 3✕3 | 3・3 | 3、3
3х3 | 3行3列 | 3行×3列 | 3 rows, 3 columns | 3 rows and 3 columns | 縦3 横3 | 縦3横3 | 縦に3、横に3 | 高さ3、幅3
縦×横 = 3×3 | H=3, W=3 | h:3 w:3 | H3W3 | W=3, H=3 | height=3, width=3 | (H, W) = (3, 3) | 3×3 (H×W)
out_h = 3, out_w = 3 | torch.Size([3, 3]) | TensorShape([3, 3]) | shape=(3, 3) | 3x3px | 3×3ピクセル
３×３ピクセル | 3 px × 3 px | 3×3 pixels | 3.0x3 | 3.0 × 3.0 | ３．０×３．０ | 03x03 | 「3×3」 | "3x3"
$3\\times 3$ | =>3×3 | → 3x3 | 答えは3×3です。 | 出力サイズは 3×3 になります |  3 x 3  | 3x3. | 3x3？ | - 3x3
・3×3 | 3\u200bx3 | 3✖\ufe0f3 | 3\u3000×\u30003 | 3かける3 | 3×3の行列 | 3-by-3 | 3(縦)×3(横) | [3][3]
たぶん3×3だと思います | 3px3px | size: 3x3 | 𝟑×𝟑
"""
ASKED_AGAIN = """
3 | 3.3 | 33 | 4 | 3x | x3 | 3xx3 | 3,,3 | (3,3 | 3,3) | (3,3] | 3-3 | 3 -3 | 3/3 | 3^2 | 3² | 3x3x1 | 1x3x3
3x3x3 | 3×3=9 | 9=3×3 | 3x3=3x3 | 3×3 or 4×4 | 3×3または4×4 | 3x3か4x4 | 3x3, 4x4 | 3x3 and 4x4 | 3x3/4x4
三×三 | 三 | 3×三 | 三行三列 | three by three | 約3×3 | 3×3くらい | ~3x3 | 3x3ではない | not 3x3 | 3x3以外
hello | あ | 1e1x1e1 | ٣×٣ | - | × | () | ? | わからない | I don't know | n×n | 3x3 2 | 3 is 3 | 1,2,3,4 | 3̶×3
E[X] | [/ | [$primary]
"""
REFUSED = [
    "\x1b[31m3x3",
    "3\u202ex3",
    "3x3\x00",
    "\ud8003x3",
    "__import__('os').system('ls')",
    "import os",
    "eval('3x3')",
    "9" * 40 + "x3",
    "3x3 " * 100,
    "<script>3x3</script>",
]


def cells(table: str) -> list[str]:
    return [
        cell.strip(" ").replace("\\\\", "\\") for line in table.strip("\n").split("\n") for cell in line.split(" | ")
    ]


@pytest.mark.parametrize("text", cells(SPELLINGS))
def test_every_spelling_of_the_same_size_is_right(text: str) -> None:
    verdict = shape.grade(SQUARE, text)
    assert (verdict.outcome, verdict.reading, verdict.claim) == ("correct", "3 × 3", "3x3")


def test_an_exclamation_mark_ends_an_answer_and_is_no_factorial() -> None:
    assert shape.grade(SQUARE, "3×3!").outcome == shape.grade(SQUARE, "「3×3!」").outcome == "correct"
    assert shape.grade(SQUARE, "(9!)").outcome == shape.grade(SQUARE, "3!×3").outcome == "unreadable"


@pytest.mark.parametrize("text", cells(ASKED_AGAIN))
def test_what_is_not_one_size_is_asked_again_and_costs_nothing(text: str) -> None:
    verdict = shape.grade(SQUARE, text)
    assert verdict.outcome == "unreadable"
    assert verdict.named
    assert not verdict.is_attempt


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_answer_is_refused(text: str) -> None:
    assert shape.grade(SQUARE, text).outcome == "refused"


@pytest.mark.parametrize(
    ("text", "mistake", "claim"),
    [
        ("2×2", "padding-forgotten", "2x2"),
        ("9", "element-count", ""),
        ("9個", "element-count", ""),
        ("4x4", "one-too-large", "4x4"),
        ("(6, 6)", "scaled", "6x6"),
        ("3x4", "some-axes", "3x4"),
        ("2.5×2.5", "fractional-size", ""),
        ("3.7×3.7", "not-rounded-down", ""),
        ("-3×-3", "negative-size", ""),
        ("7x5", None, "7x5"),
        ("20000x20000", None, ""),
    ],
)
def test_a_wrong_size_is_named(text: str, mistake: str | None, claim: str) -> None:
    verdict = shape.grade(SQUARE, text)
    assert (verdict.outcome, verdict.mistake, verdict.claim) == ("wrong", mistake, claim)
    assert verdict.named


def test_the_banks_own_name_and_evidence_come_first() -> None:
    verdict = shape.grade(SQUARE, "2x2")
    assert (verdict.named, verdict.evidence) == (PADDING, same("5 − 3"))


@pytest.mark.parametrize("text", ["W=3, H=4", "3列4行", "横3 縦4", "W×H = 3×4", "3×4 (幅×高さ)", "4x3", "H=4,W=3"])
def test_words_say_which_axis_is_which(text: str) -> None:
    assert shape.grade(TALL, text).outcome == "correct"


def test_swapped_axes_are_named() -> None:
    assert shape.grade(TALL, "3x4").mistake == "axes-swapped"


@pytest.mark.parametrize("text", ["64×1,024×3", "64,1024,3", "(64, 1024, 3)", "C=64, H=1024, W=3"])
def test_three_axes_and_thousands(text: str) -> None:
    assert shape.grade(IMAGE, text).outcome == "correct"


@pytest.mark.parametrize("text", ["20", "(20,)", "[20]", "torch.Size([20])", "20 次元", "２０"])
def test_one_axis(text: str) -> None:
    assert shape.grade(VECTOR, text).outcome == "correct"


def test_the_caret_stands_where_reading_stopped() -> None:
    verdict = shape.grade(SQUARE, "３×３ ではない")
    assert verdict.caret is not None
    assert verdict.caret.offset == 6


@pytest.mark.parametrize("sizes", [(8, 5), (3, 3), (8,), (8, 5, 2)])
def test_examples_never_give_the_key_away(sizes: tuple[int, ...]) -> None:
    verdict = shape.grade(ShapeKey(sizes, ()), "hello")
    assert verdict.examples
    for example in verdict.examples:
        assert shape.grade(ShapeKey(sizes, ()), example).outcome == "wrong"


def test_reading_is_what_the_verdict_shows() -> None:
    assert shape.reading(SQUARE, "（２，２）") == "2 × 2"
    with pytest.raises(UnreadError):
        shape.reading(SQUARE, "3×3=9")


@given(st.text(max_size=300))
def test_any_text_has_a_verdict(text: str) -> None:
    assert shape.grade(SQUARE, text).outcome in ("correct", "wrong", "unreadable", "refused")


@given(st.text(alphabet="0123456789.,x×*()[]-=HW 　縦横行列、", max_size=40))
def test_any_mixture_of_what_is_usual_has_a_verdict(text: str) -> None:
    assert shape.grade(SQUARE, text).outcome in ("correct", "wrong", "unreadable", "refused")


@given(st.integers(0, 5000), st.integers(0, 5000), st.sampled_from(["x", "×", "*", ",", "、"]))
def test_full_width_changes_nothing(rows: int, columns: int, sign: str) -> None:
    text = f"{rows}{sign} {columns}"
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    key = ShapeKey((rows, columns), ())
    assert shape.grade(key, text) == shape.grade(key, wide)
    assert shape.grade(key, text).outcome == "correct"


def test_hostile_text_is_answered_at_once() -> None:
    for text in ("(" * 240, "3x" * 120, "縦" * 240, "3,333," * 40, "- " * 120, "ﷺ" * 240, "3 " * 120):
        start = time.perf_counter()
        shape.grade(SQUARE, text)
        assert time.perf_counter() - start < 0.25
