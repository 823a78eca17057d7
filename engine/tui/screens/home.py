"""Home: what today holds, a menu, and the last two weeks. On the very first day: two sentences and a ring."""

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine import words
from engine.drawing.cells import Row, Span
from engine.drawing.ring import COLUMNS, ring
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.study.exam.files import UNDER_WAY
from engine.study.today import Today
from engine.tui import keys, places
from engine.tui.places import Place
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.menu import Item, Menu
from engine.tui.widgets.status import StatusLine
from sims.text import Text, same

FIRST_COUNT = 3
BARS = "▁▂▃▄▅▆▇█"
GREETING = Text("E資格の問題を解いて、答えの中をのぞく。", "Answer E資格 questions, then look inside the answer.")
PROMISE = Text(
    "正解でも、まちがいでも、答えの中身がその場で動きます。どこで違ったのかは、名前で示します。s でのぞけます。",
    "Right or wrong, what is inside the answer runs before your eyes: press s. A mistake is named, not just marked.",
)
TRY = Item(None, Text("まず 3 問、ためしに解く", "Try three questions first"), Text("2 分", "2 min"), "start")
LANGUAGE_ITEM = Item(keys.LANGUAGE, keys.LANGUAGE.words, Text("表示の言語", "language"), "app.switch_language")
COLOUR_ITEM = Item(
    keys.COLOURS,
    Text("明るい・暗い配色", "Light or dark"),
    Text("配色を切り替える", "switch the colours"),
    "app.switch_theme",
)


EXAM_WAITS = Text("途中の試験があります。続きから", "one is under way: go on with it")
FIRST_PLACES = (places.DRILL, places.LAB, places.PLAN)


def _item(place: Place) -> Item:
    return Item(place.key, place.key.words, place.about, place.visit)


class Greeting(Drawn):
    """The first run: what this is, in two sentences, beside the open ring."""

    def rows(self, width: int) -> list[Row]:
        """Words at the left; the ring at the right where there is room for both."""
        gutter = " " * self.inset
        with_ring = width >= 70 and not self.is_short
        room = width - 2 * self.inset - (COLUMNS + 6 if with_ring else 0)
        lines: list[Row] = [] if self.is_short else [()]
        lines += [(Span(line, bold=True),) for line in wrap(self.say(GREETING), room, balance=True)]
        lines += [] if self.is_short else [()]
        lines += [(Span(line, "muted"),) for line in wrap(self.say(PROMISE), room, balance=True)]
        if not with_ring:
            return [(Span(gutter), *row) for row in lines]
        rows: list[Row] = []
        for index, circle in enumerate(ring(is_open=True)):
            row = lines[index] if index < len(lines) else ()
            used = self.inset + sum(cell_width(span.text) for span in row)
            rows.append((Span(gutter), *row, Span(" " * (width - COLUMNS - 4 - used)), *circle))
        return [*rows, ()]


class TodayText(Drawn):
    """How much there is today."""

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.today = today

    def rows(self, width: int) -> list[Row]:
        """Two rows: the number, and what it is made of."""
        today = self.today
        title = Text(f"今日の {today.total} 問", f"{today.total} for today")
        parts = Text(
            f"復習 {today.due} ・ 新しい問題 {today.new} ・ 約 {today.minutes} 分",
            f"{today.due} to review · {today.new} new · about {today.minutes} min",
        )
        if not today.total:
            title = words.NOTHING_DUE
            parts = Text("もっと解くなら d ドリル。", "For more, press d: drill.")
        gutter = Span(" " * self.inset)
        lead: list[Row] = [] if self.is_short else [()]
        return [*lead, (gutter, Span(self.say(title), bold=True)), (gutter, Span(self.say(parts), "muted")), *lead]


