"""What screens and widgets know of the app they are in."""

from typing import TYPE_CHECKING, cast

from textual.message_pump import MessagePump

from sims.text import Language

if TYPE_CHECKING:
    from engine.tui.app import PeepholeApp


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
