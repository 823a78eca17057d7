"""One door to grading: whatever is asked, and whatever was typed, there is a verdict.

What reads code, formulas and prose (NumPy, mpmath, sympy, long tables of words) is imported where it is used: the app
shows its first question before any of them is needed.
"""

from msgspec.structs import replace

from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.grading import choice, number, plain, shape
from engine.grading.plain import UnreadError
from engine.grading.verdict import Tick, Verdict, unreadable, wrong
from sims.text import Text

GAVE_UP = Text("「わからない」を選びました。", "You chose “I don't know”.")


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


def reading(asked: Asked, text: str) -> str:
    """How ``text`` is read, for the echo below the field; empty where it cannot be, and for prose.

    It is read only, never compared: the echo must not tell a right answer from a wrong one.
    """
    try:
        match asked.key:
            case ShapeKey() as key:
                return shape.reading(key, text)
            case NumberKey() as key:
                return number.reading(key, text)
            case ChoiceKey(options=options, multiple=multiple):
                return choice.reading(options, multiple, text)
            case CodeKey(typed=True) as key:
                from engine.grading import code  # NumPy

                return code.reading(key, text)
            case CodeKey(options=options):
                return choice.reading(options, False, text)
            case SymbolicKey() as key:
                from engine.grading import symbolic  # mpmath

                return symbolic.reading(key, text)
            case TextKey():
                return ""
    except UnreadError:
        return ""


def gave_up(asked: Asked) -> Verdict:
    """The verdict on "I don't know": wrong, and stored as such."""
    ticks = tuple(Tick(False) for _ in asked.key.rubric) if isinstance(asked.key, TextKey) else ()
    return replace(wrong("", mistake="gave-up", named=GAVE_UP), ticks=ticks)
