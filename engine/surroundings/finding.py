"""What one check came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sims.text import Text

State = Literal["ok", "look", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``name`` is what was checked and ``mend`` what to do, empty where nothing is to be done.

    ``data`` is the same for scripts: plain JSON values.
    """

    check: str
    name: Text
    state: State
    what: Text
    mend: Text = field(default=Text("", ""))
    data: Mapping[str, object] = field(default_factory=dict)
