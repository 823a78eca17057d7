"""What the last answers tell of a learner's ways: how long answers take, and how many new questions they know."""

from collections.abc import Iterable, Mapping
from statistics import median

import msgspec

from engine.study.answer import Answer
from engine.study.memory.tally import LONGEST_SECONDS
from engine.study.plan.policy import Pace

LOOKED_BACK = 1_000  # answers
ENOUGH = 50  # answers, before which the default times are taken
FEWEST = 8  # of one kind, before which its default time is taken
_SHORTEST_SECONDS = 2.0
_READING = {True: 5.0, False: 20.0}  # seconds for the feedback, after a right and after a wrong answer


class Experience(msgspec.Struct, frozen=True):
    """How many first encounters there were lately, how many of them were right, and how long answers take."""

    first_tries: int = 0
    first_right: int = 0
    pace: Pace = msgspec.field(default_factory=Pace)


def experience(latest: Iterable[Answer], counts: Mapping[str, int]) -> Experience:
    """What ``latest`` answers tell, the last one first. ``counts``: how often each question was answered in all."""
    left = dict(counts)
    seconds: dict[tuple[bool, bool], list[float]] = {
        (new, right): [] for new in (True, False) for right in (True, False)
    }
    for answer in latest:
        left[answer.question] = left.get(answer.question, 1) - 1
        seconds[left[answer.question] == 0, answer.right].append(min(answer.seconds, LONGEST_SECONDS))
    new_right, new_wrong = seconds[True, True], seconds[True, False]
    tries = Experience(len(new_right) + len(new_wrong), len(new_right))
    if sum(map(len, seconds.values())) < ENOUGH:
        return tries
    default = Pace()
    pace = Pace(
        right=_usual(seconds[False, True], True, default.right),
        wrong=_usual(seconds[False, False], False, default.wrong),
        new_right=_usual(new_right, True, default.new_right),
        new_wrong=_usual(new_wrong, False, default.new_wrong),
    )
    return Experience(tries.first_tries, tries.first_right, pace)


def _usual(seconds: list[float], right: bool, default: float) -> float:
    if len(seconds) < FEWEST:
        return default
    return max(median(seconds), _SHORTEST_SECONDS) + _READING[right]
