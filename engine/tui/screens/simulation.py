"""A simulation on the whole screen."""

from textual.app import ComposeResult
from textual.binding import Binding

from engine.study.look import Look
from engine.tui import keys
from engine.tui.keys import Key
from engine.tui.screens.peeping import STEPPING, PeepingScreen
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.peephole import Peephole
from engine.tui.widgets.status import MAX_DASHES, Dash, StatusLine
from sims.text import Text, same


class SimulationScreen(PeepingScreen):
    """Opens playing. Enter goes on (``forward``), Esc goes back."""

    BINDINGS = [
        keys.BACK.binding(),
        keys.NEXT_QUESTION.binding(),
        *STEPPING,
        Binding("down,j", "choose(1)", "next setting", show=False, id="down-setting"),
        Binding("up,k", "choose(-1)", "previous setting", show=False, id="up-setting"),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, look: Look, forward: Text, on_forward: str = "") -> None:
        super().__init__()
        self.look = look
        self.forward = Key("next", "enter", "Enter", forward)
        self.on_forward = on_forward
        self._view = Peephole(look)

    @property
    def view(self) -> Peephole:
        """The simulation, on the whole screen."""
        return self._view

    def compose(self) -> ComposeResult:
        """Status, peephole, keys."""
        yield StatusLine(self.look.simulation.title, same(""))
        yield self.view
        yield KeyBar(self._keys())

    def _keys(self) -> tuple[Key, ...]:
        play = keys.PAUSE if self.view.playing else keys.PLAY
        return (self.forward, play, keys.STEP, keys.CHANGE, keys.BACK)

    def on_peephole_shown(self) -> None:
        """Another frame: count it."""
        frame = self.view.frame
        if frame is not None:
            self.query_one(StatusLine).show(
                self.look.simulation.title,
                same(f"{frame.step:,} / {frame.total:,}"),
                frame_dashes(frame.step, frame.total),
            )
        self.query_one(KeyBar).show(self._keys())

    def action_next(self) -> None:
        """Go on: back to where this was opened, and there a step forward."""
        self.app.pop_screen()
        if self.on_forward:
            self.app.screen.call_later(self.app.screen.run_action, self.on_forward)


def frame_dashes(step: int, total: int) -> tuple[Dash, ...]:
    """The rule for frames: one dash a frame, or a bar's worth of them for long runs."""
    if total <= MAX_DASHES:
        return tuple("done" if at < step else "here" if at == step else "todo" for at in range(1, total + 1))
    return tuple("done" if at * total < step * 100 else "todo" for at in range(100))
