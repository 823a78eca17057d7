"""One door to grading: whatever is asked, and whatever was typed, there is a verdict.

What reads code, formulas and prose (NumPy, mpmath, sympy, long tables of words) is imported where it is used: the app
shows its first question before any of them is needed.
"""

from dataclasses import dataclass, replace

from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.grading import choice, number, plain, shape
from engine.grading.plain import UnreadError
from engine.grading.verdict import Tick, Verdict, refused, unreadable, wrong
from sims.text import Text

GAVE_UP = Text("「わからない」を選びました。", "You chose “I don't know”.")


@dataclass(frozen=True, slots=True)
class Reading:
    """How an answer is read before it is graded: ``text`` to echo, or the ``problem`` where it cannot be read."""

    text: str
    problem: Verdict | None = None


def grade(asked: Asked, text: str) -> Verdict:
    """The verdict on ``text`` as the answer to ``asked``. Any text has one; none raises."""
    if plain.is_blank(text):
        return unreadable(plain.EMPTY)
    match asked.key:
        case ShapeKey() as key:
            return shape.grade(key, text)
        case NumberKey() as key:
            return number.grade(key, text)
        case ChoiceKey(options=options, multiple=multiple):
            return choice.grade(options, multiple, text)
        case CodeKey() as key:
            return _grade_code(key, text, asked.seed)
        case SymbolicKey() as key:
            from engine.grading import symbolic  # mpmath

            return symbolic.grade(key, text)
        case TextKey() as key:
            from engine.grading import text as prose  # long tables of words

            return prose.propose(key, text)


def _grade_code(key: CodeKey, text: str, seed: int) -> Verdict:
    """A pick where options are shown, else an expression: whoever types the code instead of a digit is read too."""
    if not key.typed:
        verdict = choice.grade(key.options, False, text)
        if verdict.is_attempt or choice.names_place(text):
            return verdict
    from engine.grading import code  # NumPy

    return code.grade(key, text, seed)


def reading(asked: Asked, text: str) -> Reading:
    """How ``text`` is read, for the echo below the field; an empty field has neither a reading nor a problem."""
    if plain.is_blank(text):
        return Reading("")
    try:
        match asked.key:
            case ShapeKey() as key:
                return Reading(shape.reading(key, text))
            case NumberKey() as key:
                return Reading(number.reading(key, text))
            case ChoiceKey(options=options, multiple=multiple):
                return Reading(choice.reading(options, multiple, text))
            case SymbolicKey() as key:
                return _read_formula(key, text)
            case _:
                verdict = grade(asked, text)
    except UnreadError as error:
        return Reading("", error.verdict)
    return Reading(verdict.reading, None if verdict.is_attempt else verdict)


def _read_formula(key: SymbolicKey, text: str) -> Reading:
    """Read only, never compared: the echo must not tell a right formula from a wrong one."""
    from engine.grading import symbolic  # mpmath
    from engine.grading.compare import UnfitKeyError
    from engine.grading.notation import NotationError

    try:
        return Reading(symbolic.reading(key, text))
    except NotationError as error:
        return Reading("", refused(error.text) if error.refused else unreadable(error.text, error.caret))
    except UnfitKeyError:
        return Reading("")


def gave_up(asked: Asked) -> Verdict:
    """The verdict on "I don't know": wrong, and stored as such."""
    ticks = tuple(Tick(False) for _ in asked.key.rubric) if isinstance(asked.key, TextKey) else ()
    return replace(wrong("", mistake="gave-up", named=GAVE_UP), ticks=ticks)
