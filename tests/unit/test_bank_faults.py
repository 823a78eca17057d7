"""Broken banks, one fault each: the message names the line, the question, what is wrong and what to do."""

import textwrap
from pathlib import Path

import pytest

from engine.bank.lint import lint
from engine.bank.load import load
from engine.bank.problems import Problem

GOOD = textwrap.dedent(
    """\
    topic: sample
    title: {ja: 見本, en: Sample}
    questions:
      - id: size
        kind: shape
        vary: {n: [5, 6], k: [3]}
        ask: {ja: "{n} と {k} は？", en: "{n} and {k}?"}
        answer: [n - k + 1, n - k + 1]
        mistakes:
          - id: none-added
            answer: [n - k, n - k]
            why: {ja: 1 を忘れています。, en: The 1 is missing.}
        explain: {ja: 数えます。, en: Count.}
        sim: {name: convolution, with: {size: n, kernel: k, stride: "1", padding: "0", claim: $answer}}
        proof: {sim: output_shape}
        accept: [3x3]
      - id: pick
        kind: choice
        ask: {ja: どれ？, en: Which?}
        options:
          - {id: a, text: {ja: あ, en: A}, right: true}
          - {id: b, text: {ja: い, en: B}, why: {ja: 違います。, en: No.}}
        explain: {ja: あ です。, en: It is A.}
        sim: {name: cec}
        proof: {none: a definition}
    """
)

FAULTS = [
    # (what is replaced, by what, line, question, part of the message)
    ("kind: shape", "kind: shap", 5, "size", "Did you mean shape?"),
    ("    kind: shape\n", "", 4, "size", "kind is missing"),
    ("explain: {ja: 数えます。, en: Count.}", "explain: {ja: 数えます。}", 13, "size", "explain has no English"),
    ("    explain: {ja: 数えます。, en: Count.}\n", "", 4, "size", "explain is missing"),
    ("why: {ja: 1 を忘れています。, en: The 1 is missing.}", "whi: {ja: あ, en: b}", 12, "size", "Did you mean why?"),
    ("accept: [3x3]", "accept: 3x3", 16, "size", "accept has the wrong type"),
    ("accept: [3x3]", "difficulty: 9", 16, "size", "out of range"),
    ("accept: [3x3]", "difficulty: high", 16, "size", "a whole number"),
    ("id: size", "id: Size One", 4, "Size One", "wrong form"),
    ("id: pick", "id: size", 17, "size", "already used"),
    ("    proof: {sim: output_shape}\n", "", 4, "size", "proof is missing"),
    ("proof: {sim: output_shape}", "proof: {none: why not}", 15, "size", "needs a proof"),
    ("proof: {sim: output_shape}", "proof: {sim: output_shape, derivative: true}", 15, "size", "exactly one way"),
    ("name: convolution", "name: convolutoin", 14, "size", "Did you mean convolution?"),
    ("padding: ", "paddding: ", 14, "size", "Did you mean padding?"),
    ('padding: "0"', 'padding: "99"', 14, "size", "0..16"),
    ("answer: [n - k + 1, n - k + 1]", "answer: [n - q + 1, n]", 4, "size", "no variable q"),
    ("answer: [n - k + 1, n - k + 1]", "answer: [n/k, n]", 4, "size", "whole"),
    ("answer: [n - k + 1, n - k + 1]", "answer: [n.real, n]", 4, "size", "not arithmetic"),
    ('en: "{n} and {k}?"', 'en: "{n and {k}?"', 4, "size", "brace"),
    ('en: "{n} and {k}?"', 'en: "{m} and {k}?"', 4, "size", "no variable m"),
    ("vary: {n: [5, 6], k: [3]}", "vary: {n: [5, 6], k: [3], q: [1]}", 6, "size", "used nowhere"),
    ("vary: {n: [5, 6], k: [3]}", "vary: {n: [5, 6], k: [3]}\n    where: n > 9", 7, "size", "original item"),
    ("right: true}", "right: false, why: {ja: 違, en: No.}}", 21, "pick", "0 options"),
    ("en: B}, why: {ja: 違います。, en: No.}}", "en: B}}", 22, "pick", "no why"),
    ("{id: b, text: {ja: い, en: B}", "{id: a, text: {ja: い, en: B}", 21, "pick", "repeated"),
    ("{id: b, text: {ja: い, en: B}", "{id: b, text: {ja: い, en: A}", 21, "pick", "the same"),
    ("{id: b, text: {ja: い, en: B}", "{id: b", 22, "pick", "either text or code"),
    ("topic: sample", "topic: sample\ntopic: again", 2, "", "occurs twice"),
    ("topic: sample", "topic: &x sample", 1, "", "Anchors"),
    ("topic: sample", "topic: *x", 1, "", "Anchors"),
    ("topic: sample", "topic: !!python/object/apply:os.system [ls]", 1, "", "Tags"),
    ("topic: sample", "topic: [sample", 2, "", "Not readable as YAML"),
    ("topic: sample", "\ttopic: sample", 1, "", "Not readable as YAML"),
    ("en: Count.", "en: 'Count\x7f'", 13, "", "character"),
    ("title: {ja: 見本, en: Sample}", "titel: {ja: 見本, en: Sample}", 2, "", "Did you mean title?"),
    ("    accept: [3x3]", "    accept: [4x4]", 16, "size", "graded wrong"),
    ("    accept: [3x3]", "    reject: [3x3]", 16, "size", "graded correct"),
]  # fmt: skip


def problems_of(path: Path) -> list[Problem]:
    library = load([path])
    return sorted([*library.problems, *(problem for source in library.sources for problem in lint(source))])


def test_the_sample_itself_is_good(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(GOOD, encoding="utf-8")
    assert problems_of(tmp_path / "bank.yaml") == []


@pytest.mark.parametrize(("old", "new", "line", "question", "message"), FAULTS)
def test_a_fault_is_placed_and_named(
    tmp_path: Path, old: str, new: str, line: int, question: str, message: str
) -> None:
    assert old in GOOD
    bank = tmp_path / "bank.yaml"
    bank.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    found = problems_of(bank)
    assert [problem for problem in found if message in f"{problem.what.en} {problem.mend.en}"], found
    first = next(problem for problem in found if message in f"{problem.what.en} {problem.mend.en}")
    assert (first.line, first.question) == (line, question)
    assert first.as_line("en").startswith(f"{bank}:{line}:{first.column}:")
    assert first.what.ja != first.what.en


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    broken = GOOD.replace("kind: shape", "kind: shap").replace("en: No.}", "eng: No.}").replace("topic: sample", "")
    bank.write_text(broken, encoding="utf-8")
    assert len(problems_of(bank)) >= 4  # kind, en, eng, topic


def test_good_banks_open_beside_broken_ones(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("topic: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    library = load([tmp_path])
    assert [bank.topic for bank in library.banks] == ["sample"]
    assert len(library.problems) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\x01\x02", b"\xff\xfe\x00", b"a: " + b"[" * 5000, b"a: {b: " * 3000, b"- " * 20000,
        b"x" * 1_100_000, b"? [a]: b", b"--- a\n--- b", b"topic", b"- topic", b"questions: {}",
    ],
)  # fmt: skip
def test_what_is_no_bank_at_all_gives_one_message(tmp_path: Path, data: bytes) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_bytes(data)
    found = problems_of(bank)
    assert found
    assert all(problem.line >= 1 and problem.what.ja for problem in found)


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    assert "Cannot be opened" in problems_of(tmp_path / "none.yaml")[0].what.en
    assert "no bank here" in problems_of(tmp_path)[0].what.en
