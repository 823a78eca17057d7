"""A verdict: mark and word, the named mistake, the evidence, the maths, the explanation; as rows or as sentences."""

from msgspec.structs import replace

from engine import words
from engine.bank.asked import Asked
from engine.drawing.cells import Role, Row, Span
from engine.drawing.formula import typeset
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.grading.shown import Solution
from engine.grading.verdict import Outcome, Verdict
from sims.text import Language, Text

ROLES: dict[Outcome, Role] = {
    "correct": "right",
    "wrong": "wrong",
    "partial": "light",
    "unreadable": "light",
    "refused": "light",
}


class VerdictDrawing:
    """Draws one verdict at a width; ``gutter`` columns on either side hold the mark and stay free."""

    def __init__(self, width: int, gutter: int, language: Language, short: bool = False) -> None:
        self.gutter = gutter
        self.text_width = max(width - 2 * gutter, 10)
        self.language = language
        self.short = short

    def rows(self, asked: Asked, verdict: Verdict, solution: Solution | None) -> list[Row]:
        """Every row of ``verdict``; ``solution`` is what is right, for a verdict that counts."""
        key = solution.key.get(self.language) if solution else ""
        right = verdict_points(verdict) if verdict.ticks else key if verdict.outcome == "wrong" else ""
        label = words.KEY_IS if right and not verdict.ticks else None
        if not verdict.is_attempt:
            right, label = "", words.NOT_GRADED
        rows = [self.headline(verdict.outcome, label, right, verdict.word)]
        if verdict.named:
            rows += self.prose(verdict.named, "ink", bold=verdict.is_attempt)
        if verdict.evidence:
            rows += self.prose(verdict.evidence, "muted")
        return rows + (self._reasons(asked, solution, verdict) if solution else self._examples(verdict))

    def headline(self, outcome: Outcome, label: Text | None, right: str, instead: Text | None = None) -> Row:
        """The mark in the gutter, the word, and at the right end what the key is."""
        role = ROLES[outcome]
        mark, word = words.MARKS[outcome].get(self.language), (instead or words.OUTCOMES[outcome]).get(self.language)
        name = label.get(self.language) if label else ""
        tail = name + ("  " if name and right else "") + right
        space = self.text_width - cell_width(word) - cell_width(tail)
        lead = Span(mark + " " * (self.gutter - cell_width(mark)), role)
        if space < 2:  # a long key goes to a row of its own, with the explanation
            return (lead, Span(word, role, bold=True))
        return (
            lead,
            Span(word, role, bold=True),
            Span(" " * space),
            Span(name + ("  " if name and right else ""), "muted"),
            Span(right, bold=True),
        )

    def prose(self, text: Text, ink: Role, bold: bool = False) -> list[Row]:
        """Wrapped sentences in the text column."""
        look = Span("", ink, bold=bold)
        return [self._row(line, look) for line in wrap(text.get(self.language), self.text_width)]

    def note(self, asked: Asked) -> list[Row]:
        """Where a common source is wrong, if the question says so."""
        if not asked.note:
            return []
        return self.prose(Text(f"{words.NOTE.ja}: {asked.note.ja}", f"{words.NOTE.en}: {asked.note.en}"), "muted")

    def gap(self) -> list[Row]:
        """A free row where there is room for it."""
        return [] if self.short else [()]

    def _row(self, line: str, look: Span) -> Row:
        return (Span(" " * self.gutter), replace(look, text=line))

    def _reasons(self, asked: Asked, solution: Solution, verdict: Verdict) -> list[Row]:
        rows: list[Row] = []
        key = solution.key.get(self.language)
        if verdict.outcome == "wrong" and cell_width(key) > self.text_width - 24 and not asked.choices:
            rows += self.gap() + self.prose(Text(f"正解は {key}", f"The answer is {key}"), "ink", bold=True)
        if solution.formula:
            lines = typeset(solution.formula.get(self.language), self.text_width)
            flat = wrap(solution.formula.get(self.language), self.text_width)
            rows += self.gap() + [self._row(line, Span("")) for line in (flat if self.short else lines)]
        rows += self.gap() + self.prose(asked.explain, "muted")
        if asked.note:
            rows += self.gap() + self.note(asked)
        return rows

    def _examples(self, verdict: Verdict) -> list[Row]:
        if not verdict.examples:
            return []
        line = "     ".join(verdict.examples)
        rows = self.gap() + self.prose(words.FOR_EXAMPLE, "muted")
        return rows + [self._row(part, Span("")) for part in wrap(line, self.text_width)]


def verdict_points(verdict: Verdict) -> str:
    """``2 / 3`` points of a rubric as proposed."""
    return f"{sum(tick.proposed for tick in verdict.ticks)} / {len(verdict.ticks)}"


def feedback(asked: Asked, verdict: Verdict, key: Text | None) -> Text:
    """A verdict in running words, in the order: mark and word, named mistake, evidence, explanation, key."""
    parts = [verdict.word or words.OUTCOMES[verdict.outcome]]
    parts += [part for part in (verdict.named, verdict.evidence) if part]
    if verdict.is_attempt:
        parts += [asked.explain]
        if key is not None and verdict.outcome != "correct":
            parts += [Text(f"{words.KEY_IS.ja} {key.ja}", f"{words.KEY_IS.en.capitalize()}: {key.en}")]
    elif verdict.caret is not None:
        place = verdict.caret.offset + 1
        parts += [Text(f"{place} 文字目: {verdict.caret.note.ja}", f"Character {place}: {verdict.caret.note.en}")]
    ja = "。".join(part.ja.rstrip("。") for part in parts) + "。"
    en = " ".join(part.en if part.en.endswith((".", "!", "?")) else part.en + "." for part in parts)
    return Text(ja, en)
