"""One weight, one or two gradients, and what a rule makes of them: the step that can be worked out by hand."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sims.claimed_number import agrees
from sims.frames import Table
from sims.numerals import trimmed
from sims.optimisers import Method, Rule
from sims.text import Text, same

MEMORIES: dict[Method, str] = {"momentum": "v", "adagrad": "h", "rmsprop": "h", "adam": "v"}
DIGITS = 5


class Step(NamedTuple):
    """After one step: the gradient that came, the memory, what was added to the weight, the weight."""

    gradient: float
    memory: float
    change: float
    weight: float


def step_by_hand(rule: Rule, weight: float, gradients: Sequence[float]) -> list[Step]:
    """``weight`` after each of ``gradients``."""
    steps = []
    for gradient in gradients:
        moved = float(rule.step(np.array(weight), np.array(gradient)))
        steps.append(Step(gradient, float(rule.memory), moved - weight, moved))
        weight = moved
    return steps


def hand_table(method: Method, first: float, steps: Sequence[Step], claim: float | None) -> Table:
    """The steps as rows, the last weight lit; below it what somebody expects there."""
    memory = MEMORIES.get(method)
    names = ["g", *([memory] if memory else []), "Δw", "w"]
    rows = [("0", *[""] * (len(names) - 1), trimmed(first, DIGITS))]
    for t, step in enumerate(steps, 1):
        kept = [trimmed(step.memory, DIGITS)] if memory else []
        rows.append((str(t), trimmed(step.gradient), *kept, trimmed(step.change, DIGITS), trimmed(step.weight, DIGITS)))
    cells = [tuple(map(same, row)) for row in rows]
    lit, wrong = ((len(cells) - 1, len(names)),), tuple[tuple[int, int], ...]()
    if claim is not None and not agrees(claim, steps[-1].weight):
        cells.append((YOURS, *[same("")] * (len(names) - 1), same(trimmed(claim, DIGITS))))
        wrong = ((len(cells) - 1, len(names)),)
    title = Text(f"{NAMES[method]} を手で", f"{NAMES[method]} by hand")
    return Table(title, (Text("回", "step"), *map(same, names)), tuple(cells), lit, wrong)


NAMES: dict[Method, str] = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}
YOURS = Text("あなた", "yours")
