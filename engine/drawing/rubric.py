"""A text answer's points, ticked and to be corrected by the learner, beside the model answer."""

from collections.abc import Sequence

from engine import words
from engine.bank.asked import Asked, TextKey
from engine.bank.model import Phrase
from engine.drawing.cells import Row, Span
from engine.drawing.verdict import VerdictDrawing
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.grading.verdict import Outcome, Verdict
from sims.text import Text

_LEAD = 6  # cells of a digit and a mark


def draw_rubric(
    drawing: VerdictDrawing, asked: Asked, verdict: Verdict, ticks: Sequence[bool], sure: bool = True
) -> list[Row]:
    """The points with ``ticks``, why a tick was held back, the model answer and the explanation.

    ``sure`` is the learner's own word on the answer; doubt is shown beside the score.
    """
    if not isinstance(asked.key, TextKey):
        return []
    doubt = None if sure else words.UNSURE
    rows = [drawing.headline(outcome_of(ticks), doubt, f"{sum(ticks)} / {len(ticks)}"), *drawing.gap()]
    for number, (phrase, tick, proposal) in enumerate(zip(asked.key.rubric, ticks, verdict.ticks, strict=True), 1):
        rows += _point(drawing, number, phrase, tick, proposal.held)
    rows += drawing.gap() + drawing.prose(words.FIX_TICKS, "muted")
    rows += drawing.prose(words.MODEL_ANSWER, "light") + drawing.prose(asked.key.model, "ink")
    return rows + drawing.gap() + drawing.prose(asked.explain, "muted") + drawing.note(asked)


def _point(drawing: VerdictDrawing, number: int, phrase: Phrase, tick: bool, held: Text | None) -> list[Row]:
    """One point with its digit and its mark; below it, why a tick was held back."""
    mark = words.MARKS["correct"].get(drawing.language) if tick else "–"
    lead = (
        Span(" " * drawing.gutter),
        Span(f"{number}  ", "light", bold=True),
        Span(mark + " " * (3 - cell_width(mark)), "right" if tick else "muted"),
    )
    indent, room = (Span(" " * (drawing.gutter + _LEAD)),), drawing.text_width - _LEAD
    lines = wrap(phrase.point.get(drawing.language), room)
    rows: list[Row] = [
        (*(indent if index else lead), Span(line, "ink" if tick else "muted")) for index, line in enumerate(lines)
    ]
    if held and not tick:
        rows += [(*indent, Span(line, "light")) for line in wrap(held.get(drawing.language), room)]
    return rows


def outcome_of(ticks: Sequence[bool]) -> Outcome:
    """All points are right, some are part of it, none is not."""
    if ticks and all(ticks):
        return "correct"
    return "partial" if any(ticks) else "wrong"
