"""Choosing what to drill: topics to take or leave, and in which order to ask."""

import re

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, crop
from engine.study.selection import Order
from engine.tui import keys
from engine.tui.screens.lit import LitRow, LitRowsScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.status import StatusLine
from sims.text import Text

ORDERS: tuple[tuple[Order, Text], ...] = (
    ("mixed", Text("復習と新しい問題をまぜる", "reviews and new ones, mixed")),
    ("new", Text("新しい問題だけ", "new questions only")),
    ("due", Text("復習だけ", "reviews only")),
    ("mistakes", Text("まちがえた問題だけ", "past mistakes only")),
)
NOTHING = Text("この選び方では、解く問題がありません。", "There is nothing to ask with this choice.")


class TopicRow(LitRow):
    """A topic: taken or not, how many questions, how many of them were met and are due."""

    def __init__(self, topic: str, title: Text, about: Text, name_width: int) -> None:
        super().__init__()
        self.topic = topic
        self.title = title
        self.about = about
        self.name_width = name_width
        self.is_taken = True

    def rows(self, width: int) -> list[Row]:
        """One row."""
        ground: Role = "raised" if self.is_here else "page"
        ink: Role = "ink" if self.is_taken else "muted"
        name = self.say(self.title)
        about = self.say(self.about)
        if self.is_narrow:
            about = re.split(" [・·] ", about)[0]
        about = crop(about, max(width - 2 * self.inset - 3 - self.name_width, 0))
        used = self.inset + 3 + max(self.name_width, cell_width(name)) + cell_width(about)
        return [
            (
                Span("▌" if self.is_here else " ", "light", ground),
                Span(" " * (self.inset - 1), "ink", ground),
                Span("◉  " if self.is_taken else "–  ", "light" if self.is_taken else "muted", ground),
                Span(name + " " * (self.name_width - cell_width(name)), ink, ground),
                Span(about, "muted", ground),
                Span(" " * max(width - used, 0), "ink", ground),
            )
        ]


class OrderRow(Drawn):
    """The order, changed by ``o``."""

    def __init__(self) -> None:
        super().__init__()
        self.index = 0
        self.remark: Text | None = None

    def rows(self, width: int) -> list[Row]:
        """One row under a blank one."""
        label = self.say(keys.ORDER.words)
        order = self.say(ORDERS[self.index][1])
        lead = Span(" " * self.inset)
        rows: list[Row] = [] if self.is_short else [()]
        rows.append(
            (lead, Span(label + " ", "muted"), Span("‹ ", "light"), Span(order, bold=True), Span(" ›", "light"))
        )
        if self.remark:
            rows += [(), (lead, Span(self.say(self.remark), "light"))]
        return rows


class TopicsScreen(LitRowsScreen):
    """All topics are taken at first; Enter starts."""

    BINDINGS = [
        keys.START.binding(),
        keys.MARK.binding(),
        keys.ORDER.binding(),
        keys.ORDER_BACK.binding(),
        keys.ORDER_ON.binding(),
        keys.ALL.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.BACK.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Title, topics, order, keys."""
        yield StatusLine(keys.DRILL.words)
        desk = self.peephole.desk
        width = max((cell_width(bank.title.ja) for bank in desk.library.banks), default=10)
        width = max(width, *(cell_width(bank.title.en) for bank in desk.library.banks), 10) + 2
        with VerticalScroll(id="page", can_focus=False):
            for bank in desk.library.banks:
                yield TopicRow(bank.topic, bank.title, desk.topic_summary(bank), width)
            yield OrderRow()
        yield KeyBar((keys.START, keys.MARK, keys.ALL, keys.ORDER, keys.BACK), keys.HELP_LETTER)

    @property
    def _rows(self) -> list[TopicRow]:
        return list(self.query(TopicRow))

    def action_take(self) -> None:
        """Take or leave the lit topic."""
        if self._rows:
            row = self._rows[self.here]
            row.is_taken = not row.is_taken
            row.redraw()

    def action_all(self) -> None:
        """Take all, or leave all if all are taken."""
        taken = not all(row.is_taken for row in self._rows)
        for row in self._rows:
            row.is_taken = taken
            row.redraw()

    def action_order(self, by: int = 1) -> None:
        """Another order."""
        order = self.query_one(OrderRow)
        order.index, order.remark = (order.index + by) % len(ORDERS), None
        order.redraw()

    def action_start(self) -> None:
        """Start with what is taken; with nothing taken, with the lit topic alone."""
        rows = self._rows
        taken = [row.topic for row in rows if row.is_taken] or [rows[self.here].topic] if rows else []
        order = self.query_one(OrderRow)
        session = self.peephole.desk.session(topics=taken, order=ORDERS[order.index][0])
        if session.finished:
            order.remark = NOTHING
            order.redraw()
        else:
            self.app.pop_screen()
            self.peephole.start_session(session)

    def on_click(self, event: events.Click) -> None:
        """A click takes or leaves a topic, or changes the order."""
        for index, row in enumerate(self._rows):
            if row.region.contains(event.screen_x, event.screen_y):
                self.action_move(index - self.here)
                self.action_take()
                return
        if self.query_one(OrderRow).region.contains(event.screen_x, event.screen_y):
            self.action_order()
