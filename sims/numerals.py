"""Numbers as tables and captions write them."""

import math
import re
from typing import SupportsFloat

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def places(value: float, digits: int = 2) -> str:
    """A few places after the point, none from 100 on: ``.80``, ``−1.25``, ``5,100``, ``4.2e9``."""
    if not math.isfinite(value):
        return "?" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= 1e6:
        text = f"{size:.1e}".replace("e+0", "e").replace("e+", "e")
    else:
        text = f"{size:,.0f}" if size >= 99.995 else f"{size:.{digits}f}"
    sign = "−" if value < 0 and any(digit in text for digit in "123456789") else ""
    return sign + text.removeprefix("0") if text.startswith("0.") else sign + text


def trimmed(value: float, digits: int = 2) -> str:
    """The same without zeros at the end: ``.8``, ``−1.25``, ``2``, ``0``."""
    text = places(value, digits)
    if "." not in text or "e" in text:
        return text
    text = text.rstrip("0").removesuffix(".")
    return text or "0"


def significant(value: float, digits: int = 2) -> str:
    """The first digits that are not 0: ``.0044``, ``.52``, ``10``, ``2,040``, ``3e-5``."""
    size = abs(value)
    if not math.isfinite(value) or size >= 100 or size == 0:
        return places(value, 0)
    if size < 1e-4:
        return f"{value:.0e}".replace("e-0", "e−").replace("-", "−")
    return places(value, max(digits - 1 - math.floor(math.log10(size)), 0))


def number(value: SupportsFloat, digits: int = 4, tight: bool = False) -> str:
    """A value in a few digits: ``14``, ``−0.25``, ``1.2×10⁹``; ``tight`` leaves out the 0 before the point."""
    value = float(value)
    if not math.isfinite(value):
        return "−∞" if value < 0 else "∞" if value > 0 else "?"
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    text = f"{mantissa}×{power_of_ten(int(exponent))}" if exponent else mantissa
    text = re.sub(r"^(-?)0\.", r"\1.", text) if tight else text
    return text.replace("-", "−")


def power_of_ten(exponent: int) -> str:
    """``10⁻⁵``; 1 and 0.1 are written plainly."""
    return {0: "1", -1: "0.1"}.get(exponent, f"10{str(exponent).translate(_SUPERSCRIPTS)}")


def percent(share: float) -> str:
    """``27 %``, ``0.4 %``; what is not quite all or nothing is not written as if it were: ``99.9 %``."""
    value = 100 * share
    if 0 < value < 1 or 99.5 <= value < 100:
        return f"{min(max(value, 0.1), 99.9):.1f} %"
    return f"{value:.0f} %"
