"""The last frame of a question's simulation as plain text: what is to be seen inside, where nothing moves."""

from collections.abc import Mapping

import msgspec

from engine.bank.asked import Asked
from engine.drawing.frame import draw_frame
from engine.drawing.plain import rows_to_text
from engine.study.look import look_at
from sims.frames import Frame
from sims.simulation import Simulation, Value
from sims.text import LANGUAGES, Language, Text

WIDTH, HEIGHT = 64, 18

Settings = tuple[tuple[str, Value], ...]


class Inside(msgspec.Struct, frozen=True):
    """A picture in characters, and the sentences below it."""

    picture: Text
    caption: Text


class Insides:
    """The pictures of many questions. Each simulation runs once with the same settings."""

    def __init__(self) -> None:
        self._frames: dict[tuple[str, Settings], Frame | None] = {}

    def of(self, asked: Asked) -> Inside | None:
        """The picture of ``asked``; None of a simulation without frames. Raises ParameterError for a broken link."""
        look = look_at(asked, None)
        frame = self._last(look.simulation, look.values)
        if frame is None:
            return None
        caption = frame.caption
        if look.nearest:
            caption = Text(f"{caption.ja}\n{look.nearest.ja}", f"{caption.en}\n{look.nearest.en}")
        return Inside(Text(*(_drawn(frame, language) for language in LANGUAGES)), caption)

    def _last(self, simulation: Simulation, values: Mapping[str, Value]) -> Frame | None:
        key = simulation.name, tuple(sorted(values.items()))
        if key not in self._frames:
            last = None
            for frame in simulation.run(values):
                last = frame
            self._frames[key] = last
        return self._frames[key]


def _drawn(frame: Frame, language: Language) -> str:
    return rows_to_text(draw_frame(frame, WIDTH, HEIGHT, language)).rstrip()
