"""Every key of every bank, changed one at a time: `check --prove` must notice each."""

from collections.abc import Iterator
from dataclasses import replace as replaced

import pytest
from msgspec.structs import replace

from engine.bank.lint import faults
from engine.bank.load import SHIPPED, load
from engine.bank.model import Bank, Choice, Code, Count, Essay, Option, Question, Shape, Symbolic
from engine.bank.proof import prove
from engine.bank.variants import MOST_SAMPLED

QUESTIONS = load([SHIPPED]).questions()
FEW = 2  # variants, the original among them: most changes show there already
NONSENSE = "かかしquux"
Mutant = tuple[str, Question]


def mutants(question: Question) -> Iterator[Mutant]:
    """``question`` with one thing changed that decides what is right, each with what was changed."""
    match question:
        case Shape(answer=sizes):
            for axis, size in enumerate(sizes):
                yield f"axis {axis}", replace(question, answer=(*sizes[:axis], f"({size}) + 1", *sizes[axis + 1 :]))
            yield "one axis more", replace(question, answer=(*sizes, "1"))
        case Count(answer=value):
            for other in (f"({value}) + 1", f"2*({value})", f"{value} - 1"):
                yield other, replace(question, answer=other)
        case Choice() | Code():
            yield from moved(question)
        case Symbolic():
            yield from perturbed(question)
        case Essay():
            yield from reworded(question)


def moved(question: Choice | Code) -> Iterator[Mutant]:
    """Another option is right, and the one that was gets a reason why it is not."""
    why = next(option.why for option in question.options if option.why is not None)
    for place, option in enumerate(question.options):
        if getattr(question, "multiple", False):
            options = list(question.options)
            options[place] = turned(option, not option.right, why)
        elif option.right:
            continue
        else:
            options = [turned(each, each is option, why) for each in question.options]
        yield option.id, replace(question, options=tuple(options))


def turned(option: Option, right: bool, why: object) -> Option:
    return replace(option, right=right, why=None if right else option.why or why)


def perturbed(question: Symbolic) -> Iterator[Mutant]:
    """A term or a factor more; where the key is derived, another definition or another variable."""
    if question.derive is None:
        for name in question.variables:
            yield f"+ {name}", replace(question, answer=f"({question.answer}) + {name}")
        yield "twice", replace(question, answer=f"2*({question.answer})")
        return
    derive = question.derive
    for name, definition in derive.given.items():
        for change in (f"({definition}) + {derive.wrt}", f"({definition})*{derive.wrt}"):
            yield f"{name}: {change}", replace(question, derive=replace(derive, given={**derive.given, name: change}))
    for other in question.variables:
        if other != derive.wrt:
            yield f"by {other}", replace(question, derive=replace(derive, wrt=other))


def reworded(question: Essay) -> Iterator[Mutant]:
    """What is looked for, or the model answer, in one language."""
    for language in ("ja", "en"):
        yield f"model {language}", replace(question, model=replaced(question.model, **{language: NONSENSE}))
        for place, point in enumerate(question.rubric):
            rubric = list(question.rubric)
            rubric[place] = replace(point, **{language: (NONSENSE,)})
            yield f"point {place} {language}", replace(question, rubric=tuple(rubric))


def is_noticed(question: Question) -> bool:
    return any(prove(question, most=most).failures for most in (FEW, MOST_SAMPLED)) or bool(faults(question))


@pytest.mark.parametrize("found", QUESTIONS, ids=lambda found: found[1].id)
def test_no_key_can_be_changed_unnoticed(found: tuple[Bank, Question]) -> None:
    question = found[1]
    changed = dict(mutants(question))
    assert changed
    assert prove(question, most=FEW).failures == ()  # else it would be no wonder
    assert [name for name, mutant in changed.items() if not is_noticed(mutant)] == []
