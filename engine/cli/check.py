"""``peephole check``: every fault of the given banks, with its place and its mend; with ``--prove`` every key."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.bank.problems import Problem
from engine.bank.survey import Survey, survey
from engine.cli.context import PROBLEMS, Context
from engine.cli.loading import LoadingLine
from sims.text import Text

if TYPE_CHECKING:
    from engine.bank.proof import Proven

MOST_FAILURES = 5  # reported of one question
PROVING = Text("証明しています", "Proving")
CHECKING = Text("問題を調べています", "Checking the banks")


def run(context: Context) -> int:
    """Report all problems; 0 if there is none, else 1."""
    with context.progress(CHECKING) as progress:
        found = survey([Path(path) for path in context.options.paths] or context.bank_paths(), progress.show)
    for problem in found.problems:
        _report(context, problem)
    with context.progress(PROVING) as progress:
        proven = list(_prove(context, found, progress)) if context.options.prove else []
    failed = sum(bool(proof.failures) for proof, _ in proven)
    if not context.options.json:
        if context.options.prove:
            from engine.cli.proofs import table

            context.say(table(found.library, proven, context.language))
        context.say(_summary(found, failed))
    return PROBLEMS if found.problems or failed else 0


def _summary(found: Survey, failed: int) -> Text:
    files, count, problems = len(found.library.banks), len(found.library.questions()), len(found.problems)
    ja, en = (
        f"{files} ファイル、{count} 問、誤り {problems} 件",
        ", ".join((_many(files, "bank"), _many(count, "question"), _many(problems, "problem"))),
    )
    return (
        Text(f"{ja}、証明できない {failed} 問。", f"{en}, {failed} unproven.") if failed else Text(f"{ja}。", f"{en}.")
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _report(context: Context, problem: Problem) -> None:
    if context.options.json:
        context.say_json(as_json(problem))
    else:
        context.say(problem.as_line(context.language))


def as_json(problem: Problem) -> dict[str, Any]:
    """``problem`` for an editor: file, line, column, id, what, mend; the sentences in both languages."""
    return {
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "id": problem.question,
        "what": asdict(problem.what),
        "mend": asdict(problem.mend),
    }


def _prove(context: Context, found: Survey, progress: LoadingLine) -> "Iterator[tuple[Proven, float]]":
    """Prove every question that is without fault; each failure is reported where the question begins."""
    from engine.bank.proof import prove  # runs simulations and code: NumPy

    for done, (bank, question) in enumerate(found.sound):
        progress.show(done, len(found.sound), question.id)
        start = time.monotonic()
        proof = prove(question)
        seconds = time.monotonic() - start
        path, line, column = found.places[question.id] if proof.failures else ("", 1, 1)
        for failure in _shortened(proof.failures):
            progress.clear()
            _report(context, Problem(path, line, column, question.id, failure, Text("", "")))
        if context.options.json:
            progress.clear()
            context.say_json(
                {
                    "id": question.id,
                    "topic": bank.topic,
                    "proof": proof.means,
                    "variants": proof.variants,
                    "seconds": round(seconds, 3),
                    "proven": not proof.failures,
                    "reason": question.proof.none,
                }
            )
        yield proof, seconds


def _shortened(failures: Sequence[Text]) -> list[Text]:
    """The first few: what is wrong at one variant is often wrong at two hundred."""
    rest = len(failures) - MOST_FAILURES
    more = [Text(f"ほかに {rest} 件あります。", f"And {rest} more.")] if rest > 0 else []
    return [*failures[:MOST_FAILURES], *more]
