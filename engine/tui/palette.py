"""The command palette, for keys that come faster than it closes."""

from contextlib import suppress

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette


class Palette(CommandPalette):
    """Textual's, but closed once only: closing it again would take the screen below away."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, if it is open."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # the list has not been laid out yet: there are no pages to turn
            super()._action_command_list(action)
