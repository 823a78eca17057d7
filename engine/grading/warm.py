"""Loading, ahead of the answer, what grading it will need."""

from engine.bank.asked import Asked, CodeKey, SymbolicKey


def warm(asked: Asked) -> None:
    """Import and derive what ``asked`` needs; meant for a background thread, harmless to repeat."""
    match asked.key:
        case CodeKey():
            import engine.grading.code  # noqa: F401  (NumPy)
        case SymbolicKey() as key:
            from engine.grading.symbolic import key_notation

            key_notation(key)
        case _:
            return
