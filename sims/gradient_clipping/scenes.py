"""The walks over the cliff, frame by frame."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.frames import Frame, Metric
from sims.gradient_clipping import words
from sims.gradient_clipping.cliff import draw_starts, landscape
from sims.gradient_clipping.clippers import (
    BY_COMPONENT,
    OPTIONS,
    RIGHT,
    Tried,
    TypedClip,
    by_norm,
    never,
    try_out,
    typed,
)
from sims.gradient_clipping.descent import Descent
from sims.gradient_clipping.pictures import COLUMNS, ROWS, clipper_table, map_of, norms_of, result_table

STARTS = 20
STEPS, EACH = 400, 10
TOTAL = 2 + STEPS // EACH


def cliff_frames(threshold: float, rate: float, claim: str | None, seed: int) -> Iterator[Frame]:
    """The cliff from above, ways of clipping on random gradients, and walks downhill with some of them."""
    heights = landscape(ROWS, COLUMNS)
    starts = draw_starts(np.random.default_rng(seed), STARTS)
    panels = map_of(heights, {}, starts), norms_of({}, threshold, STEPS)
    yield Frame(1, TOTAL, panels, words.start_words(STARTS))
    tried = {text: try_out(typed(text), threshold, seed) for text in (*OPTIONS, BY_COMPONENT)}
    yours = None if claim is None else typed(claim)
    found = None if yours is None else try_out(yours, threshold, seed)
    wrong = found is not None and not found.is_right
    if claim is not None and found is not None:
        shown = {RIGHT: tried[RIGHT], claim: found}
        yield Frame(2, TOTAL, (clipper_table(shown, claim if wrong else None),), words.claim_words(found), wrong)
    else:
        yield Frame(2, TOTAL, (clipper_table(tried, None),), words.clipper_words(tried))
    walks = {"plain": Descent(starts, rate, threshold, never), "clipped": Descent(starts, rate, threshold, by_norm)}
    if isinstance(yours, TypedClip) and found is not None and found.failure is None:
        walks["claim"] = Descent(starts, rate, threshold, yours)
    for done in range(EACH, STEPS + 1, EACH):
        for walk in walks.values():
            walk.walk(EACH)
        if done < STEPS:
            panels = map_of(heights, walks), norms_of(walks, threshold, STEPS)
            yield Frame(2 + done // EACH, TOTAL, panels, words.step_words(walks))
    fails = found is not None and found.failure is not None
    caption = words.claim_words(found) if found is not None and fails else words.end_words(walks, found)
    last = map_of(heights, walks), result_table(walks, wrong), norms_of(walks, threshold, STEPS)
    yield Frame(TOTAL, TOTAL, last, caption, wrong, _metrics(walks, tried, found))


def _metrics(walks: Mapping[str, Descent], tried: Mapping[str, Tried], found: Tried | None) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"runs": STARTS, "steps": STEPS}
    for name, walk in walks.items():
        metrics[f"thrown_{name}"] = walk.thrown
        metrics[f"solved_{name}"] = walk.reached
        metrics[f"longest_step_{name}"] = float(walk.longest.max())
    metrics["largest_gradient"] = float(max(walks["plain"].norms))
    for text, trial in tried.items():
        metrics[f"least_cosine {text}"] = float(trial.cosines.min())
        metrics[f"norm_from {text}"] = float(trial.shares.min())
        metrics[f"norm_to {text}"] = float(trial.shares.max())
    if found is not None:
        usable = found.failure is None
        metrics["claim_is_right"] = found.is_right
        metrics["claim_failure"] = found.failure.en if found.failure else None
        metrics["claim_least_cosine"] = float(found.cosines.min()) if usable else None
        metrics["claim_norm_from"] = float(found.shares.min()) if usable else None
        metrics["claim_norm_to"] = float(found.shares.max()) if usable else None
    return metrics
