"""A number that somebody claims, read from what they wrote: ``24``, ``1/16``, or a formula in given names."""

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


def agrees(claimed: float, value: float) -> bool:
    """Whether two numbers are the same but for rounding."""
    return abs(claimed - value) <= 1e-6 * max(abs(value), 1e-300)
