"""What the exam day may bring: if you stop today, if you keep going, and what fades first.

Rough, and said so: it assumes that the exam asks questions like these, and knows a learner's memory by two numbers
(:mod:`engine.study.plan.learner`). NumPy is imported here: import this lazily.
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from engine.study.plan.forecast_terms import Estimate, Fading, Forecast, Projection
from engine.study.plan.imagined import Array, Bools, Deck, Index, session
from engine.study.plan.learner import Learner, chance_right, fit, recall_of
from engine.study.plan.plan import Plan
from engine.study.plan.policy import Outlook, known_before, share_known
from engine.study.plan.ranking import Held

FEWEST_REVIEWS = 50  # before that the plan is shown, and no score
WEEK = 7
# Of the share right: what the two numbers miss. In simulations they promise too much far more often than too little.
LEAN = 0.02
ERROR_BELOW, ERROR_ABOVE = 0.10, 0.07
BETWEEN = 1.2  # a few runs differ less than many would
EIGHTY = 1.28
FEWEST_RUNS, MOST_RUNS = 4, 32
WORK = 3_000_000  # questions × days × runs that take well under a second


class Standpoint(msgspec.Struct, frozen=True):
    """Where the learner stands: every question's memory, first tries so far, and what their reviews tell.

    ``spent``: seconds of today's minutes that are used already.
    """

    held: Sequence[Held | None]
    first_right: int
    first_tries: int
    learner: Learner
    spent: float = 0.0


def foresee(plan: Plan, seed: int = 1) -> Forecast:
    """The forecast of a plan; the same plan and seed give the same. It takes up to a second."""
    learner, known = fit(plan.reviews), plan.experience
    stand = Standpoint(plan.held, known.first_right, known.first_tries, learner, plan.spent)
    projection = keeping(stand, plan.outlook, seed)
    counts = [reviews + new for reviews, new in zip(projection.reviews, projection.new, strict=True)]
    week = (float(len(plan.queue)), *counts[1:WEEK])
    if len(plan.reviews) < FEWEST_REVIEWS:
        return Forecast(week, tuple(fading(stand, plan.outlook)))
    stop = stopping(stand, plan.outlook)
    return Forecast(week, tuple(fading(stand, plan.outlook)), stop, projection.estimate, learner.scale)


def stopping(stand: Standpoint, outlook: Outlook) -> Estimate:
    """The exam day if no question is ever asked again."""
    met = [held for held in stand.held if held is not None]
    new = len(stand.held) - len(met)
    scales, decays, weights = stand.learner.grid
    stability = np.array([held.stability for held in met])
    away = np.array([held.elapsed + outlook.left for held in met], dtype=float)
    right = chance_right(recall_of(scales[:, None], decays[:, None], stability, away))
    unmet = _unmet(stand)
    shares = (right.sum(axis=1) + new * unmet) / len(stand.held)
    expected = np.append(weights @ right, np.full(new, unmet))
    mean = float(weights @ shares)
    return _estimate(mean, float(weights @ (shares - mean) ** 2), expected)


def keeping(stand: Standpoint, outlook: Outlook, seed: int, runs: int = 0) -> Projection:
    """Days like those planned until the exam, imagined for learners such as this one may be.

    Answers are drawn from what the reviews tell of the learner. A year of 500 questions takes under a second.
    """
    count = len(stand.held)
    runs = runs or min(max(WORK // (count * outlook.left), FEWEST_RUNS), MOST_RUNS)
    rng = np.random.default_rng(seed)
    scale, decay = (column[:, None] for column in stand.learner.draw(runs, rng))
    deck = _deck(stand, runs)
    unmet = _unmet(stand)
    reviews, new = np.zeros(outlook.left), np.zeros(outlook.left)

    def chances(at: Index, day: int) -> Array:
        rows = at[0]
        recall = recall_of(scale[rows, 0], decay[rows, 0], deck.stability[at], day - deck.last[at])
        return np.where(deck.seen[at], chance_right(recall), unmet)

    for day in range(outlook.left):
        today = Outlook(outlook.left - day, outlook.count, outlook.minutes, outlook.pace)

        def answer(at: Index, day: int = day) -> Bools:
            return np.asarray(rng.random(at[1].shape) < chances(at, day))

        seconds = outlook.minutes * 60 - (0.0 if day else stand.spent)
        at, right = session(deck.keys(day, today), deck.seen, answer, seconds, outlook.pace)
        met = deck.seen[at]
        reviews[day], new[day] = met.sum() / runs, (~met).sum() / runs
        deck.record(at, day, right)
    everywhere = np.nonzero(np.ones_like(deck.seen))
    right_then = chances((everywhere[0], everywhere[1]), outlook.left).reshape(deck.seen.shape)
    shares = right_then.mean(axis=1)
    between = float(shares.var(ddof=1)) if runs > 1 else 0.0
    estimate = _estimate(float(shares.mean()), between, right_then.mean(axis=0))
    return Projection(tuple(reviews.tolist()), tuple(new.tolist()), estimate)


def fading(stand: Standpoint, outlook: Outlook) -> list[Fading]:
    """The questions that were met, by how much of their recall goes until the exam if they are not asked again."""
    met = [(place, held) for place, held in enumerate(stand.held) if held is not None]
    stability = np.array([held.stability for _, held in met])
    elapsed = np.array([held.elapsed for _, held in met], dtype=float)
    today = stand.learner.recall(stability, elapsed)
    exam = stand.learner.recall(stability, elapsed + outlook.left)
    fading = [Fading(met[i][0], float(today[i]), float(exam[i])) for i in range(len(met))]
    return sorted(fading, key=lambda each: each.exam - each.today)


def _unmet(stand: Standpoint) -> float:
    """The chance that a question never met is answered rightly."""
    known = known_before(share_known(float(stand.first_right), float(stand.first_tries)))
    return float(chance_right(np.array(known)))


def _deck(stand: Standpoint, runs: int) -> Deck:
    deck = Deck.empty(runs, len(stand.held))
    for place, held in enumerate(stand.held):
        if held is not None:
            deck.stability[:, place], deck.difficulty[:, place] = held.stability, held.difficulty
            deck.last[:, place], deck.seen[:, place] = -held.elapsed, True
    deck.first_right += stand.first_right
    deck.first_tries += stand.first_tries
    return deck


def _estimate(mean: float, between: float, chances: Array) -> Estimate:
    binomial = float((chances * (1 - chances)).sum()) / len(chances) ** 2
    spread = BETWEEN * between + binomial
    centre = mean - LEAN
    low = centre - EIGHTY * (spread + ERROR_BELOW**2) ** 0.5
    high = centre + EIGHTY * (spread + ERROR_ABOVE**2) ** 0.5
    return Estimate(max(centre, 0.0), max(low, 0.0), min(high, 1.0))
