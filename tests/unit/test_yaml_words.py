"""The slips that are often made in YAML are told in Japanese words; the rare ones are said to be told in English."""

from pathlib import Path

import pytest
import yaml

from engine.bank.load import load
from engine.bank.yaml_words import unreadable

OFTEN = {
    "colon in a sentence": "a: b: c",
    "sequence left open": "a: [1, 2",
    "mapping left open": "a: {x: 1",
    "quote left open": "a: 'x",
    "indentation": "a:\n  - 1\n b: 2",
    "tab": "a:\n\t- b",
    "key without colon": "a: 1\nb",
    "words after a quote": 'key: "x" y',
    "key among entries": "- a\nb: c",
    "backslash": 'a: "\\q"',
}


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the words are libyaml's")
@pytest.mark.parametrize("text", OFTEN.values(), ids=OFTEN)
def test_a_frequent_slip_is_told_without_english(tmp_path: Path, text: str) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(text, encoding="utf-8")
    (problem,) = load([bank]).problems
    assert problem.what.ja.removeprefix("YAML として読めません: ").isascii() is False
    assert "英語" not in problem.what.ja
    assert problem.what.en.startswith("Not readable as YAML: ")


def test_a_rare_one_keeps_its_words_and_says_that_they_are_english() -> None:
    assert unreadable("found a thing").ja == "YAML として読めません（英語の説明: found a thing）。"
