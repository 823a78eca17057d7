"""The arms trained side by side, and what is measured of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sims.adder import PAIRS, Sums, Sweep
from sims.adder.batched import Flags
from sims.adder.inspection import Inspection, inspect, spectral_radius
from sims.adder.network import LARGEST
from sims.binary_addition.arms import Arm
from sims.cells import Array, Parameters
from sims.frames import NO_TEXT, Metric
from sims.metrics import finite
from sims.text import Text

SOLVED = 0.999  # share of all sums from which on a network counts as having learned to add
LATEST = 500  # sums over which "the latest" are counted
REACHED = 0.99  # share of the latest sums from which on a network is said to be there
_COMPARED = 16  # sums over which gradients are compared
_CARRIES = 3  # at least, in the sum that is shown


@dataclass
class Experiment:
    """S arms with R runs each; ``heading`` is what differs among them.

    ``curve`` holds the mean loss of every run (S, R) from one frame to the next, which ends ``at`` an iteration.
    """

    arms: Sequence[Arm]
    runs: int
    iterations: int
    seed: int
    heading: Text = NO_TEXT
    done: int = 0
    at: list[int] = field(default_factory=list)
    curve: list[Array] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sweep = Sweep([arm.settings for arm in self.arms], self.runs, self.seed)
        self.losses = np.empty((len(self.arms), self.runs, self.iterations))
        self.right: Flags = np.zeros(self.losses.shape, dtype=bool)
        self.exact = np.full((len(self.arms), self.runs), np.nan)
        self.places = np.full((len(self.arms), self.runs, 8), np.nan)
        self.pair = _pair(self.seed)
        self.lit = next((place for place, arm in enumerate(self.arms) if arm.role == "lit"), 0)
        self.starts = [self.look(place) for place in range(len(self.arms))]
        self.radius = spectral_radius(self._weights(self.lit)["W"])

    def advance(self, iterations: int) -> None:
        """Train on, but not beyond the end."""
        part = slice(self.done, min(self.done + iterations, self.iterations))
        trained = self.sweep.train(part.stop - part.start)
        self.losses[:, :, part], self.right[:, :, part] = trained.losses, trained.right
        self.done = part.stop
        self.at.append(self.done)
        self.curve.append(trained.losses.mean(-1))

    def tries(self) -> list[tuple[int, slice]]:
        """All runs in parts that take some 30 ms to :meth:`try_all`: the arm, and its runs."""
        parts = []
        for place, arm in enumerate(self.arms):
            few = max(1, 64 // arm.settings.hidden_size)
            parts += [(place, slice(first, min(first + few, self.runs))) for first in range(0, self.runs, few)]
        return parts

    def try_all(self, place: int, runs: slice) -> None:
        """Try some runs of an arm on all 16,384 sums."""
        adder, own = self.sweep.member(place)
        score = adder.score(slice(own.start + runs.start, own.start + runs.stop))
        self.exact[place, runs], self.places[place, runs] = score.exact, score.places

    @property
    def start(self) -> Inspection:
        """The lit arm before training."""
        return self.starts[self.lit]

    def look(self, place: int) -> Inspection:
        """The states of an arm as they are now."""
        adder, own = self.sweep.member(place)
        return inspect(adder, own, self.seed)

    @property
    def tried(self) -> bool:
        """Whether all runs have been tried on all sums."""
        return bool(np.isfinite(self.exact).all())

    def shown(self, place: int) -> Sums:
        """What the first run of an arm that is still finite says of the sum that is shown."""
        adder, own = self.sweep.member(place)
        sums = adder.add(*self.pair)
        finite = np.isfinite(sums.output[own]).all(1)
        run = own.start + int(finite.argmax())
        return Sums(sums.output[run], sums.states[run])

    def medians(self, place: int) -> Array:
        """The curve of an arm: the median of the runs that are still finite, nan where none is; (points,)."""
        return np.array([_median(each[place]) for each in self.curve])

    def latest_right(self, place: int) -> float:
        """The share of the latest sums that came out right, over all runs of an arm."""
        return float(self.right[place, :, max(self.done - LATEST, 0) : self.done].mean()) if self.done else 0.0

    def final_loss(self, place: int) -> float:
        """The mean loss of the latest sums: the median of the runs that are still finite; nan where none is."""
        return _median(self.losses[place, :, max(self.done - LATEST, 0) : self.done].mean(-1))

    def reached(self, place: int) -> float:
        """The median over runs of the iteration at which 99 % of the latest sums were right; inf if most never were."""
        if self.done <= LATEST:
            return np.inf
        counts = np.cumsum(self.right[place, :, : self.done], axis=1)
        there: Flags = np.greater_equal(counts[:, LATEST:] - counts[:, :-LATEST], REACHED * LATEST)
        return float(np.median(np.where(there.any(1), there.argmax(1) + LATEST, np.inf)))

    def solved(self, place: int) -> int:
        """How many runs of an arm have learned to add, of those tried so far."""
        return int((self.exact[place] > SOLVED).sum())

    def lost(self, place: int) -> int:
        """How many runs of an arm have come to losses that are not numbers."""
        return int((~np.isfinite(self.losses[place, :, : self.done])).any(-1).sum())

    def overflowed(self, place: int) -> list[int]:
        """The iterations, from 0, at which runs of an arm first overflowed, ascending."""
        return sorted(int(at) for at in self.sweep.overflow[place] if at >= 0)

    def metrics(self) -> dict[str, Metric]:
        """What was measured of the lit arm, and the main figures of every arm under its own name."""
        place = self.lit
        end = self.look(place)
        metrics: dict[str, Metric] = {
            "iterations": self.done,
            "runs": self.runs,
            **self.figures(place, ""),
            "bit_accuracy": float(self.places[place].mean()),
            "place_accuracy": [float(share) for share in self.places[place].mean(0)],
            "latest_right": self.latest_right(place),
            "overflow_share": len(self.overflowed(place)) / self.runs,
            "overflow_iterations": list[int | float](self.overflowed(place)),
            "nan_share": self.lost(place) / self.runs,
            "spectral_radius": self.radius,
            "saturated_share": self.start.saturated,
            "mean_slope": self.start.slope,
            "state_spread": finite(self.start.spread),
            "largest_state": finite(self.start.growth[-1]),
            "saturated_share_after": end.saturated,
            "dead_share": end.dead,
            "shown_a": self.pair[0],
            "shown_b": self.pair[1],
        }
        if len(self.arms) > 1:
            for index, arm in enumerate(self.arms):
                metrics |= self.figures(index, f"_{arm.key}")
        return metrics

    def figures(self, place: int, suffix: str) -> dict[str, Metric]:
        """The main figures of an arm, their names ending in ``suffix``."""
        overflowed, reached = self.overflowed(place), self.reached(place)
        return {
            f"final_loss{suffix}": finite(self.final_loss(place)),
            f"exact_share{suffix}": float(self.exact[place].mean()),
            f"solved_share{suffix}": self.solved(place) / self.runs,
            f"iterations_to_99{suffix}": finite(reached),
            f"overflow_iteration{suffix}": overflowed[0] if overflowed else None,
        }

    def _weights(self, place: int) -> Parameters:
        adder, own = self.sweep.member(place)
        return {name: value[own] for name, value in adder.weights.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One gradient against another, the medians over runs: the length of the difference and its own length, both as
    shares of the other's length, and the cosine between the two."""

    error: float
    length: float
    cosine: float


