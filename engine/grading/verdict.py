"""What grading says of one answer."""

from typing import Literal

import msgspec

from sims.text import Text

Outcome = Literal["correct", "partial", "wrong", "unreadable", "refused"]


class Caret(msgspec.Struct, frozen=True):
    """Where reading stopped: ``offset`` counts characters of what was typed, from 0; ``note`` is a few words."""

    offset: int
    note: Text


class Tick(msgspec.Struct, frozen=True):
    """A point of a rubric: proposed by the tool with the words it ``found``, or ``held`` back for a reason."""

    proposed: bool
    found: str = ""
    held: Text | None = None


class Verdict(msgspec.Struct, frozen=True):
    """The verdict on an answer.

    ``reading`` is how the answer was read. ``named`` is the bold sentence: the named mistake of a wrong answer,
    or what to do about an unreadable one; ``evidence`` shows it on numbers. ``mistake`` is the id that is stored.
    ``claim`` is the answer in the notation of the simulations (``2x2``, ``2*x``), empty if it has none.
    ``word`` stands in place of the outcome's usual word where that would mislead.
    """

    outcome: Outcome
    score: float
    reading: str = ""
    mistake: str | None = None
    named: Text | None = None
    evidence: Text | None = None
    claim: str = ""
    caret: Caret | None = None
    examples: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()
    picked: tuple[int, ...] = ()
    word: Text | None = None

    @property
    def is_attempt(self) -> bool:
        """Whether the answer counts. What could not be read costs nothing."""
        return self.outcome in ("correct", "partial", "wrong")


def correct(reading: str, claim: str = "") -> Verdict:
    """A right answer."""
    return Verdict("correct", 1.0, reading=reading, claim=claim)


def wrong(
    reading: str, claim: str = "", mistake: str | None = None, named: Text | None = None, evidence: Text | None = None
) -> Verdict:
    """A wrong answer, with its name and evidence where there are any."""
    return Verdict("wrong", 0.0, reading=reading, claim=claim, mistake=mistake, named=named, evidence=evidence)


def unreadable(named: Text, caret: Caret | None = None, examples: tuple[str, ...] = ()) -> Verdict:
    """An answer that could not be read: what to do, where reading stopped, how it could be written."""
    return Verdict("unreadable", 0.0, named=named, caret=caret, examples=examples)


def refused(named: Text) -> Verdict:
    """Not an answer at all: control characters, absurd size, code where there is none."""
    return Verdict("refused", 0.0, named=named)
