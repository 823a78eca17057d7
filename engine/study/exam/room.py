"""The examination room: begins an exam, finds the one under way, and closes it with its answers in the history."""

import random
import uuid as uuids
from collections.abc import Callable, Collection
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from engine.progress import Progress
from engine.study.desk import Desk
from engine.study.exam.exam import Exam
from engine.study.exam.files import ExamFiles
from engine.study.exam.item import Item, item
from engine.study.exam.paper import available, paper, size
from engine.study.exam.report import Report, report, row_id, rows
from engine.study.exam.sheet import Place, Sheet
from engine.study.history.trouble import HistoryError
from sims.text import Text


class Offer(msgspec.Struct, frozen=True):
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
        self._absent: dict[str, list[tuple[int, Place]]] = {}  # by the exam's id: where they stand, and what they are

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
        banks = [bank for bank in self.desk.library.banks if not topics or bank.topic in topics]
        questions = chain.from_iterable(bank.questions for bank in banks)  # each decoded as it is looked at
        return Offer(*size(partial(available, questions), count, minutes), seed, tuple(topics))

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
        return Exam(sheet, items, self._save)

    def under_way(self, progress: Progress = lambda done, total: None) -> Exam | None:
        """The exam to go on with. One that was finished but not yet kept is closed here, and none is left.

        Questions that the banks lack now wait in the file; an exam that is finished or has no others waits as a whole.
        """
        sheet = self.files.under_way()
        if sheet is None:
            return None
        exam = self._opened(sheet, progress)
        if exam is None or not exam.finished:
            return exam
        if not self._absent[sheet.id]:
            self.close(exam)
        return None

    def abandon(self) -> None:
        """Forget the exam under way.

        One that was finished is closed, so that no answer is lost; one from other banks is set aside.
        """
        sheet = self.files.under_way()
        if sheet is None:
            return
        if not any(self.desk.library.find(place.question) for place in sheet.places):
            self.files.set_aside()
        elif not sheet.finished:
            self.files.discard()
        elif (exam := self._opened(sheet)) is not None:
            self.close(exam)

    def close(self, exam: Exam) -> Report:
        """The report of a finished exam. Its answers go into the history exactly once, however often this is called.

        While they cannot be kept there, the exam's own file stays and is tried again at the next start.
        """
        sheet = exam.sheet
        if sheet.ended is None:
            exam.sheet = sheet = replace(sheet, ended=self.desk.clock())
            self._save(sheet)
        found = report(sheet, exam.items)
        if self._record(found):
            self.files.close(self._whole(sheet))
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
        """``sheet`` with its questions as the banks have them now, without those that they lack, which is said."""
        places: list[Place] = []
        items: list[Item] = []
        absent: list[tuple[int, Place]] = []
        here = 0
        for index, place in enumerate(sheet.places):
            progress(index, len(sheet.places))
            asked = self.desk.asked(place.question, place.seed)
            found = item(asked, sheet.seed) if asked is not None else None
            if found is None:
                absent.append((index, place))
                continue
            here = len(items) if index <= sheet.here else here
            changed = place.chosen is not None and found.place(place.chosen) is None
            places.append(replace(place, chosen=None) if changed else place)
            items.append(found)
            if changed:
                self.files.warnings.append(_changed(place.question))
        self._absent[sheet.id] = absent
        if absent:
            self.files.warnings.append(_left_out(len(absent)) if items else _ELSEWHERE)
        if not items:
            return None
        return Exam(replace(sheet, places=tuple(places), here=here), items, self._save)

    def _save(self, sheet: Sheet) -> None:
        self.files.save(self._whole(sheet))

    def _whole(self, sheet: Sheet) -> Sheet:
        """``sheet`` with the questions that were left out, each at its place."""
        places, here = list(sheet.places), sheet.here
        for index, place in self._absent.get(sheet.id, ()):
            places.insert(index, place)
            here += index <= here
        return replace(sheet, places=tuple(places), here=here)


def _changed(question: str) -> Text:
    return Text(
        f"問題 {question} の選択肢が変わったので、その答えは空に戻しました。",
        f"The options of {question} have changed; its answer was taken back.",
    )


def _left_out(count: int) -> Text:
    questions, are, they = ("question", "is", "it comes") if count == 1 else ("questions", "are", "they come")
    return Text(
        f"{count} 問はいまの問題集にないので、試験から外しています。その問題集（--bank）を開けば戻ります。",
        f"{count} {questions} {are} not in these banks and {are} left out of the exam; {they} back with their bank.",
    )


_ELSEWHERE = Text(
    "途中の試験の問題が、いまの問題集に 1 問もありません。同じ問題集（--bank）を開けば続けられます。",
    "None of the questions of the exam under way is in these banks; with the same --bank it goes on.",
)
