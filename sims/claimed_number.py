"""Somebody's number beside a measured one."""

from sims.expression import EvaluationError, ExpressionError, evaluate, parse


def read_number(claim: str | None) -> float | None:
    """The number that ``claim`` writes, perhaps as arithmetic (``1/8``); None where there is none."""
    if not claim:
        return None
    try:
        value = evaluate(parse(claim, ()), {})
    except (ExpressionError, EvaluationError):
        return None
    return float(value) if value.ndim == 0 else None


def agrees(claim: float | None, measured: float, tolerance: float = 1e-6) -> bool:
    """Whether somebody's number is the measured one within a relative ``tolerance``."""
    return claim is not None and abs(claim - measured) <= tolerance * max(abs(measured), 1e-3)