class TwoWeeks(Drawn):
    """Fourteen small bars; a dot for a day off."""

    def __init__(self, counts: tuple[int, ...]) -> None:
        super().__init__()
        self.counts = counts

    def rows(self, width: int) -> list[Row]:
        """One row."""
        most = max(self.counts, default=0)
        label = self.say(Text("この 2 週間", "two weeks"))
        studied = sum(count > 0 for count in self.counts)
        right = self.say(Text(f"学んだ日 {studied}", f"{studied} days" if studied != 1 else "1 day"))
        bars = [BARS[min(count * len(BARS) // (most + 1), 7)] if count else "·" for count in self.counts]
        line = "" if self.is_narrow else " "
        drawn = line.join(bars)
        room = width - 2 * self.inset
        space = room - cell_width(label) - 3 - cell_width(drawn) - cell_width(right)
        spans = (Span(" " * self.inset), Span(label, "muted"), Span("   "), Span(drawn, "muted"))
        return [(), (*spans, Span(" " * max(space, 1)), Span(right if space > 0 else "", "muted"))]


class HomeScreen(PeepholeScreen):
    """The door."""

    BINDINGS = [
        keys.START.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        *(place.key.binding(place.visit) for place in places.PLACES),
        keys.COLOURS.binding(),
        keys.QUIT.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Built by :meth:`refresh_home`, because it changes with every session."""
        yield StatusLine(same("Peephole"), ruled=False)
        yield VerticalScroll(id="page", can_focus=False)
        yield KeyBar((keys.START, keys.CHOOSE, keys.QUIT), keys.HELP_LETTER)

    @property
    def is_built(self) -> bool:
        """Not while the page is being made anew."""
        return super().is_built and bool(self.query(Menu))

    async def on_screen_resume(self) -> None:
        """Back from a session: the numbers have changed."""
        desk = self.peephole.desk
        self.query_one(StatusLine).show(same("Peephole"), self._until_exam(), ())
        if desk.is_first_run:
            await self.fill(Greeting(), Menu((TRY, *map(_item, FIRST_PLACES), LANGUAGE_ITEM, COLOUR_ITEM)))
        else:
            today = desk.today()
            start = Item(None, Text("はじめる", "Start"), same(""), "start")
            if not today.total:
                start = Item(None, Text("もっと解く", "Keep going"), same(""), places.DRILL.visit)
            menu = Menu((start, *map(self._place, places.PLACES)))
            await self.fill(TodayText(today), menu, TwoWeeks(desk.two_weeks()))
        self.redraw()

    def _place(self, place: Place) -> Item:
        """A row of the menu; an exam that was left says that it waits."""
        item = _item(place)
        waits = place is places.EXAM and (self.peephole.home / UNDER_WAY).exists()
        return replace(item, about=EXAM_WAITS) if waits else item

    def _until_exam(self) -> Text:
        """How long until the exam; without its day, how the keys work."""
        desk = self.peephole.desk
        left = (desk.goal.exam - desk.study_day).days if desk.goal.exam else -1
        if left < 0:
            return Text("Enter 進む ・ Esc 戻る", "Enter goes on · Esc goes back")
        if left == 0:
            return Text("今日が試験日です", "the exam is today")
        return Text(f"E資格まで {left} 日", f"exam in {left} day{'s' if left > 1 else ''}")

    def action_move(self, by: int) -> None:
        """Move the lit edge; Enter's word follows it."""
        menu = self.query_one(Menu)
        menu.move(by)
        first = keys.START if menu.item.action == "start" else keys.OPEN_ITEM
        self.query_one(KeyBar).show((first, keys.CHOOSE, keys.QUIT), keys.HELP_LETTER)

    async def action_start(self) -> None:
        """Do what the lit item says; the strip starts today's session."""
        menu = self.query_one(Menu)
        if menu.item.action == "start":
            self.action_today()
        else:
            await self.run_action(menu.item.action)

    def action_today(self) -> None:
        """Start today's session."""
        desk = self.peephole.desk
        self.peephole.start_session(desk.session(count=FIRST_COUNT if desk.is_first_run else desk.today().total))
