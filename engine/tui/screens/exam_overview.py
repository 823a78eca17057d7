"""Every question of the exam by its number: answered, open, flagged; one to go to, or the end."""

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.tui import keys
from engine.tui.screens.exam_parts import ExamGrid, ExamRemark, ExamStatus
from engine.tui.screens.exam_timed import ExamTimed
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from sims.text import Text, same

if TYPE_CHECKING:
    from engine.tui.screens.exam import ExamScreen


def really(count: int) -> Text:
    """Asked once before an exam with open questions is handed in."""
    return Text(
        f"{count} 問が空いています。もう一度 e で提出します。",
        f"{count} open. Press e again to hand in." if count > 1 else "One is open. Press e again to hand in.",
    )


class ExamOverviewScreen(ExamTimed):
    """The clock runs on here."""

    BINDINGS = [
        keys.GO_THERE.binding(),
        keys.RIGHT.binding(),
        keys.LEFT.binding(),
        keys.DOWN.binding("row(1)"),
        keys.UP.binding("row(-1)"),
        keys.CLOSE_OVERVIEW.binding(),
        keys.HAND_IN.binding(),
        keys.BACK.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, below: "ExamScreen") -> None:
        super().__init__(below.room, below.exam, below.clock)
        self.below = below
        self.here = below.exam.sheet.here
        self.asked_once = False

    def compose(self) -> ComposeResult:
        """Status, remark, the numbers, keys."""
        yield ExamStatus(keys.OVERVIEW.words)
        with VerticalScroll(id="page", can_focus=False):
            yield ExamRemark()
            yield ExamGrid(self.exam.sheet.places, self.here)
        yield MoreBelow()
        yield KeyBar((keys.GO_THERE, keys.CHOOSE, keys.HAND_IN, keys.BACK), keys.HELP_LETTER)

    def on_mount(self) -> None:
        """Say how many are answered, light the present number."""
        answered = self.exam.total - self.exam.sheet.open
        title = Text(f"一覧  {self.exam.total} 問中 {answered} 問 解答", f"{answered} of {self.exam.total} answered")
        self.query_one(ExamStatus).show_exam(title, "", self.exam, self.exam.left(self.clock()))
        self._light()

    def _light(self) -> None:
        grid, page = self.query_one(ExamGrid), self.page
        grid.show(self.exam.sheet.places, self.here)
        row = grid.virtual_region.y + grid.row_of(self.here, grid.size.width)
        if not page.scroll_y <= row < page.scroll_y + page.size.height:
            page.scroll_to(y=max(row - page.size.height // 2, 0), animate=False)

    def action_move(self, by: int) -> None:
        """The next number or the one before."""
        self.here = (self.here + by) % self.exam.total
        self._light()

    def action_row(self, by: int) -> None:
        """The number above or below, where there is one."""
        grid = self.query_one(ExamGrid)
        there = self.here + by * grid.columns(grid.size.width)
        if 0 <= there < self.exam.total:
            self.here = there
            self._light()

    def action_go(self) -> None:
        """To the lit question."""
        self.exam.go(self.here + 1, self.clock())
        self.app.pop_screen()
        self.below.show_question()
        self.below.end_if_over()

    def action_hand_in(self) -> None:
        """Finish; with open questions, ask once."""
        if self.exam.sheet.open and not self.asked_once:
            self.asked_once = True
            self.query_one(ExamRemark).show(really(self.exam.sheet.open))
            self.page.scroll_home(animate=False)
            return
        self.exam.hand_in(self.clock())
        self.below.end_if_over()

    def action_back(self) -> None:
        """Back to the question."""
        self.query_one(ExamRemark).show(same(""))
        super().action_back()

    def on_click(self, event: events.Click) -> None:
        """A click on a number goes there."""
        grid = self.query_one(ExamGrid)
        if grid.region.contains(event.screen_x, event.screen_y):
            place = event.screen_offset - grid.region.offset
            number = grid.at(place.x, place.y, grid.size.width)
            if number is not None:
                self.here = number
                self.action_go()
