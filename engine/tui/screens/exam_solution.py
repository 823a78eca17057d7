"""A question of a finished exam: what was chosen, what is right, which mistake it was, and why."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine import words
from engine.grading.shown import Solution, solution
from engine.grading.verdict import wrong
from engine.study.exam.report import Marked
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.exam_parts import ExamRow
from engine.tui.widgets.ask import Ask
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.status import StatusLine
from engine.tui.widgets.verdict import VerdictPanel
from sims.text import Text, same

NO_ANSWER = Text("答えていません。", "No answer was given.")


class ExamSolutionScreen(PeepholeScreen):
    """Enter or Esc goes back to the report."""

    BINDINGS = [
        keys.CLOSE.binding(),
        keys.BACK.binding(),
        keys.LOOK.binding(),
        keys.DOWN.binding("scroll(1)"),
        keys.UP.binding("scroll(-1)"),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, marked: Marked, total: int) -> None:
        super().__init__()
        self.marked = marked
        self.total = total

    def compose(self) -> ComposeResult:
        """Status, question, options with their marks, verdict, keys."""
        asked = self.marked.item.asked
        title = self.peephole.desk.topic_title(asked.topic)
        yield StatusLine(title, same(f"{self.marked.number} / {self.total}"))
        with VerticalScroll(id="page", can_focus=False):
            yield Ask(asked)
            for number, option in enumerate(self.marked.item.options, 1):
                yield ExamRow(number, option)
            yield VerdictPanel(asked)
        yield MoreBelow()
        yield KeyBar((keys.CLOSE.saying(keys.BACK.words), keys.LOOK), keys.HELP_LETTER)

    def on_mount(self) -> None:
        """Mark the options and say why."""
        right = self.marked.item.right
        for place, row in enumerate(self.query(ExamRow)):
            if place == right:
                row.mark, row.role = words.MARKS["correct"].get(self.language), "right"
            elif place == self.marked.picked:
                row.mark, row.role = words.MARKS["wrong"].get(self.language), "wrong"
            else:
                row.role = "muted"
            row.redraw()
        verdict = self.marked.verdict or wrong("", named=NO_ANSWER)
        shown = Solution(same(str(right + 1)), solution(self.marked.item.asked).formula)
        self.query_one(VerdictPanel).show_verdict(verdict, shown)

    def action_look(self) -> None:
        """The simulation, with the answer in it."""
        self.open_look(self.marked.item.asked, self.marked.verdict)
