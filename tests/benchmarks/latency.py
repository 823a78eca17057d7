"""From a key to its effect on the screen, in the real app in a pseudo-terminal, while a simulation trains.

Every ``+`` and ``−`` starts the training again, so it never comes to rest. The screen moves by itself meanwhile;
what is timed is the first output that shows what this very key did. Beside it, in the same process and in turns:
moving through the menu of simulations, where nothing moves by itself.
"""

import random
import re
import subprocess
from collections.abc import Callable
from statistics import quantiles

from sims.registry import SIMULATIONS
from tests.benchmarks.children import ROOT, environment, python
from tests.benchmarks.measure import Row
from tests.benchmarks.terminal import Terminal

GOAL = 30  # ms, of the 95th percentile
ROUNDS, KEYS = 4, 40
TRAINING = ("cec", "binary_addition")
CHOSEN = re.compile(r"\S+ ‹ .*? ›")
LOADED = 4.0  # seconds after the first paint in which libraries are loaded in the background

Times = list[float]


def rows() -> list[Row]:
    """One line a simulation. Of several rounds the calmest counts: the others measure the machine."""
    subprocess.run(
        python("-c", "import engine.grading.algebra, engine.grading.code"), cwd=ROOT, env=environment(), check=True
    )
    places = {name: at for at, name in enumerate(simulation.name for simulation in SIMULATIONS)}
    trained = [name for name in TRAINING if name in places]
    still: list[Times] = []
    busy: dict[str, list[Times]] = {name: [] for name in trained}
    with Terminal(python("-m", "engine", "--lang", "en"), environment("latency")) as terminal:
        hand = _Hand(terminal)
        terminal.wait(lambda text: "Try three questions" in text)
        terminal.watch(LOADED)
        terminal.press("s", lambda text: SIMULATIONS[0].title.en in text)
        for _ in range(ROUNDS):
            for name in trained:
                still.append(hand.in_the_menu())
                busy[name].append(hand.in_simulation(places[name]))
    return [_row(name, busy[name], still) for name in trained]


def _row(name: str, busy: list[Times], still: list[Times]) -> Row:
    calmest50, calmest95 = _calmest(still)
    p50, p95 = _calmest(busy)
    figure = f"p50 {p50:.0f}, p95 {p95:.0f} ms; in a menu {calmest50:.0f}, {calmest95:.0f}"
    return Row(f"key → screen while {name} trains", f"p95 ≤ {GOAL} ms", figure, p95, p95 <= GOAL)


def _calmest(rounds: list[Times]) -> tuple[float, float]:
    return min(map(_percentiles, rounds), key=lambda percentiles: percentiles[1])


def _percentiles(seconds: Times) -> tuple[float, float]:
    parts = quantiles([1000 * each for each in seconds], n=20, method="inclusive")
    return parts[9], parts[18]


class _Hand:
    """Presses keys at a human's irregular pace and times each."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.rng = random.Random(0)  # noqa: S311  (not for secrets)
        self.chosen = ""

    def in_the_menu(self) -> Times:
        """Down and up again."""
        return [self._press(key, bool) for _ in range(KEYS // 2) for key in "jk"]

    def in_simulation(self, place: int) -> Times:
        """Open the simulation in this place of the menu, press, and leave it."""
        for _ in range(place):
            self._press("j", bool)
        self.terminal.press("\r", self._is_chosen)
        self.terminal.wait(_says("pause"))
        times: Times = []
        for _ in range(KEYS // 5):
            times += [self._press(key, self._is_chosen) for key in ("\t", "+", "-")]
            times += [self._press(" ", _says(word)) for word in ("play", "pause")]
        self.terminal.press("\x1b", lambda text: SIMULATIONS[0].title.en in text)
        self.terminal.settle(0.3)
        for _ in range(place):
            self._press("k", bool)
        return times

    def _press(self, key: str, shows: Callable[[str], bool]) -> float:
        self.terminal.watch(self.rng.uniform(0.04, 0.14))
        return self.terminal.press(key, shows)

    def _is_chosen(self, text: str) -> bool:
        """Whether the row of settings was drawn with another choice or value than before."""
        found = CHOSEN.findall(text)
        if not found or found[-1] == self.chosen:
            return False
        self.chosen = found[-1]
        return True


def _says(word: str) -> Callable[[str], bool]:
    return lambda text: word in text
