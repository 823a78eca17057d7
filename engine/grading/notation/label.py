"""A left-hand side that repeats what was asked for: ``∂z/∂x = …``, in any spelling."""

import re
from typing import Final

from engine.grading.notation.latex import rewritten
from engine.grading.notation.normalise import normalise
from engine.grading.notation.vocabulary import latin

_DIFFERENTIAL: Final = str.maketrans({"∂": "d", "δ": "d"})
_SPELLING: Final = re.compile(r"[^A-Za-z0-9/'+^-]")


def after_label(text: str, label: str) -> int:
    """Where the expression starts in the normalised ``text``: behind the ``=`` of a repeated ``label``, else at 0."""
    left, equals, _ = text.partition("=")
    if not equals or not label:
        return 0
    asked = rewritten(normalise(label.rstrip(" =＝"))).text
    return len(left) + 1 if _plain(left) == _plain(asked) else 0


def _plain(side: str) -> str:
    """Letters, digits and signs alone: brackets, spaces, underscores and the kind of d do not matter."""
    return _SPELLING.sub("", latin(side.translate(_DIFFERENTIAL)))
