"""What state a setting's networks are in: saturated, dead, growing."""

from dataclasses import dataclass

import numpy as np

from sims.adder.network import LARGEST, Adder
from sims.cells import Array

_SUMS = 16  # on which the states are looked at
_NEAR = 0.01  # of an end of its range, where a unit counts as saturated


@dataclass(frozen=True, slots=True)
class Inspection:
    """States over some sums. ``saturated``: the share of states within .01 of an end of the range of the activation.
    ``dead``: the share of units that are 0 throughout. ``slope``: the mean of f′. ``growth`` (8,): the largest state
    after each step, its median over runs and sums; infinite where it overflowed. ``spread``: the standard deviation
    among the units of a network, on average. ``loss`` (R,): of each run."""

    saturated: float
    dead: float
    slope: float
    growth: Array
    spread: float
    loss: Array


@np.errstate(all="ignore")
def inspect(adder: Adder, runs: slice, seed: int) -> Inspection:
    """Look at the states of some ``runs`` while they do the same few sums."""
    pairs = np.random.default_rng([seed, 1]).integers(0, LARGEST, (_SUMS, 2))
    sums = [adder.add(int(a), int(b)) for a, b in pairs]
    z = np.stack([each.states[runs] for each in sums], axis=1)
    wanted = pairs.sum(1)[:, None] >> np.arange(z.shape[2]) & 1
    loss = np.mean([np.square(each.output[runs] - d).sum(1) / 2 for each, d in zip(sums, wanted, strict=True)], axis=0)
    match adder.settings.activation:
        case "sigmoid":
            saturated, slope = (z < _NEAR) | (z > 1 - _NEAR), z * (1 - z)
        case "tanh":
            saturated, slope = np.abs(z) > 1 - _NEAR, 1 - z * z
        case "relu":
            saturated, slope = np.zeros_like(z, dtype=bool), (z > 0).astype(float)
    largest = np.where(np.isnan(z), np.inf, np.abs(z)).max(-1)
    return Inspection(
        saturated=float(saturated.mean()),
        dead=float((z == 0).all((1, 2)).mean()),
        slope=float(slope.mean()),
        growth=np.median(largest, axis=(0, 1)),
        spread=float(z.std(-1).mean()),
        loss=loss,
    )


def spectral_radius(W: Array) -> float:
    """The size of the largest eigenvalue of each W (R, H, H), their median."""
    return float(np.median(np.abs(np.linalg.eigvals(W)).max(-1)))
