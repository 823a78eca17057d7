"""The answer field: an edge that is lit while it waits, a prefix, and one line to type in."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from engine.drawing.width import cell_width, visible
from engine.grading.verdict import Verdict

EDGE = "▌"
MAX_CHARACTERS = 1000


class AnswerInput(Input):
    """One line of text. A question mark in the empty field asks for help; a huge paste is cut."""

    def validate_value(self, value: str) -> str:
        """Nothing is ever shown that the terminal would obey: a pasted escape becomes its picture."""
        return visible(value)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("question_mark", "fullwidth_question_mark") and not self.value:
            event.stop()
            event.prevent_default()
            await self.screen.run_action("help")
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Lines become one, and what is more than an answer may have is cut, where Textual would take nothing."""
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        room = MAX_CHARACTERS - len(self.value) + (end - start)
        self.replace(visible(" ".join(event.text[: 2 * MAX_CHARACTERS].split("\n")).strip())[:room], start, end)


class Field(Horizontal):
    """One line of text behind a lit edge. Classes ``right`` and ``wrong`` colour the edge in place."""

    def __init__(self, prefix: str, text: str = "") -> None:
        super().__init__()
        self.prefix = prefix
        self.input = AnswerInput(text, compact=True, select_on_focus=False, max_length=MAX_CHARACTERS)

    def compose(self) -> ComposeResult:
        """The edge, the prefix, the input."""
        yield Static(Content("\n".join([EDGE] * 3)), classes="edge")
        if self.prefix:
            yield Static(Content(self.prefix + " "), classes="prefix")
        yield self.input

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.value

    def column_of(self, offset: int) -> int:
        """The column of the typed character ``offset``, in cells from the field's left end."""
        start = self.input.content_region.x - self.region.x - self.input.scroll_offset.x
        return start + cell_width(self.text[:offset])

    def judge(self, verdict: Verdict) -> None:
        """Turn the edge; an attempt closes the field, anything else leaves it open."""
        self.set_class(verdict.outcome == "correct", "right")
        self.set_class(verdict.outcome == "wrong", "wrong")
        self.input.disabled = verdict.is_attempt
        if not verdict.is_attempt:
            self.input.focus()

    def reopen(self, text: str) -> None:
        """Take an answer back: the text returns to the field."""
        self.remove_class("right", "wrong")
        self.input.disabled = False
        self.input.value = text
        self.input.cursor_position = len(text)
        self.input.focus()
