"""One question: asked, answered, judged, looked into."""

from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer

from engine import words
from engine.bank.asked import Asked, CodeKey, SymbolicKey, TextKey
from engine.grading.grade import reading
from engine.grading.shown import solution
from engine.grading.verdict import Verdict
from engine.grading.warm import warm
from engine.study.look import look_at
from engine.study.session import Session
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.base import PeepholeScreen
from engine.tui.screens.simulation import SIMULATION_BINDINGS, SimulationScreen
from engine.tui.widgets.ask import Ask
from engine.tui.widgets.choices import Choices
from engine.tui.widgets.echo import Echo
from engine.tui.widgets.essay import EssayArea, EssayField
from engine.tui.widgets.field import Field
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.side import Side
from engine.tui.widgets.status import Dash, StatusLine
from engine.tui.widgets.verdict import VerdictPanel
from sims.text import same

ECHO_DELAY = 0.15
READ_AT_ONCE = 4  # rows: mark and word, the named mistake, the beginning of the evidence


class QuestionScreen(PeepholeScreen):
    """The question at the session's present place. Enter goes on, whatever there is to go on to."""

    help_section = "notation"
    BINDINGS = [
        Binding("enter", "go", "go on", show=False, id="go"),
        keys.HINT.binding(),
        keys.GIVE_UP.binding(),
        keys.SKIP.binding(),
        keys.STOP.binding(),
        keys.HELP.binding(),
        Binding("h,ｈ", "hint", "hint", show=False, id="hint-letter"),
        Binding("0,０", "give_up", "don't know", show=False, id="give-up-letter"),
        Binding("question_mark,？", "help", "help", show=False, id="help-letter"),
        keys.LOOK.binding(),
        keys.UNDO.binding(),
        Binding("down,j", "move(1)", "down", show=False, id="move-down"),
        Binding("up,k", "move(-1)", "up", show=False, id="move-up"),
        *(
            Binding(f"{digit},{chr(0xFF10 + digit)}", f"digit({digit})", str(digit), show=False, id=f"digit-{digit}")
            for digit in range(1, 10)
        ),
        *(binding for binding in SIMULATION_BINDINGS if binding.action.partition("(")[0] != "choose"),
        Binding("tab", "choose(1)", "next setting", show=False, id="choose-next"),
        Binding("shift+tab", "choose(-1)", "previous setting", show=False, id="choose-previous"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.asked: Asked = session.asked
        self.verdict: Verdict | None = None
        self.panel = VerdictPanel(self.asked)
        self.echo = Echo("" if self.asked.choices else self.asked.example, reserved=not self.asked.choices)
        self.answer = self._answer_widget()
        self._timer: Timer | None = None
        self._warm = False
        self._waiting: str | None = None

    def _answer_widget(self) -> Field | Choices | EssayField:
        match self.asked.key:
            case _ if self.asked.choices:
                return Choices(self.asked.choices, getattr(self.asked.key, "multiple", False))
            case TextKey():
                return EssayField()
            case CodeKey(label=label) | SymbolicKey(label=label):
                return Field(f"{label} =")
            case _:
                return Field("")

    def compose(self) -> ComposeResult:
        """Status, question, answer, echo, verdict; at the right the peephole; keys."""
        yield StatusLine(same(""))
        with Horizontal(id="body"):
            with VerticalScroll(id="page", can_focus=False):
                yield Ask(self.asked)
                yield self.answer
                yield self.echo
                yield self.panel
            yield Side()
        yield MoreBelow()
        yield KeyBar(())

    def on_mount(self) -> None:
        """Show the place, wait for an answer, and load in the background what grading will need."""
        self._show_place()
        self._show_keys()
        self.run_worker(self._warm_up, thread=True)
        self.call_after_refresh(self._park_cursor)

    def _warm_up(self) -> None:
        warm(self.asked)
        self.app.call_from_thread(self._warmed)

    def _warmed(self) -> None:
        self._warm = True
        if self._waiting is not None:
            text, self._waiting = self._waiting, None
            self._submit(text)

    def _park_cursor(self) -> None:
        """Input methods open their window at the terminal's cursor: put it into the field at once."""
        if isinstance(self.answer, Field):
            self.app.cursor_position = self.answer.input.cursor_screen_offset

    def _show_place(self) -> None:
        here = self.session.number
        dashes: list[Dash] = [
            "here" if number == here else "todo" if outcome is None else "done"
            for number, outcome in enumerate(self.session.outcomes, 1)
        ]
        place = same(f"{here} / {self.session.total}")
        self.query_one(StatusLine).show(self.peephole.desk.topic_title(self.asked.topic), place, dashes)

    def _show_keys(self) -> None:
        self.query_one(KeyBar).show(*self._keys())

    def _keys(self) -> tuple[tuple[Key, ...], Key]:
        typed = not self.asked.choices
        if self.judged:
            first = keys.CONFIRM if self.panel.ticks else keys.NEXT
            if self.is_wide:
                return (
                    first,
                    keys.PLAY if not self._playing else keys.PAUSE,
                    keys.STEP,
                    keys.CHANGE,
                    keys.UNDO,
                ), keys.HELP_LETTER
            more = (keys.TICK, keys.LOOK, keys.UNDO) if self.panel.ticks else (keys.LOOK, keys.UNDO, keys.STOP)
            return (first, *more), keys.HELP_LETTER
        if self.verdict is not None and typed:
            return (keys.AGAIN, keys.GIVE_UP), keys.HOW_TO
        first = keys.ANSWER if typed or getattr(self.asked.key, "multiple", False) else keys.PICK
        return (first, keys.HINT, keys.GIVE_UP, keys.STOP), keys.HELP

    @property
    def judged(self) -> bool:
        """Whether the answer has been taken."""
        return self.verdict is not None and self.verdict.is_attempt

    @property
    def is_wide(self) -> bool:
        """Whether the peephole stands beside the question."""
        return self.app.size.width >= 110

    @property
    def _playing(self) -> bool:
        view = self.query_one(Side).view
        return view is not None and view.playing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Keys that mean something now."""
        if action in ("look", "undo"):
            return self.judged
        if action in ("hint", "give_up", "skip"):
            return not self.judged
        if action in ("pause", "step", "restart", "choose", "change"):
            return self.judged and self.query_one(Side).view is not None
        return True

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.action_go()

    def on_essay_area_submitted(self, message: EssayArea.Submitted) -> None:
        """Enter in the text area."""
        message.stop()
        self.action_go()

    def on_choices_picked(self, message: Choices.Picked) -> None:
        """An option was chosen."""
        self._submit(" ".join(str(index + 1) for index in message.picked))

    def action_go(self) -> None:
        """Answer, confirm or go on."""
        if self.judged:
            self._next()
        elif isinstance(self.answer, Choices):
            self.answer.pick_here()
        elif not self.answer.text.strip():
            self.echo.show_note(words.EMPTY)
        else:
            self._submit(self.answer.text)

    def _submit(self, text: str) -> None:
        if self.judged:
            return
        if not self._warm:
            self._waiting = text
            self.echo.show_note(words.GRADING)
            return
        self._stop_echo()
        self._show(self.session.answer(text, self._now()))

    def action_give_up(self) -> None:
        """I don't know: shows the key and counts as wrong."""
        self._stop_echo()
        self._show(self.session.give_up(self._now()))

    def _show(self, verdict: Verdict) -> None:
        self.verdict = verdict
        if isinstance(self.answer, Choices):
            if verdict.is_attempt:
                self.answer.judge(verdict.picked)
        else:
            self.answer.judge(verdict.outcome)
            self._show_reading(verdict)
        self.panel.show_verdict(verdict, solution(self.asked) if verdict.is_attempt else None)
        self._show_keys()
        if self.session.warning:
            self.peephole.say(self.session.warning, "warning")
        if verdict.is_attempt:
            self.set_focus(None)
            if self.is_wide:
                self.call_later(self._open_side)

    def _show_reading(self, verdict: Verdict) -> None:
        if verdict.caret is not None and isinstance(self.answer, Field):
            self.echo.show_caret(self.answer.column_of(verdict.caret.offset), verdict.caret.note)
        else:
            self.echo.show_reading(verdict.reading)

    def on_verdict_panel_said(self) -> None:
        """Nothing moves while the beginning of what was said is in view; else scroll until it is."""
        page = self.query_one("#page")
        said = self.panel.virtual_region
        in_view = page.scroll_y + page.size.height - said.y
        if in_view < min(said.height, READ_AT_ONCE):
            target = min(said.bottom - page.size.height, said.y - page.size.height // 3)
            page.scroll_to(y=target, animate=False)

    async def _open_side(self) -> None:
        await self.query_one(Side).open(look_at(self.asked, self.verdict))
        self._show_keys()

    def on_peephole_shown(self) -> None:
        """The side's play state may have changed."""
        self._show_keys()

    def on_input_changed(self) -> None:
        """Echo the reading once typing pauses."""
        self._stop_echo()
        if not self.judged:
            self._timer = self.set_timer(ECHO_DELAY, self._echo)

    def _stop_echo(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _echo(self) -> None:
        if isinstance(self.answer, Field) and self._warm and not self.judged:
            text = self.answer.text
            if text.strip():
                self.echo.show_reading(reading(self.asked, text).text)
            else:
                self.echo.show_example()

    def _next(self) -> None:
        self._confirm()
        self.session.next(self._now())
        self.peephole.show_session(self.session)

    def _confirm(self) -> None:
        """The ticks as they stand are the learner's word."""
        if self.session.state == "confirming":
            self.session.confirm(self.panel.ticks, self._now())

    def _now(self) -> datetime:
        return self.peephole.desk.clock()

    def action_skip(self) -> None:
        """Come back to this one later."""
        self.session.skip(self._now())
        self.peephole.show_session(self.session)

    def action_stop(self) -> None:
        """Stop here; what was answered is kept."""
        self._confirm()
        self.peephole.end_session(self.session)

    def action_undo(self) -> None:
        """Take the answer back and put its text into the field again."""
        text = self.session.undo(self._now())
        if text is None:
            return
        self.verdict = None
        self.panel.clear()
        if isinstance(self.answer, Choices):
            self.answer.reopen()
        else:
            self.answer.reopen(text)
        self.echo.show_note(words.TAKEN_BACK)
        self.call_later(self.query_one(Side).close)
        self._show_keys()

    def action_look(self) -> None:
        """Open the simulation."""
        forward = keys.CONFIRM.words if self.panel.ticks else keys.NEXT_QUESTION.words
        self.app.push_screen(SimulationScreen(look_at(self.asked, self.verdict), forward, on_forward="go"))

    def action_hint(self) -> None:
        """One more hint, where the verdict will be."""
        self.session.hint()
        self.panel.show_hints(self.session.hints or (words.NO_HINT,))

    def action_digit(self, digit: int) -> None:
        """Choose an option, or change a tick."""
        if self.judged:
            self.panel.toggle(digit - 1)
        elif isinstance(self.answer, Choices):
            self.answer.pick(digit - 1)

    def action_move(self, by: int) -> None:
        """The lit edge among options; the page once judged."""
        if isinstance(self.answer, Choices) and not self.judged:
            self.answer.move(by)
        else:
            self.query_one("#page").scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        """A full-width letter where a letter is meant: the input method is on."""
        if (
            self.focused is None
            and event.character
            and ord(event.character) > 0x2FFF
            and not isinstance(self.answer, EssayField)
        ):
            self.echo.show_note(words.IME_ON)
