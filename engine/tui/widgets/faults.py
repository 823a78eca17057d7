"""What is wrong with the bank that is being written; looks twice a second whether its file was saved."""

from textual.message import Message

from engine.bank.preview import Draft, Preview, shown
from engine.drawing.cells import Row, Span
from engine.drawing.wrap import wrap
from engine.tui.widgets.drawn import Drawn
from sims.text import Text

LOOK_EVERY = 0.5  # seconds
EDGE = "▌"


class Faults(Drawn):
    """Rows for at most ``most`` faults, none where all is well. Emits :class:`Renewed` after each save."""

    DEFAULT_CSS = """
    Faults { padding: 0 2 0 2; }
    .-narrow Faults { padding: 0; }
    """
    SCOPED_CSS = False  # the size classes are the screen's

    class Renewed(Message):
        """The file was read again, and the preview has taken it."""

    def __init__(self, preview: Preview, most: int) -> None:
        super().__init__()
        self.preview = preview
        self.most = most
        self._is_reading = False

    def on_mount(self) -> None:
        """Begin to look."""
        self.set_interval(LOOK_EVERY, self.look)

    def look(self) -> None:
        """Read the file in the background if it was saved."""
        if not self._is_reading and self.preview.has_changed:
            self._is_reading = True
            self.run_worker(self._read, thread=True)

    def _read(self) -> None:
        draft = self.preview.read()
        self.hand_over(self._take, draft)

    def _take(self, draft: Draft) -> None:
        self._is_reading = False
        if not self.is_attached:  # another screen looks now
            return
        self.preview.take(draft)
        self.redraw()
        self.post_message(self.Renewed())

    def rows(self, width: int) -> list[Row]:
        """The place, the id, what is wrong and what to do, wrapped."""
        problems, more = shown(self.preview.problems, 1 if self.is_short else self.most)
        rows: list[Row] = []
        gutter = " " * (self.inset - 1)
        for problem in problems:
            where = f"{problem.line}:{problem.column}"
            words = " ".join(filter(None, [problem.question, self.say(problem.what), self.say(problem.mend)]))
            for index, line in enumerate(wrap(f"{where}  {words}", width - 2 * self.inset)):
                place, rest = (where, line.removeprefix(where)) if index == 0 else ("", line)
                rows.append((Span(EDGE, "wrong"), Span(gutter), Span(place, "wrong", bold=True), Span(rest)))
        if more:
            rows.append((Span(EDGE, "wrong"), Span(gutter), Span(self.say(_more(more)), "muted")))
        if rows and not self.is_short:
            rows.append(())
        return rows


def _more(count: int) -> Text:
    return Text(f"ほかに {count} 件（peephole check）", f"and {count} more (peephole check)")
