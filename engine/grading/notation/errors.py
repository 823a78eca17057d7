"""The one error that reading raises, made from the catalogue of problems."""

from engine.grading.notation.problems import CATALOGUE
from engine.grading.verdict import Caret
from sims.text import Text


class NotationError(Exception):
    """An expression that could not be read.

    ``text`` says what to do, ``caret`` where reading stopped, ``refused`` whether it is no answer at all, ``problem``
    which entry of the catalogue it is.
    """

    def __init__(self, text: Text, caret: Caret | None = None, refused: bool = False, problem: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.caret = caret
        self.refused = refused
        self.problem = problem


def problem(name: str, offset: int | None = None, /, **fields: str | Text) -> NotationError:
    """The error called ``name``, found at the character ``offset`` of what was typed."""
    entry = CATALOGUE[name]
    ja = {field: value.ja if isinstance(value, Text) else value for field, value in fields.items()}
    en = {field: value.en if isinstance(value, Text) else value for field, value in fields.items()}
    text = Text(entry.text.ja.format(**ja), entry.text.en.format(**en))
    if offset is None or entry.refused:
        return NotationError(text, None, entry.refused, name)
    return NotationError(text, Caret(offset, Text(entry.note.ja.format(**ja), entry.note.en.format(**en))), False, name)


def visible(character: str) -> str:
    """``character`` as it may be quoted in a message: itself if it can be seen, else its code point."""
    return character if character.isprintable() and character.strip() else f"U+{ord(character):04X}"
