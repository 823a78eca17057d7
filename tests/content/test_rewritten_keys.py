"""Every key of every bank: right in any spelling, and not right one step away from it."""

import pytest

from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.load import SHIPPED, load
from engine.bank.model import Bank, Question
from engine.grading.grade import grade
from tests.answers import perturbations, spellings
from tests.answers.keys import OTHERS

QUESTIONS = load([SHIPPED]).questions()
SEEDS = range(4)


def ids(found: tuple[Bank, Question]) -> str:
    return found[1].id


def name(asked: Asked) -> str:
    return ascii(asked.key)[:70]


def assert_right_in_any_spelling(asked: Asked) -> None:
    texts = spellings(asked)
    assert len(texts) >= 10
    verdicts = {text: grade(asked, text) for text in texts}
    missed = {text: (got.outcome, got.named) for text, got in verdicts.items() if got.outcome != "correct"}
    assert missed == {}, f"seed {asked.seed}"


def assert_not_right_a_step_away(asked: Asked) -> None:
    texts = perturbations(asked)
    assert len(texts) >= 3
    assert [text for text in texts if grade(asked, text).outcome == "correct"] == [], f"seed {asked.seed}"


@pytest.mark.parametrize("found", QUESTIONS, ids=ids)
def test_a_key_is_right_in_any_spelling(found: tuple[Bank, Question]) -> None:
    for seed in SEEDS:
        assert_right_in_any_spelling(ask(found[1], found[0].topic, seed))


@pytest.mark.parametrize("found", QUESTIONS, ids=ids)
def test_a_step_away_from_a_key_is_not_right(found: tuple[Bank, Question]) -> None:
    for seed in SEEDS:
        assert_not_right_a_step_away(ask(found[1], found[0].topic, seed))


@pytest.mark.parametrize("asked", OTHERS, ids=name)
def test_keys_of_other_forms_are_graded_alike(asked: Asked) -> None:
    assert_right_in_any_spelling(asked)
    assert_not_right_a_step_away(asked)
