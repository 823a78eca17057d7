"""``peephole`` without a command: the app."""

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.cli.context import USAGE, Context
from engine.cli.desk import open_desk
from engine.study.desk import Desk
from engine.study.session import Session
from sims.text import Text

if TYPE_CHECKING:
    from textual.screen import Screen

    from engine.tui.app import PeepholeApp


def run(context: Context) -> int:
    """Open the app at home."""
    return open_app(context)


def open_app(
    context: Context,
    desk: Desk | None = None,
    session: Session | None = None,
    first: "Callable[[PeepholeApp], Screen[None]] | None" = None,
) -> int:
    """Open the app, in a session if one is given; ``first`` makes another lowest screen.

    Closes the desk. Raises HistoryError if answers could not be kept to the end.
    """
    in_browser = "TEXTUAL_DRIVER" in os.environ  # `peephole serve`: the terminal is at the other end of a socket
    if not (in_browser or (sys.stdin.isatty() and sys.stdout.isatty())):
        context.warn(
            Text(
                "アプリには端末が要ります。パイプの中では peephole drill --plain を使ってください。",
                "The app needs a terminal. In a pipe, use peephole drill --plain.",
            )
        )
        return USAGE
    if os.environ.get("TERM_PROGRAM") == "iTerm.app":
        # iTerm2 drops an input method's text under the Kitty key protocol; Textual reads this once, on import.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    # A change is drawn in the slot after the next: at 60 a second a key could wait 33 ms. Also read once, on import.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # tiny matrices: threads only cost
    gc.disable()  # until the first paint everything is kept: looking for garbage would only take time
    from engine.tui import loop
    from engine.tui.app import PeepholeApp

    desk = desk or open_desk(context)
    app = PeepholeApp(desk, context.home, context.settings, context.language, session, first)
    try:
        loop.run(app)
    finally:
        desk.close()
    return app.return_code or 0
