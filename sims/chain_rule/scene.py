"""A frame before it has a number."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sims.frames import Metric, Panel
from sims.text import Text


@dataclass(frozen=True, slots=True)
class Scene:
    """What a frame shows and says; ``metrics`` are added to those of the frames before."""

    panels: tuple[Panel, ...]
    caption: Text
    about_claim: bool = False
    metrics: dict[str, Metric] = field(default_factory=dict)


Make = Callable[[], Scene]
