"""A frame of a simulation as rows of cells, in whatever room there is."""

from collections.abc import Iterator, Sequence

import msgspec

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Row
from engine.drawing.layout import Leaf, Part, arrangements
from engine.drawing.panels import legends, to_plates
from engine.drawing.sketch import Plate, Sketch
from sims.frames import Frame, Grid, Panel, Plot
from sims.text import Language

_AIRY = 12  # rows from which on the last one is left free where nothing needs it


def draw_frame(frame: Frame, width: int, height: int, language: Language) -> list[Row]:
    """The panels of ``frame`` in exactly ``height`` rows of ``width`` cells.

    Panels stand side by side or below one another, large if there is room. Where there is not, legends move under
    their plots, panels without a title go, all are drawn smaller, and at last the later panels go.
    """
    canvas = Canvas(width, height)
    if frame.panels and canvas.width and canvas.height:
        part = _arranged(frame.panels, width, height, language)
        part.place(canvas, 0, 0, width, max(height - (height >= _AIRY), min(part.height, height)))
    return canvas.rows()


class _Choice(msgspec.Struct, frozen=True):
    """Which plates are drawn. ``modest``: kernels and legends as small as they get, formulas on one line."""

    plates: tuple[tuple[int, Plate], ...]
    modest: bool = False


def _arranged(panels: Sequence[Panel], width: int, height: int, language: Language) -> Part:
    """All panels if there is any way, else fewer; in the end the first alone, cut off at the edges.

    Words are dropped before grids lose their digits, and grids lose their digits before they are dropped.
    """
    count = len(panels)
    grids = max((i for i, panel in enumerate(panels, 1) if isinstance(panel, Grid)), default=1)
    for shown, poor in [(n, False) for n in range(count, grids - 1, -1)] + [(n, True) for n in range(count, 0, -1)]:
        part = _Search(width, height, language, poor).part(panels[:shown])
        if part:
            return part
    first = to_plates(panels[:1], language, legend_inside=True)[0]
    return Leaf(first, first.sketches[-1], whole_title=False)


class _Search(msgspec.Struct, frozen=True):
    """Finds the first arrangement of panels that fits. ``poor``: sketches that leave digits out may be used."""

    width: int
    height: int
    language: Language
    poor: bool

    def part(self, panels: Sequence[Panel]) -> Part | None:
        """The best sketches that fit in any way; of the ways, the one with the largest plots."""
        for parts in self._candidates(panels):
            fitting = [part for part in parts if part.width <= self.width and part.height <= self.height]
            if fitting:
                return max(fitting, key=lambda part: part.worth(self.width, self.height))
        return None

    def _candidates(self, panels: Sequence[Panel]) -> Iterator[Iterator[Part]]:
        """Ways to arrange the same sketches, the best sketches first."""
        choices = list(self._choices(panels))
        levels = max(len(plate.sketches) for _, plate in choices[0].plates)
        for level in range(levels):
            for whole_titles in (True, False):
                for choice in choices:
                    yield arrangements(self._leaves(choice, level, whole_titles))

    def _choices(self, panels: Sequence[Panel]) -> Iterator[_Choice]:
        """What may be drawn of ``panels``, everything first."""
        # beside one plot its names have room; several plots carry their own, so that they stay alike
        several = sum(isinstance(panel, Plot) for panel in panels) > 1
        plates = list(enumerate(to_plates(panels, self.language, legend_inside=several)))
        named = list(enumerate(to_plates(panels, self.language, legend_inside=True)))
        names = [] if several else list(enumerate(legends(panels, self.language), len(plates)))
        core = [(i, plate) for i, plate in plates if not plate.spare]
        yield _Choice((*plates, *names))
        if len(core) < len(plates) or any(plate.luxury for _, plate in core):
            yield _Choice((*plates, *names), modest=True)
        if names:
            yield _Choice(tuple(named))
        if 0 < len(core) < len(plates):
            yield _Choice((*core, *names), modest=True)
            if names:
                yield _Choice(tuple((i, plate) for i, plate in named if not plate.spare))

    def _leaves(self, choice: _Choice, level: int, whole_titles: bool) -> list[Leaf]:
        leaves, before = [], -2
        for i, plate in choice.plates:
            wanted = level + (choice.modest and plate.luxury)
            if choice.modest and plate.spare:
                wanted = len(plate.sketches) - 1
            joinable = bool(plate.joiner) and i == before + 1
            alone = len(choice.plates) == 1
            leaves.append(Leaf(plate, self._sketch(plate, wanted, alone), joinable, whole_titles))
            before = i
        return leaves

    def _sketch(self, plate: Plate, level: int, alone: bool) -> Sketch:
        """The sketch at ``level``, or the first after it that would fit if it were alone."""
        rows = self.height - bool(plate.title)
        sketches = [sketch for sketch in plate.sketches if alone or not sketch.cut]
        sketches = [sketch for sketch in sketches if self.poor or not sketch.poor] or sketches
        for sketch in sketches[level:]:
            if sketch.width <= self.width and sketch.height <= rows:
                return sketch
        return sketches[-1]
