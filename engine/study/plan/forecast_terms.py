"""What a forecast says, as plain data."""

import msgspec


class Estimate(msgspec.Struct, frozen=True):
    """A share of right answers on the exam day (0-1) with its 80 % interval."""

    share: float
    low: float
    high: float


class Fading(msgspec.Struct, frozen=True):
    """The ``place`` of a question that was met, and the chance of recalling it today and, unasked, on the exam day."""

    place: int
    today: float
    exam: float


class Projection(msgspec.Struct, frozen=True):
    """Imagined days until the exam: reviews and new questions of each, and each run's share right in the end."""

    reviews: tuple[float, ...]
    new: tuple[float, ...]
    estimate: Estimate


class Forecast(msgspec.Struct, frozen=True):
    """The exam day as far as it can be seen. ``stop`` and ``scale`` are None while there are too few reviews.

    ``week``: the questions of each of the next seven days, today first. ``keep``: with the minutes as planned.
    ``scale``: how long memories last, as a multiple of the default's.
    """

    week: tuple[float, ...]
    fading: tuple[Fading, ...]
    stop: Estimate | None = None
    keep: Estimate | None = None
    scale: float | None = None
