"""A question of the mock exam: four options, no verdict, and the time that is left."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from engine import words
from engine.study.exam.sheet import Sheet
from engine.tui import keys
from engine.tui.screens.exam_parts import FLAG_SET, FLAGGED, ExamGrid, ExamOptions, ExamRemark, ExamStatus
from engine.tui.screens.exam_timed import ExamTimed
from engine.tui.widgets.ask import Ask
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from sims.text import Text, same

TIME_OVER = Text("時間になりました。", "Time is up.")
LEFT_OFF = Text("時計を止めました。続きからいつでも始められます。", "The clock has stopped. Go on whenever you like.")


def time_warning(sheet: Sheet) -> Text:
    """How much time is left when the warning comes."""
    seconds = round(sheet.left)
    if seconds < 60:
        return Text(f"残り {seconds} 秒です。", f"{seconds} seconds left.")
    minutes = round(seconds / 60)
    return Text(f"残り {minutes} 分です。", f"{minutes} minutes left." if minutes > 1 else "One minute left.")


class ExamScreen(ExamTimed):
    """Digits choose, Enter takes what is lit and goes on; nothing is lit until it is chosen or moved to."""

    DEFAULT_CSS = """
    #exam-side { display: none; }
    .-wide #exam-side { display: block; width: 1fr; padding: 0 2 0 2; }
    .-high #exam-side { padding: 2 2 0 2; }
    """
    SCOPED_CSS = False  # the size classes are the screen's
    BINDINGS = [
        keys.TAKE.binding(),
        *keys.digits("pick({digit})", last=4),
        keys.NO_ANSWER.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.TURN_ON.binding(),
        keys.TURN_BACK.binding(),
        keys.FLAG.binding(),
        keys.OVERVIEW.binding(),
        keys.LEAVE.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Status, question, options, remark; at the right of a wide terminal the overview; keys."""
        yield ExamStatus(same(""))
        with Horizontal(id="body"):
            with VerticalScroll(id="page", can_focus=False):
                yield Ask(self.exam.item.asked)
                yield ExamOptions(self.exam.item.options)
                yield ExamRemark()
            with VerticalScroll(id="exam-side", can_focus=False):
                yield ExamGrid(self.exam.sheet.places, self.exam.sheet.here)
        yield MoreBelow()
        yield KeyBar(())

    def on_mount(self) -> None:
        """Start the clock."""
        self.exam.enter(self.clock())
        self.show_question()

    def on_unmount(self) -> None:
        """However this ends, the clock stops and what it says is kept."""
        self.exam.leave(self.clock())

    def show_question(self) -> None:
        """The question at which the exam is."""
        ask = self.query_one(Ask)
        if ask.asked is not self.exam.item.asked:
            ask.asked = self.exam.item.asked
            ask.redraw()
            self.page.scroll_home(animate=False)
        self.query_one(ExamOptions).show(self.exam.item.options, self.exam.chosen)
        self._show_place()

    def _show_place(self) -> None:
        exam = self.exam
        title = self.peephole.desk.topic_title(exam.item.asked.topic)
        place = f"{exam.number} / {exam.total}" + (f" {FLAGGED}" if exam.place.flagged else "")
        self.query_one(ExamStatus).show_exam(title, place, exam, exam.left(self.clock()))
        self.query_one(ExamGrid).show(exam.sheet.places, exam.sheet.here)
        self.query_one(ExamRemark).show(FLAG_SET if exam.place.flagged else same(""))
        self._show_keys()

    def _show_keys(self) -> None:
        more = (keys.FLAG, keys.OVERVIEW, keys.BACK_AND_FORTH, keys.LEAVE)
        lit = self.query_one(ExamOptions).here is not None
        first = (keys.TAKE,) if lit else (keys.DIGITS, keys.NEXT)
        self.query_one(KeyBar).show((*first, *more), keys.HELP_LETTER)

    def tick(self) -> None:
        """Another second; a warning once, and the end when it comes."""
        warn = self.exam.tick(self.clock())
        super().tick()
        if warn:
            self.peephole.say(time_warning(self.exam.sheet), "warning")
        self.say_warnings()
        self.end_if_over()

    def say_warnings(self) -> None:
        """What could not be kept."""
        for warning in self.room.warnings():
            self.peephole.say(warning, "warning")

    def end_if_over(self) -> None:
        """The report, in place of this screen and of whatever is open above it."""
        if not self.exam.finished or self not in self.app.screen_stack:
            return
        if self.exam.sheet.left <= 0:
            self.peephole.say(TIME_OVER)
        while self.app.screen is not self:
            self.app.pop_screen()
        from engine.tui.screens.exam_report import ExamReportScreen

        found = self.room.close(self.exam)
        self.say_warnings()
        self.app.switch_screen(ExamReportScreen(found))

    def _changed(self) -> None:
        self.say_warnings()
        if self.exam.finished:
            self.end_if_over()
        else:
            self.show_question()

    def action_pick(self, digit: int) -> None:
        """Choose the option with this digit."""
        self.exam.choose(digit - 1, self.clock())
        self._changed()

    def action_clear(self) -> None:
        """Take the answer back."""
        self.exam.clear(self.clock())
        self._changed()

    def action_go(self) -> None:
        """Take what is lit and go on; after the last question to the overview."""
        lit = self.query_one(ExamOptions).here
        if lit is not None and lit != self.exam.chosen:
            self.exam.choose(lit, self.clock())
        if self.exam.number < self.exam.total or self.exam.finished:
            self.action_turn(1)
        else:
            self._changed()
            self.action_overview()

    def action_turn(self, by: int) -> None:
        """The next question or the one before."""
        self.exam.go(self.exam.number + by, self.clock())
        self._changed()

    def action_move(self, by: int) -> None:
        """Move the lit edge."""
        self.query_one(ExamOptions).move(by, self.exam.chosen)
        self._show_keys()

    def action_flag(self) -> None:
        """Flag it, or take the flag away."""
        self.exam.flag(self.clock())
        self._changed()

    def action_overview(self) -> None:
        """Every number at a glance."""
        from engine.tui.screens.exam_overview import ExamOverviewScreen

        if not self.exam.finished:
            self.app.push_screen(ExamOverviewScreen(self))

    def action_back(self) -> None:
        """Leave: the clock stops, everything is kept."""
        self.exam.leave(self.clock())
        self.peephole.say(LEFT_OFF)
        self.app.pop_screen()

    def on_click(self, event: events.Click) -> None:
        """A click chooses an option, or goes to a number of the overview."""
        option = self.query_one(ExamOptions).at(event.screen_x, event.screen_y)
        grid = self.query_one(ExamGrid)
        if option is not None:
            self.action_pick(option + 1)
        elif grid.region.contains(event.screen_x, event.screen_y):
            place = event.screen_offset - grid.region.offset
            number = grid.at(place.x, place.y, grid.size.width)
            if number is not None:
                self.exam.go(number + 1, self.clock())
                self._changed()

    def on_key(self, event: events.Key) -> None:
        """A full-width letter where a letter is meant: the input method is on."""
        if keys.is_wide(event.character):
            self.query_one(ExamRemark).show(words.IME_ON)
