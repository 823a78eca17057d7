"""Numbers on their way into the metrics of a frame and out of them."""

import math
from collections.abc import Mapping

from sims.frames import Metric


def finite(value: float) -> float | None:
    """``value`` as a metric; None where it is infinite or no number, which JSON cannot write."""
    return float(value) if math.isfinite(value) else None


def measured(metrics: Mapping[str, Metric], name: str) -> float:
    """The number that was measured under ``name``. Raises KeyError if nothing was, TypeError if it is no number."""
    value = metrics[name]
    if not isinstance(value, (int, float)):
        raise TypeError(name)
    return float(value)
