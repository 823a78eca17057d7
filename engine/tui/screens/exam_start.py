"""Before a mock exam: how many questions, how many minutes; or the one under way, to go on with."""

import time
from collections.abc import Callable
from contextlib import suppress

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.worker import get_current_worker

from engine.drawing.cells import Row, Span
from engine.drawing.wrap import wrap
from engine.progress import Progress
from engine.study.exam.exam import Exam
from engine.study.exam.room import ExamRoom, Offer
from engine.study.exam.sheet import Sheet
from engine.study.exam.words import NOTHING_TO_ASK, REAL_EXAM, clock_text, size_words
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.exam_timed import Clock
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.menu import Item, Menu
from engine.tui.widgets.status import StatusLine
from sims.text import Text, same

RULES = Text(
    "四択で、時間を計ります。答え合わせは最後にまとめて行います。途中で抜けると、時計も止まります。",
    "Four options, against the clock. No verdict until the end. If you leave, the clock stops too.",
)
REALLY = Text(
    "途中の試験の答えは消えます。もう一度 x で新しく始めます。",
    "The answers of the exam under way will be lost. Press x again to start anew.",
)
SHOWN_EVERY = 4
START = Item(None, keys.START.words, same(""), "start")
GO_ON = Item(None, Text("続ける", "Go on"), same(""), "start")
ANEW = Item(keys.ANEW, keys.ANEW.words, Text("途中の試験は消えます", "the one under way is lost"), "anew")
REPORT = Item(
    keys.LAST_REPORT, keys.LAST_REPORT.words, Text("単元ごとの正解と時間", "right answers and time by topic"), "report"
)


def preparing(done: int, total: int) -> Text:
    """How far the questions are ready."""
    return Text(f"問題を用意しています… {done} / {total}", f"Preparing the questions… {done} / {total}")


class LeftError(Exception):
    """The screen was left while the questions were being prepared."""


class ExamOffer(Drawn):
    """What is offered, in two or three sentences, and a remark."""

    def __init__(self, title: Text, about: Text) -> None:
        super().__init__()
        self.title = title
        self.about = about
        self.remark: Text | None = None

    def show(self, remark: Text) -> None:
        """Say something below."""
        self.remark = remark
        self.redraw()

    def rows(self, width: int) -> list[Row]:
        """The title, what is to be known, the remark."""
        gutter = Span(" " * self.inset)
        room = width - 2 * self.inset
        gap: list[Row] = [] if self.is_short else [()]
        rows: list[Row] = [*gap, (gutter, Span(self.say(self.title), bold=True))]
        rows += [(gutter, Span(line, "muted")) for line in wrap(self.say(self.about), room, balance=True)]
        if not self.is_short:
            rows += [(gutter, Span(line, "muted")) for line in wrap(self.say(REAL_EXAM), room, balance=True)]
        if self.remark:
            rows += [(gutter, Span(line, "light")) for line in wrap(self.say(self.remark), room, balance=True)]
        return [*rows, ()]


