"""What screens and widgets know of the app they are in."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ParamSpec, cast

from textual.message_pump import MessagePump

from sims.text import Language

if TYPE_CHECKING:
    from engine.tui.app import PeepholeApp

P = ParamSpec("P")


class Ours(MessagePump):
    """A part of Peephole's own app."""

    @property
    def peephole(self) -> "PeepholeApp":
        """The app, with its own type."""
        return cast("PeepholeApp", self.app)

    @property
    def language(self) -> Language:
        """The language in force."""
        return self.peephole.language

    def hand_over(self, callback: Callable[P, None], *arguments: P.args, **named: P.kwargs) -> None:
        """From a thread: call ``callback`` in the app's own. What was taken down meanwhile wants nothing any more."""
        from textual.types import NoActiveAppError  # and a dozen widgets, which the first paint can do without

        with suppress(NoActiveAppError):
            self.app.call_from_thread(callback, *arguments, **named)
