"""The question: its sentences, and its code with the hole lit."""

from engine.bank.asked import Asked, CodeKey
from engine.bank.template import HOLE
from engine.drawing.cells import Row, Span
from engine.drawing.wrap import wrap
from engine.tui.widgets.drawn import Drawn

HOLE_CHIP = "   ?   "


class Ask(Drawn):
    """At least two rows, so that most answer fields stand on the same row."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked

    def rows(self, width: int) -> list[Row]:
        """The question in bold, then the code."""
        gutter = " " * self.inset
        lines = wrap(self.say(self.asked.ask), width - 2 * self.inset, balance=True)
        rows: list[Row] = [(Span(gutter), Span(line, bold=True)) for line in lines]
        if self.asked.code:
            if not self.is_short:
                rows.append(())
            inner = gutter if self.is_narrow else gutter + "  "
            rows += [self._code_row(inner, line) for line in self.asked.code.splitlines()]
        if not self.is_short:
            rows += [()] * (2 - len(rows))
        return rows

    def _code_row(self, lead: str, line: str) -> Row:
        left, equals, right = line.partition("=")
        names = (Span(left + equals, "muted"),) if equals and not left.strip().startswith(("if", "for")) else ()
        rest = right if names else line
        before, hole, after = rest.partition(HOLE)
        if not hole or not isinstance(self.asked.key, CodeKey):
            return (Span(lead), *names, Span(rest))
        return (Span(lead), *names, Span(before), Span(HOLE_CHIP, "onglow", "glow", bold=True), Span(after))
