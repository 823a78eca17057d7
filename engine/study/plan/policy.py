"""Which questions to ask today when the exam has a date: keep safe, then earn, then one last pass.

Each day all questions are ranked once and asked from the top until the minutes are used, none twice.

- **Safe**, while the rest of the time holds many more rounds of all questions: first those whose recall is under 94 %,
  weakest first; then new ones; then the oldest of the rest, but none that sits above 97 % and is better left alone.
- **Earn**, otherwise: by expected points on the exam day per second, as if each question got exactly one more review,
  in the last pass. New questions compete in the same list, and so end by themselves.
- **Last**, for the days of one round and half as many again, since some will be missed: by the points per second that
  showing it now makes on the exam day; once no question is new any more, none comes a second time before all had
  their turn.

Formulas and constants were chosen by simulation on learners whose memory is not this model's;
``tests/benchmarks/planning.py`` repeats the comparison with these very functions.
"""

import math
from typing import TYPE_CHECKING, Literal

import msgspec

from engine.study.memory.recall import (
    AGAIN,
    GOOD,
    Numbers,
    forgotten,
    initial_difficulty,
    initial_stability,
    larger,
    next_difficulty,
    recall,
    recalled,
    smaller,
    where,
)

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    Array = NDArray[float64]
    Bools = NDArray[bool_]

Phase = Literal["safe", "earn", "last"]

GUESS, SLIP = 0.25, 0.03  # four options; a known answer typed wrongly

SAFE_RECALL, RESTING_RECALL = 0.94, 0.97
SAFE_ROUNDS = 8.0
RESTING_DAYS = 14  # nearer the exam nothing rests
LAST_ROUNDS = 1.5  # of the minutes that a round takes are kept for the last pass
NEVER = -math.inf
KNOWN_LIMITS = (0.02, 0.95)

FIRST = 10.0  # above every gain per second

_NEW_GOOD, _NEW_AGAIN = initial_stability(GOOD), initial_stability(AGAIN)
_RIGHT_REVIEWS = 0.76  # the share of right answers at which the four default times come to 26 s a review


class Pace(msgspec.Struct, frozen=True):
    """Seconds from a question to the end of its feedback: reviews and first encounters, right and wrong."""

    right: float = 20.0
    wrong: float = 45.0
    new_right: float = 40.0
    new_wrong: float = 75.0

    @property
    def review(self) -> float:
        """The mean of a review."""
        return _RIGHT_REVIEWS * self.right + (1 - _RIGHT_REVIEWS) * self.wrong

    def of_review(self, chance: Numbers) -> Numbers:
        """Expected seconds of a review that is right with ``chance``."""
        return self.right * chance + self.wrong * (1 - chance)

    def of_new(self, share: Numbers) -> Numbers:
        """Expected seconds of a first encounter where ``share`` of these are right."""
        return self.new_right * share + self.new_wrong * (1 - share)


class Outlook(msgspec.Struct, frozen=True):
    """What one day looks forward to.

    ``left``: days until the exam, at least 1 (its eve). ``count``: questions in all. ``minutes``: for each day.
    """

    left: int
    count: int
    minutes: float
    pace: Pace = Pace()

    @property
    def pass_days(self) -> float:
        """Days that one round of all questions takes."""
        return max(self.count * self.pace.review / (self.minutes * 60), 1e-9)

    @property
    def rounds(self) -> float:
        """How many more rounds of all questions there is time for."""
        return self.left / self.pass_days

    @property
    def last_began(self) -> int:
        """How many days ago the last pass began; negative while it is still to come."""
        return self._last_days + 1 - self.left

    @property
    def phase(self) -> Phase:
        """How today's questions are chosen."""
        if self.last_began >= 0:
            return "last"
        return "safe" if self.rounds >= SAFE_ROUNDS else "earn"

    @property
    def middle(self) -> float:
        """Days from today to the review that each question is imagined to get in the last pass."""
        return max(1.0, self.left - max(1.0, self._last_days / 2))

    @property
    def _last_days(self) -> int:
        return math.ceil(LAST_ROUNDS * self.pass_days)


def share_known(first_right: Numbers, first_tries: Numbers) -> Numbers:
    """The expected share of first encounters answered rightly; 45 % before any is known."""
    return (first_right + 1.35) / (first_tries + 3)


