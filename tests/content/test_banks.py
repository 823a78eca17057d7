"""Every shipped question: proven at its variants, readable, complete in both languages."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from engine.bank.ask import ask, ask_values
from engine.bank.load import SHIPPED, load
from engine.bank.model import Bank, Code, Essay, Question
from engine.bank.proof import prove
from engine.bank.survey import survey
from engine.bank.variants import variants
from engine.drawing.width import cell_width
from engine.grading.grade import grade, reading
from engine.grading.shown import shown_key
from engine.study.look import look_at

LIBRARY = load([SHIPPED])
QUESTIONS = LIBRARY.questions()
SEEDS = range(12)

# The items of the course's note, in its order: none may be missing.
ITEMS = set(
    """
conv-output-size conv-same-padding rnn-third-weight rnn-tree-merge chain-rule-square rnn-y1 bptt-delta
sigmoid-derivative-max gradient-clipping lstm-forget-word lstm-cell-update cec-derivative cec-problem lstm-problem
gates-purpose forget-gate-purpose peephole-purpose gru-hidden-update lstm-vs-gru rnn-parameters lstm-parameters
gru-parameters
""".split()  # noqa: SIM905  (a list reads worse)
)


def ids(found: tuple[Bank, Question]) -> str:
    return found[1].id


def test_the_banks_are_without_fault() -> None:
    assert [problem.as_line("en") for problem in LIBRARY.problems] == []
    assert [problem.as_line("en") for problem in survey([SHIPPED]).problems] == []


def test_no_item_of_the_note_is_missing() -> None:
    there = {question.id for _, question in QUESTIONS}
    assert there >= ITEMS
    assert len([name for name in there if name.startswith("handson-try-")]) >= 7


@pytest.mark.parametrize("found", QUESTIONS, ids=ids)
def test_the_key_is_proven_and_mistakes_are_mistakes(found: tuple[Bank, Question]) -> None:
    assert [failure.en for failure in prove(found[1]).failures] == []


@pytest.mark.parametrize("found", QUESTIONS, ids=ids)
def test_its_own_key_is_graded_correct_at_any_seed(found: tuple[Bank, Question]) -> None:
    bank, question = found
    for seed in SEEDS:
        asked = ask(question, bank.topic, seed)
        for key in {shown_key(asked).ja, shown_key(asked).en}:
            assert grade(asked, key).outcome == "correct", (seed, key)
            assert reading(asked, key) or isinstance(question, Essay)


@pytest.mark.parametrize("found", QUESTIONS, ids=ids)
def test_every_sentence_is_there_in_both_languages(found: tuple[Bank, Question]) -> None:
    bank, question = found
    asked = ask(question, bank.topic)
    texts = [asked.ask, asked.explain, *asked.hints, *([asked.note] if asked.note else [])]
    texts += [text for option in asked.choices for text in (option.why, option.evidence) if text]
    for text in texts:
        assert text.ja != text.en
        assert not any("ぁ" <= character <= "ヿ" for character in text.en if character not in "スライドトー")
        assert "{" not in text.ja + text.en or "{{" in question.ask.ja


@pytest.mark.parametrize("found", QUESTIONS, ids=ids)
def test_it_can_be_looked_into_with_a_wrong_answer(found: tuple[Bank, Question]) -> None:
    bank, question = found
    asked = ask(question, bank.topic)
    if isinstance(question, Essay):
        verdict = None
    else:
        wrong = next((place for place, option in enumerate(asked.choices, 1) if not option.right), None)
        answer = str(wrong) if wrong else next(iter(question.reject), "1")
        verdict = grade(asked, answer)
    look = look_at(asked, verdict)
    frame = next(iter(look.simulation.run(look.values)))
    assert frame.step == 1
    assert frame.caption.ja
    assert frame.caption.en


@pytest.mark.parametrize("found", [found for found in QUESTIONS if found[1].code], ids=ids)
def test_code_fits_the_narrow_screen(found: tuple[Bank, Question]) -> None:
    bank, question = found
    for values in itertools.islice(variants(question), 20):
        asked = ask_values(question, bank.topic, 0, values)
        assert max(cell_width(line) for line in asked.code.splitlines()) <= 36
    if isinstance(question, Code):
        assert {option.code for option in question.options}


@pytest.mark.parametrize("page_path", [SHIPPED / "README.md", SHIPPED.parent / "README.md"], ids=["format", "front"])
def test_the_bank_that_a_page_shows_is_a_good_one(tmp_path: Path, page_path: Path) -> None:
    """What someone copies from a page passes the checker, proofs included."""
    page = page_path.read_text(encoding="utf-8")
    blocks = [block.partition("\n")[2] for block in page.split("```yaml")[1:]]
    banks = [block.partition("```")[0] for block in blocks if "topic:" in block.partition("```")[0]]
    assert banks
    (tmp_path / "bank.yaml").write_text(banks[0], encoding="utf-8")
    command = [sys.executable, "-m", "engine", "check", "--prove", "--lang", "en", str(tmp_path / "bank.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
