"""A frame before it has a number: what a simulation of several parts tells, in the order in which it tells it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sims.frames import Frame, Metric, Panel
from sims.text import Text


@dataclass(frozen=True, slots=True)
class Scene:
    """What a frame shows and says, and what was measured for it."""

    panels: tuple[Panel, ...]
    caption: Text
    about_claim: bool = False
    metrics: Mapping[str, Metric] = field(default_factory=dict)


Make = Callable[[], Scene]


def numbered(scenes: Iterable[Scene], total: int, at_end: Mapping[str, Metric] | None = None) -> Iterator[Frame]:
    """The frames 1 to ``total`` of as many ``scenes``; the last one has the metrics ``at_end`` as well."""
    for step, scene in enumerate(scenes, 1):
        metrics = {**scene.metrics, **(at_end or {})} if step == total else scene.metrics
        yield Frame(step, total, scene.panels, scene.caption, scene.about_claim, metrics)


def gathered(scenes: Iterable[Scene]) -> Iterator[Scene]:
    """Each of ``scenes`` with everything that was measured up to it; what is measured again is the newer."""
    metrics: dict[str, Metric] = {}
    for scene in scenes:
        metrics = {**metrics, **scene.metrics}
        yield replace(scene, metrics=metrics)
