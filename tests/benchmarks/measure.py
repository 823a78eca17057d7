"""One line of the table, and how a ratio is measured on a machine that others use as well."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured: ``goal`` and ``figure`` in words, ``ratio`` as the number the goal is about."""

    name: str
    goal: str
    figure: str
    ratio: float
    passed: bool


def best_times(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The shortest time of each work in seconds, over ``rounds`` rounds in which all take turns.

    Work of some 10 ms each finds the moments in which the machine is free; in turns, all find the same ones.
    """
    best = dict.fromkeys(works, float("inf"))
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, work in works.items():
                start = time.perf_counter()
                work()
                best[name] = min(best[name], time.perf_counter() - start)
    finally:
        if collecting:
            gc.enable()
    return best
