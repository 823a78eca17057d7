"""The adder as a simulation sees it: train it, let it add, try it on every sum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sims.adder.batched import Flags, Passes
from sims.adder.packing import STEPS, Packing
from sims.adder.settings import Settings, draw_weights
from sims.adder.single import train_one
from sims.cells import Array, Parameters

LARGEST = 128  # a and b are below this, so that the sum has eight bits
PAIRS = LARGEST**2
_AT_ONCE = 64  # runs that fit into a processor's cache together
_DRAWN = 128  # iterations whose data are drawn at once
_SEEDS_APART = 100
_PLACES = np.arange(STEPS, dtype=np.int64)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trained:
    """What n iterations brought: ``losses`` (R, n), each before its update, and ``right`` (R, n), the sum exact."""

    losses: Array
    right: Flags


@dataclass(frozen=True, slots=True)
class Sums:
    """One sum in every run, lowest bit first: ``output`` y (R, 8) and the ``states`` z after each step (R, 8, H)."""

    output: Array
    states: Array


@dataclass(frozen=True, slots=True)
class Score:
    """Shares over all 16,384 sums, (R,) each: sums with every bit right, and single bits."""

    exact: Array
    bits: Array


class Adder:
    """R independent runs of one setting. Run r draws from ``RandomState(100 * seed + r)``, in the note's order.

    ``iteration`` counts the updates so far; ``overflow`` (R,) is the iteration, from 0, whose forward pass was the
    first to overflow, −1 where none did.
    """

    def __init__(self, settings: Settings, runs: int, seed: int) -> None:
        self.settings, self.runs, self.iteration = settings, runs, 0
        self.overflow: Numbers = np.full(runs, -1)
        self._rngs = [np.random.RandomState((_SEEDS_APART * seed + run) % 2**32) for run in range(runs)]
        self._packing = Packing.of(settings)
        drawn = [draw_weights(rng, settings) for rng in self._rngs]
        self._P = self._packing.pack({name: np.stack([weights[name] for weights in drawn]) for name in drawn[0]})

    @property
    def weights(self) -> Parameters:
        """``W_in`` (R, 2, H), ``W`` (R, H, H) and ``W_out`` (R, H, 1); setting them replaces all."""
        return self._packing.weights(self._P)

    @weights.setter
    def weights(self, weights: Parameters) -> None:
        self._P[...] = self._packing.pack(weights)

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> Trained:
        """Train every run on ``iterations`` further sums, one at a time."""
        losses, right = np.empty((self.runs, iterations)), np.empty((self.runs, iterations), dtype=bool)
        for start in range(0, iterations, _DRAWN):
            part = slice(start, min(start + _DRAWN, iterations))
            losses[:, part], right[:, part] = self._train(part.stop - start)
        return Trained(losses, right)

    @np.errstate(all="ignore")
    def gradients(self, a: Numbers, b: Numbers) -> Parameters:
        """The gradients of the loss of one sum a + b in each run, (R,) each, as the setting computes them.

        Shapes are those of :attr:`weights`; nothing is changed.
        """
        passes = Passes(self._packing, self._P)
        passes.forward(_bits(a, b))
        passes.backward(_targets(a + b), np.empty((self.runs, STEPS)))
        return self._packing.gradients(passes.step())

    @np.errstate(all="ignore")
    def add(self, a: int, b: int) -> Sums:
        """What every run says of a + b."""
        passes = Passes(self._packing, self._P)
        passes.forward(np.broadcast_to(_bits(np.array(a), np.array(b)), (self.runs, STEPS, 2)))
        return Sums((1 + passes.said) / 2, self._packing.shift + self._packing.scale * passes.states)

    @np.errstate(all="ignore")
    def score(self, runs: slice = slice(None)) -> Score:
        """Try some runs, or all, on every sum."""
        scores = np.array([self._try_all(P) for P in self._P[runs]]).reshape(-1, 2)
        return Score(scores[:, 0], scores[:, 1])

    def exact(self) -> Array:
        """The share of all 16,384 sums that each run gets right in every bit, (R,)."""
        return self.score().exact

    def _train(self, count: int) -> tuple[Array, Flags]:
        pairs = np.stack([rng.randint(LARGEST, size=(count, 2)) for rng in self._rngs], axis=1)
        a, b = pairs[..., 0], pairs[..., 1]
        x, target, differences = _bits(a, b), _targets(a + b), np.empty((count, self.runs, STEPS))
        overflow = np.zeros((count, self.runs), dtype=bool)
        if self.runs == 1 and self._is_plain:
            train_one(self._packing, self._P[0], x[:, 0], target[:, 0], differences[:, 0])
        else:
            for first in range(0, self.runs, _AT_ONCE):
                runs = slice(first, first + _AT_ONCE)
                passes = Passes(self._packing, self._P[runs])
                passes.train(x[:, runs], target[:, runs], differences[:, runs], overflow[:, runs])
        new = (self.overflow < 0) & overflow.any(0)
        self.overflow[new] = self.iteration + overflow.argmax(0)[new]
        self.iteration += count
        bits_right: Flags = ((target > 0) & (differences > -1)) | ((target < 0) & (differences <= 1))
        losses: Array = np.square(differences).sum(-1) / 8
        right: Flags = np.logical_and.reduce(bits_right, axis=-1)
        return losses.T, right.T

    @property
    def _is_plain(self) -> bool:
        """Whether a run on its own can be trained in the formulation made for it."""
        s = self.settings
        return s.steps_back is None and s.clip is None and s.time_factor == "right" and s.activation != "relu"

    def _try_all(self, P: Array) -> tuple[float, float]:
        """Exact sums and right bits of one run. Sums whose low bits agree share their states, so these are computed
        once: after t steps there are 4^t of them."""
        H, relu = self.settings.hidden_size, self.settings.activation == "relu"
        bits = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        h = np.full((1, H), -self._packing.shift / self._packing.scale)
        sums, exact, share = np.zeros(1, dtype=np.int64), np.ones(1, dtype=bool), 0.0
        for t in range(STEPS):
            read = bits if t < STEPS - 1 else bits[:1]
            p = (h @ P[:H, :H] + P[H + 3, :H])[:, None] + read @ P[H + 1 : H + 3, :H]
            h = p.reshape(-1, H)
            h = np.maximum(h, 0.0, out=h) if relu else np.tanh(h, out=h)
            sums = (sums[:, None] + (read.sum(1) << t)).reshape(-1)
            right = (h @ P[:H, H] + P[H + 3, H] > 0) == (sums >> t & 1).astype(bool)
            exact = np.repeat(exact, len(read)) & right
            share += float(right.mean()) / STEPS
        return float(exact.mean()), share


def _bits(a: Numbers, b: Numbers) -> NDArray[np.uint8]:
    """The bits of ``a`` and ``b`` (...,), lowest first, as (..., 8, 2)."""
    return (np.stack([a, b], axis=-1)[..., None, :] >> _PLACES[:, None] & 1).astype(np.uint8)


def _targets(sums: Numbers) -> Array:
    """−1 or 1 for each bit of ``sums`` (...,), lowest first, as (..., 8)."""
    targets: Array = (2 * (sums[..., None] >> _PLACES & 1) - 1).astype(np.float64)
    return targets
