"""A question while it is being written: asked as ever, read again whenever its file is saved, and never recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from engine.bank.preview import Preview
from engine.grading.verdict import Outcome
from engine.study.answer import Answer
from engine.study.session import Session
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.question import QuestionScreen
from engine.tui.widgets.choices import Choices
from engine.tui.widgets.faults import Faults
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.status import StatusLine
from sims.text import Text, same

if TYPE_CHECKING:
    from engine.tui.app import PeepholeApp

PREVIEW = Text("下書き", "Preview")


class Unrecorded:
    """The recorder of a preview: it keeps nothing."""

    def append(self, answer: Answer) -> None:
        """Not kept."""

    def undo(self, uuid: str, at: datetime) -> None:
        """Nothing was kept."""

    def confirm(
        self,
        uuid: str,
        outcome: Outcome,
        score: float,
        at: datetime,
        sure: bool | None = None,
        guessed: bool | None = None,
    ) -> None:
        """Not kept."""


def screen_of(app: "PeepholeApp", preview: Preview, typed: str = "") -> PeepholeScreen:
    """The question at the preview's place, or what is wrong with the file."""
    return PreviewScreen(preview, app.desk.clock, typed) if preview.questions else NoPreviewScreen(preview)


class PreviewScreen(QuestionScreen):
    """The question at the preview's place; ``typed`` is what stood in the field before the file was saved."""

    BINDINGS = [keys.OTHER_VALUES.binding()]

    def __init__(self, preview: Preview, clock: Callable[[], datetime], typed: str = "") -> None:
        super().__init__(Session([preview.asked()], Unrecorded(), clock()))
        self.preview = preview
        self._typed = typed
        self._is_stale = False

    def compose(self) -> ComposeResult:
        """The question's screen, with what is wrong above it."""
        for widget in super().compose():
            yield widget
            if isinstance(widget, StatusLine):
                yield Faults(self.preview, most=3)

    def on_mount(self) -> None:
        """What was typed returns."""
        if self._typed and not isinstance(self.answering.part, Choices):
            self.answering.part.reopen(self._typed)

    def _show_place(self) -> None:
        place, total = self.preview.place + 1, len(self.preview.questions)
        title = self.preview.title.map(lambda words: f"{words} · {self.preview.id}")
        number = f" · {self.preview.seed}" if self.preview.seed else ""
        self.query_one(StatusLine).show(title, same(f"{place} / {total}{number}"), ())

    def _keys(self) -> tuple[tuple[Key, ...], Key]:
        (first, *others), help_key = super()._keys()
        kept = [key for key in others if key not in (keys.STOP, keys.UNDO)]
        return (first, keys.NEXT_IN_FILE, keys.OTHER_VALUES, *kept, keys.CLOSE_PREVIEW), help_key

    def on_faults_renewed(self) -> None:
        """The file was saved: show what it says now, as soon as this screen is the one in view."""
        self._is_stale = True
        if self.app.screen is self:
            self._renew()

    async def on_screen_resume(self) -> None:
        """The file may have been saved while another screen lay above."""
        if self._is_stale:
            self._renew()

    def _renew(self) -> None:
        self._is_stale = False
        fresh = self.preview.asked()
        if fresh == self.asked:
            self._show_place()
            return
        part = self.answering.part
        is_same = fresh.id == self.asked.id and not isinstance(part, Choices)
        self._switch(part.text if is_same and not isinstance(part, Choices) else "")

    def _switch(self, typed: str = "") -> None:
        self.app.switch_screen(screen_of(self.peephole, self.preview, typed))

    def _next(self) -> None:
        self._confirm()
        self.action_skip()

    def action_skip(self) -> None:
        """The next question of the file."""
        self.preview.move(1)
        self._switch()

    def action_values(self) -> None:
        """The same question with other values."""
        self.preview.seed += 1
        self._switch()

    def action_stop(self) -> None:
        """End the preview."""
        self.app.exit()


class NoPreviewScreen(PeepholeScreen):
    """Nothing in the file can be asked yet."""

    BINDINGS = [keys.CLOSE_PREVIEW.binding(), keys.HELP_LETTER.binding()]

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview

    def compose(self) -> ComposeResult:
        """What is wrong, and how to leave."""
        yield StatusLine(self.preview.title, PREVIEW)
        yield Faults(self.preview, most=12)
        yield KeyBar((keys.CLOSE_PREVIEW,), keys.HELP_LETTER)

    def on_faults_renewed(self) -> None:
        """There may be something to ask now."""
        if self.preview.questions and self.app.screen is self:
            self.app.switch_screen(screen_of(self.peephole, self.preview))

    async def on_screen_resume(self) -> None:
        """The file may have been saved while help lay above."""
        self.on_faults_renewed()

    def action_stop(self) -> None:
        """End the preview."""
        self.app.exit()
