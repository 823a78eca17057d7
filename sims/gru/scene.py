"""A frame before it has a number."""

from collections.abc import Callable
from typing import NamedTuple

from sims.frames import Metric, Panel
from sims.text import Text


class Scene(NamedTuple):
    """What a frame shows and says."""

    panels: tuple[Panel, ...]
    caption: Text
    metrics: dict[str, Metric]
    about_claim: bool = False


Make = Callable[[], Scene]
