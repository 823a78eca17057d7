"""The app's event loop: while there is something to do for the screen, a training simulation waits."""

import asyncio
import selectors
import sys

from textual.app import App

WAKING, WORKING = 0.0005, 0.025  # seconds


class ScreenFirst(selectors.DefaultSelector):
    """Waits for events with a short switch interval, and leaves a long one behind for the work that they cause.

    CPython's threads ask for the interpreter after an interval that is the same for all. With a short one the loop,
    when it wakes, gets it at once from a training thread; but a picture that is drawn then shares it half and half
    and takes twice as long. With a long one it is drawn in one go.
    """

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """The events that are ready, as any selector."""
        sys.setswitchinterval(WAKING)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(WORKING)


def run(app: App[None]) -> None:
    """Run ``app`` to its end on such a loop; on Windows, where pipes need another kind, on the usual one."""
    usual = sys.platform == "win32"
    with asyncio.Runner(loop_factory=None if usual else _screen_first) as runner:
        runner.run(app.run_async())


def _screen_first() -> asyncio.AbstractEventLoop:
    return asyncio.SelectorEventLoop(ScreenFirst())
