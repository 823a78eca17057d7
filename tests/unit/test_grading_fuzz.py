"""Two hundred thousand texts through every kind of grading: only the outcomes that are declared, and at once.

``python -m pytest -m slow tests/unit/test_grading_fuzz.py`` takes some minutes.
"""

import random
import time
import unicodedata
from itertools import islice
from typing import get_args

import pytest

from engine.bank.ask import ask
from engine.bank.asked import Asked, ChoiceKey, CodeKey, Key, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.load import SHIPPED, load
from engine.drawing.verdict import feedback
from engine.grading.grade import grade, reading
from engine.grading.verdict import Outcome, Verdict
from tests.answers import perturbations, spellings
from tests.answers.fuzz import texts
from tests.answers.keys import OTHERS

CHUNKS, TEXTS = 16, 12_500
LONGEST = 0.05  # seconds; what takes longer is timed again, for the machine may have been busy
OUTCOMES = get_args(Outcome)
KINDS: tuple[type[Key], ...] = (SymbolicKey, NumberKey, ShapeKey, ChoiceKey, CodeKey, TextKey)


def questions() -> dict[type[Key], list[Asked]]:
    """Questions of every kind, those of the banks and others."""
    shipped = [ask(question, bank.topic, seed) for bank, question in load([SHIPPED]).questions() for seed in (0, 4)]
    return {kind: [asked for asked in (*shipped, *OTHERS) if isinstance(asked.key, kind)] for kind in KINDS}


def assert_declared(asked: Asked, text: str, verdict: Verdict) -> None:
    """What every verdict promises."""
    assert verdict.outcome in OUTCOMES
    assert 0 <= verdict.score <= 1
    assert (verdict.score > 0) == (verdict.outcome in ("correct", "partial"))
    assert verdict.named is not None or verdict.outcome in ("correct", "partial")
    assert verdict.caret is None or 0 <= verdict.caret.offset <= len(text)
    words = feedback(asked, verdict, None)
    said = words.ja + words.en + verdict.reading + verdict.claim
    assert all(unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co") for one in said if one != "\n")


def shortest(asked: Asked, text: str) -> float:
    """The seconds for one verdict, where nothing else gets in its way."""
    times = []
    for _ in range(7):
        start = time.perf_counter()
        grade(asked, text)
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_any_text_has_a_declared_verdict_at_once(chunk: int) -> None:
    rng = random.Random(f"questions:{chunk}")  # noqa: S311  (reproducible, not secret)
    asked_of = questions()
    answers = [
        text
        for of_kind in asked_of.values()
        for asked in rng.sample(of_kind, 5)
        for text in (*spellings(asked), *perturbations(asked))
    ]
    slow: list[tuple[float, str, str]] = []
    for number, text in enumerate(islice(texts(chunk, answers), TEXTS)):
        for of_kind in asked_of.values():
            asked = rng.choice(of_kind)
            start = time.perf_counter()
            verdict = grade(asked, text)
            spent = time.perf_counter() - start
            assert_declared(asked, text, verdict)
            if spent > LONGEST and (again := shortest(asked, text)) > LONGEST:
                slow.append((again, asked.id, text))
            if number % 10 == 0:
                assert isinstance(reading(asked, text), str)
    assert slow == []
