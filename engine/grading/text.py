"""Answers in words: the tool proposes which points are there and shows the words it found; the learner decides.

Matching phrases is right on plain answers and blind to negation, comparison and swapped terms. So a point is held
back, with the reason, wherever one of them stands near; and no learner is ever told that words are wrong.
"""

import re
from collections.abc import Sequence
from itertools import islice

from msgspec.structs import replace

from engine.bank.asked import TextKey
from engine.grading import plain
from engine.grading.plain import UnreadError
from engine.grading.text_context import Doubts
from engine.grading.text_match import Hit, Prose, hits
from engine.grading.verdict import Outcome, Tick, Verdict, unreadable
from sims.text import Text

_NOT_YET = Text("まだ触れていない点があります。", "Some points are not mentioned yet.")
_LOOK = Text("見分けられない点があります。確かめてください。", "Some points need your own eye. Please check them.")
_IN_WORDS = Text("ことばで、ひとことでも書いてください。", "Please answer in words; a few are enough.")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")
_SHORTEST = 3
_MOST_HITS = 40  # that are looked at for one point
_JAPANESE = re.compile(r"[ぁ-ヿ一-龥]")
_WORD = re.compile(r"(?<!\S)[\"'“(]?[^\W\d_]{2,}(?:['’/-][^\W\d_]+)*[.,;:!?)\"'”]*(?!\S)")
_SIGN = re.compile(r"[=\[\]{}<>|&$@%\\_^*+#`]|\w\.\w|[\w)]\(")
_STATEMENT = re.compile(r"\s*(?:import|from\s+\w+\s+import|lambda)\b")
_FEW_WORDS = 4


def propose(key: TextKey, text: str) -> Verdict:
    """The points found in ``text``, as proposed ticks; the score is what they would make if the learner agrees."""
    try:
        prose = Prose(text)
        plain.refuse_giving_up(prose.text.strip("。 "))
        plain.refuse_attack(prose.text)
    except UnreadError as error:
        return error.verdict
    found = [[hit for phrasing in (*point.ja, *point.en) for hit in hits(prose, phrasing)] for point in key.rubric]
    if not any(found) and (_is_nonsense(prose.bare) or not _is_prose(prose.text)):
        return unreadable(_IN_WORDS)
    doubts = Doubts(prose, [hit for hits_of_point in found for hit in hits_of_point])
    ticks = tuple(
        _tick(prose, hits_of_point, point.opposite, doubts)
        for point, hits_of_point in zip(key.rubric, found, strict=True)
    )
    verdict = _counted(ticks)
    open_points = [tick for tick in ticks if not tick.proposed]
    if open_points and all(tick.held for tick in open_points):
        return replace(verdict, named=_LOOK)
    return verdict


def confirm(key: TextKey, text: str, ticks: Sequence[bool]) -> Verdict:
    """The score: the points that the learner says are there. ``ticks`` has one entry a point of the rubric."""
    proposal = propose(key, text)
    if not proposal.is_attempt:
        return proposal
    confirmed = [
        replace(tick, proposed=yes, held=None if yes else tick.held)
        for tick, yes in zip(proposal.ticks, ticks, strict=True)
    ]
    return _counted(tuple(confirmed))


def _counted(ticks: tuple[Tick, ...]) -> Verdict:
    there = sum(tick.proposed for tick in ticks)
    outcome: Outcome = "correct" if there == len(ticks) else "partial" if there else "wrong"
    return Verdict(
        outcome, there / len(ticks) if ticks else 1.0, named=None if outcome == "correct" else _NOT_YET, ticks=ticks
    )


def _tick(prose: Prose, found: Sequence[Hit], opposites: Sequence[str], doubts: Doubts) -> Tick:
    """Proposed if one way to say the point stands free of doubt; else held with the first reason."""
    held: Tick | None = None
    for hit in islice(dict.fromkeys(found), _MOST_HITS):
        words = " … ".join(dict.fromkeys(prose.quote(span) for span in hit.words))
        reason = doubts.about(hit, opposites)
        if reason is None:
            return Tick(True, words)
        held = held or Tick(False, words, reason)
    return held or Tick(False)


def _is_nonsense(bare: str) -> bool:
    """Too little to be an answer: a letter or two, one character again and again, digits, a row of the keyboard."""
    few = len(bare) < _SHORTEST or len(set(bare)) == 1
    return (
        few or re.fullmatch(r"[\W\d_]*", bare) is not None or any(len(bare) >= 4 and bare in row for row in _KEYBOARD)
    )


def _is_prose(text: str) -> bool:
    """Whether ``text``, in which no point was found, is a sentence or a word and not a scrap of code or a formula."""
    if _JAPANESE.search(text):
        return True
    words = 0 if _STATEMENT.match(text) else len(_WORD.findall(text))
    return words >= _FEW_WORDS or (words > 0 and not _SIGN.search(text))
