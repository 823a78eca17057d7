"""What to ask in a session: which questions, in which order, and which variant of each."""

import random
from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from engine.study.draws import Draws
from engine.study.memory.schedule import Schedule

Order = Literal["new", "mixed", "due", "mistakes"]
ORDERS: tuple[Order, ...] = ("new", "mixed", "due", "mistakes")

ORIGINAL = 0
TRIES = 12  # variants looked at for one that offers a mistake


def select(
    questions: Mapping[str, str],
    schedule: Schedule,
    draws: Draws,
    day: date,
    topics: Collection[str],
    order: Order,
    count: int,
    seed: int,
) -> list[tuple[str, int]]:
    """Up to ``count`` questions for a session on ``day``, each with the seed of its variant.

    ``questions`` gives the topic of each id, in the order of the banks; no ``topics`` means all of them.
    ``new``: never answered, in the banks' order. ``due``: weakest first. ``mistakes``: whose last answer was not right,
    weakest first. ``mixed``: what is due, with new ones between and topics alternating, then the weakest of the rest,
    those first that still have a variant to show. Where there are too few, further variants of the same questions
    follow, and what was seen in every variant comes last.
    A question on which a named mistake is due comes in a variant that offers it. The same arguments give the same
    session.
    """
    asked = {question: topic for question, topic in questions.items() if not topics or topic in topics}
    match order:
        case "new":
            chosen = _new(asked, schedule)
        case "due":
            chosen = schedule.due(day, asked)
        case "mistakes":
            chosen = schedule.missed(day, asked)
        case "mixed":
            return _mixed(asked, schedule, draws, day, max(0, count), seed)
    return [(question, variant_seed(question, schedule, draws, day, seed)) for question in chosen[: max(0, count)]]


def variant_seed(question: str, schedule: Schedule, draws: Draws, day: date, seed: int) -> int:
    """The variant to ask: the original item at the first encounter, later one that was not met lately.

    Where a named mistake is to be reviewed, it is one that offers it, if such a one is soon found.
    """
    if schedule.is_new(question):
        return ORIGINAL
    met = list(schedule.seeds(question))
    rng = random.Random(f"{question}:{seed}:{schedule.count(question)}")  # noqa: S311  (reproducible, not secret)
    first = draws.unmet(question, met, rng)
    due = schedule.due_mistakes(day, [question]).get(question)
    if not due:
        return first
    drawn = first
    for _ in range(TRIES):
        if draws.offers(question, drawn, due[0]):
            return drawn
        met.append(drawn)
        drawn = draws.unmet(question, met, rng)
    return first


def _new(questions: Mapping[str, str], schedule: Schedule) -> list[str]:
    return [question for question in questions if schedule.is_new(question)]


def _mixed(
    questions: Mapping[str, str], schedule: Schedule, draws: Draws, day: date, count: int, seed: int
) -> list[tuple[str, int]]:
    due = schedule.due(day, questions)[:count]
    new = by_turns(_new(questions, schedule), questions)[: count - len(due)]
    first = apart(_woven(due, new), questions)
    waiting = [question for question in questions if not schedule.is_new(question) and question not in {*due}]
    unmet, exhausted = _rest(waiting, schedule, draws, day, count - len(first))

    def drawn(chosen: Sequence[str]) -> list[tuple[str, int]]:
        return [(question, variant_seed(question, schedule, draws, day, seed)) for question in chosen]

    items = drawn(first + apart(unmet, questions))
    items += _further(items, schedule, draws, count - len(items), seed)
    return items + drawn(apart(exhausted[: count - len(items)], questions))


def _rest(
    waiting: Sequence[str], schedule: Schedule, draws: Draws, day: date, count: int
) -> tuple[list[str], list[str]]:
    """Up to ``count``, weakest first, of equals the least asked; and apart what was seen in every variant."""
    weakest = sorted(waiting, key=lambda name: (schedule.retrievability(name, day), schedule.count(name), name))
    unmet: list[str] = []
    exhausted: list[str] = []
    for question in weakest:
        if len(unmet) == count:
            break
        (exhausted if draws.exhausted(question, schedule.seeds(question)) else unmet).append(question)
    return unmet, exhausted


def _further(
    items: Sequence[tuple[str, int]], schedule: Schedule, draws: Draws, count: int, seed: int
) -> list[tuple[str, int]]:
    """Up to ``count`` more variants of the same questions, in turns, while there are any that were not met."""
    met = {question: [*schedule.seeds(question), drawn] for question, drawn in items}
    waiting = deque(met)
    found: list[tuple[str, int]] = []
    while waiting and len(found) < count:
        question = waiting.popleft()
        if draws.exhausted(question, met[question]):
            continue
        rng = random.Random(f"{question}:{seed}:{len(met[question])}")  # noqa: S311  (reproducible, not secret)
        found.append((question, draws.unmet(question, met[question], rng)))
        met[question].append(found[-1][1])
        waiting.append(question)
    return found


def by_turns(questions: Sequence[str], topics: Mapping[str, str]) -> list[str]:
    """The first of each topic, then the second of each, and so on, so that a few already show the whole."""
    turns: dict[str, int] = defaultdict(int)
    placed = []
    for place, question in enumerate(questions):
        placed.append((turns[topics[question]], place, question))
        turns[topics[question]] += 1
    return [question for _, _, question in sorted(placed)]


def _woven(due: Sequence[str], new: Sequence[str]) -> list[str]:
    """Both in their own order, the new ones spread evenly among the due ones, a due one first."""
    places = [(place / len(due), question) for place, question in enumerate(due)]
    places += [((place + 0.5) / len(new), question) for place, question in enumerate(new)]
    return [question for _, question in sorted(places, key=lambda placed: placed[0])]


def apart(questions: Sequence[str], topics: Mapping[str, str]) -> list[str]:
    """As far as it can be, no topic twice in a row; within a topic the order stays."""
    waiting: dict[str, deque[tuple[int, str]]] = defaultdict(deque)
    for place, question in enumerate(questions):
        waiting[topics[question]].append((place, question))
    arranged: list[str] = []
    last = None
    for left in range(len(questions), 0, -1):
        others = [topic for topic, queue in waiting.items() if queue and topic != last]
        largest = max(waiting, key=lambda topic: len(waiting[topic]))
        # A topic that is more than half of what is left has to go now, or it ends up in a row.
        if not others or (largest in others and 2 * len(waiting[largest]) > left):
            last = largest
        else:
            last = min(others, key=lambda topic: waiting[topic][0])
        arranged.append(waiting[last].popleft()[1])
    return arranged
