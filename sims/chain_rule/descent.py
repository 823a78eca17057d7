"""A claimed derivative as a way downhill, beside the true one."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sims.chain_rule import words
from sims.chain_rule.problem import Problem
from sims.frames import Metric, Plot, Series, SeriesRole
from sims.metrics import finite
from sims.scene import Make, Scene
from sims.text import Text

STEPS = 40
SHOWN = (10, 20, 40)
STEP_SHARE = 0.2  # the first step would remove this share of |z| if z were a straight line
HALVINGS = 20
RUNAWAY = 1e6
LOW = 1e-4  # of the first |z|: as good as 0


@dataclass(frozen=True, slots=True)
class Walk:
    """z after 0, 1, … steps, and how the walk ended early: ``lost`` its slope, or ran ``away``."""

    path: tuple[float, ...]
    end: str = ""

    def height(self, step: int) -> float:
        """|z| after ``step`` steps, of a walk that ended earlier the last one; infinite if it ran away."""
        if step < len(self.path):
            return abs(self.path[step])
        return math.inf if self.end == "away" else abs(self.path[-1])


def descent_scenes(problem: Problem) -> list[Make]:
    """Forty steps down |z| in three scenes, or none where there is no slope to begin with."""
    return [partial(_descent, problem, steps) for steps in SHOWN] if _pace(problem) else []


def walk(problem: Problem, slope: Callable[[dict[str, float]], float]) -> Walk:
    """Step against ``slope`` towards z = 0, all steps at the learning rate that suits the true gradient.

    The rate is halved wherever a step would leave the function's domain or jump over z = 0.
    """
    at, pace = dict(problem.at), _pace(problem)
    path = [problem.value(at)]
    for _ in range(STEPS):
        uphill = math.copysign(1.0, path[-1]) * slope(at)
        if not math.isfinite(uphill):
            return Walk(tuple(path), "lost")
        for _ in range(HALVINGS):
            there = {**at, problem.wrt: at[problem.wrt] - pace * uphill}
            value = problem.value(there)
            if math.isfinite(value) and value * path[-1] >= 0:
                break
            pace /= 2
        else:
            return Walk(tuple(path), "lost")
        at = there
        path.append(value)
        if abs(value) > RUNAWAY * abs(path[0]):
            return Walk(tuple(path[:-1]), "away")
    return Walk(tuple(path))


def _pace(problem: Problem) -> float:
    """The learning rate of both walks; 0 where there is nowhere to walk."""
    start, slope = abs(problem.value(problem.at)), problem.slope(problem.at, problem.wrt)
    pace = STEP_SHARE * start / slope**2 if slope else 0.0
    return pace if math.isfinite(pace) else 0.0


def _descent(problem: Problem, steps: int) -> Scene:
    true = walk(problem, lambda at: problem.slope(at, problem.wrt))
    yours = walk(problem, problem.claimed)
    name = problem.output if min(*true.path, *yours.path) >= 0 else f"|{problem.output}|"
    plot = Plot(
        Text(f"勾配で下ったときの {name}", f"{name} while walking downhill"),
        (
            _curve(Text("正しい勾配", "true gradient"), true, steps, "lit"),
            _curve(Text("あなたの式", "yours"), yours, steps, "claim"),
        ),
        (0.0, float(STEPS)),
        (0.0, 1.25 * true.height(0)),
        Text("歩", "steps"),
    )
    metrics: dict[str, Metric] = {
        "true_descent": true.height(STEPS),
        "claim_descent": finite(yours.height(STEPS)),
    }
    return Scene((plot,), _caption(problem, name, steps, true, yours), True, metrics if steps == STEPS else {})


def _caption(problem: Problem, name: str, steps: int, true: Walk, yours: Walk) -> Text:
    there, here, start = true.height(steps), yours.height(steps), true.height(0)
    if yours.end == "lost" and len(yours.path) <= steps:
        return words.lost_words(name, len(yours.path) - 1)
    if all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-12) for a, b in zip(true.path, yours.path, strict=False)):
        return words.same_way_words(name, here, start)
    ratio = problem.claimed(problem.at) / problem.slope(problem.at, problem.wrt)
    if ratio > 0 and (here <= there or here < LOW * start):
        return words.other_steps_words(name, ratio, here, start)
    return words.descent_words(name, steps, there, here, start)


def _curve(title: Text, walked: Walk, steps: int, role: SeriesRole) -> Series:
    heights = tuple(abs(value) for value in walked.path[: steps + 1])
    return Series(title, tuple(map(float, range(len(heights)))), heights, role)
