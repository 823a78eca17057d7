"""What one check came to."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from sims.text import Text

State = Literal["ok", "look", "problem"]


class Finding(msgspec.Struct, frozen=True):
    """``name`` is what was checked and ``mend`` what to do, empty where nothing is to be done.

    ``data`` is the same for scripts: plain JSON values.
    """

    check: str
    name: Text
    state: State
    what: Text
    mend: Text = msgspec.field(default=Text("", ""))
    data: Mapping[str, object] = msgspec.field(default_factory=dict)
