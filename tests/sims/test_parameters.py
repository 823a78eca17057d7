"""Counted parameters against the textbook's formula, and wrong numbers taken apart."""

from collections.abc import Mapping

import pytest

from sims.frames import Bars, Frame, Metric, Table
from sims.parameters import effect, run
from sims.parameters.slips import Counting, find_slips

SIZES = [(10, 20), (2, 7), (3, 16), (6, 32), (8, 50), (1, 1), (64, 128)]
BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4, "peephole": 4, "saved": 1}


def frames(net: str = "lstm", inputs: int = 10, hidden: int = 20, claim: str | None = None) -> list[Frame]:
    return list(run(net, inputs, hidden, claim, seed=0))


def last(net: str = "lstm", inputs: int = 10, hidden: int = 20, claim: str | None = None) -> Mapping[str, Metric]:
    return frames(net, inputs, hidden, claim)[-1].metrics


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("net", BLOCKS)
def test_arrays_hold_what_the_formula_says(net: str, size: tuple[int, int]) -> None:
    inputs, hidden = size
    metrics = last(net, inputs, hidden)
    block = inputs * hidden + hidden**2 + hidden
    assert metrics["parameters"] == BLOCKS[net] * block + 3 * hidden * (net == "peephole")
    assert metrics["saved_percent"] == 25
    assert effect(metrics)


@pytest.mark.parametrize("net", BLOCKS)
def test_blocks_add_up_to_the_whole(net: str) -> None:
    shown = frames(net)
    whole = shown[-1].metrics["parameters_gru" if net == "saved" else f"parameters_{net}"]
    assert shown[-2].metrics["so_far"] == whole
    for number, frame in enumerate(shown[:-1], 1):
        table = frame.panels[0]
        assert isinstance(table, Table)
        assert len(table.rows) == number
        sums = [int(row[-1].en.replace(",", "")) for row in table.rows]
        assert sum(sums) == frame.metrics["so_far"]


B = 10 * 20 + 20 * 20 + 20
MISTAKES = [
    ("rnn", B - 20, "no_bias"),
    ("rnn", 10 * 20 + 20, "no_recurrent"),
    ("rnn", 20 * 20 + 20, "no_input"),
    ("rnn", B + 20, "two_biases"),
    ("rnn", 4 * B, "blocks"),
    ("lstm", 3 * B, "blocks"),
    ("lstm", B, "blocks"),
    ("lstm", 4 * (B - 20), "no_bias"),
    ("lstm", 4 * (B - 20) + 20, "one_bias"),
    ("lstm", 4 * 220, "no_recurrent"),
    ("lstm", 4 * 420, "no_input"),
    ("lstm", 4 * (B + 20), "two_biases"),
    ("lstm", 4 * B + 60, "peephole"),
    ("gru", 4 * B, "blocks"),
    ("gru", 2 * B, "blocks"),
    ("gru", 3 * (B - 20) + 20, "one_bias"),
    ("gru", 3 * (B + 20), "two_biases"),
    ("peephole", 4 * B, "no_peephole"),
    ("peephole", 4 * B + 3 * 400, "matrix_peephole"),
    ("peephole", 4 * B + 80, "four_peepholes"),
    ("peephole", 4 * B + 20, "one_peephole"),
    ("peephole", 4 * B + 3, "single_peephole"),
    ("peephole", 3 * B + 60, "blocks"),
    ("peephole", 4 * (B - 20) + 60, "no_bias"),
    ("saved", 2 * B, "blocks"),
    ("saved", B - 20, "no_bias"),
    ("saved", 220, "no_recurrent"),
]


@pytest.mark.parametrize(("net", "claim", "slip"), MISTAKES)
def test_a_known_mistake_is_found_and_laid_beside(net: str, claim: int, slip: str) -> None:
    frame = frames(net, claim=str(claim))[-1]
    assert frame.about_claim
    assert frame.metrics["claim_slips"] == [slip]
    assert f"{claim:,}" in frame.caption.ja
    assert f"{claim:,}" in frame.caption.en
    table, bars = frame.panels
    assert isinstance(table, Table)
    assert isinstance(bars, Bars)
    said = [int(row[-1].en.replace(",", "")) for row in table.rows]
    assert sum(said[:-1]) == said[-1] == claim  # the parts that are shown make the whole
    assert bars.bars[-1].value == claim
    wrong = {row for row, _ in table.claim}
    right = [int(row[-2].en.replace(",", "")) for row in table.rows]
    assert wrong == {row for row, pair in enumerate(zip(said, right, strict=True)) if pair[0] != pair[1]}


def test_two_slips_at_once_are_both_named() -> None:
    found = find_slips(Counting(10, 20, 4), 3 * (B - 20), True)
    assert found is not None
    assert found.slips == ("blocks", "no_bias")
    caption = frames(claim=str(3 * (B - 20)))[-1].caption
    assert "3 つ" in caption.ja
    assert "60 個" in caption.ja


@pytest.mark.parametrize(("claim", "words"), [("2000", "480 個足りません"), ("3001", "521 個多すぎます")])
def test_a_number_of_no_known_origin_is_off_by_so_much(claim: str, words: str) -> None:
    frame = frames(claim=claim)[-1]
    assert words in frame.caption.ja
    assert frame.metrics["claim_slips"] is None


def test_what_the_gru_keeps_is_not_what_it_saves() -> None:
    assert "GRU に残る" in frames("saved", claim=str(3 * B))[-1].caption.ja
    assert "LSTM 全体" in frames("saved", claim=str(4 * B))[-1].caption.ja


def test_right_number_agrees_also_as_an_expression() -> None:
    for claim in ("2480", "4*(I*H + H**2 + H)"):
        frame = frames(claim=claim)[-1]
        assert frame.metrics["claim"] == 2480
        assert frame.metrics["claim_slips"] == []
        assert "一致" in frame.caption.ja
        table = frame.panels[0]
        assert isinstance(table, Table)
        assert not table.claim


@pytest.mark.parametrize("claim", ["2.5", "-3", "I*q", "1e300", "[1, 2]", "H/0", "(", "I*H +"])
def test_what_is_no_number_of_parameters_is_said_so(claim: str) -> None:
    frame = frames(claim=claim)[-1]
    assert frame.about_claim
    assert "読めません" in frame.caption.ja
    assert frame.metrics["claim"] is None
