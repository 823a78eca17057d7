"""A number that somebody claims, ``24``, ``1/16`` or a formula in given names: read, and held against the right one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.text import Text


@dataclass(frozen=True, slots=True)
class ClaimedNumber:
    """The value, or why there is none."""

    value: float | None
    problem: Text | None = None


def read_number(claim: str, at: Mapping[str, float] | None = None) -> ClaimedNumber:
    """``claim`` as one finite number; the names ``at`` gives may occur in it."""
    known = dict(at or {})
    try:
        value = evaluate(parse(claim, tuple(known)), known)
    except (ExpressionError, EvaluationError) as error:
        words = error.text
        return ClaimedNumber(None, Text(f"あなたの答えは計算できません。{words.ja}", f"Yours does not run: {words.en}"))
    if np.ndim(value) or not np.isfinite(value):
        return ClaimedNumber(None, Text("あなたの答えは 1 つの数になりません。", "Yours does not come to one number."))
    return ClaimedNumber(float(value))


def number_of(claim: str | None) -> float | None:
    """The number that ``claim`` writes, perhaps as arithmetic (``1/8``); None where there is none."""
    return read_number(claim).value if claim else None


def agrees(claim: float | None, measured: float, tolerance: float = 1e-6, smallest: float = 1e-3) -> bool:
    """Whether a number is there and the measured one, within a relative ``tolerance``.

    Below ``smallest`` a measured number counts as being of that size, so that rounding about 0 is forgiven.
    """
    return claim is not None and abs(claim - measured) <= tolerance * max(abs(measured), smallest)
