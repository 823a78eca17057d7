"""Settings: language, colours, motion, marks; and where the file with them, and with keys of one's own, lies."""

from collections.abc import Callable

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import cell_width, fill
from engine.drawing.wrap import wrap
from engine.settings import settings_file
from engine.tui import keys
from engine.tui.screens.lit import LitRow, LitRowsScreen
from engine.tui.theme import names
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.status import StatusLine
from sims.text import Text, same

LOOKS = {"dark": Text("暗い", "dark"), "light": Text("明るい", "light")}
MOTION = {
    True: Text("コマが順に動く", "frames play by themselves"),
    False: Text("動かさず、最後の絵を見せる", "no motion: the last picture"),
}
MARKS = {False: Text("◉ ━ 〇 などの記号", "marks such as ◉ ━ ✓"), True: Text("ASCII だけ", "ASCII only")}
KEYS_OWN = Text(
    'キーの割り当ては、このファイルの "keys" に書きます。名前の一覧は peephole doctor で見られます。',
    'Keys of your own go into "keys" in this file; peephole doctor lists their names.',
)

NAMES, NARROW_NAMES = 24, 18  # cells


class Setting(msgspec.Struct, frozen=True):
    """One line: its name, its present value in words, and what the next or previous value is set by."""

    name: Text
    value: Callable[[], Text]
    change: Callable[[int], None]


class SettingRow(LitRow):
    """Name and value, the value between arrows while the edge is here."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting

    def rows(self, width: int) -> list[Row]:
        """One row; two where the value does not fit beside the name."""
        ground: Role = "raised" if self.is_here else "page"
        left, right = ("‹ ", " ›") if self.is_here else ("  ", "  ")
        name = Span(fill(self.say(self.setting.name), NARROW_NAMES if self.is_narrow else NAMES), "muted", ground)
        words = self.say(self.setting.value())
        value = (
            Span(left, "light", ground),
            Span(words, "ink", ground, bold=self.is_here),
            Span(right, "light", ground),
        )
        beside = cell_width(name.text) + cell_width(words) + 4 <= width - 2 * self.inset
        return [self._edged(width, row, ground) for row in ([(name, *value)] if beside else [(name,), value])]

    def _edged(self, width: int, row: Row, ground: Role) -> Row:
        """``row`` behind the edge, and its ground up to the end."""
        edge = Span("▌" if self.is_here else " ", "light", ground)
        rest = width - self.inset - sum(cell_width(span.text) for span in row)
        return (edge, Span(" " * (self.inset - 1), "ink", ground), *row, Span(" " * max(rest, 0), "ink", ground))


class Whereabouts(Drawn):
    """Where the settings lie, and what else can be written there."""

    def rows(self, width: int) -> list[Row]:
        """The words, then the path, broken wherever it must be."""
        lead = Span(" " * self.inset)
        room = width - 2 * self.inset
        path = str(settings_file(self.peephole.home))
        pieces = [path[start : start + room] for start in range(0, len(path), room)]
        lines = [*wrap(self.say(KEYS_OWN), room), *pieces]
        return [(), *((lead, Span(line, "muted")) for line in lines)]


class SettingsScreen(LitRowsScreen):
    """The lit value changes by ← and →, at once and for good."""

    BINDINGS = [
        keys.DOWN.binding(),
        keys.UP.binding(),
        keys.VALUE_ON.binding(),
        keys.VALUE_BACK.binding(),
        keys.BACK.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def compose(self) -> ComposeResult:
        """Title, settings, the file's place, keys."""
        yield StatusLine(keys.SETTINGS.words)
        with VerticalScroll(id="page", can_focus=False):
            for setting in self._settings():
                yield SettingRow(setting)
            yield Whereabouts()
        yield KeyBar((keys.CHANGE_VALUE, keys.CHOOSE, keys.BACK), keys.HELP_LETTER)

    def _settings(self) -> list[Setting]:
        app = self.peephole
        return [
            Setting(
                Text("言語", "language"),
                lambda: Text("日本語", "English"),
                lambda _: app.action_switch_language(),
            ),
            Setting(
                Text("配色", "colours"),
                lambda: LOOKS.get(app.theme, same(app.theme)),
                self._next_look,
            ),
            Setting(
                Text("シミュレーション", "simulations"),
                lambda: MOTION[app.settings.motion],
                lambda _: app.remember(motion=not app.settings.motion),
            ),
            Setting(
                Text("記号と線", "marks and lines"),
                lambda: MARKS[app.settings.plain_marks],
                lambda _: app.remember(plain_marks=not app.settings.plain_marks),
            ),
        ]

    def _next_look(self, by: int) -> None:
        every = names()
        self.peephole.wear(every[(every.index(self.peephole.theme) + by) % len(every)])
        self.peephole.remember(theme=self.peephole.theme)

    def action_value(self, by: int) -> None:
        """The next or previous value of the lit setting."""
        list(self.query(SettingRow))[self.here].setting.change(by)

    def on_click(self, event: events.Click) -> None:
        """A click on a row goes there; on the lit row it changes the value."""
        for index, row in enumerate(self.query(SettingRow)):
            if row.region.contains(event.screen_x, event.screen_y):
                if index == self.here:
                    self.action_value(1)
                else:
                    self.action_move(index - self.here)
                return
