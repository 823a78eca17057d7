"""What is wrong with a bank, where, and what to do: collected, never raised one at a time."""

from difflib import get_close_matches

import msgspec

from sims.text import Text

MOST_NAMES = 20
MOST_CHARACTERS = 400
# The keys and places that lead to a node from where one is: a question, a bank.
Steps = tuple[str | int, ...]
# The way to it from the question, what is wrong, what to do.
Fault = tuple[Steps, Text, Text]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault. ``line`` and ``column`` count from 1; ``question`` is an id, or empty outside questions."""

    path: str
    line: int
    column: int
    question: str
    what: Text
    mend: Text

    def as_line(self, language: str) -> str:
        """``file:line:column: id: what. What to do.``, with nothing in it that a terminal would obey."""
        from engine.drawing.width import visible  # the app starts without it where all is well

        what, mend = (self.what.ja, self.mend.ja) if language == "ja" else (self.what.en, self.mend.en)
        place = f"{self.path}:{self.line}:{self.column}:"
        said = (f"{self.question}:" if self.question else "", what, mend)
        return visible(" ".join([place, *(crop(part) for part in said if part)]))


def crop(text: str) -> str:
    """``text`` without the rest of what is too long for a message, such as a key of a megabyte."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def did_you_mean(word: str, known: list[str]) -> Text:
    """A hint with the nearest of ``known``, or all of them where they are few."""
    close = get_close_matches(word, known, n=1)
    if close:
        return Text(f"もしかして {close[0]} ですか。", f"Did you mean {close[0]}?")
    if len(known) > MOST_NAMES:
        return Text("", "")
    names = ", ".join(sorted(known))
    return Text(f"使えるのは {names} です。", f"Allowed: {names}.")
