"""Axes: where a value lies between two ends, and round numbers to write beside them."""

import math
from collections.abc import Sequence

import msgspec

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_ROUND = (1, 2, 5, 10)
_FAR = 1e6
_TINIEST, _HUGEST, _FINEST = 1e-300, 1e300, 1e-9


class Axis(msgspec.Struct, frozen=True):
    """The values from ``low`` to ``high``. ``log`` axes show positive values only."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float | None:
        """Where ``value`` lies, 0 at ``low`` and 1 at ``high``, never further than a million away.

        None if it is not finite or, on a log axis, not positive.
        """
        if not math.isfinite(value) or not self._is_drawable or (self.log and value <= 0):
            return None
        low, high, value = (self._scaled(number) for number in (self.low, self.high, value))
        return min(max((value - low) / (high - low), -_FAR), _FAR)

    def ticks(self, most: float) -> "Ticks":
        """Round values along the axis in at most ``most`` steps; its two ends if there is not one such step."""
        if not self._is_drawable:
            return Ticks((), ())
        ticks = self._powers(most) if self.log else self._round(most)
        ends = (self.low, self.high)
        return ticks if len(ticks.values) > 1 else Ticks(ends, tuple(map(short, ends)))

    def _round(self, most: float) -> "Ticks":
        step = _round_step((self.high - self.low) / max(most, 1))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        values = tuple(i * step for i in range(first, last + 1))
        return Ticks(values, _written(values, step))

    @property
    def _is_drawable(self) -> bool:
        span, size = self.high - self.low, max(abs(self.low), abs(self.high))
        # beyond these bounds steps and powers of ten overflow or vanish
        return _TINIEST < span < _HUGEST and span > size * _FINEST and (self.low > _TINIEST or not self.log)

    def _scaled(self, value: float) -> float:
        return math.log10(value) if self.log else value

    def _powers(self, most: float) -> "Ticks":
        low, high = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
        span = max(high - low, 1)
        least = max(math.ceil(span / max(most, 1)), 1)
        even = next((step for step in range(least, span + 1) if span % step == 0), span)
        step = even if even <= 1.5 * least else least
        first = low if step == even else low + -low % step
        exponents = range(first, high + 1, step)
        return Ticks(tuple(10.0**n for n in exponents), tuple(map(power_of_ten, exponents)))


class Ticks(msgspec.Struct, frozen=True):
    """Values on an axis and how they are written."""

    values: tuple[float, ...]
    labels: tuple[str, ...]


def power_of_ten(exponent: int) -> str:
    """``10⁻³``; 1 and 10 are written plainly."""
    return {0: "1", 1: "10"}.get(exponent, "10" + str(exponent).translate(_SUPERSCRIPTS))


def short(value: float) -> str:
    """A value in three digits, for a legend or a bar: ``.298``, ``1,410``, ``2.6e3``."""
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value and not 1e-4 <= abs(value) < 1e6:
        mantissa, _, exponent = f"{value:.1e}".partition("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−").replace(".0e", "e")
    text = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return _signed(text.replace("0.", ".", 1) if abs(value) < 1 else text)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that is at least ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((power * digit for digit in _ROUND if power * digit >= least * (1 - 1e-9)), power * 10)


def _written(values: Sequence[float], step: float) -> tuple[str, ...]:
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if decimals > 4 or any(abs(value) >= 1e6 for value in values):
        return tuple(short(value) for value in values)
    texts = [f"{value:,.{decimals}f}" if round(value / step) else "0" for value in values]
    if all(abs(value) < 1 for value in values):
        texts = [text.replace("0.", ".", 1) for text in texts]
    return tuple(map(_signed, texts))


def _signed(text: str) -> str:
    return text.replace("-", "−")
