"""Sentences are broken where a reader of Japanese or English would break them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.drawing.breaks import NEVER_FIRST, NEVER_LAST
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap

SIZES = "入力 5×5 に、フィルタ 3×3 を、ストライド 2、パディング 1 で畳み込みます。出力の大きさは？"
PADDING = "パディングが 0 なら (5 − 3)/2 + 1 = 2。両側に 1 ずつ足すと、幅は 5 ではなく 7 です。"
CAROUSEL = "CEC（定誤差カルーセル）だけを備えたメモリセルに残る課題はどれですか。"
FLOOR = "With one gate or none the error stops near the floor, however long it trains. Only both gates go below it."


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (SIZES, 70, ["入力 5×5 に、フィルタ 3×3 を、ストライド 2、", "パディング 1 で畳み込みます。出力の大きさは？"]),
        (
            SIZES,
            36,
            ["入力 5×5 に、フィルタ 3×3 を、", "ストライド 2、パディング 1 で", "畳み込みます。出力の大きさは？"],
        ),
        (
            PADDING,
            70,
            ["パディングが 0 なら (5 − 3)/2 + 1 = 2。両側に", "1 ずつ足すと、幅は 5 ではなく 7 です。"],
        ),
        (
            PADDING,
            36,
            ["パディングが 0 なら", "(5 − 3)/2 + 1 = 2。両側に 1 ずつ", "足すと、幅は 5 ではなく 7 です。"],
        ),
        (CAROUSEL, 36, ["CEC（定誤差カルーセル）だけを備えた", "メモリセルに残る課題はどれですか。"]),
        (
            FLOOR,
            70,
            [
                "With one gate or none the error stops near the floor,",
                "however long it trains. Only both gates go below it.",
            ],
        ),
    ],
)
def test_lines_are_balanced_and_broken_by_phrase(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width, balance=True) == lines


def test_without_balance_lines_are_filled() -> None:
    assert wrap(FLOOR, 70) == [
        "With one gate or none the error stops near the floor, however long it",
        "trains. Only both gates go below it.",
    ]


def test_newlines_are_kept() -> None:
    assert wrap("一行目\n\nthird line", 40) == ["一行目", "", "third line"]


def test_a_word_wider_than_a_line_is_cut_by_cells() -> None:
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("重" * 5, 7) == ["重重重", "重重"]


def test_a_bracket_that_fits_is_kept_whole_even_where_its_phrase_is_not() -> None:
    lines = wrap("出力 = ⌊(n + 2p − k)/s⌋ + 1 = ⌊(5 + 2 − 3)/2⌋ + 1 = 3", 20)
    assert any("(n + 2p − k)" in line for line in lines)
    assert any("(5 + 2 − 3)" in line for line in lines)


def test_control_characters_become_visible() -> None:
    assert wrap("a\x1b[31mb‮c\x00", 40) == ["a␛[31mbc␀"]


WORDS = [
    "入力",
    "出力の",
    "勾配が",
    "消える",
    "フィルタを",
    "パディング",
    "ストライドで",
    "重みは",
    "学習率",
    "ゲートが",
    "覚えます。",
    "さかのぼると、",
    "「忘却」を",
    "（入力）に",
    "です！",
    "ですか？",
    "LSTM",
    "5×5",
    "∂z/∂x",
    "0.25,",
    "cells,",
    "end.",
    "1,000",
    "(CEC)",
    "ニューロン",
]
sentences = st.lists(st.sampled_from([*WORDS, "(5 − 3)/2", "x = 2", "a + b"]), min_size=1, max_size=30).map(" ".join)
glued = st.lists(st.sampled_from([word for word in WORDS if not word.isascii()]), min_size=1, max_size=30).map("".join)
anything = st.text(st.sampled_from("あいうっゃーん入力重み、。」）（「ァン　 abcXYZ019.,()=+−*/×…\n"), max_size=120)


@given(st.one_of(sentences, glued, anything), st.integers(2, 80), st.booleans())
def test_nothing_is_lost_but_spaces_and_no_line_is_too_wide(text: str, width: int, balance: bool) -> None:
    lines = wrap(text, width, balance)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(cell_width, lines)) <= width


@given(st.one_of(sentences, glued), st.integers(24, 80), st.booleans())
def test_no_line_starts_or_ends_with_what_belongs_to_its_neighbour(text: str, width: int, balance: bool) -> None:
    lines = wrap(text, width, balance)
    assert not any(line[:1] in NEVER_FIRST for line in lines[1:] if line)
    assert not any(line[-1:] in NEVER_LAST for line in lines[:-1] if line)


@given(sentences, st.integers(24, 80))
def test_lines_end_neither_in_a_formula_s_brackets_nor_after_an_operator(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(line.count("(") == line.count(")") for line in lines)
    assert not any(line.endswith((" =", " +", " −")) for line in lines)


@given(st.one_of(sentences, glued), st.integers(10, 80))
def test_balancing_costs_no_line(text: str, width: int) -> None:
    filled, balanced = wrap(text, width), wrap(text, width, balance=True)
    assert len(balanced) == len(filled)
    assert max(map(cell_width, balanced)) <= max(map(cell_width, filled))


def test_the_phrase_model_is_not_loaded_before_the_first_japanese_sentence() -> None:
    code = "import sys; from engine.drawing.wrap import wrap; wrap('a ' * 50, 20); print('budoux' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
