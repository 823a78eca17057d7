"""``peephole check``: every fault of the given banks, with its place and its mend; with ``--prove`` every key."""

import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from engine.bank.lint import lint
from engine.bank.load import SHIPPED, Library, load
from engine.cli.context import PROBLEMS, Context
from sims.text import Text


def run(context: Context) -> int:
    """Report all problems; 0 if there is none, else 1."""
    library = load([Path(path) for path in context.options.paths] or [SHIPPED])
    problems = sorted({*library.problems, *(problem for source in library.sources for problem in lint(source))})
    for problem in problems:
        if context.options.json:
            context.say_json(asdict(problem))
        else:
            context.say(problem.as_line(context.language))
    unproven = _prove(context, library) if context.options.prove else False
    if not context.options.json:
        files, count = len(library.banks), len(library.questions())
        context.say(
            Text(
                f"{files} ファイル、{count} 問、誤り {len(problems)} 件。",
                f"{files} banks, {count} questions, {len(problems)} problems.",
            ).get(context.language)
        )
    return PROBLEMS if problems or unproven else 0


def _prove(context: Context, library: Library) -> bool:
    """Prove every question that could be read, report failures and a table; True if any failed."""
    from engine.bank.proof import prove  # runs simulations and code: NumPy

    questions = library.questions()
    by_means: Counter[str] = Counter()
    variants = failed = 0
    start = time.monotonic()
    for done, (bank, question) in enumerate(questions, 1):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} / {len(questions)} {question.id:<40}")
        proven = prove(bank, question)
        by_means[proven.means] += 1
        variants += proven.variants
        failed += bool(proven.failures)
        if context.options.json:
            context.say_json(asdict(proven))
        for failure in () if context.options.json else proven.failures:
            context.say(f"{question.id}: {failure.get(context.language)}")
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 60 + "\r")
    if not context.options.json:
        means = ", ".join(f"{name} {count}" for name, count in sorted(by_means.items()))
        seconds = time.monotonic() - start
        context.say(
            Text(
                f"証明: {len(questions) - failed} / {len(questions)} 問、{variants} 通り（{means}）、{seconds:.1f} 秒",
                f"{len(questions) - failed} of {len(questions)} proven, {variants} variants ({means}), {seconds:.1f} s",
            ).get(context.language)
        )
        context.say(_unproven(library, context))
    return failed > 0


def _unproven(library: Library, context: Context) -> str:
    """The questions that have nothing to compute, with their reasons."""
    lines = [f"  {question.id}: {question.proof.none}" for _, question in library.questions() if question.proof.none]
    title = Text(f"計算する対象がない {len(lines)} 問:", f"{len(lines)} with nothing to compute:").get(context.language)
    return "\n".join([title, *lines]) if lines else ""
