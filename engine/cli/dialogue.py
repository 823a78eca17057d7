"""Question and answer line by line: for screen readers, for terminals without an input method, and for pipes."""

import sys

from engine.bank.template import HOLE
from engine.cli.context import Context
from engine.drawing.width import visible
from engine.drawing.wrap import wrap
from sims.text import Text

WIDTH = 76


class Dialogue:
    """Speaks on stdout in the language of ``context``, reads from stdin."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.language = context.language

    def say(self, text: Text | str) -> None:
        """A line."""
        self.context.say(text)

    def prose(self, text: Text) -> None:
        """Wrapped sentences."""
        for line in wrap(text.get(self.language), WIDTH):
            self.say(line)

    def code(self, code: str) -> None:
        """Lines of code, the hole as a gap."""
        for line in code.splitlines():
            self.say("    " + visible(line.replace(HOLE, "____")))

    def option(self, lead: str, text: Text) -> None:
        """An option after its ``lead``, wrapped below its beginning."""
        first, *rest = wrap(text.get(self.language), WIDTH + 1 - len(lead))
        self.say(lead + first)
        for line in rest:
            self.say(" " * len(lead) + line)

    def read(self, prompt: str) -> str:
        """A line from stdin without its end, repeated where nobody sees it being typed. Raises EOFError at the end."""
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            self.say("")
            raise EOFError
        typed = line.rstrip("\n")
        if not sys.stdin.isatty():
            self.say(visible(typed))
        return typed
