"""Plates side by side and below one another: how much room they take together, and who gets what is left."""

from collections.abc import Iterator, Sequence

import msgspec

from engine.drawing.canvas import Canvas
from engine.drawing.sketch import Plate, Sketch

GAP = 4  # cells between plates that stand side by side
_AIR = 2  # more of them after a joiner, before tiles
_WIDEST = 3  # cells a row from which on a plot gains nothing by being wider


class Leaf(msgspec.Struct, frozen=True):
    """One plate, drawn in one way.

    ``joinable``: its joiner belongs between it and the plate before. ``whole_title``: no part of the title is cut.
    """

    plate: Plate
    sketch: Sketch
    joinable: bool = False
    whole_title: bool = True

    @property
    def titled(self) -> bool:
        """Whether the first row is a title."""
        return bool(self.plate.title)

    @property
    def width(self) -> int:
        """Least cells across."""
        return max(self.sketch.width, self.plate.title_width if self.whole_title else 0)

    @property
    def height(self) -> int:
        """Least rows, the title's included."""
        return self.sketch.height + self.titled

    @property
    def wider(self) -> bool:
        """Whether more width is of use."""
        return self.sketch.wider

    @property
    def taller(self) -> bool:
        """Whether more height is of use."""
        return self.sketch.taller

    def worth(self, width: int, height: int) -> int:
        """Worth of the room for what fills all it gets: a plot gains by width up to three cells a row."""
        return min(width, _WIDEST * height) if self.wider and self.taller else 0

    def place(
        self, canvas: Canvas, x: int, y: int, width: int, height: int, title_room: int = 0, drop: int = 0
    ) -> None:
        """The title at ``y``, in ``title_room`` cells if that is more than ``width``; the body below ``drop`` rows."""
        self.plate.write_title(canvas, x, y, max(width, title_room))
        self.sketch.draw(canvas, x, y + self.titled + drop, width, height - self.titled - drop)


class Across(msgspec.Struct, frozen=True):
    """Parts side by side. Where one is joined to the one before, all bodies are centred on one axis."""

    parts: tuple["Part", ...]

    @property
    def titled(self) -> bool:
        """Whether the first row is one of titles."""
        return any(part.titled for part in self.parts)

    @property
    def width(self) -> int:
        """Least cells across."""
        return sum(part.width + self._gap(i) for i, part in enumerate(self.parts))

    @property
    def height(self) -> int:
        """Least rows, the titles' included."""
        return max(part.height + (self.titled and not part.titled) for part in self.parts)

    @property
    def wider(self) -> bool:
        """Whether more width is of use."""
        return any(part.wider for part in self.parts)

    @property
    def taller(self) -> bool:
        """Whether more height is of use."""
        return any(part.taller for part in self.parts)

    def worth(self, width: int, height: int) -> int:
        """Worth of the room for what fills all it gets."""
        shares = _shared(width - self.width, [part.wider for part in self.parts])
        return sum(part.worth(part.width + share, height) for part, share in zip(self.parts, shares, strict=True))

    def place(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """Every part; width that is left over goes to those that can use it."""
        shares = _shared(width - self.width, [part.wider for part in self.parts])
        is_equation = any(self._is_joined(i) for i in range(len(self.parts)))
        axis = self.height - self.titled
        end = x + width
        for i, (part, share) in enumerate(zip(self.parts, shares, strict=True)):
            x += self._gap(i)
            top = y + (self.titled and not part.titled)
            room = part.width + share
            if isinstance(part, Leaf):
                drop = (axis - part.sketch.height) // 2 if is_equation and not part.taller else 0
                last = i == len(self.parts) - 1
                part.place(canvas, x, top, room, y + height - top, end - x if last else room + GAP - 1, drop)
                if self._is_joined(i):
                    canvas.put(x - self._gap(i) + 2, y + self.titled + axis // 2, part.plate.joiner, "muted")
            else:
                part.place(canvas, x, top, room, y + height - top)
            x += room

    def _is_joined(self, i: int) -> bool:
        part = self.parts[i]
        return i > 0 and isinstance(part, Leaf) and part.joinable

    def _gap(self, i: int) -> int:
        """Cells before part ``i``."""
        if i == 0:
            return 0
        part = self.parts[i]
        return GAP + (_AIR if isinstance(part, Leaf) and part.joinable and part.plate.airy else 0)


class Down(msgspec.Struct, frozen=True):
    """Parts below one another, with a blank row between."""

    parts: tuple["Part", ...]

    @property
    def titled(self) -> bool:
        """Whether the first row is a title."""
        return self.parts[0].titled

    @property
    def width(self) -> int:
        """Least cells across."""
        return max(part.width for part in self.parts)

    @property
    def height(self) -> int:
        """Least rows."""
        return sum(part.height for part in self.parts) + len(self.parts) - 1

    @property
    def wider(self) -> bool:
        """Whether more width is of use."""
        return any(part.wider for part in self.parts)

    @property
    def taller(self) -> bool:
        """Whether more height is of use."""
        return any(part.taller for part in self.parts)

    def worth(self, width: int, height: int) -> int:
        """Worth of the room for what fills all it gets."""
        shares = _shared(height - self.height, [part.taller for part in self.parts])
        return sum(part.worth(width, part.height + share) for part, share in zip(self.parts, shares, strict=True))

    def place(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """Every part; rows that are left over go to those that can use them, else one to each gap."""
        left = height - self.height
        shares = _shared(left, [part.taller for part in self.parts])
        gap = 2 if not self.taller and left >= len(self.parts) - 1 else 1
        for part, share in zip(self.parts, shares, strict=True):
            part.place(canvas, x, y, width, part.height + share)
            y += part.height + share + gap


Part = Leaf | Across | Down


def arrangements(leaves: Sequence[Leaf]) -> Iterator[Part]:
    """Ways to set ``leaves``, the most natural first. Leaves that are joined stay side by side."""
    count = len(leaves)
    cuts = [i for i in range(1, count) if not leaves[i].joinable]
    yield _across(leaves)
    if len(cuts) == count - 1:
        for i in cuts[:-1]:
            yield Across((*leaves[:i], Down(tuple(leaves[i:]))))
    for i in reversed(cuts):
        yield Down((_across(leaves[:i]), _across(leaves[i:])))
    for i, cut in enumerate(cuts):
        for other in cuts[i + 1 :]:
            yield Down((_across(leaves[:cut]), _across(leaves[cut:other]), _across(leaves[other:])))


def _across(leaves: Sequence[Leaf]) -> Part:
    return leaves[0] if len(leaves) == 1 else Across(tuple(leaves))


def _shared(spare: int, takers: Sequence[bool]) -> list[int]:
    """``spare`` cells shared out evenly among the takers."""
    count, shares = sum(takers), []
    for taker in takers:
        share = -(-spare // count) if taker and spare > 0 else 0
        shares.append(share)
        spare, count = spare - share, count - taker
    return shares
