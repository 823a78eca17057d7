"""The peephole: a simulation running, its caption, and its settings on one line."""

import time
from contextlib import closing

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.worker import Worker, get_current_worker

from engine.study.look import CLAIMS, Look
from engine.tui.ours import Ours
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.picture import FAILED, Caption, Picture
from engine.tui.widgets.settings_line import SettingsLine
from sims.frames import Frame
from sims.simulation import ParameterError, Value
from sims.text import Text

PLAY_SECONDS = 6.0
FASTEST, SLOWEST = 1 / 30, 0.5


class Peephole(Ours, Vertical):
    """Runs a simulation in a thread, keeps its frames, and plays them."""

    DEFAULT_CSS = """
    Peephole { height: 1fr; width: 1fr; padding: 0 2 0 2; }
    Peephole Picture.fixed { height: 1fr; }
    Peephole Picture.flowing { height: auto; margin-bottom: 1; }
    Peephole Caption { min-height: 2; margin-bottom: 1; }
    Peephole SettingsLine { margin-bottom: 1; }
    .-narrow Peephole { padding: 0; }
    .-short Peephole Caption { min-height: 1; margin-bottom: 0; }
    .-short Peephole SettingsLine { margin-bottom: 0; }
    """
    SCOPED_CSS = False  # the size classes are the screen's

    class Shown(Message):
        """A frame came onto the screen, or playing stopped or went on."""

    def __init__(self, look: Look, seed: int = 0, fixed: bool = True) -> None:
        super().__init__()
        self.look = look
        self.seed = seed
        self.values = dict(look.values)
        self.frames: list[Frame] = []
        self.at = -1
        self.playing = True
        self.picture = Picture(fixed)
        self.caption = Caption(fixed)
        self.settings = SettingsLine(tuple(p for p in look.simulation.parameters if not p.hidden), fixed)
        self.rule: Drawn | None = None
        self.pace = 1.0
        self._fraction = 0.0
        self._last_tick = 0.0

    def compose(self) -> ComposeResult:
        """Picture, caption, settings."""
        yield self.picture
        if self.rule is not None:
            yield self.rule
        yield self.caption
        yield self.settings

    def on_mount(self) -> None:
        """Start."""
        self.caption.nearest = self.look.nearest
        self.settings.values = self.values
        self.set_interval(FASTEST, self._tick)
        self._start()

    @property
    def frame(self) -> Frame | None:
        """The frame on the screen."""
        return self.picture.frame

    def _start(self) -> None:
        self.frames, self.at, self._fraction = [], -1, 0.0
        self.caption.failure = None
        self._run(dict(self.values), self.frames)

    @work(thread=True, exclusive=True)
    def _run(self, values: dict[str, Value], frames: list[Frame]) -> None:
        """Pull frames into ``frames`` until done or no longer wanted. A list that was replaced is simply dropped."""
        worker = get_current_worker()
        try:
            with closing(self.look.simulation.run(values, self.seed)) as generator:
                for frame in generator:
                    if worker.is_cancelled:
                        return
                    frames.append(frame)
        except ParameterError as error:  # a claim that cannot be read as what the simulation runs
            self._fail(worker, error.text)
        except Exception:  # a simulation's fault must not end the session: the last good picture stays
            self._fail(worker, FAILED)

    def _fail(self, worker: Worker[None], why: Text) -> None:
        if not worker.is_cancelled:
            self.hand_over(self._show_failure, why)

    def _show_failure(self, why: Text) -> None:
        self.caption.failure = why
        self.caption.redraw()

    def _tick(self) -> None:
        now = time.monotonic()
        passed, self._last_tick = now - self._last_tick, now
        if not self.frames:
            return
        if self.at < 0:
            self._show(0)
        elif not self.peephole.settings.motion:
            self._show_end()
        elif self.playing and self.at + 1 < len(self.frames):
            seconds = min(max(PLAY_SECONDS / self.frames[0].total, FASTEST), SLOWEST) / self.pace
            self._fraction += min(passed, SLOWEST) / seconds
            steps, self._fraction = int(self._fraction), self._fraction % 1
            if steps:
                self._show(min(self.at + steps, len(self.frames) - 1))

    def _show_end(self) -> None:
        """Without motion: nothing changes on the screen until all is computed, then the last frame comes."""
        if self.playing and len(self.frames) == self.frames[0].total:
            self.playing = False
            self._show(len(self.frames) - 1)

    def _show(self, index: int) -> None:
        self.at = index
        self.picture.frame = self.caption.frame = self.frames[index]
        self.picture.redraw()
        self.caption.redraw()
        self.post_message(self.Shown())

    def pause(self) -> None:
        """Play or pause; at the end, play again from the start."""
        at_end = bool(self.frames) and self.at == self.frames[-1].total - 1
        if at_end:
            self.restart()
            return
        self.playing = not self.playing
        self.post_message(self.Shown())

    def change_pace(self, factor: float) -> None:
        """Play faster or slower, between an eighth and eight times."""
        self.pace = min(max(self.pace * factor, 1 / 8), 8.0)
        self.playing = True
        self.post_message(self.Shown())

    def step(self, by: int) -> None:
        """One frame on or back; playing pauses."""
        self.playing = False
        if self.frames:
            self._show(min(max(self.at + by, 0), len(self.frames) - 1))

    def restart(self) -> None:
        """From the first frame; nothing is computed again."""
        self.playing, self._fraction = True, 0.0
        if self.frames:
            self._show(0)

    def choose(self, by: int) -> None:
        """Choose the next or previous setting."""
        if self.settings.parameters:
            self.settings.chosen = (self.settings.chosen + by) % len(self.settings.parameters)
            self.settings.redraw()

    def change(self, by: int) -> None:
        """Change the chosen setting and run again; the last picture stays until the first new frame."""
        if not self.settings.parameters:
            return
        parameter = self.settings.parameters[self.settings.chosen]
        self.values[parameter.name] = parameter.moved(self.values[parameter.name], by)
        own = {name: value for name, value in self.values.items() if name not in CLAIMS}
        asked = {name: value for name, value in self.look.values.items() if name not in CLAIMS}
        for name, value in self.look.claim.items():  # the claim answers the question's own numbers, no others
            self.values[name] = value if own == asked else None
        self.settings.redraw()
        self.playing = True
        self._start()