def known_before(share: Numbers) -> Numbers:
    """The chance that a new question's answer is known already, guessing left out."""
    least, most = KNOWN_LIMITS
    return smaller(larger((share - GUESS) / (1 - GUESS - SLIP), least), most)


def after_review(stability: Numbers, difficulty: Numbers, elapsed: Numbers, later: float) -> Numbers:
    """The chance of recall ``later`` days after a review that comes ``elapsed`` days after the last answer."""
    chance = recall(stability, elapsed)
    return _either(stability, difficulty, chance, later)


def review_gain(stability: Numbers, difficulty: Numbers, elapsed: Numbers, outlook: Outlook) -> Numbers:
    """Expected points on the exam day (0-1) that a review today adds to each question."""
    left, middle = outlook.left, outlook.middle
    chance = recall(stability, elapsed)
    if outlook.phase == "last":
        return _either(stability, difficulty, chance, left) - recall(stability, elapsed + left)
    good, again = recalled(stability, difficulty, chance), forgotten(stability, difficulty, chance)
    if_right = _after_days(good, difficulty, middle, left - middle)
    if_wrong = _after_days(again, next_difficulty(difficulty, AGAIN), middle, left - middle)
    later = after_review(stability, difficulty, elapsed + middle, left - middle)
    return chance * if_right + (1 - chance) * if_wrong - later


def new_gain(known: Numbers, outlook: Outlook) -> Numbers:
    """Expected points on the exam day (0-1) that meeting a new question today adds; ``known`` as above."""
    left, middle = outlook.left, outlook.middle
    if outlook.phase == "last":
        return (1 - known) * recall(_NEW_AGAIN, left)
    if_right = _after_days(_NEW_GOOD, initial_difficulty(GOOD), middle, left - middle)
    if_wrong = _after_days(_NEW_AGAIN, initial_difficulty(AGAIN), middle, left - middle)
    later_right, later_wrong = recall(_NEW_GOOD, left - middle), recall(_NEW_AGAIN, left - middle)
    return known * (if_right - later_right) + (1 - known) * (if_wrong - later_wrong)


def new_shown(known: float, left: int) -> float:
    """The chance of recalling a new question on the exam day if it is asked today, and then never."""
    learned = known * recall(_NEW_GOOD, left) + (1 - known) * recall(_NEW_AGAIN, left)
    return max(known, learned)


def keys(
    stability: "Array", difficulty: "Array", elapsed: "Array", seen: "Bools", share: "Array", outlook: Outlook
) -> "Array":
    """The keys of ``ranking.rank`` for many learners at once, in arrays of learners × questions; NEVER for not today.

    ``share`` has one row a learner. What was never seen may hold any positive stability and difficulty.
    """
    import numpy as np

    chance = recall(stability, elapsed)
    all_met: Bools = np.all(seen, axis=1)[:, None]
    key = key_of(stability, difficulty, elapsed, chance, outlook, 1.0, all_met)
    either: Array = np.where(seen, key, new_gain(known_before(share), outlook) / outlook.pace.of_new(share))
    return either


def key_of(
    stability: Numbers,
    difficulty: Numbers,
    elapsed: Numbers,
    chance: Numbers,
    outlook: Outlook,
    weight: float,
    all_met: "bool | Bools",
) -> Numbers:
    """How early questions that were met come today, at their ``chance`` of recall; NEVER for not today.

    ``all_met``: whether no question is new any more, one truth a learner.
    """
    phase = outlook.phase
    if phase == "safe":
        spare = -1 / (1 + elapsed)
        if outlook.left >= RESTING_DAYS:
            spare = where(chance > RESTING_RECALL, NEVER, spare)
        ranked: Numbers = where(chance < SAFE_RECALL, FIRST - chance, spare)
        return ranked
    key = weight * review_gain(stability, difficulty, elapsed, outlook) / outlook.pace.of_review(chance)
    if phase == "last":
        key = where(all_met & (elapsed <= outlook.last_began), key - FIRST, key)
    return key


def _either(stability: Numbers, difficulty: Numbers, chance: Numbers, later: float) -> Numbers:
    """Recall ``later`` days after a review at ``chance``, whichever way it goes."""
    right = recall(recalled(stability, difficulty, chance), later)
    wrong = recall(forgotten(stability, difficulty, chance), later)
    return chance * right + (1 - chance) * wrong


def _after_days(stability: Numbers, difficulty: Numbers, elapsed: float, later: float) -> Numbers:
    return _either(stability, difficulty, recall(stability, elapsed), later)
