"""Does the plan help a learner whose memory is not its model? Scores on the exam day, same minutes, paired intervals.

``python -m tests.benchmarks planning`` has 60 learners in each of 36 cells, ``python -m tests.benchmarks.planning``
320 (and another seed: its argument). The score is the expected share of right answers over all questions, in points of
100. A cell's learners are the same under every policy: their memories, their luck, their days of absence; no two cells
share learners.

Intervals are of 95 %, for these five families of memories (the variance is that within families). A cell is lost if
the plan is below its best baseline by more than chance explains in 36 looks: one-sided, 5 % for all cells together
(Bonferroni: 3.0 standard errors). ``<`` marks what is below by the plain 95 %; of 36 equals about one would be. The
best of ten baselines is found on the same learners, which is a little to its advantage.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from engine.study.plan.forecast import Standpoint, keeping
from engine.study.plan.imagined import Array, Bools, Index, session
from engine.study.plan.learner import fit
from engine.study.plan.policy import GUESS, SLIP, Outlook, Pace
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
SEED = 4099  # never used while the policy was chosen
PLAIN, LOST = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(1 - 0.05 / len(CELLS))


@dataclass(frozen=True)
class Cell:
    """The scores (in points of 100) under each policy, families × learners."""

    days: int
    questions: int
    minutes: int
    scores: dict[str, Array]

    @property
    def name(self) -> str:
        """Days / questions / minutes."""
        return f"{self.days:3} d {self.questions:3} q {self.minutes} min"

    def ahead(self, other: str) -> tuple[float, float]:
        """How many points our plan is ahead of ``other``, and the standard error of that, learner by learner."""
        gap = self.scores[OURS] - self.scores[other]
        return float(gap.mean()), float((gap.var(axis=1, ddof=1).mean() / gap.size) ** 0.5)

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
    minutes: int
    seeds: tuple[int, ...]

    @classmethod
    def draw(cls, name: str, learners: int, cell: tuple[int, int, int], seed: int) -> "Group":
        """``cell`` = days, questions, minutes."""
        days, questions, minutes = cell
        seeds, shape = (seed, FAMILIES.index(name), *cell), (learners, questions)
        rng = np.random.default_rng((*seeds, 1))
        known = rng.random(shape) < rng.beta(*PRIOR, (learners, 1))
        away = rng.random((learners, days)) < ABSENT
        return cls(name, known, rng.random((*shape, LUCK)), away, minutes, seeds)

    def scores(self, policy: Policy) -> Array:
        """The points of 100 of each learner on the exam day, the day after the last."""
        shape, days, minutes = self.known.shape, self.away.shape[1], self.minutes
        rng = np.random.default_rng((*self.seeds, 2))
        memory = family(self.family, shape, days, np.random.default_rng((*self.seeds, 3)))
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


def measure(cell: tuple[int, int, int], learners: int, seed: int = SEED) -> Cell:
    """All policies in one cell, ``learners`` of each family."""
    groups = [Group.draw(name, learners, cell, seed) for name in FAMILIES]
    scores = {name: np.stack([group.scores(policy) for group in groups]) for name, policy in POLICIES.items()}
    return Cell(*cell, scores)


def rows() -> list[Row]:
    """One line a cell, one for the mean against each baseline, and the time that a year's plan takes."""
    return [_year(), *compared(SOME_LEARNERS)]


def compared(learners: int, seed: int = SEED) -> Iterator[Row]:
    """The comparison with ``learners`` of each family."""
    cells = []
    for each in CELLS:
        cell = measure(each, learners, seed)
        cells.append(cell)
        yield _against_best(cell)
    for name in [name for name in POLICIES if name != OURS]:
        yield _against(name, cells)
    for place, name in enumerate(FAMILIES):
        yield _in_family(place, name, cells)


def _against_best(cell: Cell) -> Row:
    best = cell.best
    gap, error = cell.ahead(best)
    mark = " <" if gap < -PLAIN * error else ""
    figure = f"{cell.scores[OURS].mean():.1f}: {gap:+.2f} ± {PLAIN * error:.2f} ({best}){mark}"
    return Row(cell.name, "not lost to its best baseline", figure, gap, gap >= -LOST * error)


def _against(name: str, cells: list[Cell]) -> Row:
    ahead = [cell.ahead(name) for cell in cells]
    gaps = [gap for gap, _ in ahead]
    mean, half = sum(gaps) / len(gaps), PLAIN * sum(error**2 for _, error in ahead) ** 0.5 / len(gaps)
    better, worse = (sum(sign * gap > PLAIN * error for gap, error in ahead) for sign in (1, -1))
    lost = sum(gap < -LOST * error for gap, error in ahead)
    figure = (
        f"{mean:+.2f} ± {half:.2f}, worst {min(gaps):+.2f}, better in {better} cells, worse in {worse}, lost {lost}"
    )
    return Row(f"against {name}", "better on average", figure, mean, mean > half)


def _in_family(place: int, name: str, cells: list[Cell]) -> Row:
    """For information: the plan does not know the family, and some other policy suits each better."""
    means = {
        policy: sum(float(cell.scores[policy][place].mean()) for cell in cells) / len(cells) for policy in POLICIES
    }
    best = max((policy for policy in means if policy != OURS), key=lambda policy: means[policy])
    gap = means[OURS] - means[best]
    return Row(f"only {name}", "told, not judged", f"{means[OURS]:.1f}: {gap:+.2f} ({best})", gap, True)


def _year() -> Row:
    stand, outlook = Standpoint([None] * 500, 0, 0, fit([])), Outlook(365, 500, 30)
    taken = best_times({"year": lambda: keeping(stand, outlook, 1)}, ROUNDS)["year"]
    return Row("a year's plan, 500 questions", "≤ 1 s", f"{taken:.2f} s", taken, taken <= 1.0)


if __name__ == "__main__":
    for row in compared(MANY_LEARNERS, *(int(seed) for seed in sys.argv[1:])):
        sys.stdout.write(f"{'ok    ' if row.passed else 'MISSED'}  {row.name:<44} {row.figure}\n")
        sys.stdout.flush()
