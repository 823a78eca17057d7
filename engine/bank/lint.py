"""What a question's types cannot say: faults of meaning, found at every variant. ``peephole check`` reports them."""

from collections.abc import Iterator

from engine.bank.ask import ask
from engine.bank.lint_drawn import drawn
from engine.bank.lint_written import dead_link, written
from engine.bank.model import Code, Question, Symbolic
from engine.bank.problems import Fault
from engine.bank.variants import domain
from engine.grading.grade import grade
from sims.text import Text


def faults(question: Question) -> list[Fault]:
    """Every fault of meaning in one question. What has no simulation cannot be drawn, what is faulty not be graded."""
    found = list(written(question))
    if not any(dead_link(question)) and all(domain(question).values()):
        known = {steps for steps, _, _ in found}
        found += [fault for fault in drawn(question) if fault[0] not in known]
    if not found and not isinstance(question, (Code, Symbolic)):  # those need NumPy or mpmath: --prove grades them
        found += examples(question)
    return found


def examples(question: Question) -> Iterator[Fault]:
    """``accept`` and ``reject`` answers that are graded otherwise, at the original item."""
    asked = ask(question, "")
    for field, answers, good in (
        ("accept", question.accept, ("correct",)),
        ("reject", question.reject, ("wrong", "partial")),
    ):
        for index, answer in enumerate(answers):
            outcome = grade(asked, answer).outcome
            if outcome not in good:
                yield (
                    (field, index),
                    Text(
                        f"{field} の {answer} は {outcome} と採点されます。", f"{field}: {answer} is graded {outcome}."
                    ),
                    Text("正解か例を直してください。", "Correct the key or the example."),
                )
