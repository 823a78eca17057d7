"""Somebody's derivative (or RNN output) beside the true one: on a curve, at points, and as a way downhill."""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from sims.chain_rule import words
from sims.chain_rule.descent import descent_scenes
from sims.chain_rule.differences import central
from sims.chain_rule.problem import RNN_NAMES, Problem
from sims.frames import Metric, Plot, Series, SeriesRole, Table
from sims.metrics import finite
from sims.numerals import number
from sims.scene import Make, Scene
from sims.text import Text, same

CURVE = np.linspace(-3, 3, 61)
POINTS = 12
SHOWN_POINTS = 4
TANGENT_STEP = 0.1
CHECK_H = 1e-5
TOLERANCE = 1e-6
YOURS = Text("あなた", "yours")


Place = dict[str, float]


def claim_scenes(problem: Problem, seed: int) -> list[Make]:
    """What is shown of a claim: values beside values, and for a derivative a walk downhill."""
    scenes: list[Make] = [partial(_comparison, problem, seed)]
    if problem.claims_output or not math.isfinite(problem.claimed(problem.at)):
        return scenes
    if math.isfinite(_moved(problem)):
        scenes.append(partial(_tangent, problem))
    return scenes + descent_scenes(problem)


def _comparison(problem: Problem, seed: int) -> Scene:
    curve = [{**problem.at, problem.wrt: problem.at[problem.wrt] + float(shift)} for shift in CURVE]
    curve = [at for at in curve if math.isfinite(_truth(problem, at))]
    places = list(_places(problem, seed))
    wrong = [at for at in (*places, *curve) if not _agree(problem, at)]
    metrics: dict[str, Metric] = {
        "claim_value": finite(problem.claimed(problem.at)),
        "claim_agrees": not wrong,
        "claim_points": len(places) + len(curve),
        "claim_wrong_points": len(wrong),
    }
    return Scene(
        (_curves(problem, curve), _table(problem, places, wrong)),
        _verdict(problem, places, curve, wrong),
        True,
        metrics,
    )


def _truth(problem: Problem, at: Place) -> float:
    if problem.claims_output:
        return problem.value(at)
    slope = problem.slope(at, problem.wrt)
    return slope if math.isfinite(problem.value(at)) else math.nan


def _agree(problem: Problem, at: Place) -> bool:
    true = _truth(problem, at)
    return abs(problem.claimed(at) - true) <= TOLERANCE * max(1e-3, abs(true))


def _places(problem: Problem, seed: int) -> Iterator[Place]:
    """The chosen place, then random ones where the function is defined."""
    yield problem.at
    rng = np.random.default_rng(seed)
    names = RNN_NAMES if problem.claims_output else (problem.first, problem.second)
    found = 0
    for _ in range(4 * POINTS):
        centre = 0.0 if problem.claims_output else 1.0
        at = {name: round(centre * problem.at[name] + float(rng.uniform(-2, 2)), 1) for name in names}
        if math.isfinite(_truth(problem, at)) and found < POINTS:
            found += 1
            yield at


def _verdict(problem: Problem, places: list[Place], curve: list[Place], wrong: list[Place]) -> Text:
    if not wrong:
        return words.agreement_words(problem, len(places) + len(curve))
    outside = [problem.claimed(at) for at in (*places, *curve) if not 0 <= problem.claimed(at) <= 1]
    if problem.claims_output and outside and math.isfinite(outside[0]):
        return words.range_words(outside[0])
    true = _truth(problem, wrong[0]) if problem.claims_output else _numeric(problem, wrong[0])
    return words.disagreement_words(problem, wrong[0], true, problem.claimed(wrong[0]))


def _numeric(problem: Problem, at: Place) -> float:
    numeric = central(problem.value, at, problem.wrt, CHECK_H)
    return round(numeric, 7) if math.isfinite(numeric) else _truth(problem, at)


