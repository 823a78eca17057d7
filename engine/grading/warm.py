"""Loading, ahead of the answer, what grading it will need."""

from engine.bank.asked import Asked, CodeKey, NumberKey, SymbolicKey
from engine.grading.shown import solution


def warm(asked: Asked) -> None:
    """Import and derive what ``asked`` needs; meant for a background thread, harmless to repeat."""
    match asked.key:
        case CodeKey():
            import engine.grading.code
        case NumberKey():
            import engine.grading.number_value  # noqa: F401  (mpmath)
        case SymbolicKey():
            solution(asked)
        case _:
            return
