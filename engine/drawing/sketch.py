"""What the layout needs to know of a panel: its title, and the ways in which it can be drawn, best first."""

from collections.abc import Callable

import msgspec

from engine.drawing.canvas import Canvas
from engine.drawing.width import cell_width, crop, visible
from sims.text import Language, Text

Draw = Callable[[Canvas, int, int, int, int], None]


class Sketch(msgspec.Struct, frozen=True):
    """One way to draw a panel's body, at least ``width`` × ``height`` cells.

    ``draw(canvas, x, y, width, height)`` may be given more room where ``wider`` or ``taller`` says that it is used.
    A ``cut`` sketch may leave something out, and is for a panel that is alone; a ``poor`` one has no digits.
    """

    width: int
    height: int
    draw: Draw
    wider: bool = False
    taller: bool = False
    cut: bool = False
    poor: bool = False


class Plate(msgspec.Struct, frozen=True):
    """A panel made ready for the layout.

    ``title`` may be followed by ``claim_title``. A plate that is ``spare`` (a kernel, a legend) goes before others
    are made smaller; a ``luxury`` is a first sketch that goes before anything else does (stacked formulas).
    ``airy`` asks for more room after a joiner.
    """

    title: str
    sketches: tuple[Sketch, ...]
    claim_title: str = ""
    joiner: str = ""
    spare: bool = False
    luxury: bool = False
    airy: bool = False

    @property
    def title_width(self) -> int:
        """Cells of both titles and the gap between them."""
        return cell_width(self.title) + (2 + cell_width(self.claim_title) if self.claim_title else 0)

    def write_title(self, canvas: Canvas, x: int, y: int, room: int) -> None:
        """The titles at ``x``, ``y``; the claim's only if it can be read in full."""
        canvas.put(x, y, crop(self.title, room), "ink" if self.claim_title else "muted")
        if self.claim_title and self.title_width <= room:
            canvas.put(x + cell_width(self.title) + 2, y, self.claim_title, "wrong")


def words(text: Text, language: Language) -> str:
    """``text`` in ``language``, fit to be measured and drawn."""
    return visible(text.get(language))
