"""What is right, in a learner's words: ``3×3``, ``2(x + y)``, the number of the right option; and the way to it."""

from typing import TYPE_CHECKING

import msgspec

from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.template import number
from sims.text import Text, same

if TYPE_CHECKING:
    from engine.grading.derivation import Derivation


class Solution(msgspec.Struct, frozen=True):
    """The key as it is shown, and a line of mathematics that leads to it where there is one."""

    key: Text
    formula: Text | None


def solution(asked: Asked) -> Solution:
    """The solution of ``asked``. For a derivative the line goes over the links of the chain."""
    found = _derivation(asked)
    chained = same(found.formula) if found is not None and len(found.links) > 1 else None
    return Solution(shown_key(asked), chained or asked.formula)


def steps(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The links of the chain rule, such as ``("dz/dt", "2t")``; none where nothing is derived, or without sympy."""
    found = _derivation(asked)
    if found is None:
        return ()
    from engine.grading.notation.echo import mathematics

    return tuple((label, mathematics(slope)) for label, slope in found.links)


def _derivation(asked: Asked) -> "Derivation | None":
    if not isinstance(asked.key, SymbolicKey):
        return None
    from engine.grading.derivation import derivation  # mpmath, and sympy where something is derived

    return derivation(asked.key)


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
