"""What today holds: without a plan, what is due, filled up with new questions."""

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from engine.study.memory.schedule import Schedule
from engine.study.plan.goal import SECONDS_A_QUESTION

if TYPE_CHECKING:
    from engine.study.plan.plan import Plan

TODAY_COUNT = 12


class Today(msgspec.Struct, frozen=True):
    """How many reviews, how many new questions, about how long.

    ``mistakes`` are those of the reviews that are due only for a named mistake made more than once.
    """

    due: int
    new: int
    mistakes: int = 0
    seconds: float | None = None

    @property
    def total(self) -> int:
        """Questions in all."""
        return self.due + self.new

    @property
    def minutes(self) -> int:
        """At the learner's pace if ``seconds`` are known, else at that of the exam; rounded up."""
        return math.ceil((self.total * SECONDS_A_QUESTION if self.seconds is None else self.seconds) / 60)


def of_plan(plan: "Plan") -> Today:
    """What the plan asks today."""
    mistakes = sum(each.kind == "mistake" for each in plan.queue)
    return Today(len(plan.queue) - plan.new, plan.new, mistakes, plan.seconds)


def of_schedule(schedule: Schedule, topics: Mapping[str, str], day: date) -> Today:
    """Reviews that are due on ``day``, filled up with new ones of the questions in ``topics``."""
    due = schedule.due(day, topics)[:TODAY_COUNT]
    new = sum(schedule.is_new(question) for question in topics)
    mistakes = sum(not schedule.is_due_itself(question, day) for question in due)
    return Today(len(due), min(new, TODAY_COUNT - len(due)), mistakes)
