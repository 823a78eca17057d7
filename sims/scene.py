"""A frame before it has a number: what a simulation of several parts tells, in the order in which it tells it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sims.frames import Metric, Panel
from sims.text import Text


@dataclass(frozen=True, slots=True)
class Scene:
    """What a frame shows and says, and what was measured for it."""

    panels: tuple[Panel, ...]
    caption: Text
    about_claim: bool = False
    metrics: dict[str, Metric] = field(default_factory=dict)


Make = Callable[[], Scene]
Moment = tuple[tuple[Panel, ...], Text, dict[str, Metric]]  # a scene that is nobody's claim, as generators yield it
