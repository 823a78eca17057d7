"""One session, from the first question to the last: a state machine that draws nothing and asks no clock.

A front shows :attr:`Session.asked` and calls :meth:`Session.answer`, :meth:`Session.next` and the others as keys come
in. Whatever counts is handed to the recorder before its verdict is returned.
"""

import uuid as uuids
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from engine.bank.asked import Asked, TextKey
from engine.grading.verdict import Outcome, Verdict
from engine.study.answer import Answer, Answered, Recorder
from engine.study.history.trouble import HistoryError
from sims.text import Text

State = Literal["asking", "confirming", "verdict", "finished"]
Mark = Outcome | Literal["skipped"] | None


class OutOfTurnError(RuntimeError):
    """The front asked for something that the session's state does not allow."""


class Grading:
    """Gives the verdicts; what grades is imported when the first one is asked for."""

    def grade(self, asked: Asked, text: str) -> Verdict:
        """The verdict on ``text``; for an answer in words, with proposed ticks."""
        from engine.grading import grade

        return grade.grade(asked, text)

    def gave_up(self, asked: Asked) -> Verdict:
        """The verdict on "I don't know"."""
        from engine.grading import grade

        return grade.gave_up(asked)

    def confirm(self, asked: Asked, text: str, ticks: Sequence[bool]) -> Verdict:
        """The verdict on an answer in words, with the points that the learner says are there."""
        from engine.grading import text as prose

        if not isinstance(asked.key, TextKey):
            raise OutOfTurnError("only an answer in words is confirmed")
        return prose.confirm(asked.key, text, ticks)


class _Turn(msgspec.Struct, eq=False):
    """A question's place in the session, and what has happened there so far."""

    asked: Asked
    seconds: float = 0.0
    hints: int = 0
    put_off: bool = False
    dropped: bool = False
    done: Answered | None = None

    @property
    def open(self) -> bool:
        return self.done is None and not self.dropped


