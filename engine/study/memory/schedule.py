"""When each question is due, as FSRS and the answers so far have it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import msgspec

from engine.study.memory.course import Course


class Schedule(msgspec.Struct, frozen=True):
    """When what is due: a view of ``courses``, the fold of every question's answers."""

    courses: Mapping[str, Course]

    def is_new(self, question: str) -> bool:
        """Whether the question has never been answered."""
        return question not in self.courses

    def count(self, question: str) -> int:
        """How often the question was answered."""
        return 0 if self.is_new(question) else self.courses[question].count

    def seeds(self, question: str) -> tuple[int, ...]:
        """The last 50 seeds at which the question was answered, oldest first."""
        return () if self.is_new(question) else tuple(self.courses[question].seeds)

    def retrievability(self, question: str, day: date) -> float:
        """The chance of recalling the answer on ``day`` as FSRS sees it; 0 for a question never answered."""
        return 0.0 if self.is_new(question) else self.courses[question].retrievability(day.toordinal())

    def weakest_first(self, questions: Iterable[str], day: date) -> list[str]:
        """``questions`` by their retrievability on ``day``, or by that of a mistake that is due, if it is less."""
        ordinal, courses = day.toordinal(), self.courses
        ranked = [(courses[name].weakness(ordinal) if name in courses else 0.0, name) for name in questions]
        return [name for _, name in sorted(ranked)]

    def due(self, day: date, among: Collection[str] | None = None) -> list[str]:
        """The questions to review on ``day``, weakest first; only those ``among`` the given ones, if given.

        A question is due by itself, or because a named mistake is that was made on it more than once.
        """
        return self.weakest_first(self._due(day, among), day)

    def due_count(self, day: date, among: Collection[str] | None = None) -> int:
        """How many questions are due on ``day`` or before."""
        return len(self._due(day, among))

    def is_due_itself(self, question: str, day: date) -> bool:
        """Whether the question is to be reviewed on ``day``, whatever mistakes were made on it."""
        return not self.is_new(question) and self.courses[question].due <= day.toordinal()

    def due_mistakes(self, day: date, among: Collection[str] | None = None) -> dict[str, list[str]]:
        """The named mistakes to review on ``day``, weakest first, by their question."""
        ordinal = day.toordinal()
        found = {name: course.due_slips(ordinal) for name, course in self._known(among) if course.slips}
        return {name: mistakes for name, mistakes in found.items() if mistakes}

    def next_due(self, day: date, among: Collection[str] | None = None) -> tuple[date, int] | None:
        """The first day after ``day`` on which a question becomes due, and how many are due by then."""
        ordinal = day.toordinal()
        later = [soonest for _, course in self._known(among) if (soonest := course.soonest()) > ordinal]
        if not later:
            return None
        following = date.fromordinal(min(later))
        return following, self.due_count(following, among)

    def missed(self, day: date, among: Collection[str] | None = None) -> list[str]:
        """The questions whose last answer was not right, weakest first."""
        return self.weakest_first([name for name, course in self._known(among) if not course.right], day)

    def _due(self, day: date, among: Collection[str] | None) -> list[str]:
        ordinal = day.toordinal()
        return [name for name, course in self._known(among) if course.soonest() <= ordinal]

    def _known(self, among: Collection[str] | None) -> Iterable[tuple[str, Course]]:
        known = self.courses.items()
        if among is None:
            return known
        if len(among) < len(self.courses):
            return [(name, self.courses[name]) for name in among if name in self.courses]
        return [(name, course) for name, course in known if name in among]
