"""The key of a question in a learner's words: ``3×3``, ``2(x + y)``, the number of the right option."""

from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.template import number
from sims.text import Text, same


def shown_key(asked: Asked) -> Text:
    """What is right. For options it is their numbers as shown; for a typed hole its code."""
    match asked.key:
        case ShapeKey(sizes=sizes):
            return same("×".join(map(str, sizes)))
        case NumberKey(value=value, unit=unit):
            shown = number(value)
            return Text(f"{shown} {unit.ja}", f"{shown} {unit.en}") if unit else same(shown)
        case ChoiceKey(options=options):
            return same(" ".join(str(place) for place, option in enumerate(options, 1) if option.right))
        case CodeKey(typed=True, answer=answer):
            return same(answer)
        case CodeKey(options=options):
            return same(next(str(place) for place, option in enumerate(options, 1) if option.right))
        case SymbolicKey() as key:
            from engine.grading.symbolic import key_notation  # mpmath, and sympy for a derivative

            return same(key_notation(key))
        case TextKey(model=model):
            return model
