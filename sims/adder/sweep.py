"""Several settings of the adder, a number of runs of each."""

from collections.abc import Sequence

import numpy as np

from sims.adder.network import Adder, Numbers, Trained
from sims.adder.settings import Settings


class Sweep:
    """S settings with R runs each. Run r of every setting has the same random numbers.

    Settings that share their structure advance in one :class:`Adder`, in which a run costs the less the more there
    are: of the [try] list all that have the same number of units.
    """

    def __init__(self, settings: Sequence[Settings], runs: int, seed: int) -> None:
        self.settings, self.runs = tuple(settings), runs
        self._members: list[list[int]] = []
        for place, each in enumerate(self.settings):
            alike = (group for group in self._members if self.settings[group[0]].structure == each.structure)
            group = next(alike, None)
            if group is None:
                self._members.append([place])
            else:
                group.append(place)
        self._adders = [Adder([self.settings[place] for place in group], runs, seed) for group in self._members]

    @property
    def overflow(self) -> Numbers:
        """As of :class:`Adder`, (S, R)."""
        overflow = np.empty((len(self.settings), self.runs), dtype=np.int64)
        for adder, group in zip(self._adders, self._members, strict=True):
            overflow[group] = adder.overflow.reshape(len(group), -1)
        return overflow

    def train(self, iterations: int) -> Trained:
        """Train all runs on ``iterations`` further sums; losses and right sums are (S, R, n)."""
        shape = len(self.settings), self.runs, iterations
        trained = Trained(np.empty(shape), np.empty(shape, dtype=bool))
        for adder, group in zip(self._adders, self._members, strict=True):
            part = adder.train(iterations)
            trained.losses[group] = part.losses.reshape(len(group), self.runs, -1)
            trained.right[group] = part.right.reshape(len(group), self.runs, -1)
        return trained

    def member(self, place: int) -> tuple[Adder, slice]:
        """The :class:`Adder` that a setting is in, and which runs there are its own."""
        adder, group = next(pair for pair in zip(self._adders, self._members, strict=True) if place in pair[1])
        first = group.index(place) * self.runs
        return adder, slice(first, first + self.runs)

    @property
    def groups(self) -> list[tuple[int, int]]:
        """Units and runs of every :class:`Adder` that advances on its own."""
        return [(adder.settings.hidden_size, adder.runs) for adder in self._adders]
