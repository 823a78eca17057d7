"""How things stand: everything that follows from the rows, folded once and kept up with every new row.

What adds up (sums by question and by day) is changed by what a row adds or takes back. What depends on the order of
time (memories, mistakes, reviews) goes on from the last attempt; where a row belongs before that, or changes an earlier
one, that question alone is folded again. Whichever way the rows came in, the result is that of one fold over all.
"""

import bisect
from collections.abc import Sequence
from datetime import tzinfo

import msgspec

from engine.progress import Progress
from engine.study.clock import StudyDays
from engine.study.history import rows
from engine.study.history.attempt import Attempt, judged
from engine.study.history.history import History
from engine.study.memory.course import Course
from engine.study.memory.tally import Day, Tally

REVIEWS = 2_000  # what a learner is judged by
SPARE = 1_000  # older ones kept, for when some of the last are taken back
BATCH = 20_000

Key = tuple[int, str, str, float, int, bool]  # a review with its place in time: at, uuid, question, and what it was


class Review(msgspec.Struct, frozen=True):
    """A question met again: what FSRS held of it then, and what came of it.

    ``stability`` in days before the review, ``elapsed`` whole study days since the answer before (at least 1).
    """

    question: str
    stability: float
    elapsed: int
    right: bool


class State(msgspec.Struct, array_like=True):
    """All that is kept of the rows up to number ``seq``."""

    seq: int = 0
    courses: dict[str, Course] = {}
    tallies: dict[str, Tally] = {}
    days: dict[int, Day] = {}
    reviews: list[Key] = []
    cut: tuple[int, str] | None = None  # reviews older than this were left out
    orphans: set[str] = set()  # what was judged before its answer came, as a merge may bring it


class Standing:
    """The standing of one learner whose days are those of ``timezone`` (the machine's if None).

    ``state`` is what a snapshot keeps. :meth:`follow` is to be called after every change of the history.
    """

    def __init__(self, timezone: tzinfo | None, state: State | None = None) -> None:
        self.timezone = timezone
        self.state = state or State()
        self.generation = 0
        self.study_day = StudyDays(timezone)
        self._behind: set[str] = set()

    @property
    def courses(self) -> dict[str, Course]:
        """Each question that was answered, with its memory."""
        return self.state.courses

    @property
    def tallies(self) -> dict[str, Tally]:
        """Each question that was answered, with its sums."""
        return self.state.tallies

    @property
    def days(self) -> dict[int, Day]:
        """The sums of each study day (as the ordinal of its date) that has any."""
        return self.state.days

    @property
    def reviews(self) -> list[Review]:
        """The last 2,000 answers to a question that was met on an earlier day, oldest first."""
        return [Review(*each[2:]) for each in self.state.reviews[-REVIEWS:]]

    def follow(self, history: History, progress: Progress | None = None) -> int:
        """Fold the rows that came since. Returns how many; ``progress`` is told how many of how many are done.

        Raises HistoryError if they cannot be read; the next call starts anew.
        """
        before = self.state.seq
        try:
            while self.generation != history.generation or self.state.seq < history.read(rows.last):
                if self.generation != history.generation:  # the file was replaced by what could be read of it
                    self.state, self.generation, before = State(), history.generation, 0
                self._follow(history, history.read(rows.last), progress)
        except BaseException:
            self.state = State()
            raise
        finally:
            self._behind.clear()
        return self.state.seq - before

    def _follow(self, history: History, upto: int, progress: Progress | None) -> None:
        first = self.state.seq
        while self.state.seq < upto:
            batch = history.read(rows.after, self.state.seq, upto, BATCH)
            if not batch or self.generation != history.generation:
                return
            self._take(history, batch)
            self.state.seq = batch[-1][0]
            if progress is not None:
                progress(self.state.seq - first, upto - first)
        self._fold_again(history, self._behind)
        if self.state.cut and len(self.state.reviews) < REVIEWS:
            self.state.reviews, self.state.cut = [], None
            self._fold_again(history, set(self.courses))

    def _take(self, history: History, batch: Sequence[rows.Row]) -> None:
        """Fold a batch of rows, the last of which is number ``upto``."""
        upto = batch[-1][0]
        about = {target for _, target, _ in batch if target is not None}
        for _, target, attempt in batch:
            if target is not None:
                continue
            counted: Attempt | None = attempt
            if attempt.uuid in about or attempt.uuid in self.state.orphans:
                about.discard(attempt.uuid)
                self.state.orphans.discard(attempt.uuid)
                counted = judged(attempt, history.read(rows.judgements, attempt.uuid, upto))
            if counted is not None:
                self._count(counted, 1)
                self._go_on(counted)
        for target in sorted(about):
            self._judge(history, target, upto)

    def _judge(self, history: History, uuid: str, upto: int) -> None:
        """What was said in rows up to ``upto`` of an answer that is folded already."""
        seq = self.state.seq
        given = history.read(rows.attempt, uuid, seq)
        if given is None:
            self.state.orphans.add(uuid)
            return
        old = judged(given, history.read(rows.judgements, uuid, seq))
        new = judged(given, history.read(rows.judgements, uuid, upto))
        if old == new:
            return
        if old is not None:
            self._count(old, -1)
        if new is not None:
            self._count(new, 1)
        self._behind.add(given.question)

    def _count(self, attempt: Attempt, sign: int) -> None:
        tally = self.tallies.get(attempt.question)
        if tally is None:
            tally = self.tallies[attempt.question] = Tally.empty()
        tally.count(attempt, sign)
        if not tally.answers:
            del self.tallies[attempt.question]
        ordinal = self.study_day(attempt.at)
        day = self.days.get(ordinal)
        if day is None:
            day = self.days[ordinal] = Day()
        day.count(attempt, sign)
        if not day.answers:
            del self.days[ordinal]

    def _go_on(self, attempt: Attempt) -> None:
        course = self.courses.get(attempt.question)
        if course is None:
            course = self.courses[attempt.question] = Course()
        elif (attempt.at, attempt.uuid) < (course.at, course.uuid):
            self._behind.add(attempt.question)
        if attempt.question not in self._behind:
            self._review(course, attempt)

    def _review(self, course: Course, attempt: Attempt) -> None:
        day = self.study_day(attempt.at)
        elapsed, reviews = day - course.last, self.state.reviews
        if course.count and elapsed >= 1:
            key = (attempt.at, attempt.uuid, attempt.question, course.stability, elapsed, attempt.right)
            if not reviews or reviews[-1] < key:
                reviews.append(key)
            elif self.state.cut is None or self.state.cut <= key[:2]:
                bisect.insort(reviews, key)
            if len(reviews) > 2 * (REVIEWS + SPARE):
                del reviews[: -(REVIEWS + SPARE)]
                self.state.cut = reviews[0][:2]
        course.take(attempt, day)

    def _fold_again(self, history: History, questions: set[str]) -> None:
        """Fold these questions from their own rows."""
        upto = self.state.seq
        self.state.reviews = [each for each in self.state.reviews if each[2] not in questions]
        for question in sorted(questions):
            self.courses.pop(question, None)
            attempts = history.read(rows.course, question, upto)
            if attempts:
                course = self.courses[question] = Course()
                for attempt in attempts:
                    self._review(course, attempt)
