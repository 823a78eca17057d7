"""Prose with ``{expressions}`` in it, filled for one variant. The result is plain text, never markup."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from engine.bank import arithmetic
from engine.bank.asked import Scalar

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
HOLE = "{hole}"
Show = Callable[[str], str]  # how a formula is shown


def fill(template: str, values: Mapping[str, Scalar], show: Show) -> str:
    """``template`` with each ``{expression}`` computed; a variable that holds a formula is shown by ``show``."""
    return _replace(template, lambda expression: _shown(expression, values, show))


def insert(template: str, values: Mapping[str, Scalar]) -> str:
    """``template`` as notation: each ``{name}`` is its value in brackets, so that precedence is kept."""
    return _replace(template, lambda expression: _inserted(expression, values))


def _replace(template: str, value: Callable[[str], str]) -> str:
    def one(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        if match[0] in "{}":
            raise arithmetic.FormulaError(
                "波括弧が閉じていません。文字としての括弧は {{ }} と書きます。",
                "A brace stands alone; write {{ or }} for a literal one.",
            )
        return match[0] if match[1] is None or match[0] == HOLE else value(match[1])

    return _PLACEHOLDER.sub(one, template)


def _shown(expression: str, values: Mapping[str, Scalar], show: Show) -> str:
    formula = values.get(expression.strip())
    if isinstance(formula, str):
        return show(formula)
    return number(arithmetic.compute(expression, values))


def _inserted(expression: str, values: Mapping[str, Scalar]) -> str:
    formula = values.get(expression.strip())
    return f"({formula if isinstance(formula, str) else arithmetic.compute(expression, values)})"


def number(value: int | Fraction) -> str:
    """A number for a reader: thousands separated, a short decimal where it is exact, else a fraction."""
    if isinstance(value, int) or value.denominator == 1:
        return f"{int(value):,}".replace("-", "−")
    digits = f"{float(value):.6g}"
    return (digits if Fraction(digits) == value else str(value)).replace("-", "−")
