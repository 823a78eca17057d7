"""A bank while it is being written: its questions as they would be asked, and what is wrong with it at the moment.

The last good version of a question stays until there is a better one: a file is often broken while one types.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked
from engine.bank.convert import convert_questions
from engine.bank.files import Stamp, stamp
from engine.bank.load import BankFile, read_bank
from engine.bank.model import Question
from engine.bank.problems import Problem, did_you_mean
from engine.bank.survey import survey
from sims.text import Text, same


class Draft(msgspec.Struct, frozen=True):
    """What one reading of the file came to. ``title`` is None where the bank as a whole could not be read."""

    title: Text | None
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    stamp: Stamp | None


class Preview:
    """The questions of ``file`` (or the one named ``only``), the place among them, and the seed of the variant.

    :meth:`read` may run in any thread; everything else belongs to one.
    """

    def __init__(self, file: Path, only: str = "") -> None:
        self.file = file
        self.only = only
        self.title = same(file.stem)
        self.questions: tuple[Question, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.place = 0
        self.seed = 0
        self._stamp: Stamp | None = None

    @property
    def has_changed(self) -> bool:
        """Whether the file is another one than was taken last. One that is missing is about to be saved."""
        found = stamp(self.file)
        return found is not None and found != self._stamp

    @property
    def id(self) -> str:
        """The id of the question at the place, or nothing."""
        return self.questions[self.place].id if self.questions else ""

    def read(self) -> Draft:
        """Read the file as it is now."""
        when = stamp(self.file)
        problems = survey([self.file]).problems
        read = read_bank(self.file)
        title, questions = (None, _by_themselves(read)) if read.bank is None else (read.bank.title, read.bank.questions)
        if self.only:
            known = [question.id for question in questions]
            questions = tuple(question for question in questions if question.id == self.only)
            if known and not questions:
                what = Text(f"問題 {self.only} はありません。", f"There is no question {self.only}.")
                problems = (Problem(read.path, 1, 1, "", what, did_you_mean(self.only, known)), *problems)
        return Draft(title, tuple(filter(_can_be_asked, questions)), problems, when)

    def take(self, draft: Draft) -> None:
        """Let ``draft`` count; what it cannot show stays as it was."""
        here, place = self.questions[self.place] if self.questions else None, self.place
        self.title = draft.title or self.title
        self.problems = draft.problems
        self._stamp = draft.stamp
        if not draft.questions:
            return
        questions = list(draft.questions)
        known = [question.id for question in questions]
        if here is not None and here.id not in known and any(each.question == here.id for each in draft.problems):
            questions.insert(place, here)
            known.insert(place, here.id)
        self.questions = tuple(questions)
        self.place = known.index(here.id) if here is not None and here.id in known else min(place, len(known) - 1)

    def forget(self) -> None:
        """Take the file for changed the next time."""
        self._stamp = None

    def move(self, by: int) -> None:
        """Go on to another question, round and round, as the original item."""
        self.place = (self.place + by) % len(self.questions)
        self.seed = 0

    def asked(self) -> Asked:
        """The question at the place. A seed at which it cannot be asked gives the original item."""
        question = self.questions[self.place]
        try:
            return ask(question, self.file.stem, self.seed)
        except FormulaError:
            return ask(question, self.file.stem)


def _by_themselves(read: BankFile) -> tuple[Question, ...]:
    """The questions that can be read in a file that is no bank as a whole."""
    return () if read.root is None else tuple(question for _, question in convert_questions(read.path, read.root))


def _can_be_asked(question: Question) -> bool:
    try:
        ask(question, "")
    except FormulaError:
        return False
    return bool(getattr(question, "options", True))


def split_place(place: str) -> tuple[Path, str]:
    """``FILE`` or ``FILE:ID`` apart; a file whose name holds a colon comes first."""
    path, colon, name = place.rpartition(":")
    if not colon or Path(place).exists() or not Path(path).exists():
        return Path(place), ""
    return Path(path), name


def shown(problems: Sequence[Problem], most: int) -> tuple[list[Problem], int]:
    """The first ``most`` problems, and how many there are besides."""
    return list(problems[:most]), max(len(problems) - most, 0)
