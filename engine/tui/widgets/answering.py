"""Where the learner answers: a field, options or a text area, and the row below that says how it is read."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from engine import words
from engine.bank.asked import Asked, CodeKey, SymbolicKey, TextKey
from engine.grading.verdict import Verdict
from engine.tui.ours import Ours
from engine.tui.widgets.choices import Choices
from engine.tui.widgets.echo import Echo
from engine.tui.widgets.field import Field
from sims.text import Text

if TYPE_CHECKING:  # a text area is a large part of Textual, and few questions need one
    from engine.tui.widgets.essay import EssayArea, EssayField

ECHO_DELAY = 0.15


class Answering(Ours, Vertical):
    """One place for every kind of answer. Emits :class:`Given` when there is one to grade.

    What reads the answer is loaded in the background. Until ``is_ready`` nothing is echoed, and an answer waits.
    """

    class Given(Message):
        """An answer, as text whatever its kind."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked
        self.is_ready = False
        self.is_open = True
        self.part = self._part()
        self.echo = Echo("" if asked.choices else asked.example, reserved=not asked.choices)
        self._timer: Timer | None = None
        self._waiting: str | None = None

    def _part(self) -> "Field | Choices | EssayField":
        match self.asked.key:
            case _ if self.asked.choices:
                return Choices(self.asked.choices, self.takes_several)
            case TextKey():
                from engine.tui.widgets.essay import EssayField

                return EssayField()
            case CodeKey(label=label) | SymbolicKey(label=label):
                return Field(f"{label} =")
            case _:
                return Field("")

    @property
    def takes_several(self) -> bool:
        """Whether several options are right."""
        return bool(getattr(self.asked.key, "multiple", False))

    @property
    def takes_words(self) -> bool:
        """Whether Japanese text is an answer here."""
        return isinstance(self.asked.key, TextKey)

    def compose(self) -> ComposeResult:
        """The part, and the row below it."""
        yield self.part
        yield self.echo

    def on_mount(self) -> None:
        """Wait for an answer, and after the first paint load what grading it will need."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._park_cursor()
        self.run_worker(self._warm_up, thread=True)

    def _warm_up(self) -> None:
        from engine.grading.warm import warm

        warm(self.asked)
        self.hand_over(self._warmed)

    def _warmed(self) -> None:
        self.is_ready = True
        if self._waiting is not None:
            text, self._waiting = self._waiting, None
            self._give(text)

    def _park_cursor(self) -> None:
        """Input methods open their window at the terminal's cursor: put it into the field at once."""
        if isinstance(self.part, Field):
            self.app.cursor_position = self.part.input.cursor_screen_offset

    def go(self) -> None:
        """Give what is typed or lit; say so if there is nothing."""
        if isinstance(self.part, Choices):
            self.part.pick_here()
        elif self.part.text.strip():
            self._give(self.part.text)
        else:
            self.note(words.EMPTY)

    def note(self, text: Text) -> None:
        """A remark in the row below."""
        self._stop_timer()
        self.echo.show_note(text)

    def pick(self, index: int) -> None:
        """Choose the option ``index``, from 0."""
        if isinstance(self.part, Choices):
            self.part.pick(index)

    def move(self, by: int) -> bool:
        """Move the lit edge; False if there are no options to move among."""
        if not (self.is_open and isinstance(self.part, Choices)):
            return False
        self.part.move(by)
        return True

    def judge(self, verdict: Verdict) -> None:
        """Show what came of it in place: the edge, the marks, how it was read or where reading stopped."""
        self._stop_timer()
        self.is_open = not verdict.is_attempt
        if isinstance(self.part, Choices):
            if verdict.is_attempt:
                self.part.judge(verdict.picked)
            return
        self.part.judge(verdict)
        if verdict.caret is not None and isinstance(self.part, Field):
            self.echo.show_caret(self.part.column_of(verdict.caret.offset), verdict.caret.note)
        else:
            self.echo.show_reading(verdict.reading)

    def reopen(self, text: str) -> None:
        """Take the answer back; what was typed returns."""
        self.is_open = True
        if isinstance(self.part, Choices):
            self.part.reopen()
        else:
            self.part.reopen(text)
        self.note(words.TAKEN_BACK)

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.go()

    def on_essay_area_submitted(self, message: "EssayArea.Submitted") -> None:
        """Enter in the text area."""
        message.stop()
        self.go()

    def on_choices_picked(self, message: Choices.Picked) -> None:
        """An option was chosen."""
        self._give(" ".join(str(index + 1) for index in message.picked))

    def _give(self, text: str) -> None:
        if self.is_ready:
            self.post_message(self.Given(text))
        else:
            self._waiting = text
            self.note(words.GRADING)

    def on_input_changed(self) -> None:
        """Echo the reading once typing pauses."""
        self._stop_timer()
        if self.is_open:
            self._timer = self.set_timer(ECHO_DELAY, self._show_reading)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _show_reading(self) -> None:
        if not (self.is_ready and self.is_open and isinstance(self.part, Field)):
            return
        from engine.grading.grade import reading

        text = self.part.text
        if text.strip():
            self.echo.show_reading(reading(self.asked, text))
        else:
            self.echo.show_example()
