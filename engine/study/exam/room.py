"""The examination room: begins an exam, finds the one under way, and closes it with its answers in the history."""

import random
import uuid as uuids
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from engine.study.desk import Desk
from engine.study.exam.exam import Exam
from engine.study.exam.files import ExamFiles
from engine.study.exam.item import Item, item
from engine.study.exam.paper import Progress, available, paper, size
from engine.study.exam.report import Report, report, row_id, rows
from engine.study.exam.sheet import Place, Sheet
from engine.study.history.trouble import HistoryError
from sims.text import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """An exam that can be begun: how many questions, how many seconds."""

    count: int
    limit: float
    seed: int
    topics: tuple[str, ...]


class ExamRoom:
    """The mock exams of one desk, kept in ``home``."""

    def __init__(self, desk: Desk, home: Path, new_id: Callable[[], str] = lambda: str(uuids.uuid4())) -> None:
        self.desk = desk
        self.files = ExamFiles(home)
        self._new_id = new_id

    def warnings(self) -> list[Text]:
        """What the learner should be told, once."""
        told, self.files.warnings = self.files.warnings, []
        return told

    def offer(
        self,
        count: int | None = None,
        minutes: int | None = None,
        seed: int | None = None,
        topics: Collection[str] = (),
    ) -> Offer:
        """What an exam on ``topics`` (all if none are named) would be; ``count`` 0 where nothing can be asked."""
        seed = random.SystemRandom().randrange(1, 1_000_000) if seed is None else seed
        given = available(self.desk.library.questions(tuple(topics)))
        return Offer(*size(given, count, minutes), seed, tuple(topics))

    def begin(self, offer: Offer, progress: Progress = lambda done, total: None) -> Exam | None:
        """A new exam in place of any other; its clock stands still until it is entered. None without questions."""
        questions = self.desk.library.questions(offer.topics)
        items = paper(questions, offer.count, offer.seed, self.desk.asked, progress)
        if not items:
            return None
        limit = offer.limit * len(items) / offer.count  # a question that cannot be drawn takes its time with it
        sheet = Sheet(
            id=self._new_id(),
            seed=offer.seed,
            begun=self.desk.clock(),
            limit=limit,
            places=tuple(Place(question=each.asked.id, seed=each.asked.seed) for each in items),
        )
        self.abandon()  # one that was finished and not yet kept is tried once more
        self.files.save(sheet)
        return Exam(sheet, items, self.files.save)

    def under_way(self, progress: Progress = lambda done, total: None) -> Exam | None:
        """The exam to go on with. One that was finished but not yet kept is closed here, and none is left."""
        sheet = self.files.under_way()
        if sheet is None:
            return None
        exam = self._opened(sheet, progress)
        if exam is None:
            self.files.discard()
        elif exam.finished:
            self.close(exam)
            return None
        return exam

    def abandon(self) -> None:
        """Forget the exam under way; one that was finished is closed, so that no answer is lost."""
        sheet = self.files.under_way()
        if sheet is not None and sheet.finished:
            self.under_way()
        elif sheet is not None:
            self.files.discard()

    def close(self, exam: Exam) -> Report:
        """The report of a finished exam. Its answers go into the history exactly once, however often this is called.

        While they cannot be kept there, the exam's own file stays and is tried again at the next start.
        """
        sheet = exam.sheet
        if sheet.ended is None:
            exam.sheet = sheet = replace(sheet, ended=self.desk.clock())
            self.files.save(sheet)
        found = report(sheet, exam.items)
        if self._record(found):
            self.files.close(sheet)
        return found

    def last_report(self) -> Report | None:
        """The report of the last exam, as far as its questions still exist."""
        sheet = self.files.last()
        exam = self._opened(sheet) if sheet is not None else None
        return report(exam.sheet, exam.items) if exam is not None else None

    def _record(self, found: Report) -> bool:
        """Whether every answer is safely in a history that stays; a warning says why it is not."""
        ended, history = found.sheet.ended or self.desk.clock(), self.desk.history
        try:
            held = history.held(row_id(found.sheet.id, each.item.asked.id) for each in found.marked)
            for answer in rows(found, ended):
                if answer.uuid not in held:
                    self.desk.record.append(answer)
        except HistoryError as error:
            self.files.warnings.append(error.text)
            return False
        if not history.kept and history.warning:
            self.files.warnings.append(history.warning)
        return history.kept

    def _opened(self, sheet: Sheet, progress: Progress = lambda done, total: None) -> Exam | None:
        """``sheet`` with its questions as the banks have them now; what is gone is dropped, and said."""
        places: list[Place] = []
        items: list[Item] = []
        here = 0
        for index, place in enumerate(sheet.places):
            progress(index, len(sheet.places))
            asked = self.desk.asked(place.question, place.seed)
            found = item(asked, sheet.seed) if asked is not None else None
            if found is None:
                continue
            here = len(items) if index <= sheet.here else here
            changed = place.chosen is not None and found.place(place.chosen) is None
            places.append(replace(place, chosen=None) if changed else place)
            items.append(found)
            if changed:
                self.files.warnings.append(_changed(place.question))
        if len(items) < len(sheet.places):
            self.files.warnings.append(_dropped(len(sheet.places) - len(items)))
        if not items:
            return None
        return Exam(replace(sheet, places=tuple(places), here=here), items, self.files.save)


def _changed(question: str) -> Text:
    return Text(
        f"問題 {question} の選択肢が変わったので、その答えは空に戻しました。",
        f"The options of {question} have changed; its answer was taken back.",
    )


def _dropped(count: int) -> Text:
    questions, are = ("question", "is") if count == 1 else ("questions", "are")
    return Text(
        f"{count} 問は問題集からなくなったので、試験から外しました。",
        f"{count} {questions} {are} no longer in the banks and {are} left out of the exam.",
    )
