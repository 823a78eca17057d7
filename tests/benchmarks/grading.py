"""Grading: how soon there is a verdict, beside sympy on the same expressions, and the rate of ``peephole grade``."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.bank.ask import ask
from engine.bank.asked import Asked, ChoiceKey, NumberKey, ShapeKey, SymbolicKey
from engine.bank.load import SHIPPED, load
from engine.grading import compare, diagnosis, symbolic_key
from engine.grading.grade import grade
from tests.answers import perturbations, spellings
from tests.answers.attacks import ATTACKS
from tests.answers.keys import OTHERS
from tests.benchmarks.grading_pairs import Judge, judged, pairs
from tests.benchmarks.measure import Row

SIMPLE = (ShapeKey, NumberKey, ChoiceKey)
MOST = 4000  # answers of either sort that are timed
ROUNDS = 3
SIMPLE_LINES, SYMBOLIC_LINES = 12_000, 2_000
ROOT = Path(__file__).parents[2]


def rows() -> list[Row]:
    """Times over the banks' keys and those of :mod:`tests.answers.keys`; sympy beside the banks'; lines a second."""
    shipped = [ask(question, bank.topic) for bank, question in load([SHIPPED]).questions()]
    every = [*shipped, *OTHERS]
    simple = [asked for asked in every if isinstance(asked.key, SIMPLE)]
    symbolic = [asked for asked in every if isinstance(asked.key, SymbolicKey)]
    return [
        *_times(simple, symbolic),
        *_beside_sympy(judged(pairs([one.key for one in shipped if isinstance(one.key, SymbolicKey)]))),
        _rate("shape, number, choice", [one for one in simple if one in shipped], SIMPLE_LINES, 2000),
        _rate("symbolic", [one for one in symbolic if one in shipped], SYMBOLIC_LINES, 100),
    ]


def _times(simple: list[Asked], symbolic: list[Asked]) -> Iterator[Row]:
    spent = _verdict_times(_answers(simple))
    yield _row("shape, number, choice: p95", _share(spent, 0.95), 1, f"of {len(spent)}, worst {_ms(spent[-1])}")
    spent = _verdict_times(_answers(symbolic))
    yield _row("symbolic: p95", _share(spent, 0.95), 10, f"of {len(spent)}, median {_ms(_share(spent, 0.5))}")
    yield _row("symbolic: worst", spent[-1], 50, "attacks among them")
    first = max(_first(asked) for asked in symbolic)
    yield _row("symbolic: worst first answer", first, 50, "nothing prepared")


def _row(name: str, seconds: float, most: int, more: str) -> Row:
    return Row(f"grading: {name}", f"≤ {most} ms", f"{_ms(seconds)} ({more})", 1000 * seconds, 1000 * seconds <= most)


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.1f} s"


def _share(ordered: list[float], share: float) -> float:
    return ordered[int(share * (len(ordered) - 1))]


def _answers(questions: list[Asked]) -> list[tuple[Asked, str]]:
    """Right, wrong and hostile answers, the same ones in every run."""
    found = [
        (asked, text)
        for asked in questions
        for text in (*asked.question.accept, *asked.question.reject, *spellings(asked), *perturbations(asked))
    ]
    chosen = random.Random(0).sample(found, min(MOST, len(found)))  # noqa: S311  (reproducible, not secret)
    return [*chosen, *((asked, text) for asked in questions[:3] for text in ATTACKS)]


def _verdict_times(answers: Iterable[tuple[Asked, str]]) -> list[float]:
    """The seconds for each verdict, the best of some, in order."""
    return sorted(min(_timed(asked, text) for _ in range(ROUNDS)) for asked, text in answers)


def _timed(asked: Asked, text: str) -> float:
    start = time.perf_counter()
    grade(asked, text)
    return time.perf_counter() - start


def _first(asked: Asked) -> float:
    """The seconds for a wrong answer to a question that nobody has answered yet."""
    best = float("inf")
    for _ in range(ROUNDS):
        for module in (compare, diagnosis, symbolic_key):
            for cached in vars(module).values():
                if hasattr(cached, "cache_clear"):
                    cached.cache_clear()
        best = min(best, _timed(asked, "1 + 1/7"))
    return best


def _beside_sympy(judges: dict[str, Judge]) -> Iterator[Row]:
    ours = judges["ours"]
    for name, judge in judges.items():
        spent = sorted(judge.seconds)
        wrong = judge.refused_right + judge.accepted_wrong
        figure = (
            f"{wrong} of {len(spent)} wrong ({judge.refused_right} right ones refused), "
            f"p95 {_ms(_share(spent, 0.95))}, worst {_ms(spent[-1])}"
        )
        ratio = _share(spent, 0.95) / _share(sorted(ours.seconds), 0.95)
        if judge is ours:
            yield Row("grading: our comparison", "0 wrong", figure, ratio, wrong == 0)
        else:
            yield Row(f"grading: sympy's {name} on the same pairs", "none, for comparison", figure, ratio, True)


def _rate(name: str, questions: list[Asked], lines: int, least: int) -> Row:
    """Verdicts a second of the whole command, from its start to its end."""
    rng = random.Random(1)  # noqa: S311  (reproducible, not secret)
    found = [(asked.id, text) for asked in questions for text in (*spellings(asked), *perturbations(asked))]
    given = "\n".join(json.dumps({"question": id_, "answer": text}) for id_, text in rng.choices(found, k=lines))
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "engine", "grade"], input=given, capture_output=True, text=True, encoding="utf-8",
            check=True, cwd=ROOT, env={**os.environ, "PEEPHOLE_HOME": home},
        )  # fmt: skip
        rate = lines / (time.perf_counter() - start)
    whole = done.stdout.count("\n") == lines
    return Row(f"grade: {name}", f"≥ {least:,} a second", f"{rate:,.0f} a second", rate, rate >= least and whole)
