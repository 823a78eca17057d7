"""The learner's desk: banks, history, schedule and clock together, and the sessions that start from them."""

import random
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.cards import cards_of
from engine.bank.load import Library
from engine.bank.model import Bank
from engine.study import today
from engine.study.clock import study_day
from engine.study.draws import LibraryDraws
from engine.study.history.history import HISTORY_FILE, History
from engine.study.memory.schedule import Schedule
from engine.study.mistakes import named
from engine.study.plan.goal import Goal
from engine.study.record import Record
from engine.study.score import Result, activity, result
from engine.study.selection import ORIGINAL, Order, select
from engine.study.session import Session
from engine.study.today import TODAY_COUNT, Today
from sims.text import Text

if TYPE_CHECKING:
    from engine.study.plan.plan import Plan
    from engine.study.statistics import Statistics

LOOKED_BACK = 1_000  # answers among which the session before is looked for


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
        self.record = Record(history, timezone)
        self._draws = LibraryDraws(library)
        self.goal = Goal()
        self.warnings: list[Text] = []
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

    @property
    def study_day(self) -> date:
        """The study day that it is now."""
        return study_day(self.clock(), self.timezone)

    @property
    def schedule(self) -> Schedule:
        """When what is due, as it stands."""
        return Schedule(self.record.standing.courses)

    @cached_property
    def topics(self) -> dict[str, str]:
        """The topic of each question, in the order of the banks."""
        return {card.id: bank.topic for bank, card in self.library.cards()}

    @property
    def is_first_run(self) -> bool:
        """Whether nothing was ever answered."""
        return not self.record.standing.courses

    def topic_title(self, topic: str) -> Text:
        """The title of a topic."""
        return next((bank.title for bank in self.library.banks if bank.topic == topic), Text(topic, topic))

    def topic_summary(self, bank: Bank) -> Text:
        """How many questions a topic has, how many of them were met, how many are due."""
        own = {card.id for card in cards_of(bank)}
        met = sum(not self.schedule.is_new(question) for question in own)
        due = self.schedule.due_count(self.study_day, own)
        ja, en = f"{len(own)} 問 ・ 解いた {met}", f"{len(own)} questions · {met} met"
        return Text(f"{ja} ・ 復習 {due}", f"{en} · {due} due") if due else Text(ja, en)

    def planned(self) -> "Plan | None":
        """Today's part of the way to the exam; None while there is no exam to come."""
        if self.goal.exam is None:
            return None
        from engine.study.plan.plan import planned  # without an exam nobody pays for the planner

        return planned(self.goal, self.study_day, self.topics, self.record.standing, self.history)

    def today(self) -> Today:
        """What the plan asks today; without one, reviews that are due, filled up with new questions."""
        plan = self.planned()
        if plan is not None:
            return today.of_plan(plan)
        return today.of_schedule(self.schedule, self.topics, self.study_day)

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
        seed = random.SystemRandom().randrange(1, 1_000_000) if seed is None else seed
        plan = None if topics or concept or order != "mixed" else self.planned()
        if plan is not None and plan.ranked:
            from engine.study.plan.plan import session_of

            return self._session(session_of(plan, self.topics, self.schedule, self._draws, count, seed))
        asked_of = self.questions_on(concept) if concept else self.topics
        return self._session(select(asked_of, self.schedule, self._draws, self.study_day, topics, order, count, seed))

    def questions_on(self, concept: str) -> dict[str, str]:
        """The questions whose own simulation is ``concept``, each with its topic."""
        linked = [(bank, card) for bank, card in self.library.cards() if card.sim == concept]
        return {card.id: bank.topic for bank, card in linked if not card.nearest}

    def again(self, session: Session) -> Session:
        """The questions of ``session`` that were not right, once more, as other variants where they have any."""
        missed = [done.asked.id for done in session.answered if done.verdict.outcome != "correct"]
        rng = random.SystemRandom()
        seeds = {name: self._draws.unmet(name, self.schedule.seeds(name), rng) for name in missed}
        return self._session(seeds.items())

    def _session(self, chosen: Iterable[tuple[str, int]]) -> Session:
        items = [asked for name, seed in chosen if (asked := self.asked(name, seed))]
        return Session(items, self.record, self.clock())

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

        return statistics(self.record.standing, self.topics, self.study_day)

    def mistake_words(self, question: str, mistake: str) -> Text | None:
        """The sentence that names a mistake, from a variant on which it can be made; None if no bank has it."""
        return named(self.library, question, mistake)

    def question_words(self, question: str) -> Text:
        """How a question reads in its original form; its id if no bank has it."""
        asked = self.asked(question, ORIGINAL)
        return Text(question, question) if asked is None else asked.ask

    def two_weeks(self) -> tuple[int, ...]:
        """Answers on each of the last fourteen study days, today last."""
        return activity(self.record.standing.days, self.study_day)

    def result(self, session: Session) -> Result:
        """What ``session`` came to, beside the last one on the same topics."""
        earlier = self.history.latest(LOOKED_BACK)
        if len(earlier) == LOOKED_BACK:  # the session of the oldest may have begun before
            earlier = [answer for answer in earlier if answer.session != earlier[-1].session]
        return result(session.answered, earlier, self.topics)

    def next_review(self) -> tuple[int, int] | None:
        """In how many days the next review comes, and how many questions it will be; None if none is planned."""
        today = self.study_day
        due = self.schedule.due_count(today, self.topics)
        if due:
            return 0, due
        following = self.schedule.next_due(today, self.topics)
        return ((following[0] - today).days, following[1]) if following else None

    def close(self) -> None:
        """Keep how things stand for the next time. Raises HistoryError if answers cannot be kept to the end."""
        self.record.close()
