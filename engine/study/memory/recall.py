"""What FSRS-6 holds of a memory, as bare formulas, with the default weights of the ``fsrs`` package.

Sources: the FSRS-6 page of https://github.com/open-spaced-repetition/fsrs4anki/wiki and ``fsrs.Scheduler``, whose own
functions are private, slow to call and take one card at a time. A test holds the two together.

Stability is the time in days after which recall has fallen to 90 %, difficulty runs from 1 to 10, ``elapsed`` counts
whole study days. Every formula but those for one card takes numbers or NumPy arrays of one shape, and gives the same.
"""

import math
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = TypeVar("Numbers", float, NDArray[float64])
else:
    Numbers = TypeVar("Numbers")

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4

WEIGHTS = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # stability after the first answer, by rating
    *(6.4133, 0.8334, 3.0194, 0.001),  # difficulty
    *(1.8722, 0.1666, 0.796),  # stability after a success
    *(1.4835, 0.0614, 0.2629, 1.6483),  # stability after a lapse
    *(0.6014, 1.8729),  # a hard and an easy success
    *(0.5425, 0.0912, 0.0658),  # a second review within a day
    0.1542,  # how fast recall falls
)
DECAY = WEIGHTS[20]
FACTOR = 0.9 ** (1 / -DECAY) - 1
LEAST_STABILITY = 0.001
LEAST_DIFFICULTY, MOST_DIFFICULTY = 1.0, 10.0
LONGEST_INTERVAL = 36_500

_GROWTH = math.e ** WEIGHTS[8]
_SAME_DAY_LOSS = math.e ** (WEIGHTS[17] * WEIGHTS[18])


def recall(stability: Numbers, elapsed: Numbers | float) -> Numbers:
    """The chance of recalling after ``elapsed`` days: ``(1 + F t / S) ^ -w20``, 0.9 at ``t = S``."""
    chance: Numbers = (1 + FACTOR * elapsed / stability) ** -DECAY
    return chance


def initial_stability(rating: int) -> float:
    """Days of stability after the first answer."""
    return WEIGHTS[rating - 1]


def initial_difficulty(rating: int) -> float:
    """The difficulty after the first answer: ``w4 - e^(w5 (rating - 1)) + 1``, within its limits."""
    return min(max(_unbounded_difficulty(rating), LEAST_DIFFICULTY), MOST_DIFFICULTY)


def next_difficulty(difficulty: Numbers, rating: int) -> Numbers:
    """The difficulty after one more answer, damped towards 10 and drawn a little towards that of an easy start."""
    step = -(WEIGHTS[6] * (rating - GOOD))
    moved = difficulty + (10.0 - difficulty) * step / 9.0
    drawn = WEIGHTS[7] * _EASY_START + (1 - WEIGHTS[7]) * moved
    return smaller(larger(drawn, LEAST_DIFFICULTY), MOST_DIFFICULTY)


def recalled(stability: Numbers, difficulty: Numbers, chance: Numbers, rating: int = GOOD) -> Numbers:
    """The stability after a success when recall stood at ``chance``: the less likely it was, the more it gains."""
    factor = (WEIGHTS[15] if rating == HARD else 1) * (WEIGHTS[16] if rating == EASY else 1)
    surprise = math.e ** ((1 - chance) * WEIGHTS[10]) - 1
    after: Numbers = stability * (1 + _GROWTH * (11 - difficulty) * stability ** -WEIGHTS[9] * surprise * factor)
    return after


def forgotten(stability: Numbers, difficulty: Numbers, chance: Numbers) -> Numbers:
    """The stability after a lapse when recall stood at ``chance``; never more than it was."""
    kept: Numbers = (stability + 1) ** WEIGHTS[13] - 1
    after: Numbers = WEIGHTS[11] * difficulty ** -WEIGHTS[12] * kept * math.e ** ((1 - chance) * WEIGHTS[14])
    most: Numbers = stability / _SAME_DAY_LOSS
    return larger(smaller(after, most), LEAST_STABILITY)


def same_day(stability: float, rating: int) -> float:
    """The stability after another review on the day of the last one."""
    change: float = math.e ** (WEIGHTS[17] * (rating - GOOD + WEIGHTS[18])) * stability ** -WEIGHTS[19]
    return max(stability * (change if rating == AGAIN else max(change, 1.0)), LEAST_STABILITY)


def reviewed(stability: float, difficulty: float, elapsed: int, rating: int) -> tuple[float, float]:
    """Stability and difficulty after a review, as ``Scheduler.review_card`` gives them for a card in review."""
    if elapsed < 1:
        after = same_day(stability, rating)
    elif rating == AGAIN:
        after = forgotten(stability, difficulty, recall(stability, elapsed))
    else:
        after = recalled(stability, difficulty, recall(stability, elapsed), rating)
    return after, next_difficulty(difficulty, rating)


def interval(stability: float, retention: float = 0.9) -> int:
    """Whole days until recall has fallen to ``retention``, at least 1."""
    days: int = round(stability / FACTOR * (retention ** (1 / -DECAY) - 1))
    return min(max(days, 1), LONGEST_INTERVAL)


def smaller(left: Numbers, right: Numbers | float) -> Numbers:
    """The smaller of the two, place by place."""
    if isinstance(left, float):
        return min(left, right)
    import numpy

    return numpy.minimum(left, right)


def larger(left: Numbers, right: Numbers | float) -> Numbers:
    """The larger of the two, place by place."""
    if isinstance(left, float):
        return max(left, right)
    import numpy

    return numpy.maximum(left, right)


def where(holds: Any, then: Any, otherwise: Any) -> Any:
    """``then`` where it ``holds``, else ``otherwise``: of numbers, or place by place of arrays."""
    if isinstance(holds, bool):
        return then if holds else otherwise
    import numpy

    return numpy.where(holds, then, otherwise)


def _unbounded_difficulty(rating: int) -> float:
    return float(WEIGHTS[4] - math.e ** (WEIGHTS[5] * (rating - 1)) + 1)


_EASY_START = _unbounded_difficulty(EASY)
