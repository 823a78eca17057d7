"""How things stand after some answers, folded slowly and from the beginning: what the engine's own fold must equal."""

from collections.abc import Iterable
from datetime import tzinfo

from engine.study.answer import Answer
from engine.study.clock import microseconds, study_day
from engine.study.history.attempt import Attempt
from engine.study.memory.course import Course
from engine.study.memory.schedule import Schedule


def attempt_of(answer: Answer) -> Attempt:
    """The attempt that ``answer`` was."""
    return Attempt(microseconds(answer.at), *(getattr(answer, name) for name in Attempt._fields[1:]))


def schedule_after(answers: Iterable[Answer], timezone: tzinfo | None) -> Schedule:
    """The schedule after ``answers``, in whatever order they come."""
    courses: dict[str, Course] = {}
    for answer in sorted(answers, key=lambda answer: answer.order):
        day = study_day(answer.at, timezone).toordinal()
        courses.setdefault(answer.question, Course()).take(attempt_of(answer), day)
    return Schedule(courses)
