"""Statistics: how each topic goes, the weakest first because Enter drills it; then mistakes, days and the rest."""

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.drawing import statistics as pictures
from engine.drawing.cells import Row, Span
from engine.study.statistics import Statistics
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.status import StatusLine
from sims.text import Text

WIDEST = 96
NOTHING = Text(
    "まだ答えがありません。解いた分が、ここに絵で出ます。", "Nothing answered yet. What you answer is drawn here."
)


class TopicBars(Drawn):
    """A row a topic, one of them lit."""

    def __init__(self, stats: Statistics) -> None:
        super().__init__()
        self.stats = stats
        self.here = 0

    def rows(self, width: int) -> list[Row]:
        """The head and the bars; the edge before the lit one."""
        room = min(width - 2 * self.inset, WIDEST)
        head, *bars = pictures.topics(self.stats, self.peephole.desk.topic_title, room, self.language)
        lead = Span(" " * self.inset)
        lit = (Span("▌", "light"), Span(" " * (self.inset - 1)))
        rows = [(*(lit if index == self.here else (lead,)), *bar) for index, bar in enumerate(bars)]
        return [(lead, *head), *rows] if head else rows


class Below(Drawn):
    """Mistakes, the curve, the calendar, how sure the learner was, the hardest questions."""

    def __init__(self, stats: Statistics) -> None:
        super().__init__()
        self.stats = stats

    def rows(self, width: int) -> list[Row]:
        """Each section under its title."""
        desk, lead = self.peephole.desk, Span(" " * self.inset)
        room = min(width - 2 * self.inset, WIDEST)
        rows: list[Row] = []
        for title, drawn in pictures.sections(self.stats, desk.mistake_words, desk.question_words, room, self.language):
            rows += [(), (lead, Span(self.say(title), bold=True)), *((lead, *row) for row in drawn)]
        return rows


class StatsScreen(PeepholeScreen):
    """Enter drills the lit topic."""

    BINDINGS = [
        keys.START.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.PAGE_DOWN.binding(),
        keys.PAGE_UP.binding(),
        keys.BACK.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Totals in the status, topics, the rest, keys."""
        self.stats = self.peephole.desk.statistics()
        yield StatusLine(keys.STATS.words, self._total() if self.stats.answers else NOTHING)
        with VerticalScroll(id="page", can_focus=False):
            yield TopicBars(self.stats)
            if self.stats.answers:
                yield Below(self.stats)
        yield MoreBelow()
        yield KeyBar((keys.DRILL_THIS, keys.CHOOSE, keys.BACK), keys.HELP_LETTER)

    def _total(self) -> Text:
        count, spent = self.stats.answers, pictures.time_spent(self.stats.hours)
        plural = "" if count == 1 else "s"
        return Text(f"{count:,} 回答 ・ {spent.ja}", f"{count:,} answer{plural} · {spent.en}")

    def action_move(self, by: int) -> None:
        """Move the lit edge; beyond the last topic, the page."""
        bars, page = self.query_one(TopicBars), self.page
        place = bars.here + by
        if 0 <= place < len(self.stats.topics) and not (by < 0 and page.scroll_y > bars.size.height):
            bars.here = place
            bars.redraw()
            page.scroll_to(y=max(0, place + 2 - page.size.height), animate=False)
        else:
            self.action_scroll(by)

    def action_start(self) -> None:
        """Drill the lit topic."""
        if not self.stats.topics:
            return
        topic = self.stats.topics[self.query_one(TopicBars).here].topic
        session = self.peephole.desk.session(topics=[topic])
        if not session.finished:
            self.app.pop_screen()
            self.peephole.start_session(session)

    def on_click(self, event: events.Click) -> None:
        """A click on a topic lights it; on the lit one it drills."""
        bars = self.query_one(TopicBars)
        place = event.screen_y - bars.region.y - 1
        if bars.region.contains(event.screen_x, event.screen_y) and 0 <= place < len(self.stats.topics):
            if place == bars.here:
                self.action_start()
            else:
                bars.here = place
                bars.redraw()
