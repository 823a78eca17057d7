"""The adder as a simulation sees it: train it, let it add, try it on every sum."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sims.adder.batched import STEPS, Flags, Passes
from sims.adder.settings import Settings, draw_weights
from sims.adder.single import can_train, train_one
from sims.cells import Array, Parameters, sigmoid

LARGEST = 128  # a and b are below this, so that the sum has eight bits
PAIRS = LARGEST**2
_CACHE = 2**20  # bytes: runs are trained in groups whose arrays stay in a processor's cache together
_DRAWN = 128  # iterations whose data are drawn at once
_SEEDS_APART = 100
_BITS = (np.arange(2 * LARGEST)[:, None] >> np.arange(STEPS) & 1).astype(np.float64)
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
    """Shares over all 16,384 sums: ``exact`` (R,) with every bit right, and ``places`` (R, 8) right bit by bit,
    the lowest first."""

    exact: Array
    places: Array


class Adder:
    """R independent runs of one setting. Run r draws from ``RandomState(100 * seed + r)``, in the note's order.

    ``settings`` may be several that share their ``structure``: then there are ``runs`` of each, one setting after the
    other, and :attr:`settings` is the first. ``weights`` are ``W_in`` (R, 2, H), ``W`` (R, H, H) and ``W_out``
    (R, H, 1) and may be replaced. ``iteration`` counts the updates so far; ``overflow`` (R,) is the iteration, from
    0, whose forward pass was the first to overflow, −1 where none did (looked for with ``relu`` only: nothing else
    is unbounded).
    """

    def __init__(self, settings: Settings | Sequence[Settings], runs: int, seed: int) -> None:
        several = [settings] if isinstance(settings, Settings) else list(settings)
        if len({each.structure for each in several}) != 1:
            raise ValueError("settings side by side may differ in their first weights and rate only")
        self.settings, self.runs, self.iteration = several[0], len(several) * runs, 0
        self.overflow: Numbers = np.full(self.runs, -1)
        self._rates = np.repeat([each.rate for each in several], runs)
        seeds = [(_SEEDS_APART * seed + run) % 2**32 for run in range(runs)] * len(several)
        self._rngs = [np.random.RandomState(each) for each in seeds]
        drawn = [draw_weights(rng, several[run // runs]) for run, rng in enumerate(self._rngs)]
        self.weights: Parameters = {name: np.stack([each[name] for each in drawn]) for name in drawn[0]}

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> Trained:
        """Train every run on ``iterations`` further sums, one at a time."""
        trained = Trained(np.empty((self.runs, iterations)), np.empty((self.runs, iterations), dtype=bool))
        groups = -(-self.runs // self._at_once)
        for group in range(groups):
            self._train(slice(group * self.runs // groups, (group + 1) * self.runs // groups), trained)
        self.iteration += iterations
        return trained

    @np.errstate(all="ignore")
    def gradients(self, a: Numbers, b: Numbers) -> Parameters:
        """The gradients of the loss of one sum in each run, a and b (R,), as the setting computes them.

        Names and shapes are those of :attr:`weights`; nothing is changed.
        """
        return Passes(self.settings, self.weights, self._rates).gradients(_BITS[np.stack([a, b], axis=1)], _BITS[a + b])

    @np.errstate(all="ignore")
    def add(self, a: int, b: int) -> Sums:
        """What every run says of a + b."""
        passes = Passes(self.settings, self.weights, self._rates)
        passes.forward(np.broadcast_to(_BITS[[a, b]], (self.runs, 2, STEPS)))
        return Sums(passes.output(), passes.states())

    @np.errstate(all="ignore")
    def score(self, runs: slice = slice(None)) -> Score:
        """Try some runs, or all, on every sum."""
        scores = np.array([self._try_all(run) for run in range(self.runs)[runs]]).reshape(-1, STEPS + 1)
        return Score(scores[:, 0], scores[:, 1:])

    def exact(self) -> Array:
        """The share of all 16,384 sums that each run gets right in every bit, (R,)."""
        return self.score().exact

    @property
    def _at_once(self) -> int:
        H = self.settings.hidden_size
        return max(4, _CACHE // (8 * (2 * (H + 2) + 4 * (STEPS + 2)) * (H + 1)))

    def _train(self, runs: slice, trained: Trained) -> None:
        rngs, weights = self._rngs[runs], {name: value[runs] for name, value in self.weights.items()}
        alone = len(rngs) == 1 and can_train(self.settings)
        passes = None if alone else Passes(self.settings, weights, self._rates[runs])
        iterations = trained.losses.shape[1]
        for start in range(0, iterations, _DRAWN):
            part = slice(start, min(start + _DRAWN, iterations))
            pairs = np.stack([rng.randint(LARGEST, size=(part.stop - start, 2)) for rng in rngs], axis=1)
            x, target = _BITS[pairs], _BITS[pairs.sum(-1)]
            differences, overflow = np.empty(target.shape), np.zeros(target.shape[:2], dtype=bool)
            if passes:
                passes.train(x, target, differences, overflow)
            else:
                one = {name: value[0] for name, value in weights.items()}
                one = train_one(self.settings, one, x[:, 0], target[:, 0], differences[:, 0])
                weights = {name: value[None] for name, value in one.items()}
            trained.losses[runs, part] = np.square(differences).sum(-1).T / 2
            bits_right = np.where(target > 0.5, differences > -0.5, differences <= 0.5)
            trained.right[runs, part] = np.logical_and.reduce(bits_right, axis=-1).T
            first = self.iteration + start + overflow.argmax(0)
            known = self.overflow[runs]
            self.overflow[runs] = np.where((known < 0) & overflow.any(0), first, known)
        for name, value in (passes.weights() if passes else weights).items():
            self.weights[name][runs] = value

    def _try_all(self, run: int) -> list[float]:
        """The share of exact sums of one run, then of right bits, place by place.

        Sums whose low bits agree share their states, so these are computed once: after t steps there are 4^t of them.
        """
        W_in, W, W_out = (self.weights[name][run] for name in ("W_in", "W", "W_out"))
        bits = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        z, sums, exact = np.zeros((1, len(W))), np.zeros(1, dtype=np.int64), np.ones(1, dtype=bool)
        places = []
        for t in range(STEPS):
            read = bits if t < STEPS - 1 else bits[:1]
            u = ((z @ W)[:, None] + read @ W_in).reshape(-1, len(W))
            match self.settings.activation:
                case "sigmoid":
                    z = sigmoid(u, out=u)
                case "tanh":
                    z = np.tanh(u, out=u)
                case "relu":
                    z = np.maximum(u, 0.0, out=u)
            sums = (sums[:, None] + (read.sum(1) << t)).reshape(-1)
            right = ((z @ W_out)[:, 0] > 0) == (sums >> t & 1).astype(bool)
            exact = np.repeat(exact, len(read)) & right
            places.append(float(right.mean()))
        return [float(exact.mean()), *places]
