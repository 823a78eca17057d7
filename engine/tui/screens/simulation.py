"""A simulation on the whole screen."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from engine.study.look import Look
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.peeping import STEPPING, PeepingScreen
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.peephole import Peephole
from engine.tui.widgets.status import StatusLine, frame_dashes
from sims.text import Text, same

LEAST_FOR_TWO = 80
TOO_NARROW = Text("並べるには 80 桁以上の幅が要ります。", "Comparing needs 80 columns or more.")
NO_QUESTIONS = Text("この概念の問題はまだありません。", "There are no questions on this yet.")


class SimulationScreen(PeepingScreen):
    """Opens playing. Enter goes on (``forward``), Esc goes back."""

    DEFAULT_CSS = "SimulationScreen #peepholes { height: 1fr; }"

    BINDINGS = [
        keys.BACK.binding(),
        keys.NEXT_QUESTION.binding(),
        *STEPPING,
        keys.COMPARE.binding(),
        keys.PRACTISE.binding(),
        keys.DOWN.binding("choose(1)"),
        keys.UP.binding("choose(-1)"),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, look: Look, forward: Text, on_forward: str = "") -> None:
        super().__init__()
        self.look = look
        self.forward = keys.NEXT_QUESTION.saying(forward)
        self.on_forward = on_forward
        self._view = Peephole(look)
        self.pinned: Peephole | None = None

    @property
    def view(self) -> Peephole:
        """The simulation whose settings change."""
        return self._view

    @property
    def views(self) -> list[Peephole]:
        """What plays together: the pinned settings, if any, and the changing ones."""
        return [self.pinned, self.view] if self.pinned else [self.view]

    def compose(self) -> ComposeResult:
        """Status, peephole, keys."""
        yield StatusLine(self.look.simulation.title, same(""))
        with Horizontal(id="peepholes"):
            yield self.view
        yield KeyBar(self._keys(), keys.HELP_LETTER)

    def _keys(self) -> tuple[Key, ...]:
        play = keys.PAUSE if self.view.playing else keys.PLAY
        back = () if self.forward.words == keys.BACK.words else (keys.BACK,)
        return (self.forward, play, keys.STEP, keys.CHANGE, *back, keys.COMPARE, keys.FULL, keys.PRACTISE)

    def on_peephole_shown(self) -> None:
        """Another frame: count it."""
        frame = self.view.frame
        if frame is not None:
            self.query_one(StatusLine).show(
                self.look.simulation.title,
                same(f"{frame.step:,} / {frame.total:,}{pace_mark(self.view.pace)}"),
                frame_dashes(frame.step, frame.total),
            )
        self.query_one(KeyBar).show(self._keys())

    async def action_compare(self) -> None:
        """Pin the present settings at the left and change others at the right; once more: let them go."""
        if self.pinned is not None:
            await self.pinned.remove()
            self.pinned = None
        elif self.app.size.width < LEAST_FOR_TWO:
            self.peephole.say(TOO_NARROW)
        else:
            self.pinned = Peephole(Look(self.look.simulation, dict(self.view.values)))
            self.pinned.pace = self.view.pace
            self.pinned.settings.changes, self.pinned.settings.chosen = False, self.view.settings.chosen
            await self.query_one("#peepholes").mount(self.pinned, before=self.view)
            self.view.restart()

    def action_change(self, by: int) -> None:
        """Change the setting; what stands beside it begins again with it, or the frames would not correspond."""
        super().action_change(by)
        if self.pinned is not None:
            self.pinned.restart()

    def action_practise(self) -> None:
        """The questions on this concept."""
        session = self.peephole.desk.session(concept=self.look.simulation.name)
        if session.finished:
            self.peephole.say(NO_QUESTIONS)
        else:
            self.peephole.start_session(session)

    def action_next(self) -> None:
        """Go on: back to where this was opened, and there a step forward."""
        self.app.pop_screen()
        if self.on_forward:
            self.app.screen.call_later(self.app.screen.run_action, self.on_forward)


def pace_mark(pace: float) -> str:
    """How fast it plays, unless at the usual pace."""
    return "" if pace == 1 else f"  ×{pace:g}"
