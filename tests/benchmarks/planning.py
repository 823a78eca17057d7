"""Does the plan help a learner whose memory is not its model? Scores on the exam day, same minutes, paired intervals.

``python -m tests.benchmarks planning`` has 60 learners in each of 36 cells, ``python -m tests.benchmarks.planning``
320. The score is the expected share of right answers over all questions, in points of 100. A cell's learners are the
same under every policy: their memories, their luck, their days of absence.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from engine.study.forecast import Standpoint, keeping
from engine.study.imagined import Array, Bools, Index, session
from engine.study.learner import GUESS, SLIP, fit
from engine.study.plan import Outlook, Pace
from tests.benchmarks.measure import Row, best_times
from tests.benchmarks.planning_learners import FAMILIES, family
from tests.benchmarks.planning_policies import OURS, POLICIES, BoxedDeck, Policy

DAYS, QUESTIONS, MINUTES = (7, 21, 60, 180), (60, 200, 500), (10, 30, 60)
CELLS = tuple(product(DAYS, QUESTIONS, MINUTES))
SOME_LEARNERS, MANY_LEARNERS = 12, 64  # of each family
ROUNDS = 3
ABSENT = 0.2
PRIOR = (1.0, 6.0)  # of the share of questions known before, Beta distributed
LUCK = 64  # answers to a question after which the luck repeats
PACE = Pace()


@dataclass(frozen=True)
class Cell:
    """The scores of every learner (in points of 100) under each policy."""

    days: int
    questions: int
    minutes: int
    scores: dict[str, Array]

    @property
    def name(self) -> str:
        """Days / questions / minutes."""
        return f"{self.days:3} d {self.questions:3} q {self.minutes} min"

    def ahead(self, other: str) -> tuple[float, float]:
        """How many points our plan is ahead of ``other``, and the half-width of the paired 95 % interval."""
        gap = self.scores[OURS] - self.scores[other]
        return float(gap.mean()), float(1.96 * gap.std(ddof=1) / len(gap) ** 0.5)

    @property
    def best(self) -> str:
        """The baseline with the highest mean."""
        return max((name for name in self.scores if name != OURS), key=lambda name: float(self.scores[name].mean()))


@dataclass(frozen=True)
class Group:
    """Learners of one family before a policy: what they know, their luck and the days they are away."""

    family: str
    known: NDArray[np.bool_]
    luck: Array
    away: NDArray[np.bool_]
    seed: int

    @classmethod
    def draw(cls, name: str, shape: tuple[int, int], days: int, seed: int) -> "Group":
        """``shape`` = learners × questions."""
        rng = np.random.default_rng((seed, FAMILIES.index(name), days, *shape))
        known = rng.random(shape) < rng.beta(*PRIOR, (shape[0], 1))
        return cls(name, known, rng.random((*shape, LUCK)), rng.random((shape[0], days)) < ABSENT, seed)

    def scores(self, policy: Policy, days: int, minutes: int) -> Array:
        """The points of 100 of each learner on the exam day, ``days`` days after the first."""
        shape = self.known.shape
        rng = np.random.default_rng((self.seed, 7))
        memory = family(self.family, shape, days, np.random.default_rng((self.seed, 9, FAMILIES.index(self.family))))
        deck, tries = BoxedDeck.empty(*shape), np.zeros(shape, dtype=np.intp)
        for day in range(days):
            order = policy(deck, day, Outlook(days - day, shape[1], minutes, PACE), rng.random(shape))

            def answer(at: Index, day: int = day) -> Bools:
                recalled = np.where(deck.seen[at], memory.recall(at, day), 0.0)
                chance = np.where(self.known[at], 1.0, recalled)
                luck = self.luck[(*at, tries[at] % LUCK)]
                return np.asarray(luck < (1 - SLIP) * chance + GUESS * (1 - chance))

            seconds = np.where(self.away[:, day, None], 0.0, minutes * 60.0)
            at, right = session(order, deck.seen, answer, seconds, PACE)
            memory.review(at, day, right, ~deck.seen[at])
            deck.record(at, day, right)
            tries[at] += 1
        recall = np.where(self.known, 1.0, np.where(deck.seen, memory.recall(..., days), 0.0))
        score: Array = 100 * ((1 - SLIP) * recall + GUESS * (1 - recall)).mean(axis=1)
        return score


def measure(cell: tuple[int, int, int], learners: int, seed: int = 1) -> Cell:
    """All policies in one cell, ``learners`` of each family."""
    days, questions, minutes = cell
    groups = [Group.draw(name, (learners, questions), days, seed) for name in FAMILIES]
    scores = {
        name: np.concatenate([group.scores(policy, days, minutes) for group in groups])
        for name, policy in POLICIES.items()
    }
    return Cell(*cell, scores)


def rows() -> list[Row]:
    """One line a cell, one for the mean against each baseline, and the time that a year's plan takes."""
    return [_year(), *compared(SOME_LEARNERS)]


def compared(learners: int) -> Iterator[Row]:
    """The comparison with ``learners`` of each family."""
    cells = []
    for each in CELLS:
        cell = measure(each, learners)
        cells.append(cell)
        best = cell.best
        gap, half = cell.ahead(best)
        figure = f"{cell.scores[OURS].mean():.1f}: {gap:+.2f} ± {half:.2f} ({best})"
        yield Row(cell.name, "no worse than its best baseline beyond noise", figure, gap, gap >= -half)
    for name in [name for name in POLICIES if name != OURS]:
        gaps = [cell.ahead(name) for cell in cells]
        mean = sum(gap for gap, _ in gaps) / len(gaps)
        half = sum(half**2 for _, half in gaps) ** 0.5 / len(gaps)
        better, worse = sum(gap > half for gap, half in gaps), sum(gap < -half for gap, half in gaps)
        figure = f"{mean:+.2f} ± {half:.2f}, better in {better} cells, worse in {worse}"
        yield Row(f"against {name}", "better on average", figure, mean, mean > half)


def _year() -> Row:
    stand, outlook = Standpoint([None] * 500, 0, 0, fit([])), Outlook(365, 500, 30)
    taken = best_times({"year": lambda: keeping(stand, outlook, 1)}, ROUNDS)["year"]
    return Row("a year's plan, 500 questions", "≤ 1 s", f"{taken:.2f} s", taken, taken <= 1.0)


if __name__ == "__main__":
    for row in compared(MANY_LEARNERS):
        sys.stdout.write(f"{'ok    ' if row.passed else 'MISSED'}  {row.name:<44} {row.figure}\n")
        sys.stdout.flush()
