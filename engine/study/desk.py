"""The learner's desk: banks, history, schedule and clock together, and the sessions that start from them."""

import math
import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.cards import cards_of
from engine.bank.load import Library
from engine.bank.model import Bank
from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.clock import study_day
from engine.study.draws import LibraryDraws
from engine.study.history.history import History
from engine.study.history.trouble import HistoryError
from engine.study.memory import snapshot
from engine.study.memory.schedule import Schedule
from engine.study.memory.standing import Progress, Standing
from engine.study.mistakes import named
from engine.study.plan.goal import Goal
from engine.study.score import Result, activity, result
from engine.study.selection import ORIGINAL, Order, select
from engine.study.session import Session
from sims.text import Text

if TYPE_CHECKING:
    from engine.study.plan.plan import Plan
    from engine.study.statistics import Statistics

HISTORY_FILE = "history.sqlite3"
TODAY_COUNT = 12
SECONDS_A_QUESTION = 70
LOOKED_BACK = 1_000  # answers among which the session before is looked for
KEPT_EVERY = 250  # rows after which the standing is kept again


@dataclass(frozen=True, slots=True)
class Today:
    """What today holds: how many reviews, how many new questions, about how long.

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


class Desk:
    """Everything a front needs to start sessions and to show how things stand.

    ``clock`` gives aware UTC times; without a ``timezone`` days are those of the machine. ``warnings`` are what the
    learner should be told on opening.
    """

    def __init__(
        self, library: Library, history: History, clock: Callable[[], datetime], timezone: tzinfo | None
    ) -> None:
        self.library = library
        self.history = history
        self.clock = clock
        self.timezone = timezone
        self.goal = Goal()
        self.warnings: list[Text] = []
        self._kept = history.path.with_name(snapshot.FILE)
        self._kept_seq = 0
        self._generation = history.generation
        if history.warning:
            self.warnings.append(history.warning)
        if library.problems:
            count = len(library.problems)
            self.warnings.append(
                Text(
                    f"読めない問題が {count} 件あります。peephole check で場所がわかります。",
                    f"The banks have {count} problem{'s' if count > 1 else ''}; peephole check says where.",
                )
            )

    @classmethod
    def open(cls, library: Library, home: Path, clock: Callable[[], datetime], timezone: tzinfo | None) -> "Desk":
        """The desk whose history lies in ``home``."""
        return cls(library, History.open(home / HISTORY_FILE, clock), clock, timezone)

    @cached_property
    def standing(self) -> Standing:
        """How things stand, as of the answers found at opening and those recorded since."""
        return self.catch_up()

    def catch_up(self, progress: Progress | None = None) -> Standing:
        """Read what the history holds beyond its snapshot. ``progress`` is told of how many rows how many are done."""
        standing = snapshot.load(self._kept, self.history, self.timezone)
        self._kept_seq = standing.state.seq
        standing.follow(self.history, progress)
        self.standing = standing
        return standing

    @property
    def schedule(self) -> Schedule:
        """When what is due, as it stands."""
        return Schedule(self.standing.courses)

    @cached_property
    def topics(self) -> dict[str, str]:
        """The topic of each question, in the order of the banks."""
        return {card.id: bank.topic for bank, card in self.library.cards()}

    @property
    def is_first_run(self) -> bool:
        """Whether nothing was ever answered."""
        return not self.standing.courses

    def topic_title(self, topic: str) -> Text:
        """The title of a topic."""
        return next((bank.title for bank in self.library.banks if bank.topic == topic), Text(topic, topic))

    def topic_summary(self, bank: Bank) -> Text:
        """How many questions a topic has, how many of them were met, how many are due."""
        own = {card.id for card in cards_of(bank)}
        met = sum(not self.schedule.is_new(question) for question in own)
        due = self.schedule.due_count(study_day(self.clock(), self.timezone), own)
        ja, en = f"{len(own)} 問 ・ 解いた {met}", f"{len(own)} questions · {met} met"
        return Text(f"{ja} ・ 復習 {due}", f"{en} · {due} due") if due else Text(ja, en)

    def planned(self) -> "Plan | None":
        """Today's part of the way to the exam; None while there is no exam to come."""
        if self.goal.exam is None:
            return None
        from engine.study.plan.plan import planned  # without an exam nobody pays for the planner

        return planned(self, self.goal)

    def today(self) -> Today:
        """What the plan asks today; without one, reviews that are due, filled up with new questions."""
        plan = self.planned()
        if plan is not None:
            mistakes = sum(each.kind == "mistake" for each in plan.queue)
            return Today(len(plan.queue) - plan.new, plan.new, mistakes, plan.seconds)
        day = study_day(self.clock(), self.timezone)
        schedule = self.schedule
        due = schedule.due(day, self.topics)[:TODAY_COUNT]
        new = sum(schedule.is_new(question) for question in self.topics)
        mistakes = sum(not schedule.is_due_itself(question, day) for question in due)
        return Today(len(due), min(new, TODAY_COUNT - len(due)), mistakes)

    def session(
        self,
        topics: Collection[str] = (),
        order: Order = "mixed",
        count: int = TODAY_COUNT,
        seed: int | None = None,
        concept: str = "",
    ) -> Session:
        """A session on ``topics`` (all if none are named), or on the questions of the simulation ``concept``.

        One that is mixed from all topics follows the plan, if there is an exam to come. The same seed and history
        give the same session.
        """
        now = self.clock()
        seed = random.SystemRandom().randrange(1, 1_000_000) if seed is None else seed
        day = study_day(now, self.timezone)
        asked_of = self.questions_on(concept) if concept else self.topics
        draws = LibraryDraws(self.library)
        plan = None if topics or concept or order != "mixed" else self.planned()
        if plan is not None and plan.ranked:
            from engine.study.plan.plan import session_of

            chosen = session_of(plan, self.topics, self.schedule, draws, count, seed)
        else:
            chosen = select(asked_of, self.schedule, draws, day, topics, order, count, seed)
        return Session([asked for name, draw in chosen if (asked := self.asked(name, draw))], self, now)

    def questions_on(self, concept: str) -> dict[str, str]:
        """The questions whose own simulation is ``concept``, each with its topic."""
        linked = [(bank, card) for bank, card in self.library.cards() if card.sim == concept]
        return {card.id: bank.topic for bank, card in linked if not card.nearest}

    def again(self, session: Session) -> Session:
        """The questions of ``session`` that were not right, once more, as other variants where they have any."""
        missed = [done.asked for done in session.answered if done.verdict.outcome != "correct"]
        now = self.clock()
        rng, draws = random.SystemRandom(), LibraryDraws(self.library)
        drawn = {item.id: draws.unmet(item.id, self.schedule.seeds(item.id), rng) for item in missed}
        return Session([asked for name, seed in drawn.items() if (asked := self.asked(name, seed))], self, now)

    def asked(self, name: str, seed: int) -> Asked | None:
        """The question ``name`` at ``seed``; None if its bank has a fault that shows only there."""
        found = self.library.find(name)
        if found is None:
            return None
        bank, question = found
        try:
            return ask(question, bank.topic, seed)
        except FormulaError as error:
            warning = error.text.map(lambda words: f"{name}: {words}")
            if warning not in self.warnings:
                self.warnings.append(warning)
            return None

    def statistics(self) -> "Statistics":
        """How the learner is doing, as of today."""
        from engine.study.statistics import statistics  # nobody waits for it before the first question

        return statistics(self.standing, self.topics, study_day(self.clock(), self.timezone))

    def mistake_words(self, question: str, mistake: str) -> Text | None:
        """The sentence that names a mistake, from a variant on which it can be made; None if no bank has it."""
        return named(self.library, question, mistake)

    def question_words(self, question: str) -> Text:
        """How a question reads in its original form; its id if no bank has it."""
        asked = self.asked(question, ORIGINAL)
        return Text(question, question) if asked is None else asked.ask

    def two_weeks(self) -> tuple[int, ...]:
        """Answers on each of the last fourteen study days, today last."""
        return activity(self.standing.days, study_day(self.clock(), self.timezone))

    def result(self, session: Session) -> Result:
        """What ``session`` came to, beside the last one on the same topics."""
        earlier = self.history.latest(LOOKED_BACK)
        if len(earlier) == LOOKED_BACK:  # the session of the oldest may have begun before
            earlier = [answer for answer in earlier if answer.session != earlier[-1].session]
        return result(session.answered, earlier, self.topics)

    def next_review(self) -> tuple[int, int] | None:
        """In how many days the next review comes, and how many questions it will be; None if none is planned."""
        today = study_day(self.clock(), self.timezone)
        due = self.schedule.due_count(today, self.topics)
        if due:
            return 0, due
        following = self.schedule.next_due(today, self.topics)
        return ((following[0] - today).days, following[1]) if following else None

    def close(self) -> None:
        """Keep the standing for the next time, and close the history. Raises HistoryError like its ``close``."""
        try:
            if "standing" in self.__dict__:
                self._keep(1)
        finally:
            self.history.close()

    # The recorder of its sessions: the history first, then what follows from it.

    def append(self, answer: Answer) -> None:
        """Keep an answer."""
        self.history.append(answer)
        self._follow()

    def undo(self, uuid: str, at: datetime) -> None:
        """Take an answer back."""
        self.history.undo(uuid, at)
        self._follow()

    def confirm(
        self,
        uuid: str,
        outcome: Outcome,
        score: float,
        at: datetime,
        sure: bool | None = None,
        guessed: bool | None = None,
    ) -> None:
        """Let the learner's own judgement count."""
        self.history.confirm(uuid, outcome, score, at, sure, guessed)
        self._follow()

    def _follow(self) -> None:
        """Bring the standing up to date. Raises HistoryError, with all done, to say that the file broke meanwhile."""
        self.standing.follow(self.history)
        self._keep(KEPT_EVERY)
        if self._generation != self.history.generation:
            self._generation = self.history.generation
            if self.history.warning:
                raise HistoryError(self.history.warning)

    def _keep(self, rows: int) -> None:
        """Write the snapshot if the standing is ``rows`` or more ahead of it, and the history is one that stays."""
        seq = self.standing.state.seq
        ahead = seq and abs(seq - self._kept_seq) >= rows
        if ahead and self.history.kept and snapshot.save(self._kept, self.standing, self.history):
            self._kept_seq = seq
