"""One question: asked, answered, judged, looked into."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from engine import words
from engine.bank.asked import Asked
from engine.grading.verdict import Verdict
from engine.study.session import Session
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.beside import BesideScreen
from engine.tui.screens.peeping import STEPPING
from engine.tui.widgets.answering import Answering
from engine.tui.widgets.ask import Ask
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.more import MoreBelow
from engine.tui.widgets.status import Dash, StatusLine
from engine.tui.widgets.verdict import VerdictPanel
from sims.text import same

if TYPE_CHECKING:  # what is needed after the answer is imported after the first paint
    from engine.study.look import Look

SURENESS = {None: keys.SAY_SURE, True: keys.IS_SURE, False: keys.IS_UNSURE}
READ_AT_ONCE = 4  # rows: mark and word, the named mistake, the beginning of the evidence


class QuestionScreen(BesideScreen):
    """The question at the session's present place. Enter goes on, whatever there is to go on to."""

    help_section = "notation"
    BINDINGS = [
        keys.GO.binding(),
        keys.HINT.binding(),
        keys.GIVE_UP.binding(),
        keys.SKIP.binding(),
        keys.STOP.binding(),
        keys.HELP.binding(),
        keys.LOOK.binding(),
        keys.UNDO.binding(),
        keys.UNSURE.binding(),
        keys.SAY_SURE.binding(),
        keys.GUESSED.binding(),
        keys.DOWN.binding(),
        keys.UP.binding(),
        *keys.digits("digit({digit})"),
        *STEPPING,
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.asked: Asked = session.asked
        self.verdict: Verdict | None = None
        self.answering = Answering(self.asked)
        self.panel = VerdictPanel(self.asked)
        self._sure: bool | None = None
        self._guessed = False

    def compose(self) -> ComposeResult:
        """Status, question, answer, echo, verdict; at the right the peephole; keys."""
        yield StatusLine(same(""))
        with Horizontal(id="body"):
            with VerticalScroll(id="page", can_focus=False):
                yield Ask(self.asked)
                yield self.answering
                yield self.panel
            yield from self.sides()
        yield MoreBelow()
        yield KeyBar(())

    def on_mount(self) -> None:
        """Show the place, and the keys that it is answered by."""
        self._show_place()
        self._show_keys()

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
                play = keys.PAUSE if self.view is not None and self.view.playing else keys.PLAY
                return (first, play, keys.STEP, keys.CHANGE, keys.UNDO), keys.HELP_LETTER
            more: tuple[Key, ...] = (keys.LOOK, keys.UNDO, keys.STOP)
            if self.panel.ticks:
                more = (keys.TICK, keys.UNSURE, keys.LOOK, keys.UNDO)
            elif self._is_right:
                more = (keys.LOOK, keys.NOT_GUESSED if self._guessed else keys.GUESSED, keys.UNDO)
            return (first, *more), keys.HELP_LETTER
        if self.verdict is not None and typed:
            return (keys.AGAIN, keys.GIVE_UP), keys.HOW_TO
        first = keys.ANSWER if typed or self.answering.takes_several else keys.pick(len(self.asked.choices))
        # What was said of the answer stays in view; that it can be said is shown where there is room.
        last = (keys.STOP, SURENESS[None]) if self._sure is None else (SURENESS[self._sure], keys.STOP)
        return (first, keys.HINT, keys.GIVE_UP, *last), keys.HELP

    @property
    def _is_right(self) -> bool:
        return self.verdict is not None and self.verdict.outcome == "correct"

    @property
    def judged(self) -> bool:
        """Whether the answer has been taken."""
        return self.verdict is not None and self.verdict.is_attempt

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean something now."""
        if not self.is_built:
            return False
        if action in ("look", "undo"):
            return self.judged
        if action in ("hint", "give_up", "skip", "sure"):
            return not self.judged
        if action == "guessed":
            return self._is_right and self.session.state == "verdict"
        if action in ("pause", "step", "restart", "choose", "change"):
            return self.judged and self.view is not None
        return True

    def on_answering_given(self, message: Answering.Given) -> None:
        """There is an answer; on a screen that was left it comes too late: the session asks another question now."""
        if self.is_open and not self.judged:
            self._show(self.session.answer(message.text, self._now(), self._sure))

    def action_go(self) -> None:
        """Answer, confirm or go on."""
        if self.judged:
            self._next()
        else:
            self.answering.go()

    def action_give_up(self) -> None:
        """I don't know: shows the key and counts as wrong."""
        self._show(self.session.give_up(self._now()))

    def _show(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.answering.judge(verdict)
        from engine.grading.shown import solution

        self.panel.show_verdict(verdict, solution(self.asked) if verdict.is_attempt else None)
        self._show_keys()
        if self.session.warning:
            self.peephole.say(self.session.warning, "warning")
        if verdict.is_attempt:
            self.set_focus(None)
            self.call_later(self.open_beside)

    def on_verdict_panel_said(self) -> None:
        """Nothing moves while the beginning of what was said is in view; else scroll until it is."""
        page = self.page
        said = self.panel.virtual_region
        in_view = page.scroll_y + page.size.height - said.y
        if in_view < min(said.height, READ_AT_ONCE):
            target = min(said.bottom - page.size.height, said.y - page.size.height // 3)
            page.scroll_to(y=target, animate=False)

    def look_beside(self) -> "Look | None":
        """The question's simulation, once it is answered."""
        return self.look_at(self.asked, self.verdict) if self.judged else None

    async def open_beside(self) -> None:
        """Open it, and show its keys."""
        await super().open_beside()
        self._show_keys()

    def on_peephole_shown(self) -> None:
        """The side's play state may have changed."""
        self._show_keys()

    def _next(self) -> None:
        self._confirm()
        self.session.next(self._now())
        self.peephole.show_session(self.session)

    def _confirm(self) -> None:
        """The ticks as they stand are the learner's word."""
        if self.session.state == "confirming":
            self.session.confirm(self.panel.ticks, self._now(), self._sure if self.panel.is_sure else False)

    def _now(self) -> datetime:
        return self.peephole.desk.clock()

    def action_sure(self) -> None:
        """Before the answer: unsure, sure, or nothing said."""
        self._sure = {None: False, False: True, True: None}[self._sure]
        self._show_keys()

    def action_guessed(self) -> None:
        """The right answer was a guess, or was not after all."""
        self._guessed = self.session.guessed(self._now())
        self.peephole.say(words.GUESSED if self._guessed else words.KNOWN)
        self._show_keys()

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
        self.verdict, self._guessed = None, False
        self.panel.clear()
        self.answering.reopen(text)
        self.call_later(self.close_beside)
        self._show_keys()

    def action_look(self) -> None:
        """Open the simulation."""
        forward = keys.CONFIRM if self.panel.ticks else keys.NEXT_QUESTION
        self.open_look(self.asked, self.verdict, forward.words, on_forward="go")

    def action_hint(self) -> None:
        """One more hint, where the verdict will be."""
        self.session.hint()
        self.panel.show_hints(self.session.hints or (words.NO_HINT,))

    def action_digit(self, digit: int) -> None:
        """Choose an option, or change a tick."""
        if self.judged:
            self.panel.toggle(digit - 1)
        else:
            self.answering.pick(digit - 1)

    def action_unsure(self) -> None:
        """The answer in words was given in doubt."""
        if self.panel.ticks:
            self.panel.doubt()

    def action_move(self, by: int) -> None:
        """The lit edge among options; the page once judged."""
        if not self.answering.move(by):
            self.action_scroll(by)

    def on_key(self, event: events.Key) -> None:
        """A full-width letter where a letter is meant: the input method is on."""
        if keys.is_wide(event.character) and self.focused is None and not self.answering.takes_words:
            self.answering.note(words.IME_ON)
