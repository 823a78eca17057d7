"""A text answer's points, ticked and to be corrected by the learner, beside the model answer."""

from collections.abc import Sequence

from engine import words
from engine.bank.asked import Asked, TextKey
from engine.drawing.cells import Row, Span
from engine.drawing.verdict import VerdictDrawing
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.grading.verdict import Outcome, Verdict
from sims.text import Text


def draw_rubric(
    drawing: VerdictDrawing, asked: Asked, verdict: Verdict, ticks: Sequence[bool], sure: bool = True
) -> list[Row]:
    """The points with ``ticks``, why a tick was held back, the model answer and the explanation.

    ``sure`` is the learner's own word on the answer; doubt is shown beside the score.
    """
    if not isinstance(asked.key, TextKey):
        return []
    language = drawing.language
    given = sum(ticks)
    doubt = None if sure else words.UNSURE
    rows = [drawing.headline(outcome_of(ticks), doubt, f"{given} / {len(ticks)}")]
    if not drawing.short:
        rows.append(())
    indent = drawing.gutter + 6
    for number, (phrase, tick, proposal) in enumerate(zip(asked.key.rubric, ticks, verdict.ticks, strict=True), 1):
        mark = words.MARKS["correct"].get(language) if tick else "–"
        lead = (
            Span(" " * drawing.gutter),
            Span(f"{number}  ", "light", bold=True),
            Span(mark + " " * (3 - cell_width(mark)), "right" if tick else "muted"),
        )
        for index, line in enumerate(wrap(phrase.point.get(language), drawing.text_width - 6)):
            start = lead if index == 0 else (Span(" " * indent),)
            rows.append((*start, Span(line, "ink" if tick else "muted")))
        if proposal.held and not tick:
            rows += [
                (Span(" " * indent), Span(line, "light"))
                for line in wrap(proposal.held.get(language), drawing.text_width - 6)
            ]
    if not drawing.short:
        rows.append(())
    rows += drawing.prose(words.FIX_TICKS, "muted")
    model = asked.key.model
    rows += drawing.prose(words.MODEL_ANSWER, "light") + drawing.prose(model, "ink")
    if not drawing.short:
        rows.append(())
    rows += drawing.prose(asked.explain, "muted")
    if asked.note:
        rows += drawing.prose(Text(f"{words.NOTE.ja}: {asked.note.ja}", f"{words.NOTE.en}: {asked.note.en}"), "muted")
    return rows


def outcome_of(ticks: Sequence[bool]) -> Outcome:
    """All points are right, some are part of it, none is not."""
    if ticks and all(ticks):
        return "correct"
    return "partial" if any(ticks) else "wrong"
