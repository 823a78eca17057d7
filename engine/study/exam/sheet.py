"""What is kept of an exam under way: which questions, what was chosen, flags, the clock. Immutable."""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

WARNING: Final = 600.0  # seconds
_SHORT: Final = 1200.0  # an exam no longer than this warns at a fifth of its time instead

Seconds = Annotated[float, Meta(ge=0, le=1e7)]


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question: its id, the seed of its variant, the id of the option chosen, the time spent on it."""

    question: str
    seed: int
    chosen: str | None = None
    flagged: bool = False
    seconds: Seconds = 0.0


class Sheet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exam as it stands. ``here`` counts from 0, ``limit`` and ``used`` are seconds of the exam's own clock.

    ``finished`` is set when it is handed in or its time is over; ``ended`` is when its answers are kept.
    """

    id: Annotated[str, Meta(min_length=1, max_length=80)]
    seed: int
    begun: datetime
    limit: Annotated[float, Meta(gt=0, le=1e7)]
    places: Annotated[tuple[Place, ...], Meta(min_length=1, max_length=1000)]
    here: Annotated[int, Meta(ge=0)] = 0
    used: Seconds = 0.0
    warned: bool = False
    finished: bool = False
    ended: datetime | None = None
    version: Literal[1] = 1

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(self.limit - self.used, 0.0)

    @property
    def open(self) -> int:
        """How many questions have no answer yet."""
        return sum(place.chosen is None for place in self.places)

    @property
    def warns_at(self) -> float:
        """With how many seconds left to warn: ten minutes, in a short exam a fifth of it."""
        return WARNING if self.limit > _SHORT else self.limit / 5
