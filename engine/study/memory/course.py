"""How a question has fared: the fold of its attempts with FSRS, and of the mistakes with a name that were made on it.

The card is the question, whichever variant was asked. A named mistake that was made twice is a card of its own: it has
lapsed when it is made again, and is reviewed by every right answer to its question. FSRS counts whole study days; its
own steps within a day, its fuzz and its clock are not used.
"""

from datetime import date

import msgspec

from engine.study.answer import Answer
from engine.study.history.attempt import Attempt
from engine.study.memory import recall
from engine.study.memory.recall import AGAIN, EASY, GOOD, HARD

# The exam leaves 69 s a question; a right answer usually takes about 20 s.
SLOW_SECONDS = 90.0
FAST_SECONDS = 10.0
HALF = 0.5
REMEMBERED_SEEDS = 50
HABIT = 2  # made so often, a mistake is reviewed by itself
NAMELESS = frozenset({"gave-up"})  # says that nothing came to mind, not what was mixed up
_LAST_DAY = date.max.toordinal()


class Trace(msgspec.Struct, array_like=True):
    """What FSRS holds of a card. Days are ordinals of study days, 0 for never."""

    stability: float = 0.0
    difficulty: float = 0.0
    last: int = 0
    lapsed: int = 0

    @property
    def due(self) -> int:
        """The day on which recall will have fallen to 90 %."""
        return min(self.last + recall.interval(self.stability), _LAST_DAY)

    def review(self, rating: int, day: int) -> None:
        """One more review on study day ``day``."""
        if not self.last:
            self.stability, self.difficulty = recall.initial_stability(rating), recall.initial_difficulty(rating)
        else:
            if day < self.last:  # where a clock is put back at four in the morning, a day comes twice
                day = self.last
            if rating == AGAIN and self.lapsed == day:
                return  # one lapse a day: FSRS would hold a question hard for good
            self.stability, self.difficulty = recall.reviewed(self.stability, self.difficulty, day - self.last, rating)
        self.last = day
        if rating == AGAIN:
            self.lapsed = day

    def retrievability(self, day: int) -> float:
        """The chance of recall on ``day``."""
        return recall.recall(self.stability, max(0, day - self.last))


class Slip(Trace, array_like=True):
    """A named mistake on one question: how often it was made, when last; a card from the second time on."""

    times: int = 0
    at: int = 0


class Course(Trace, array_like=True):
    """A question's card, its last attempt, and what must not be asked again too soon."""

    at: int = 0
    uuid: str = ""
    count: int = 0
    right: bool = False
    seeds: list[int] = []
    slips: dict[str, Slip] = {}

    def take(self, attempt: Attempt, day: int) -> None:
        """One more attempt, later than all before, on study day ``day``."""
        self.review(rate(attempt), day)
        self.at, self.uuid = attempt.at, attempt.uuid
        self.count += 1
        self.right = attempt.outcome == "correct"
        self.seeds.append(attempt.seed)
        if len(self.seeds) > REMEMBERED_SEEDS:
            del self.seeds[0]
        if attempt.mistake is not None and not self.right and attempt.mistake not in NAMELESS:
            self._slipped(attempt.mistake, attempt.at, day)
        elif self.slips and attempt.right:
            for slip in self.slips.values():
                if slip.times >= HABIT:
                    slip.review(GOOD, day)

    def due_slips(self, day: int) -> list[str]:
        """The mistakes that are to be reviewed on ``day`` or before, weakest first."""
        due = [(slip.retrievability(day), name) for name, slip in self.slips.items() if slip.last and slip.due <= day]
        return [name for _, name in sorted(due)]

    def soonest(self) -> int:
        """The day on which the question, or a mistake made on it, is due first."""
        return min((slip.due for slip in self.slips.values() if slip.last), default=self.due)

    def weakness(self, day: int) -> float:
        """The chance of recall on ``day`` of what is weakest: the question, or a mistake that is due."""
        own = self.retrievability(day)
        if not self.slips:
            return own
        return min(
            own, *(slip.retrievability(day) for slip in self.slips.values() if slip.last and slip.due <= day), own
        )

    def _slipped(self, mistake: str, at: int, day: int) -> None:
        slip = self.slips.get(mistake)
        if slip is None:
            slip = self.slips[mistake] = Slip()
        slip.times += 1
        slip.at = at
        if slip.times >= HABIT:
            slip.review(AGAIN, day)


def rate(answer: Answer | Attempt) -> int:
    """What an answer says of the memory, in FSRS's ratings.

    Again (a guess too), Hard (helped, unsure, slow or half right), Good, or Easy (fast and sure).
    """
    if answer.outcome == "partial":
        return HARD if answer.score >= HALF else AGAIN
    if answer.outcome != "correct" or answer.guessed:
        return AGAIN
    if answer.hints or (answer.sure is not None and not answer.sure) or answer.seconds > SLOW_SECONDS:
        return HARD
    return EASY if answer.sure and answer.seconds <= FAST_SECONDS else GOOD
