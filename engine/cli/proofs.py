"""The table of ``check --prove``: by topic, how much was proven and by what; then what has nothing to compute."""

from collections import Counter
from collections.abc import Mapping, Sequence

from engine.bank.load import Library
from engine.bank.model import MEANS
from engine.bank.proof import Proven
from engine.drawing.width import cell_width, fill
from sims.text import Language, Text

Timed = tuple[Proven, float]
HEADS = (Text("単元", "topic"), Text("問題", "questions"), Text("変化形", "variants"))
SECONDS = Text("秒", "seconds")
TOTAL = Text("合計", "total")


def table(library: Library, proven: Sequence[Timed], language: Language) -> str:
    """The whole table as text, a line a topic."""
    by_question = {proof.question: (proof, seconds) for proof, seconds in proven}
    rows = [[head.get(language) for head in (*HEADS, *map(_as_head, MEANS), SECONDS)]]
    for bank in library.banks:
        own = [by_question[question.id] for question in bank.questions if question.id in by_question]
        rows.append(_row(bank.topic, own))
    if len(library.banks) > 1:
        rows.append(_row(TOTAL.get(language), proven))
    return "\n".join([*_lines(rows), *_unproven(library, by_question, language)])


def _as_head(means: str) -> Text:
    return Text(means, means)


def _row(name: str, proven: Sequence[Timed]) -> list[str]:
    means = Counter(proof.means for proof, _ in proven)
    variants = sum(proof.variants for proof, _ in proven)
    seconds = sum(seconds for _, seconds in proven)
    counts = [str(means[name]) if means[name] else "" for name in MEANS]
    return [name, str(len(proven)), f"{variants:,}", *counts, f"{seconds:.1f}"]


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(cell_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            fill(cell, width, right=place > 0) for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _unproven(library: Library, proven: Mapping[str, Timed], language: Language) -> list[str]:
    """The questions that have nothing to compute, with their reasons."""
    found = [question for _, question in library.questions() if question.proof.none and question.id in proven]
    title = Text(f"計算する対象がない {len(found)} 問:", f"{len(found)} with nothing to compute:").get(language)
    return [title, *(f"  {question.id}: {question.proof.none}" for question in found)] if found else []
