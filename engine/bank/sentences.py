"""Every sentence of a question with the way to it, so that a fault in one is reported where it stands."""

from collections.abc import Iterator
from typing import Any

import msgspec

from engine.bank.problems import Steps
from sims.text import Text

# Shown as written; in all others {expressions} are filled in.
_AS_WRITTEN = frozenset({"title", "unit", "source", "nearest", "model", "point"})


def sentences(part: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Text]]:
    """Each bilingual text in ``part`` (a bank, a question or what is in them), with its steps from there."""
    match part:
        case Text():
            yield steps, part
        case msgspec.Struct():
            for field in msgspec.structs.fields(part):
                yield from sentences(getattr(part, field.name), (*steps, field.encode_name))
        case tuple():
            for index, item in enumerate(part):
                yield from sentences(item, (*steps, index))


def is_filled(steps: Steps) -> bool:
    """Whether ``{expressions}`` are computed in the text at ``steps``."""
    return _AS_WRITTEN.isdisjoint(steps)