def compare_gradients(experiment: Experiment, place: int, right: int) -> Comparison:
    """The gradient of one arm against that of the ``right`` one, at the same first weights, summed over some sums."""
    given, true = (_first_gradient(experiment, each) for each in (place, right))
    size, own = (np.sqrt(np.sum(each**2, axis=1)) for each in (true, given))
    error = np.sqrt(np.sum((given - true) ** 2, axis=1)) / size
    cosine = np.sum(given * true, axis=1) / (size * np.maximum(own, 1e-300))
    return Comparison(*(float(np.median(each)) for each in (error, own / size, cosine)))


def _first_gradient(experiment: Experiment, place: int) -> Array:
    adder = Sweep([experiment.arms[place].settings], experiment.runs, experiment.seed).member(0)[0]
    total = np.zeros(1)
    for a, b in np.random.default_rng([experiment.seed, 3]).integers(0, LARGEST, (_COMPARED, 2, experiment.runs)):
        parts = [part.reshape(experiment.runs, -1) for part in adder.gradients(a, b).values()]
        total = total + np.concatenate(parts, axis=1)
    return total


def _pair(seed: int) -> tuple[int, int]:
    """Two numbers whose sum carries several times."""
    for pair in np.random.default_rng([seed, 2]).integers(0, PAIRS, 1000):
        a, b = divmod(int(pair), LARGEST)
        if ((a + b) ^ a ^ b).bit_count() >= _CARRIES:
            return a, b
    raise AssertionError("most pairs carry that often")


def _median(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if finite.size else float("nan")
