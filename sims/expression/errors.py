"""What can go wrong with an expression, said in both languages."""

from typing import Literal

from sims.text import Text

Reason = Literal["shape", "size", "value"]
HERE = Text("ここが読めません", "cannot read this")


class ExpressionError(ValueError):
    """An expression that cannot be read.

    ``text`` says what to do, ``note`` the same in a few words for the place ``offset`` (counted in characters
    from 0). ``refused`` marks what is no expression at all: statements, strings, private names, absurd sizes.
    """

    def __init__(self, text: Text, offset: int | None = None, refused: bool = False, note: Text = HERE) -> None:
        super().__init__(text.en)
        self.text = text
        self.offset = offset
        self.refused = refused
        self.note = note


class EvaluationError(ValueError):
    """An expression that has no value: shapes that do not fit, a result too large, or one that is not finite."""

    def __init__(self, text: Text, reason: Reason) -> None:
        super().__init__(text.en)
        self.text = text
        self.reason = reason
