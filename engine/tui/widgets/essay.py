"""The answer field for words: three rows behind a lit edge. Enter answers."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from engine.drawing.width import visible
from engine.grading.verdict import Verdict
from engine.tui.widgets.field import EDGE

MAX_CHARACTERS = 2000


class EssayArea(TextArea):
    """A text area in which Enter submits instead of breaking the line."""

    class Submitted(Message):
        """Enter was pressed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        if event.key == "question_mark" and not self.text:
            event.stop()
            event.prevent_default()
            await self.screen.run_action("help")
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Keep a paste to what an answer may have, and to characters that the terminal does not obey."""
        event.stop()
        event.prevent_default()
        self.insert(visible(event.text[: max(MAX_CHARACTERS - len(self.text), 0)]))


class EssayField(Horizontal):
    """The edge and the area; classes ``right`` and ``wrong`` colour the edge."""

    DEFAULT_CSS = """
    EssayField { height: 5; background: $raised; }
    EssayField .edge { width: 3; color: $light; background: $raised; }
    EssayField.right .edge { color: $right; }
    EssayField.wrong .edge { color: $wrong; }
    EssayField .area {
        width: 1fr; height: 3; margin: 1 3 1 0; padding: 0; border: none;
        background: $raised; color: $ink; background-tint: transparent;
    }
    EssayField .area:focus { border: none; background-tint: transparent; }
    EssayField .area:disabled { opacity: 1; color: $ink; }
    EssayField TextArea.area .text-area--cursor { background: $glow; color: $onglow; }
    EssayField TextArea.area .text-area--cursor-line { background: $raised; }
    .-narrow EssayField .edge { width: 2; }
    .-narrow EssayField .area { margin: 1 2 1 0; }
    .-short EssayField { height: 3; }
    .-short EssayField .area { margin: 0 2 0 0; }
    """
    SCOPED_CSS = False  # the size classes are the screen's

    def __init__(self) -> None:
        super().__init__()
        self.area = EssayArea(
            compact=True, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", classes="area"
        )

    def compose(self) -> ComposeResult:
        """The edge, the area."""
        yield Static(Content("\n".join([EDGE] * 5)), classes="edge")
        yield self.area

    @property
    def text(self) -> str:
        """What is typed."""
        return self.area.text

    def judge(self, verdict: Verdict) -> None:
        """An attempt closes the field; the edge stays lit, for the learner has the last word."""
        self.area.disabled = verdict.is_attempt
        if not verdict.is_attempt:
            self.area.focus()

    def reopen(self, text: str) -> None:
        """Take an answer back."""
        self.area.disabled = False
        self.area.text = text
        self.area.move_cursor(self.area.document.end)
        self.area.focus()
