"""The result: the score, topic by topic, and the questions to look at again."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine import words
from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, crop
from engine.study.answer import Answered
from engine.study.score import Result
from engine.study.session import Session
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.lit import LitRow, LitRowsScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.status import Dash, StatusLine
from sims.text import Text

CELLS_A_QUESTION = 6
DASHES: dict[str | None, Dash] = {"correct": "right", "partial": "partial", "wrong": "wrong"}


class ScoreText(Drawn):
    """The score, the topics with a bar as long as their questions, and the next review."""

    def __init__(self, result: Result, titles: dict[str, Text]) -> None:
        super().__init__()
        self.result = result
        self.titles = titles

    def rows(self, width: int) -> list[Row]:
        """The score and the bars."""
        lead = Span(" " * self.inset)
        room = width - 2 * self.inset
        score = self.result.score
        title = self.say(words.right_of(score.right, score.total))
        before = self.result.before
        last = ""
        if before is not None:
            ja = f"前回の同じ単元 {before.total} 問中 {before.right} 問"
            last = self.say(Text(ja, f"last time, same topics: {before.right} of {before.total}"))
        space = room - cell_width(title) - cell_width(last)
        if space < 2:
            last, space = "", 0
        rows: list[Row] = [(lead, Span(title, bold=True), Span(" " * space), Span(last, "muted")), ()]
        longest = max((topic.score.total for topic in self.result.topics), default=1)
        names = min(max(cell_width(self.say(title)) for title in self.titles.values()) + 2, max(room // 2, 10))
        cells = max(min(CELLS_A_QUESTION, (room - names - 12) // longest), 1)
        for topic in self.result.topics:
            name = crop(self.say(self.titles[topic.topic]), names - 2)
            count = f"{topic.score.right} / {topic.score.total}"
            bar = [Span("━" * cells, "right") for outcome in topic.outcomes if outcome == "correct"]
            bar += [Span("━" * cells, "light") for outcome in topic.outcomes if outcome == "partial"]
            bar += [Span("╌" * cells, "wrong") for outcome in topic.outcomes if outcome == "wrong"]
            ink: Role = "muted" if topic.score.right == topic.score.total else "ink"
            pad = " " * (names - cell_width(name))
            rows.append((lead, Span(name + pad), Span(f"{count:<9}", ink), *bar))
        return [*rows, ()]


class AgainRow(LitRow):
    """A question to look at again: topic, named mistake, what was answered."""

    def __init__(self, answered: Answered, title: Text) -> None:
        super().__init__()
        self.answered = answered
        self.title = title

    def rows(self, width: int) -> list[Row]:
        """One row; two where columns are scarce."""
        outcome = self.answered.verdict.outcome
        mark = words.MARKS[outcome].get(self.language)
        role: Role = "light" if outcome == "partial" else "wrong"
        ground: Role = "raised" if self.is_here else "page"
        room = width - 2 * self.inset
        topic = crop(self.say(self.title), 12)
        mistake = self.say(self.answered.verdict.named or words.OUTCOMES[outcome]).rstrip("。.")
        given = self.given()
        asked = self.say(self.answered.asked.ask)
        names = 14 if room > 50 else cell_width(topic) + 2
        tail = min(cell_width(given), max(room // 3, 10)) if room > 50 else 0
        body = room - names - tail - (2 if tail else 0)
        text = mistake if self.answered.verdict.named else asked
        text = crop(text, body)
        spans = [
            Span("▌" if self.is_here else " ", "light", ground),
            Span(mark + " " * (self.inset - 1 - cell_width(mark)), role, ground),
            Span(topic + " " * (names - cell_width(topic)), "ink", ground),
            Span(text + " " * (body - cell_width(text)), "ink", ground),
        ]
        if tail:
            spans += [Span("  ", "ink", ground), Span(crop(given, tail), "muted", ground)]
        used = sum(cell_width(span.text) for span in spans)
        return [(*spans, Span(" " * max(width - used, 0), "ink", ground))]

    def given(self) -> str:
        """What was answered, as it was read."""
        verdict = self.answered.verdict
        if self.answered.asked.choices and verdict.picked:
            place = verdict.picked[0] + 1
            return self.say(Text(f"選択肢 {place}", f"option {place}"))
        return verdict.reading or self.answered.answer.text


class Heading(Drawn):
    """A bold line."""

    def __init__(self, text: Text, bold: bool = True) -> None:
        super().__init__()
        self.text = text
        self.bold = bold

    def rows(self, width: int) -> list[Row]:
        """One row, with a blank one above if it is not bold."""
        row: Row = (Span(" " * self.inset), Span(self.say(self.text), "ink" if self.bold else "muted", bold=self.bold))
        return [row] if self.bold else [(), row]


class ResultScreen(LitRowsScreen):
    """Enter asks the wrong ones again; with none wrong it goes home."""

    BINDINGS = [
        keys.RETRY.binding(),
        keys.LOOK.binding(),
        keys.HOME.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.here = 0

    def compose(self) -> ComposeResult:
        """Score, mistakes, next review, keys."""
        desk = self.peephole.desk
        result = desk.result(self.session)
        self.result = result
        yield StatusLine(Text("結果", "Result"), self._length(), self._dashes())
        with VerticalScroll(id="page", can_focus=False):
            yield ScoreText(result, {topic.topic: desk.topic_title(topic.topic) for topic in result.topics})
            if result.again:
                count = len(result.again)
                yield Heading(
                    Text(
                        f"もう一度見たい {count} 問",
                        f"The {count} to look at again" if count > 1 else "One to look at again",
                    )
                )
                for answered in result.again:
                    yield AgainRow(answered, desk.topic_title(answered.asked.topic))
            review = desk.next_review()
            if review is not None:
                yield Heading(words.next_review(*review), bold=False)
        yield MoreBelow()
        yield KeyBar(self._keys(), keys.HELP_LETTER)

    def _length(self) -> Text:
        answers = [answered.answer for answered in self.session.answered]
        minutes = max(round(sum(answer.seconds for answer in answers) / 60), 1)
        plural = "" if len(answers) == 1 else "s"
        return Text(f"{len(answers)} 問 ・ {minutes} 分", f"{len(answers)} question{plural} · {minutes} min")

    def _dashes(self) -> list[Dash]:
        return [DASHES.get(outcome, "todo") for outcome in self.session.outcomes]

    def _keys(self) -> tuple[Key, ...]:
        count = len(self.result.again)
        if not count:
            return (keys.FINISH,)
        again = Text(f"{count} 問をもう一度", f"those {count} again" if count > 1 else "that one again")
        return (keys.RETRY.saying(again), keys.LOOK, keys.CHOOSE, keys.HOME)

    def action_retry(self) -> None:
        """The wrong ones again, or home."""
        if not self.result.again:
            self.action_back()
            return
        session = self.peephole.desk.again(self.session)
        if not session.finished:
            self.peephole.show_session(session)

    def action_look(self) -> None:
        """The simulation of the lit mistake, with the answer in it."""
        if self.result.again:
            answered = self.result.again[self.here]
            self.open_look(answered.asked, answered.verdict)
