"""From the shell to the first question, against a bare Textual app in the same terminal; and the light commands."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from engine.bank.load import SHIPPED
from tests.benchmarks.bare_app import PAINTED
from tests.benchmarks.children import ROOT, environment, python
from tests.benchmarks.measure import Row
from tests.benchmarks.terminal import Terminal

ROUNDS = 21
GOAL = 1.25
HEAVY = ("textual", "numpy", "sympy")

BARE = python("-m", "tests.benchmarks.bare_app")
DRILL = python("-m", "engine", "drill", "convolution", "-n", "1", "--seed", "1", "--lang", "en")
ASKED = "How large is the"
NOTHING = python("-c", "pass")
LIGHT = {
    "peephole --help": ("-m", "engine", "--help"),
    "peephole check FILE": ("-m", "engine", "check", str(SHIPPED / "convolution.yaml")),
}


def rows() -> list[Row]:
    """The first paint, and the light commands."""
    return [_first_question(), *_light()]


def _first_question() -> Row:
    bare, ours, ratio = _interleaved(BARE, DRILL, _painted)
    figure = f"{1000 * ours:.0f} ms against {1000 * bare:.0f} ms, {ratio:.2f}×"
    return Row("first question painted", f"≤ {GOAL}× a bare Textual app", figure, ratio, ratio <= GOAL)


def _light() -> Iterator[Row]:
    for name, arguments in LIGHT.items():
        _, ours, ratio = _interleaved(NOTHING, python(*arguments), _ran)
        loaded = _loaded(arguments)
        figure = f"{1000 * ours:.0f} ms, {ratio:.1f}× python -c pass" + "".join(f", {each}" for each in loaded)
        yield Row(name, f"without {', '.join(HEAVY)}", figure, ratio, not loaded)


def _interleaved(
    reference: Sequence[str], ours: Sequence[str], measure: Callable[[Sequence[str]], float]
) -> tuple[float, float, float]:
    """The median times of both commands, and the median ratio of a turn; the first turn only compiles.

    A machine that is shared grows slower and faster by the minute, and both commands of a turn with it.
    """
    times = [(measure(reference), measure(ours)) for _ in range(ROUNDS + 1)][1:]
    ratio = median(second / first for first, second in times)
    return median(first for first, _ in times), median(second for _, second in times), ratio


def _painted(command: Sequence[str]) -> float:
    """Seconds until the app has drawn what it is there to show."""
    with Terminal(command, environment("startup")) as terminal:
        return terminal.wait(lambda text: PAINTED in text or ASKED in text) - terminal.started


def _ran(command: Sequence[str]) -> float:
    """Seconds of processor time that a command takes."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment("startup"), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ChildProcessError(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime


def _loaded(arguments: Sequence[str]) -> list[str]:
    """Which of the heavy libraries a command imports."""
    command = python("-X", "importtime", *arguments)
    done = subprocess.run(command, cwd=ROOT, env=environment("startup"), capture_output=True, text=True, check=True)
    return [name for name in HEAVY if re.search(rf"\| +{name}$", done.stderr, re.MULTILINE)]
