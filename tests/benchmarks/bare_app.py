"""What no Textual app can do without: the measure for how soon the first question is painted."""

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

PAINTED = "Anything"


class BareApp(App[None]):
    """A line of text and a field."""

    def compose(self) -> ComposeResult:
        """Both."""
        yield Static(PAINTED)
        yield Input()


if __name__ == "__main__":
    BareApp().run()
