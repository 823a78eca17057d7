"""Today's part of the plan for one learner: from how things stand to a ranked queue."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import msgspec

from engine.study.draws import Draws
from engine.study.history.history import History
from engine.study.memory.schedule import Schedule
from engine.study.memory.standing import Review, Standing
from engine.study.plan.experience import LOOKED_BACK, Experience, experience
from engine.study.plan.goal import Goal
from engine.study.plan.policy import Outlook, share_known
from engine.study.plan.ranking import Chosen, Held, rank, take
from engine.study.selection import apart, by_turns, variant_seed


class Plan(msgspec.Struct, frozen=True, dict=True):
    """One day of the way to the exam.

    ``questions`` are all ids in the banks' order, ``held`` their memories beside them, ``ranked`` those that may be
    asked today, best first. ``spent``: the seconds that what was asked today has taken by the learner's usual pace.
    """

    today: date
    exam: date
    outlook: Outlook
    questions: tuple[str, ...]
    held: tuple[Held | None, ...]
    experience: Experience
    reviews: tuple[Review, ...]
    ranked: tuple[Chosen, ...]
    spent: float

    @cached_property
    def queue(self) -> tuple[Chosen, ...]:
        """What is asked in the minutes that are left today."""
        return tuple(take(self.ranked, self.outlook.minutes * 60 - self.spent))

    @property
    def new(self) -> int:
        """New questions in the queue."""
        return sum(each.kind == "new" for each in self.queue)

    @property
    def seconds(self) -> float:
        """Expected seconds of the queue."""
        return sum(each.seconds for each in self.queue)

    @property
    def worth(self) -> float:
        """Questions that today's queue is worth on the exam day, at most: the sum of its gains."""
        return sum(each.gain for each in self.queue)

    @property
    def days(self) -> int:
        """Days until the exam, 0 on its day."""
        return (self.exam - self.today).days

    @property
    def never_met(self) -> int:
        """Questions that were never asked."""
        return self.held.count(None)


def planned(goal: Goal, today: date, topics: Mapping[str, str], standing: Standing, history: History) -> Plan | None:
    """The plan of ``today`` for the questions in ``topics``; None without an exam to come or without questions."""
    if goal.exam is None or goal.exam < today or not topics:
        return None
    courses = standing.courses
    ordinal = today.toordinal()
    questions = tuple(topics)
    held = tuple(
        Held(course.stability, course.difficulty, max(ordinal - course.last, 0))
        if (course := courses.get(name))
        else None
        for name in questions
    )
    counts = {name: course.count for name, course in courses.items()}
    known = experience(history.latest(LOOKED_BACK), counts)
    outlook = Outlook(max((goal.exam - today).days, 1), len(questions), goal.minutes, known.pace)
    share = share_known(float(known.first_right), float(known.first_tries))
    memories = dict(zip(questions, held, strict=True))
    mixed = by_turns(questions, topics)  # so that new questions come from all topics
    open_today = [(name, each) for name in mixed if (each := memories[name]) is None or each.elapsed]
    ranked = rank(open_today, outlook, share, mistakes=Schedule(courses).due_mistakes(today, topics))
    spent = spent_today(held, [courses[name].count == 1 for name in questions if name in courses], outlook)
    reviews = tuple(standing.reviews)
    return Plan(today, goal.exam, outlook, questions, held, known, reviews, tuple(ranked), spent)


def session_of(
    plan: Plan, topics: Mapping[str, str], schedule: Schedule, draws: Draws, count: int, seed: int
) -> list[tuple[str, int]]:
    """The first ``count`` questions of the plan, topics apart, each with the seed of its variant."""
    names = apart([each.question for each in plan.ranked[: max(count, 0)]], topics)
    return [(name, variant_seed(name, schedule, draws, plan.today, seed)) for name in names]


def spent_today(held: Sequence[Held | None], once: Sequence[bool], outlook: Outlook) -> float:
    """Seconds that what was asked today takes as a rule, whatever the clock said: a break costs nothing.

    ``once`` says of the questions that were met, in order, whether it was just once.
    """
    met = [each for each in held if each is not None]
    pace = outlook.pace
    new = (pace.new_right + pace.new_wrong) / 2
    return sum(new if first else pace.review for each, first in zip(met, once, strict=True) if each.elapsed == 0)
