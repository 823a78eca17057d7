"""The learner's record: the history, and how things stand after it, kept in step."""

from datetime import datetime, tzinfo
from functools import cached_property

from engine.grading.verdict import Outcome
from engine.progress import Progress
from engine.study.answer import Answer
from engine.study.history.history import History
from engine.study.history.trouble import HistoryError
from engine.study.memory import snapshot
from engine.study.memory.standing import Standing

KEPT_EVERY = 250  # rows after which the standing is kept again


class Record:
    """The recorder of every session: a row is on the disk, and what follows from it is known, before a call returns.

    Its days are those of ``timezone``, the machine's if None.
    """

    def __init__(self, history: History, timezone: tzinfo | None) -> None:
        self._history = history
        self._timezone = timezone
        self._file = history.path.with_name(snapshot.FILE)
        self._kept_seq = 0
        self._generation = history.generation

    @cached_property
    def standing(self) -> Standing:
        """How things stand, as of the answers found at opening and those recorded since."""
        return self.catch_up()

    def catch_up(self, progress: Progress | None = None) -> Standing:
        """Read what the history holds beyond its snapshot. ``progress`` is told of how many rows how many are done."""
        standing = snapshot.load(self._file, self._history, self._timezone)
        self._kept_seq = standing.state.seq
        standing.follow(self._history, progress)
        self.standing = standing
        return standing

    def append(self, answer: Answer) -> None:
        """Keep an answer."""
        self._history.append(answer)
        self._follow()

    def undo(self, uuid: str, at: datetime) -> None:
        """Take an answer back."""
        self._history.undo(uuid, at)
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
        self._history.confirm(uuid, outcome, score, at, sure, guessed)
        self._follow()

    def close(self) -> None:
        """Keep the standing for the next time, and close the history. Raises HistoryError like its ``close``."""
        try:
            if "standing" in self.__dict__:
                self._keep(1)
        finally:
            self._history.close()

    def _follow(self) -> None:
        """Bring the standing up to date. Raises HistoryError, with all done, to say that the file broke meanwhile."""
        self.standing.follow(self._history)
        self._keep(KEPT_EVERY)
        if self._generation != self._history.generation:
            self._generation = self._history.generation
            if self._history.warning:
                raise HistoryError(self._history.warning)

    def _keep(self, rows: int) -> None:
        """Write the snapshot if the standing is ``rows`` or more ahead of it, and the history is one that stays."""
        seq = self.standing.state.seq
        ahead = seq and abs(seq - self._kept_seq) >= rows
        if ahead and self._history.kept and snapshot.save(self._file, self.standing, self._history):
            self._kept_seq = seq
