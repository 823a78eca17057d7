"""Ways of carrying delta_t one step back, each held against numeric differences on many random examples."""

from dataclasses import dataclass, field

import numpy as np

from sims.bptt.linear import (
    OPTIONS,
    RIGHT,
    Back,
    BrokenError,
    Gradient,
    backward,
    draw_example,
    draw_network,
    numeric,
    typed,
)
from sims.frames import SeriesRole
from sims.text import Text, same

AGREES = 1e-6  # what differs by less agrees with numeric differences
WRAPPED = "h[-1]"
NAMES = {RIGHT: same(RIGHT), WRAPPED: Text("最初の前が h[-1]", "h[-1] before step 0")}


@dataclass
class Mutant:
    """One way back, and how far its gradients are from the numeric ones: (dW, dU) of every example so far.

    ``wraps``: the state before the first step is the last one. ``broken`` says why there is no gradient.
    """

    code: str
    back: Back | BrokenError
    wraps: bool = False
    role: SeriesRole = "muted"
    off: list[tuple[float, float]] = field(default_factory=list)
    broken: BrokenError | None = None
    first: Gradient | None = None

    @property
    def name(self) -> Text:
        """What it is called in tables and beside curves."""
        return NAMES.get(self.code, same(self.code if len(self.code) <= 24 else self.code[:23] + "…"))

    @property
    def medians(self) -> tuple[float, float] | None:
        """The medians for dW and dU, or None if it broke."""
        if self.broken or not self.off:
            return None
        dW, dU = np.median(self.off, axis=0)
        return float(dW), float(dU)

    @property
    def agrees(self) -> bool:
        """Whether its gradients are the right ones."""
        return self.medians is not None and max(map(max, self.off)) < AGREES

    @np.errstate(all="ignore")
    def check(self, seed: int, example: int) -> Gradient:
        """Hold it against numeric differences on one random example; returns those."""
        rng = np.random.default_rng([seed, 2, example])
        teacher, network = draw_network(rng), draw_network(rng)
        given = draw_example(rng, teacher)
        true = numeric(network, given)
        try:
            if isinstance(self.back, BrokenError):
                raise self.back
            found = backward(network, given, self.back, self.wraps)
        except BrokenError as broken:
            self.broken = broken
            return true
        self.first = self.first or found
        self.off.append(found.off(true))
        return true


def mutants(before: str, claim: str | None) -> list[Mutant]:
    """The right way back, then somebody's ``claim``, or the last state before the first, or the other options."""
    right = Mutant(RIGHT, typed(RIGHT), role="lit")
    if claim is not None:
        return [right, Mutant(claim, typed(claim), role="claim")]
    if before == "last":
        return [right, Mutant(WRAPPED, typed(RIGHT), wraps=True)]
    return [right, *(Mutant(code, typed(code)) for code in OPTIONS[1:])]
