"""An LSTM cell step by step: what its three gates let in, keep and show, and what another rule for c would do."""

import math
from collections.abc import Iterator, Mapping

import numpy as np

from sims.cells import Array
from sims.frames import Frame, Metric, Plot, Series, Table
from sims.gates.gate_run import ENDS, NEW, OLD, OUTPUT, Cell, Claim, Ends, GateRun, right_ends
from sims.gates.words import YOURS, claim_words, ends_words, step_words
from sims.numerals import places, trimmed
from sims.text import Text, same

AGREES = 1e-9


def run(pattern: str, steps: int, leak: float, claim: str | None, seed: int) -> Iterator[Frame]:
    """Follow one cell for ``steps`` steps of a ``pattern`` of gates, then set the gates to their ends.

    A closed gate is ``leak``, an open one 1 - ``leak``. ``claim`` is somebody's expression for the new cell state
    over a, i, f, o and the old c; it runs in the same cell. One frame a step and a last one with the ends.
    """
    gates = GateRun(pattern, steps, leak, seed)
    cell, ends = gates.right(), right_ends()
    claimed = gates.claimed(claim) if claim else None
    for step in range(1, steps + 1):
        caption, about = step_words(cell, claimed, step)
        walk = (_curves(cell, claimed, step), _values(cell, claimed, step))
        yield Frame(step, steps + 1, walk, caption, about, {"step": step, "c_now": float(cell.c[step])})
    panels = (_ends_table(ends, claimed), _curves(cell, claimed, steps))
    caption = claim_words(cell, ends, claimed) if claimed else ends_words(ends)
    metrics = _metrics(cell, ends, claimed)
    wrong = claimed is not None and not metrics["claim_agrees"]
    yield Frame(steps + 1, steps + 1, panels, caption, wrong, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """With i = 0, f = 1 the cell keeps c, with i = 1, f = 0 it takes a, and a change of c passes on as f says."""
    kept, written, slopes = metrics["kept"], metrics["written"], metrics["slopes"]
    numbers = [kept, written, *slopes] if isinstance(slopes, list) else []
    return bool(np.allclose(np.array(numbers, float), [OLD, NEW, *(f for _, f in ENDS)], rtol=0, atol=AGREES))


def _curves(cell: Cell, claim: Claim | None, step: int) -> Plot:
    """c and h as far as ``step``, and the claimed c as long as it stays near."""
    steps = len(cell.h)
    shown = [cell.c, cell.h]
    series = [
        Series(same("h"), tuple(map(float, range(1, step + 1))), tuple(cell.h[:step].tolist())),
        Series(same("c"), tuple(map(float, range(step + 1))), tuple(cell.c[: step + 1].tolist()), "lit"),
    ]
    limit = 2 * float(np.abs(cell.c).max()) + 1
    if claim and claim.problem is None:
        far = next((t for t, c in enumerate(claim.c) if abs(c) > limit), len(claim.c))
        near = claim.c[: min(far, step + 1)]
        shown.append(np.array(claim.c[:far]))
        series.append(Series(YOURS, tuple(map(float, range(len(near)))), tuple(near), "claim"))
    ends = [end for part in shown for end in (float(part.min()), float(part.max()))]
    bounds = (math.floor(2 * min(ends)) / 2, max(1.0, math.ceil(2 * max(ends)) / 2))
    return Plot(Text("セル c と出力 h", "cell c and output h"), tuple(series), (0, steps), bounds, Text("時刻", "step"))


def _values(cell: Cell, claim: Claim | None, step: int) -> Table:
    """What comes in and the gates, given for all steps, and c and h as far as ``step``; a wrong claimed c is marked."""
    steps = len(cell.h)
    rows = [(same("a"), *_written(cell.a, steps, steps))]
    for name, gate in (("i", cell.i), ("f", cell.f), ("o", cell.o)):
        rows.append((same(name), *(same(trimmed(value)) for value in gate.tolist())))
    rows.append((same("h"), *_written(cell.h, step, steps)))
    rows.append((same("c"), *_written(cell.c[1:], step, steps)))
    marked: tuple[tuple[int, int], ...] = ()
    if claim and claim.problem is None:
        rows.append((YOURS, *_written(np.array(claim.c[1:]), step, steps)))
        if step < len(claim.c) and not _agrees(claim.c[step], float(cell.c[step])):
            marked = ((len(rows) - 1, step),)
    names = (same(""), *(same(str(t)) for t in range(1, steps + 1)))
    return Table(Text("1 ステップごとの値", "values step by step"), names, tuple(rows), ((4, step), (5, step)), marked)


def _written(values: Array, step: int, steps: int) -> list[Text]:
    """``values`` up to ``step``, then nothing."""
    known = [same(places(value)) for value in values[:step].tolist()]
    return known + [same("")] * (steps - len(known))


def _ends_table(ends: Ends, claim: Claim | None) -> Table:
    """The rule where the gates are open, closed or half open."""
    title = Text(
        f"a = {trimmed(NEW)}、c′ = {OLD:g}、o = {trimmed(OUTPUT)} のとき",
        f"at a = {trimmed(NEW)}, c′ = {OLD:g}, o = {trimmed(OUTPUT)}",
    )
    name = Text("正しい c", "true c") if claim else Text("新しい c", "new c")
    columns = [same("i"), same("f"), name, same("∂c/∂c′")]
    rows = [
        [same(trimmed(i)), same(trimmed(f)), same(places(c)), same(places(slope))]
        for (i, f), c, slope in zip(ENDS, ends.c.tolist(), ends.slope.tolist(), strict=True)
    ]
    marked: tuple[tuple[int, int], ...] = ()
    if claim and claim.ends:
        columns.append(YOURS)
        rows = [[*row, same(places(c))] for row, c in zip(rows, claim.ends, strict=True)]
        marked = tuple((row, 4) for row in range(len(ENDS)) if not _agrees(claim.ends[row], float(ends.c[row])))
    return Table(title, tuple(columns), tuple(map(tuple, rows)), ((0, 2), (1, 2)), marked)


def _agrees(claimed: float, right: float) -> bool:
    return abs(claimed - right) <= AGREES * max(1.0, abs(right))


def _metrics(cell: Cell, ends: Ends, claim: Claim | None) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {
        "kept": float(ends.c[0]),
        "written": float(ends.c[1]),
        "ends": ends.c.tolist(),
        "slopes": ends.slope.tolist(),
        "c": cell.c.tolist(),
        "h": cell.h.tolist(),
        "a": cell.a.tolist(),
        "i": cell.i.tolist(),
        "f": cell.f.tolist(),
        "o": cell.o.tolist(),
        "claim": claim.source if claim else None,
    }
    if claim is None:
        return metrics
    right = cell.c[: len(claim.c)].tolist()
    wrong = [t for t, (mine, c) in enumerate(zip(claim.c, right, strict=True)) if not _agrees(mine, c)]
    differs = any(not _agrees(mine, c) for mine, c in zip(claim.ends, ends.c.tolist(), strict=False))
    return metrics | {
        "claim_runs": claim.problem is None,
        "claim_agrees": claim.problem is None and claim.stopped is None and not wrong and not differs,
        "claim_kept": claim.ends[0] if claim.ends else None,
        "claim_written": claim.ends[1] if claim.ends else None,
        "claim_c": claim.c,
        "claim_wrong_from": wrong[0] if wrong else None,
        "claim_stopped": claim.stopped,
    }
