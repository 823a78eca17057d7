"""Every simulation in a fresh process: how soon it shows something, and how soon it can be stopped.

It is stopped between two frames, so the longest gap between them, and before the first, bounds the time to stop.
Processor time is taken, which on a free machine is what the clock would show: a simulation waits for nothing.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise

from sims import registry
from tests.benchmarks.children import ROOT, environment, python
from tests.benchmarks.measure import Row

ROUNDS = 3
FIRST, GAP = 160, 50  # ms


def rows() -> list[Row]:
    """Two lines for each simulation, each with its defaults."""
    names = [simulation.name for simulation in registry.SIMULATIONS]
    for name in names:
        _run(name)  # compiles the modules
    measured: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            measured[name].append(_run(name))
    return [row for name in names for row in _rows(name, measured[name])]


def _rows(name: str, runs: list[list[float]]) -> Iterator[Row]:
    """Of each stretch the shortest time: the same seed gives the same frames, and what else differs is the machine."""
    loading, *gaps = (1000 * min(stretch) for stretch in zip(*runs, strict=True))
    first = 1000 * min(run[0] + run[1] for run in runs)
    yield Row(
        f"{name}: first frame",
        f"≤ {FIRST} ms of processor time",
        f"{first:.0f} ms, {loading:.0f} of them loading",
        first,
        first <= FIRST,
    )
    longest = max(gaps)
    frames, whole = len(gaps) - 1, sum(gaps) / 1000
    where = gaps.index(longest) + 1
    figure = f"{longest:.0f} ms before frame {where}; {frames} frames in {whole:.2f} s"
    yield Row(f"{name}: longest gap", f"≤ {GAP} ms of processor time", figure, longest, longest <= GAP)


def _run(name: str) -> list[float]:
    """Seconds for loading, for each frame and for the end, in a process of its own."""
    command = python("-m", "tests.benchmarks.simulations", name)
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    times: list[float] = json.loads(done.stdout)
    return times


def _times(name: str) -> list[float]:
    import numpy  # noqa: F401  (the app has it by then)

    simulation = registry.get(name)
    stamps = [time.process_time()]
    import_module(f"sims.{name}")
    stamps.append(time.process_time())
    stamps += [time.process_time() for _ in simulation.run(simulation.values({}))]
    stamps.append(time.process_time())
    return [after - before for before, after in pairwise(stamps)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_times(sys.argv[1])))
