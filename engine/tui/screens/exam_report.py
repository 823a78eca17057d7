"""The report of a mock exam: the score, topic by topic, the time, and the questions to look at again."""

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine import words
from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, crop
from engine.drawing.wrap import wrap
from engine.study.exam.report import Marked, Report, TopicMarks
from engine.study.exam.words import REAL_EXAM, again_words, pace_words, used_words
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.exam_parts import FLAGGED
from engine.tui.screens.result import Heading
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.status import StatusLine
from sims.text import Text

TITLE = Text("模擬試験の結果", "Mock exam: the report")
LEGEND = Text("━ 正解   ╌ 不正解   ─ 無解答", "━ right   ╌ wrong   ─ no answer")
MOST_CELLS = 6  # a question
COUNT = 10


class ExamScore(Drawn):
    """The score and the time; each topic with a bar as long as its questions and the seconds they took."""

    def __init__(self, found: Report, titles: dict[str, Text]) -> None:
        super().__init__()
        self.found = found
        self.titles = titles

    def rows(self, width: int) -> list[Row]:
        """Score, bars, legend, and what is said of the real exam."""
        lead = Span(" " * self.inset)
        room = width - 2 * self.inset
        score = self.found.score
        title, pace = self.say(words.right_of(score.right, score.total)), self.say(pace_words(self.found))
        rows: list[Row] = [self._ends(title, pace, room, lead)]
        rows += [] if self.is_short else [()]
        names = min(max(cell_width(self.say(title)) for title in self.titles.values()) + 2, max(room // 3, 10))
        seconds = 0 if self.is_narrow else 8
        longest = max(topic.score.total for topic in self.found.topics)
        scale = min((room - names - COUNT - seconds) / longest, MOST_CELLS)
        for topic in self.found.topics:
            rows.append((lead, *self._topic(topic, names, scale, room, seconds)))
        rows += [] if self.is_short else [()]
        rows += [(lead, Span(self.say(LEGEND), "muted"))]
        rows += [(lead, Span(line, "muted")) for line in wrap(self.say(REAL_EXAM), room, balance=True)]
        return [*rows, ()]

    def _topic(self, topic: TopicMarks, names: int, scale: float, room: int, seconds: int) -> list[Span]:
        score = topic.score
        name = crop(self.say(self.titles[topic.topic]), names - 2)
        ends = [round(scale * count) for count in (topic.right, topic.right + topic.wrong, score.total)]
        ink: Role = "muted" if score.right == score.total else "ink"
        spans = [
            Span(name + " " * (names - cell_width(name))),
            Span(f"{score.right} / {score.total}".ljust(COUNT), ink),
            Span("━" * ends[0], "right"),
            Span("╌" * (ends[1] - ends[0]), "wrong"),
            Span("─" * (ends[2] - ends[1]), "muted"),
        ]
        if seconds:
            each = self.say(Text(f"{topic.seconds / score.total:.0f} 秒", f"{topic.seconds / score.total:.0f} s"))
            used = sum(cell_width(span.text) for span in spans)
            spans.append(Span(" " * (room - used - cell_width(each)) + each, "muted"))
        return spans

    @staticmethod
    def _ends(left: str, right: str, room: int, lead: Span) -> Row:
        space = room - cell_width(left) - cell_width(right)
        if space < 2:
            return (lead, Span(left, bold=True))
        return (lead, Span(left, bold=True), Span(" " * space), Span(right, "muted"))


class MarkedRow(Drawn):
    """A question to look at again: its number, topic, named mistake or wording, and the time it took."""

    def __init__(self, marked: Marked, title: Text) -> None:
        super().__init__()
        self.marked = marked
        self.title = title
        self.is_here = False

    def rows(self, width: int) -> list[Row]:
        """One row."""
        verdict = self.marked.verdict
        mark = words.MARKS[verdict.outcome].get(self.language) if verdict else "–"
        role: Role = "muted" if verdict is None else "right" if self.marked.is_right else "wrong"
        ground: Role = "raised" if self.is_here else "page"
        flag = FLAGGED if self.marked.place.flagged else " "
        topic = "" if self.is_narrow else crop(self.say(self.title), 12)
        took = f"{self.marked.place.seconds:.0f}"
        took = "" if self.is_narrow else self.say(Text(f"{took} 秒", f"{took} s"))
        names = 0 if self.is_narrow else 14
        body = width - 2 * self.inset - 6 - names - (6 if took else 0)
        text = crop(self._words(), body)
        spans = [
            Span("▌" if self.is_here else " ", "light", ground),
            Span(mark + " " * (self.inset - 1 - cell_width(mark)), role, ground),
            Span(f"{self.marked.number:3}", "muted", ground),
            Span(f" {flag} ", "light", ground),
            Span(topic + " " * (names - cell_width(topic)), "ink", ground),
            Span(text + " " * (body - cell_width(text)), "ink", ground),
            Span(took.rjust(6 - cell_width(took) + len(took)) if took else "", "muted", ground),
        ]
        used = sum(cell_width(span.text) for span in spans)
        return [(*spans, Span(" " * max(width - used, 0), "ink", ground))]

    def _words(self) -> str:
        named = self.marked.verdict.named if self.marked.verdict and not self.marked.is_right else None
        return self.say(named).rstrip("。.") if named else self.say(self.marked.item.asked.ask)


class ExamReportScreen(PeepholeScreen):
    """Enter opens the lit question with its solution, ``s`` its simulation; Esc goes home."""

    BINDINGS = [
        keys.SEE.binding(),
        keys.LOOK.binding(),
        keys.HOME.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, found: Report) -> None:
        super().__init__()
        self.found = found
        self.here = 0

    def compose(self) -> ComposeResult:
        """Score, questions, keys."""
        titles = {topic.topic: self.peephole.desk.topic_title(topic.topic) for topic in self.found.topics}
        yield StatusLine(TITLE, used_words(self.found))
        with VerticalScroll(id="page", can_focus=False):
            yield ExamScore(self.found, titles)
            if self.found.again:
                yield Heading(again_words(len(self.found.again)))
            for marked in self.found.again:
                yield MarkedRow(marked, titles[marked.item.asked.topic])
        yield MoreBelow()
        yield KeyBar(self._keys(), keys.HELP_LETTER)

    def on_mount(self) -> None:
        """Light the first question, and show the page from its top."""
        self._light()

    def _keys(self) -> tuple[Key, ...]:
        return (keys.SEE, keys.LOOK, keys.CHOOSE, keys.HOME) if self.found.again else (keys.FINISH,)

    def _light(self) -> list[MarkedRow]:
        rows = list(self.query(MarkedRow))
        for index, row in enumerate(rows):
            row.is_here = index == self.here
            row.redraw()
        return rows

    def action_move(self, by: int) -> None:
        """Move the lit edge; above the first one is the score."""
        if not self.found.again:
            self.action_scroll(by)
            return
        if by < 0 and self.here == 0:
            self.page.scroll_home(animate=False)
            return
        self.here = min(self.here + by, len(self.found.again) - 1)
        self._light()[self.here].scroll_visible(animate=False)

    def action_go(self) -> None:
        """The lit question; with none, home."""
        from engine.tui.screens.exam_solution import ExamSolutionScreen

        if self.found.again:
            self.app.push_screen(ExamSolutionScreen(self.found.again[self.here], len(self.found.marked)))
        else:
            self.action_back()

    def action_look(self) -> None:
        """The simulation of the lit question, with the answer in it."""
        if self.found.again:
            marked = self.found.again[self.here]
            self.open_look(marked.item.asked, marked.verdict)

    def on_click(self, event: events.Click) -> None:
        """A click lights a question; on the lit one it opens it."""
        for index, row in enumerate(self.query(MarkedRow)):
            if row.region.contains(event.screen_x, event.screen_y):
                if index == self.here:
                    self.action_go()
                else:
                    self.here = index
                    self._light()
