"""Somebody's number beside a measured one, where there may be none or one that cannot be read."""

from sims.claimed_number import read_number


def number_of(claim: str | None) -> float | None:
    """The number that ``claim`` writes, perhaps as arithmetic (``1/8``); None where there is none."""
    return read_number(claim).value if claim else None


def is_near(claim: float | None, measured: float, tolerance: float = 1e-6) -> bool:
    """Whether somebody's number is the measured one within a relative ``tolerance``."""
    return claim is not None and abs(claim - measured) <= tolerance * max(abs(measured), 1e-3)
