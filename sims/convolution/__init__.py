"""Convolution: the window slides over the padded input, the output fills up, and some pixels are never read."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.convolution.pictures import (
    Size,
    formula_note,
    kernel_grid,
    output_grid,
    overhang_grid,
    overhang_panels,
    reads_panel,
    walk_panels,
)
from sims.convolution.window import SlidingWindow, claimed_sides, draw_digits, output_size
from sims.convolution.words import (
    claim_words,
    no_position_words,
    progress_words,
    result_words,
    stop_words,
)
from sims.frames import Frame, Metric
from sims.text import Text

MOST_STOPS = 48  # up to here every stop is a frame; beyond, the first row is walked and then whole rows pass


def run(
    size: int, kernel: int, stride: int, padding: int, dilation: int, claim: tuple[int, ...] | None, seed: int
) -> Iterator[Frame]:
    """Slide a ``kernel``×``kernel`` window over a padded ``size``×``size`` image of small integers.

    ``claim`` is a size somebody expects (the last two of its numbers, or one number for both sides); where it is
    wrong the frames say why. One frame a stop, or a few stops a frame, then a last frame with the reads of every
    pixel. The last metrics are counted from the window; only ``formula`` is computed.
    """
    image, weights = draw_digits(size, kernel, seed)
    window = SlidingWindow(image, weights, stride, padding, dilation)
    claimed = claimed_sides(claim)
    wrong = claimed if claimed != (window.stops, window.stops) or not window.starts else None
    shown = _shown_stops(window.stops)
    overhang = wrong is not None and max(wrong) > window.stops and window.starts != ()
    total = len(shown) + overhang + 1
    for step, stop in enumerate(shown, 1):
        few = _until(window, stop)
        knows = wrong is not None and window.done >= window.stops  # after one row the stops are counted
        caption = claim_words(window, wrong) if wrong is not None and knows else few
        yield Frame(step, total, walk_panels(window, wrong), caption, knows, {"stops": window.done})
    metrics = _metrics(window, claimed)
    if wrong is not None and overhang:
        panels = overhang_panels(window, wrong)
        yield Frame(total - 1, total, panels, claim_words(window, wrong), True, {"stops": window.done})
    if not window.starts:
        caption = no_position_words(window)
        panels = (overhang_grid(window, 0, 0), kernel_grid(window), formula_note(window))
    else:
        caption = claim_words(window, wrong) if wrong is not None else result_words(window, claimed is not None)
        panels = (reads_panel(window), output_grid(window, wrong, joiner=""), formula_note(window))
    yield Frame(total, total, panels, caption, wrong is not None, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The stops counted by moving the window are those of the textbook's formula."""
    return metrics["output_shape"] == metrics["formula"]


def _until(window: SlidingWindow, stop: int) -> Text:
    """Move the window on to its ``stop``-th stop and say what happened."""
    single = stop == window.done + 1
    while window.done < stop:
        products = window.move()
    return stop_words(window, products) if single else progress_words(window)


def _shown_stops(stops: int) -> list[int]:
    """The stops, counted from 1, after which a frame is shown: at most 60 of them."""
    if stops * stops <= MOST_STOPS:
        return list(range(1, stops * stops + 1))
    across = _spread(stops)
    return across + [row * stops for row in _spread(stops) if row * stops > across[-1]]


def _spread(last: int, most: int = 30) -> list[int]:
    """At most ``most`` evenly spread whole numbers that end with ``last``."""
    frames = min(last, most)
    return [last * frame // frames for frame in range(1, frames + 1)]


def _metrics(window: SlidingWindow, claimed: Size | None) -> dict[str, Metric]:
    n, reads = window.stops, window.real_reads
    formula = output_size(len(window.image), len(window.kernel), window.stride, window.padding, window.dilation)
    return {
        "output_shape": f"{n}x{n}" if n else "none",
        "output_height": n,
        "output_width": n,
        "formula": f"{formula}x{formula}" if formula > 0 else "none",
        "remainder": window.remainder,
        "stops": window.done,
        "pixels": reads.size,
        "pixels_never_read": int(np.count_nonzero(reads == 0)),
        "reads_least": int(reads.min()),
        "reads_most": int(reads.max()),
        "reads_total": int(reads.sum()),
        "claim": None if claimed is None else f"{claimed[0]}x{claimed[1]}",
        "claim_fits": None if claimed is None else n > 0 and claimed == (n, n),
    }
