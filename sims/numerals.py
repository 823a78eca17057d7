"""Numbers as tables and captions write them."""

import math


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
