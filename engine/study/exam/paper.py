"""What an exam asks: questions of a topic in sets of three or four, the sets in random order, each question once."""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, islice, pairwise
from typing import Final

from engine.bank.asked import Asked
from engine.bank.model import Bank, Question
from engine.progress import Progress
from engine.study.draws import HIGHEST_SEED
from engine.study.exam.item import Item, eligible, item
from engine.study.plan.goal import SECONDS_A_QUESTION

MOST: Final = 104

_SET: Final = 4


def available(questions: Iterable[Question], most: int) -> int:
    """How many of ``questions`` an exam of at most ``most`` can ask, as far as their kinds tell; no more are read."""
    return sum(1 for _ in islice(filter(eligible, questions), most))


def paper(
    questions: Sequence[tuple[Bank, Question]],
    count: int,
    seed: int,
    asked: Callable[[str, int], Asked | None],
    progress: Progress = lambda done, total: None,
) -> list[Item]:
    """Up to ``count`` items; fewer where the banks do not hold more. ``asked`` draws a question, or says it cannot.

    Neighbours in a bank are related, so a set is a run of its questions. The same arguments give the same paper.
    """
    rng = random.Random(f"{seed}:exam")  # noqa: S311  (reproducible, not secret)
    items: list[Item] = []
    for group in _sets(questions, rng):
        for question in group:
            if len(items) == count:
                return items
            drawn = asked(question.id, rng.randint(1, HIGHEST_SEED))
            found = item(drawn, seed) if drawn is not None else None
            if found is not None:
                items.append(found)
                progress(len(items), count)
    return items


def _sets(questions: Sequence[tuple[Bank, Question]], rng: random.Random) -> list[list[Question]]:
    """Runs of four or three questions of a topic; one of fewer only where a topic does not divide better."""
    sets = []
    for _, found in groupby(questions, key=lambda pair: pair[0].topic):
        topic = [question for _, question in found if eligible(question)]
        parts = -(-len(topic) // _SET)
        ends = [len(topic) * part // parts for part in range(parts + 1)] if parts else [0]
        sets += [topic[start:end] for start, end in pairwise(ends)]
    rng.shuffle(sets)
    return sets


def size(given: Callable[[int], int], count: int | None, minutes: int | None) -> tuple[int, float]:
    """How many questions and how many seconds, at the pace of the exam unless both are said.

    ``given`` says how many of those wished for there are.
    """
    if count is None:
        count = MOST if minutes is None else max(int(minutes * 60 / SECONDS_A_QUESTION), 1)
    count = given(count)
    return count, minutes * 60.0 if minutes is not None else count * SECONDS_A_QUESTION
