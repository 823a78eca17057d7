"""Help: the keys of the screen it was opened from at the left, how to write an answer at the right."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.drawing.cells import Row, Span
from engine.drawing.width import cell_width
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.status import StatusLine
from sims.text import Text

Section = tuple[Text, tuple[tuple[str, Text], ...]]
KEY_WIDTH, LEFT_WIDTH = 13, 36

HERE = Text("この画面", "on this screen")
NOTATION: tuple[Section, ...] = (
    (
        Text("式の書き方", "writing a formula"),
        (
            ("x^2  x**2  x²", Text("x の 2 乗", "x squared")),
            ("2(x+y)  2*x", Text("掛け算", "multiplication")),
            ("1/(2x)", Text("分母にかっこ", "bracket the bottom")),
            ("exp(-x)  e^(-x)", Text("指数", "exponential")),
            ("sqrt(x)  √x", Text("平方根", "square root")),
            ("σ(x)  sigmoid(x)", Text("シグモイド", "sigmoid")),
        ),
    ),
    (
        Text("大きさと数", "sizes and numbers"),
        (
            ("3×3  3x3  3,3", Text("どれも同じ", "all the same")),
            ("３×３", Text("全角でもよい", "full width is fine")),
            ("1e-3  0.001", Text("小数", "decimals")),
        ),
    ),
    (
        Text("コード", "code"),
        (
            ("i*a + f*c", Text("NumPy の式", "a NumPy expression")),
            ("x @ W  x.dot(W)", Text("どれも同じ", "all the same")),
        ),
    ),
)
CLOSING = Text(
    "読み取れないときは採点しません。何度でも書き直せます。",
    "What cannot be read is not graded. Write it again as often as you like.",
)


def everywhere(own: Mapping[str, str]) -> Section:
    """The keys that mean the same on every screen, as the learner has them."""
    told = (
        (keys.GO, Text("次へ進む", "go on")),
        (keys.BACK, Text("戻る", "go back")),
        (keys.PALETTE, keys.PALETTE.words),
        (keys.SWITCH, Text("日本語・英語", "English, Japanese")),
        (keys.INTERRUPT, keys.INTERRUPT.words),
    )
    return Text("どこでも", "everywhere"), tuple((keys.shown(key, own), words) for key, words in told)


class HelpText(Drawn):
    """The sections in two columns, or one below the other where columns are scarce."""

    def __init__(self, own: Sequence[tuple[str, Text]], notation_first: bool) -> None:
        super().__init__()
        self.own = tuple(own)
        self.notation_first = notation_first

    def rows(self, width: int) -> list[Row]:
        """All sections."""
        here = ((HERE, self.own),) if self.own else ()
        sections = (*here, everywhere(self.peephole.own_keys))
        left, right = self._column(sections, KEY_WIDTH), self._column(NOTATION, 18)
        right += [(), *self._last_words(width)]
        lead = Span(" " * self.inset)
        if width < 76:
            first, second = (right, left) if self.notation_first else (left, right)
            return [(lead, *row) for row in [*first, (), *second]]
        rows: list[Row] = []
        for index in range(max(len(left), len(right))):
            head = left[index] if index < len(left) else ()
            tail = right[index] if index < len(right) else ()
            used = sum(cell_width(span.text) for span in head)
            rows.append((lead, *head, Span(" " * max(LEFT_WIDTH - used, 1)), *tail))
        return rows

    def _last_words(self, width: int) -> list[Row]:
        from engine.drawing.wrap import wrap

        room = width - 2 * self.inset if width < 76 else width - LEFT_WIDTH - 2 * self.inset
        return [(Span(line, "muted"),) for line in wrap(self.say(CLOSING), room)]

    def _column(self, sections: tuple[Section, ...], key_width: int) -> list[Row]:
        rows: list[Row] = []
        for title, entries in sections:
            rows += [()] if rows else []
            rows.append((Span(self.say(title), bold=True),))
            for key, text in entries:
                pad = " " * max(key_width - cell_width(key), 1)
                rows.append((Span(key), Span(pad), Span(self.say(text), "muted")))
        return rows


class HelpScreen(PeepholeScreen):
    """One page, scrolled where it does not fit."""

    BINDINGS = [
        keys.BACK.binding(),
        keys.CLOSE.binding(),
        keys.DOWN.binding("scroll(1)"),
        keys.UP.binding("scroll(-1)"),
    ]

    def __init__(self, own: Sequence[tuple[str, Text]], notation_first: bool = False) -> None:
        super().__init__()
        self.own = own
        self.notation_first = notation_first

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield StatusLine(keys.HELP.words)
        with VerticalScroll(id="page", can_focus=False):
            yield HelpText(self.own, self.notation_first)
        yield KeyBar((keys.BACK,))
