"""The questions in the plan's order for one day, each with the reasons for it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from engine.study.memory.recall import recall
from engine.study.plan.policy import (
    FIRST,
    NEVER,
    Outlook,
    after_review,
    key_of,
    known_before,
    new_gain,
    new_shown,
    review_gain,
)

Kind = Literal["mistake", "safe", "earn", "new", "last"]


class Held(msgspec.Struct, frozen=True):
    """What FSRS holds of a question that was met: stability, difficulty, whole study days since its last answer."""

    stability: float
    difficulty: float
    elapsed: int


class Chosen(msgspec.Struct, frozen=True):
    """A question with the reason for asking it today. ``key`` ranks, ``seconds`` are expected ones.

    ``held`` is None for a new question, ``weight`` what the question counts in the exam, ``known`` the chance that a
    new one is known before.
    """

    question: str
    kind: Kind
    key: float
    seconds: float
    held: Held | None
    outlook: Outlook
    known: float
    weight: float = 1.0

    @property
    def gain(self) -> float:
        """Expected points on the exam day that asking it today adds, its later review foreseen; never below 0."""
        if self.held is None:
            return self.weight * new_gain(self.known, self.outlook)
        held = self.held
        return self.weight * max(review_gain(held.stability, held.difficulty, float(held.elapsed), self.outlook), 0.0)

    @property
    def today(self) -> float:
        """The chance of recalling it now."""
        return self.known if self.held is None else recall(self.held.stability, float(self.held.elapsed))

    @property
    def without(self) -> float:
        """The chance of recalling it on the exam day if it is never asked again."""
        return self.known if self.held is None else recall(self.held.stability, float(self.held.elapsed + self._left))

    @property
    def shown(self) -> float:
        """The chance of recalling it on the exam day if it is asked today, and then never."""
        if self.held is not None:
            return after_review(self.held.stability, self.held.difficulty, float(self.held.elapsed), self._left)
        return new_shown(self.known, self._left)

    @property
    def _left(self) -> int:
        return self.outlook.left


def rank(
    questions: Iterable[tuple[str, Held | None]],
    outlook: Outlook,
    share: float,
    weights: Mapping[str, float] | None = None,
    mistakes: Collection[str] = (),
) -> list[Chosen]:
    """The ``questions`` that may be asked today, the best first; ties in the order given.

    None stands for a question never met. Leave out what was asked today already. ``share`` as ``share_known`` gives
    it; ``weights`` are what single questions count in the exam, 1 unless given; ``mistakes`` the questions on which a
    named mistake is due to be reviewed: they come first.
    """
    known, phase = known_before(share), outlook.phase
    new_key, new_seconds = new_gain(known, outlook) / outlook.pace.of_new(share), outlook.pace.of_new(share)
    listed = list(questions)
    all_met = all(held is not None for _, held in listed)
    chosen = []
    for name, held in listed:
        weight = weights.get(name, 1.0) if weights else 1.0
        if held is None:
            chosen.append(Chosen(name, "new", new_key * weight, new_seconds, None, outlook, known, weight))
            continue
        elapsed = float(held.elapsed)
        chance = recall(held.stability, elapsed)
        kind: Kind = phase
        key = key_of(held.stability, held.difficulty, elapsed, chance, outlook, weight, all_met)
        if name in mistakes:
            kind, key = "mistake", 2 * FIRST - chance
        if key > NEVER:
            chosen.append(Chosen(name, kind, key, outlook.pace.of_review(chance), held, outlook, known, weight))
    return sorted(chosen, key=lambda each: -each.key)


def take(ranked: Iterable[Chosen], seconds: float) -> list[Chosen]:
    """From the top of ``ranked`` until ``seconds`` are used; the last one may go beyond."""
    taken: list[Chosen] = []
    used = 0.0
    for each in ranked:
        if used >= seconds:
            break
        taken.append(each)
        used += each.seconds
    return taken
