"""Answers made for tests: from any key, right ones in other spellings and wrong ones beside it; and attacks."""

from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from tests.answers import code, formulas, numbers, options, prose, sizes


def spellings(asked: Asked) -> list[str]:
    """Other ways to write the key of ``asked``; each is right."""
    match asked.key:
        case ShapeKey() as key:
            found = sizes.spellings(key)
        case NumberKey() as key:
            found = numbers.spellings(key)
        case ChoiceKey(options=choices, multiple=multiple):
            found = options.spellings(choices, multiple)
        case CodeKey(typed=True) as key:
            found = code.spellings(key)
        case CodeKey(options=choices) as key:
            found = [*options.spellings(choices, False), *code.spellings(key)]
        case SymbolicKey() as key:
            found = formulas.spellings(key)
        case TextKey() as key:
            found = prose.spellings(key)
    return list(dict.fromkeys(found))


def perturbations(asked: Asked) -> list[str]:
    """Answers one step away from the key of ``asked``; none is right. Those that provably equal it are left out."""
    match asked.key:
        case ShapeKey() as key:
            found = sizes.perturbations(key)
        case NumberKey() as key:
            found = numbers.perturbations(key)
        case ChoiceKey(options=choices, multiple=multiple):
            found = options.perturbations(choices, multiple)
        case CodeKey(typed=True) as key:
            found = code.perturbations(key)
        case CodeKey(options=choices) as key:
            found = [*options.perturbations(choices, False), *code.perturbations(key)]
        case SymbolicKey() as key:
            found = formulas.perturbations(key)
        case TextKey():
            found = prose.perturbations()
    return list(dict.fromkeys(found))