class Session:
    """A session over ``items``, in order. ``at`` is always the time now, aware, from the front's clock.

    ``state`` is what it waits for: an answer, the learner's ticks, to go on, or nothing any more. ``verdict`` is the
    last one on the question on the screen. Answers that cannot be read leave the state at ``asking`` and are not
    recorded. Where the recorder fails, the session goes on and ``warning`` says what was not kept.
    """

    def __init__(
        self,
        items: Sequence[Asked],
        recorder: Recorder,
        at: datetime,
        *,
        grading: Grading | None = None,
        new_id: Callable[[], str] = lambda: str(uuids.uuid4()),
    ) -> None:
        self.id = new_id()
        self.state: State = "asking" if items else "finished"
        self.verdict: Verdict | None = None
        self.warning: Text | None = None
        self._turns = [_Turn(asked) for asked in items]
        self._recorder = recorder
        self._grading = grading or Grading()
        self._new_id = new_id
        self._given: list[tuple[_Turn, Answer]] = []  # in the order of the answers
        self._place = 0
        self._since = at

    @property
    def finished(self) -> bool:
        """Whether every question was answered or dropped."""
        return self.state == "finished"

    @property
    def asked(self) -> Asked:
        """The question on the screen. Raises OutOfTurnError when finished."""
        return self._turn.asked

    @property
    def number(self) -> int:
        """Which question this is, from 1."""
        return min(self._place + 1, len(self._turns))

    @property
    def total(self) -> int:
        """How many questions the session has."""
        return len(self._turns)

    @property
    def hints(self) -> tuple[Text, ...]:
        """The hints shown so far for the question on the screen."""
        return self.asked.hints[: self._turn.hints]

    @property
    def answered(self) -> tuple[Answered, ...]:
        """What was answered and not taken back, in the order of the questions."""
        return tuple(turn.done for turn in self._turns if turn.done is not None)

    @property
    def outcomes(self) -> tuple[Mark, ...]:
        """For the progress rule: the outcome of each question, None for one still to come."""
        return tuple(
            turn.done.verdict.outcome if turn.done else "skipped" if turn.dropped else None for turn in self._turns
        )

    def answer(self, text: str, at: datetime, sure: bool | None = None) -> Verdict:
        """The verdict on ``text``; kept before it is returned, unless it could not be read."""
        self._expect("asking")
        verdict = self._grading.grade(self.asked, text)
        if not verdict.is_attempt:
            self.verdict = verdict
            return verdict
        state: State = "confirming" if isinstance(self.asked.key, TextKey) else "verdict"
        return self._settle(text, verdict, at, sure, state)

    def give_up(self, at: datetime) -> Verdict:
        """The verdict on "I don't know": it counts as wrong."""
        self._expect("asking")
        return self._settle("", self._grading.gave_up(self.asked), at, None, "verdict")

    def confirm(self, ticks: Sequence[bool], at: datetime, sure: bool | None = None) -> Verdict:
        """The verdict with the points of a rubric that the learner says are there."""
        self._expect("confirming")
        turn, answer = self._given[-1]
        verdict = self._grading.confirm(turn.asked, answer.text, ticks)
        self._keep(lambda: self._recorder.confirm(answer.uuid, verdict.outcome, verdict.score, at, sure))
        confirmed = msgspec.structs.replace(answer, outcome=verdict.outcome, score=verdict.score)
        confirmed = msgspec.structs.replace(confirmed, sure=answer.sure if sure is None else sure)
        turn.done = Answered(turn.asked, confirmed, verdict)
        self.verdict, self.state = verdict, "verdict"
        return verdict

    def guessed(self, at: datetime) -> bool:
        """Say of the right answer whose verdict is shown that it was a guess, or take that back.

        Returns whether it counts as guessed now; of an answer that was not right nothing is said.
        """
        self._expect("verdict")
        turn = self._given[-1][0]
        if turn.done is None or turn.done.answer.outcome != "correct":
            return False
        answer = msgspec.structs.replace(turn.done.answer, guessed=not turn.done.answer.guessed)
        turn.done = msgspec.structs.replace(turn.done, answer=answer)
        word = (answer.outcome, answer.score, at, answer.sure, answer.guessed)
        self._keep(lambda: self._recorder.confirm(answer.uuid, *word))
        return answer.guessed

    def hint(self) -> Text | None:
        """The next hint, or None if there is none left. Hints lower the rating of the answer."""
        self._expect("asking")
        shown = self._turn.hints
        if shown == len(self.asked.hints):
            return None
        self._turn.hints += 1
        return self.asked.hints[shown]

    def skip(self, at: datetime) -> None:
        """Put the question off to the end; the second time, or with none other to ask, drop it."""
        self._expect("asking")
        turn = self._turn
        turn.seconds += self._elapsed(at)
        if turn.put_off or not any(other.open for other in self._turns if other is not turn):
            turn.dropped = True
        else:
            turn.put_off = True
            self._turns.remove(turn)
            self._turns.append(turn)
        self._show_next(at)

    def undo(self, at: datetime) -> str | None:
        """Take back the last answer and ask that question again. Returns what was typed; None if nothing was."""
        if not self._given:
            return None
        if self.state == "asking":
            self._turn.seconds += self._elapsed(at)
        turn, answer = self._given.pop()
        self._keep(lambda: self._recorder.undo(answer.uuid, at))
        turn.done = None
        self._show(turn, at)
        return answer.text

    def next(self, at: datetime) -> None:
        """Go on to the next open question, or finish."""
        self._expect("verdict")
        self._show_next(at)

    @property
    def _turn(self) -> _Turn:
        if self.state == "finished":
            raise OutOfTurnError("the session is finished: there is no question")
        return self._turns[self._place]

    def _settle(self, text: str, verdict: Verdict, at: datetime, sure: bool | None, state: State) -> Verdict:
        turn = self._turn
        turn.seconds += self._elapsed(at)
        answer = Answer(
            uuid=self._new_id(),
            at=at,
            session=self.id,
            question=turn.asked.id,
            seed=turn.asked.seed,
            text=text,
            outcome=verdict.outcome,
            score=verdict.score,
            mistake=verdict.mistake,
            seconds=turn.seconds,
            hints=turn.hints,
            sure=sure,
        )
        self._keep(lambda: self._recorder.append(answer))
        turn.done = Answered(turn.asked, answer, verdict)
        self._given.append((turn, answer))
        self.verdict, self.state = verdict, state
        return verdict

    def _show_next(self, at: datetime) -> None:
        for turn in self._turns:
            if turn.open:
                return self._show(turn, at)
        self.verdict, self.state = None, "finished"
        return None

    def _show(self, turn: _Turn, at: datetime) -> None:
        self._place = self._turns.index(turn)
        self._since, self.verdict, self.state = at, None, "asking"

    def _elapsed(self, at: datetime) -> float:
        return max(0.0, (at - self._since).total_seconds())  # a clock may be put back

    def _expect(self, state: State) -> None:
        if self.state != state:
            raise OutOfTurnError(f"the session is {self.state}, not {state}")

    def _keep(self, write: Callable[[], None]) -> None:
        try:
            write()
        except HistoryError as error:
            self.warning = error.text
        else:
            self.warning = None