class ExamStartScreen(PeepholeScreen):
    """Enter starts, or goes on with the exam under way; ``x`` starts anew, ``r`` opens the last report."""

    BINDINGS = [
        keys.START.binding(),
        keys.ANEW.binding(),
        keys.LAST_REPORT.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.BACK.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(
        self,
        count: int | None = None,
        minutes: int | None = None,
        seed: int | None = None,
        topics: tuple[str, ...] = (),
        *,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__()
        self.wish = (count, minutes, seed, topics)
        self.clock = clock
        self.under_way: Sheet | None = None
        self.asked_once = False
        self.preparing = False

    def compose(self) -> ComposeResult:
        """Filled by :meth:`on_screen_resume`, because an exam changes it."""
        yield StatusLine(keys.EXAM.words)
        yield VerticalScroll(id="page", can_focus=False)
        yield KeyBar((keys.START, keys.BACK), keys.HELP_LETTER)

    @property
    def is_built(self) -> bool:
        """Not while the page is being made anew."""
        return super().is_built and bool(self.query(ExamOffer)) and bool(self.query(Menu))

    def on_mount(self) -> None:
        """See what there is; an exam that was finished but not kept is closed now."""
        self.room = ExamRoom(self.peephole.desk, self.peephole.home)
        self.offer: Offer = self.room.offer(*self.wish)
        sheet = self.room.files.under_way()
        if sheet is not None and sheet.finished:
            self.room.under_way()

    async def on_screen_resume(self) -> None:
        """Here, or here again after an exam."""
        self.asked_once = self.preparing = False
        sheet = self.room.files.under_way()
        self.under_way = sheet if sheet is not None and not sheet.finished else None
        items = [GO_ON if self.under_way else START]
        items += [ANEW] if self.under_way else []
        items += [REPORT] if self.room.files.last() else []
        if await self.fill(ExamOffer(*self._words()), Menu(tuple(items))):
            self._say_warnings()
            self._show_keys()
            self.redraw()

    def _words(self) -> tuple[Text, Text]:
        sheet = self.under_way
        if sheet is None:
            title = size_words(self.offer.count, self.offer.limit) if self.offer.count else NOTHING_TO_ASK
            return title, RULES
        total, done, left = len(sheet.places), len(sheet.places) - sheet.open, clock_text(sheet.left)
        title = Text("途中の試験があります", "An exam is under way")
        return title, Text(
            f"{total} 問中 {done} 問 解答ずみ ・ 残り {left}", f"{done} of {total} answered · {left} left"
        )

    def _show_keys(self) -> None:
        item = self.query_one(Menu).item
        first = keys.START if item is START else keys.START.saying(item.name)
        self.query_one(KeyBar).show((first, keys.CHOOSE, keys.BACK), keys.HELP_LETTER)

    def _say_warnings(self) -> None:
        for warning in self.room.warnings():
            self.peephole.say(warning, "warning")

    def action_move(self, by: int) -> None:
        """Move the lit edge; Enter's word follows it."""
        self.query_one(Menu).move(by)
        self._show_keys()

    async def action_start(self) -> None:
        """Do what the lit row says; the strip starts or goes on."""
        item = self.query_one(Menu).item
        if item.action != "start":
            await self.run_action(item.action)
        elif self.under_way is not None:
            self._prepare(self.room.under_way)
        else:
            self._prepare(self._begun)

    def action_anew(self) -> None:
        """Start anew; asks once what becomes of the exam under way."""
        if self.under_way is None:
            return
        if self.asked_once:
            self._prepare(self._begun)
        else:
            self.asked_once = True
            self.query_one(ExamOffer).show(REALLY)

    def action_report(self) -> None:
        """The report of the last exam."""
        from engine.tui.screens.exam_report import ExamReportScreen

        found = self.room.last_report()
        self._say_warnings()
        if found is not None:
            self.app.push_screen(ExamReportScreen(found))

    def _begun(self, progress: Progress) -> Exam | None:
        return self.room.begin(self.offer, progress)

    def _prepare(self, open_exam: Callable[[Progress], Exam | None]) -> None:
        """Formulas and their wrong neighbours are worked out behind the screen: it can take seconds."""
        if self.preparing or (self.under_way is None and not self.offer.count):
            return
        self.preparing = True
        self._show_progress(0, self.offer.count)
        self.run_worker(lambda: self._open(open_exam), thread=True)

    def _show_progress(self, done: int, total: int) -> None:
        if self.is_built:
            self.query_one(ExamOffer).show(preparing(done, total))

    def _open(self, open_exam: Callable[[Progress], Exam | None]) -> None:
        worker = get_current_worker()

        def progress(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise LeftError
            if done % SHOWN_EVERY == 0:
                self.hand_over(self._show_progress, done, total)

        with suppress(LeftError):
            exam = open_exam(progress)
            if not worker.is_cancelled:
                self.hand_over(self._opened, exam)

    def _opened(self, exam: Exam | None) -> None:
        from engine.tui.screens.exam import ExamScreen

        self.preparing = False
        self._say_warnings()
        if not self.is_current:
            return
        if exam is None:
            self.query_one(ExamOffer).show(NOTHING_TO_ASK)
        else:
            self.offer = self.room.offer(*self.wish)
            self.app.push_screen(ExamScreen(self.room, exam, self.clock))