def _curves(problem: Problem, curve: list[Place]) -> Plot:
    across = tuple(at[problem.wrt] for at in curve)
    true = tuple(_truth(problem, at) for at in curve)
    claimed = tuple(problem.claimed(at) for at in curve)
    what = problem.output if problem.claims_output else problem.slope_name
    title = Text(f"{problem.wrt} を動かしたときの {what}", f"{what} as {problem.wrt} moves")
    low, high = _room(true, claimed)
    inside = [i for i, value in enumerate(claimed) if low <= value <= high]
    yours = Series(YOURS, tuple(across[i] for i in inside), tuple(claimed[i] for i in inside), "claim")
    centre = problem.at[problem.wrt]
    return Plot(
        title,
        (Series(Text("正しい値", "true"), across, true, "lit"), yours),
        (centre - 3, centre + 3),
        (low, high),
        same(problem.wrt),
    )


def _room(true: tuple[float, ...], claimed: tuple[float, ...]) -> tuple[float, float]:
    """A range that holds the true curve, and of the claimed one what is not further off than the curve is high."""
    low, high = min(true, default=0.0), max(true, default=1.0)
    span = max(high - low, 0.2 * abs(high), 1e-3)
    near = [value for value in claimed if low - span <= value <= high + span]
    low, high = min([low, *near]), max([high, *near])
    margin = 0.05 * max(high - low, span)
    return low - margin, high + margin


def _table(problem: Problem, places: list[Place], wrong: list[Place]) -> Table:
    first, second = problem.first, problem.second
    title = same(problem.output) if problem.claims_output else same(problem.slope_name)
    true = Text("値", "value") if problem.claims_output else Text("数値微分", "numeric")
    measured = [_truth(problem, at) if problem.claims_output else _numeric(problem, at) for at in places[:SHOWN_POINTS]]
    rows = tuple(
        (
            same(f"{number(at[first])}, {number(at[second])}"),
            same(number(value)),
            same(number(problem.claimed(at)).replace("?", "–")),
        )
        for at, value in zip(places, measured, strict=False)
    )
    marked = tuple((row, 2) for row, at in enumerate(places[: len(rows)]) if at in wrong)
    return Table(title, (same(f"{first}, {second}"), true, YOURS), rows, claim=marked)


def _tangent(problem: Problem) -> Scene:
    """The curve of z with the true tangent and the line that the claimed slope would give."""
    name, centre = problem.wrt, problem.at[problem.wrt]
    start, slope, claimed = problem.value(problem.at), problem.slope(problem.at, name), problem.claimed(problem.at)
    curve = [(centre + float(shift), problem.value({**problem.at, name: centre + float(shift)})) for shift in CURVE]
    curve = [point for point in curve if math.isfinite(point[1])]
    across = tuple(x for x, _ in curve)
    heights = tuple(z for _, z in curve)
    low, high = min(heights), max(heights)
    margin = 0.1 * max(high - low, 1e-3)
    ends = (centre - 1.5, centre + 1.5)
    series = (
        Series(same(problem.output), across, heights, "muted"),
        _line(Text("正しい傾き", "true slope"), ends, centre, start, slope, "lit"),
        _line(YOURS, ends, centre, start, claimed, "claim"),
    )
    plot = Plot(
        Text(f"{problem.output} と、その傾き", f"{problem.output} and its slope"),
        series,
        (centre - 3, centre + 3),
        (low - margin, high + margin),
        same(name),
    )
    predicted = (slope * TANGENT_STEP, claimed * TANGENT_STEP)
    return Scene((plot,), words.tangent_words(problem, TANGENT_STEP, _moved(problem), *predicted), True)


def _moved(problem: Problem) -> float:
    """How much z really changes when the input grows by a small step; nan if it cannot."""
    there = {**problem.at, problem.wrt: problem.at[problem.wrt] + TANGENT_STEP}
    moved = problem.value(there) - problem.value(problem.at)
    return moved if math.isfinite(moved) else math.nan


def _line(title: Text, ends: tuple[float, float], x: float, z: float, slope: float, role: SeriesRole) -> Series:
    return Series(title, ends, tuple(z + slope * (end - x) for end in ends), role)
