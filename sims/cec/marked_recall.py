"""Marked recall: keep the one marked number, say it at the cue, be silent otherwise. Four designs train side by side.

Numbers from U(-1, 1) come for ``STEPS`` steps. One of the first half is marked; at one of the second half comes the
cue. The target is the marked number at the cue and 0 elsewhere; the error is squared and summed over the steps.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sims.cells import LSTM, Array, Gate, Parameters, Trace
from sims.cells.readout import draw_readout, read_out, read_out_backward
from sims.optimisers import Optimiser, clip_by_norm

STEPS, HALF = 12, 6
BATCH = 32
LONGEST = 5.0  # a gradient longer than this is clipped
CLOSED = -4.0  # bias of a gate before training, so that it has to learn when to open
FAINT = 0.1  # size of the readout before training, so that every design begins by saying little
VARIANCE = 1 / 3  # of U(-1, 1)
DESIGNS: dict[str, tuple[Gate, ...]] = {
    "none": (),
    "input": ("input",),
    "output": ("output",),
    "both": ("input", "output"),
}


class Sequences(NamedTuple):
    """``x`` (R, T, B, 3) of number, mark and cue; ``target`` and ``cue`` (R, T, B)."""

    x: Array
    target: Array
    cue: NDArray[np.bool_]


class Errors(NamedTuple):
    """Squared errors of every design and run, (designs, R): at the cue, at all other steps, and their sum."""

    total: Array
    recall: Array
    leak: Array


@dataclass(frozen=True, slots=True)
class Look:
    """Inside one network while it reads one sequence; every field is (T,).

    ``input_gate`` and ``output_gate`` are means over the cells, each weighted by its part in the answer at the cue.
    ``memory`` is what the network would say if the cue came now, ``output`` what it says.
    """

    number: Array
    mark: Array
    cue: Array
    input_gate: Array
    output_gate: Array
    memory: Array
    output: Array


def sequences(numbers: Array, mark: NDArray[np.int64], cue: NDArray[np.int64]) -> Sequences:
    """Inputs and targets from ``numbers`` (R, T, B) and the steps, from 0, of ``mark`` and ``cue`` (R, B)."""
    step = np.arange(STEPS)[:, None]
    marked, cued = step == mark[:, None], step == cue[:, None]
    target = cued * (numbers * marked).sum(1, keepdims=True)
    return Sequences(np.stack([numbers, marked, cued], -1), target, cued)


def draw_sequences(rng: np.random.Generator, runs: int, batch: int) -> Sequences:
    """Random sequences for ``runs`` independent runs."""
    numbers = rng.uniform(-1, 1, (runs, STEPS, batch))
    return sequences(numbers, rng.integers(0, HALF, (runs, batch)), rng.integers(HALF, STEPS, (runs, batch)))


def balanced_sequences(rng: np.random.Generator) -> Sequences:
    """192 sequences for measuring, (1, T, 192), so even that they add hardly any chance of their own.

    Marks and cues are equally frequent. For each of 12 pairs of them 16 sequences carry the same magnitudes with
    the signs of a Hadamard matrix, so no two steps are correlated; the magnitudes of the marked numbers are evenly
    spread over 0..1 with the mean square of U(-1, 1), and so are those of the first step after the mark, and so on.
    """
    pairs = 2 * HALF
    mark = np.arange(pairs) % HALF
    cue = HALF + (mark + 3 * (np.arange(pairs) // HALF)) % HALF
    even = (np.arange(pairs) + 0.5) / pairs
    even *= np.sqrt(VARIANCE / np.mean(even**2))
    magnitudes = np.empty((pairs, STEPS))
    orders = rng.permuted(np.tile(even, (200, 1)), axis=1)  # the one in which late marks are no larger is taken
    magnitudes[np.arange(pairs), mark] = orders[np.abs(orders**2 @ (mark - mark.mean())).argmin()]
    for later in range(1, STEPS):
        magnitudes[np.arange(pairs), (mark + later) % STEPS] = rng.permutation(even)
    signs: Array = np.ones((1, 1))
    for _ in range(4):
        signs = np.block([[signs, signs], [signs, -signs]])
    numbers = (signs[:, None, 1 : STEPS + 1] * magnitudes).reshape(1, -1, STEPS).swapaxes(1, 2)
    return sequences(numbers, np.tile(mark, (1, len(signs))), np.tile(cue, (1, len(signs))))


def floor(design: str) -> float:
    """The least total error that any weights of a design can reach; ``var`` is the variance of the numbers.

    To keep a number with weight w costs at the cue var·(1 - w)², plus var·w² for everything else that the same
    weights let through: N·var·w² in all but the wanted one. The best w is 1/N, which leaves var·(1 - 1/N). N counts
    a number once for every step at which it is said, averaged over marks and cues:

    - none: at step t all t numbers so far are said, 1 + 2 + … + T.
    - input: the marked number alone, from the mark to the end.
    - output: only at the cue, all numbers before it (the gate sees the number of the cue itself and can cancel it).
    - both: the marked number alone, only at the cue: N = 1.
    """
    marks, cues = np.arange(HALF), np.arange(HALF, STEPS)
    said = {
        "none": STEPS * (STEPS + 1) / 2,
        "input": float(np.mean(STEPS - marks)),
        "output": float(np.mean(cues)),
        "both": 1.0,
    }
    return VARIANCE * (1 - 1 / said[design])


class MarkedRecall:
    """Linear carousel cells with the gates of each design, ``runs`` times each, training in one pass.

    Run r has the same first weights and reads the same sequences under every design, so the designs differ in
    nothing but their gates.
    """

    def __init__(self, designs: tuple[str, ...], cells: int, rate: float, runs: int, seed: int) -> None:
        weights, self._data, test = (np.random.default_rng([seed, stream]) for stream in range(3))
        self.designs, self.runs = designs, runs
        self._lstm = LSTM(3, cells, gates=("input", "output"), recurrent=False, squash=False)
        first = self._lstm.draw(weights, runs, {"input": CLOSED, "output": CLOSED})
        first |= draw_readout(weights, runs, cells, FAINT * cells**-0.5)
        self._parameters = {name: np.concatenate([value] * len(designs)) for name, value in first.items()}
        for gate in self._lstm.gates:
            without = np.repeat([gate not in DESIGNS[design] for design in designs], runs)
            self._lstm.hold_open(self._parameters, gate, without)
        self._adam = Optimiser("adam", rate)
        self._test = balanced_sequences(test)

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> None:
        """Take ``iterations`` steps of Adam, each on a fresh batch."""
        for _ in range(iterations):
            x, target, _ = (
                np.concatenate([part] * len(self.designs)) for part in draw_sequences(self._data, self.runs, BATCH)
            )
            trace, output = self._forward(self._parameters, x)
            d_output = (2 / BATCH) * (output - target)
            d_h, by_readout = read_out_backward(self._parameters, trace.h, d_output)
            gradients, _ = self._lstm.backward(self._parameters, trace, d_h)
            gradients |= by_readout
            clip_by_norm(gradients, LONGEST)
            self._adam.step(self._parameters, gradients)

    @np.errstate(all="ignore")
    def errors(self) -> Errors:
        """The errors now, on sequences that are never trained on."""
        x = np.broadcast_to(self._test.x, (len(self.designs) * self.runs, *self._test.x.shape[1:]))
        _, output = self._forward(self._parameters, x)
        squares = (output - self._test.target) ** 2
        recall, total = (
            (squares * part).sum(1).mean(1).reshape(len(self.designs), -1) for part in (self._test.cue, 1.0)
        )
        return Errors(total, recall, total - recall)

    @np.errstate(all="ignore")
    def look(self, design: str, numbers: Array, mark: int, cue: int) -> Look:
        """Read one sequence of ``numbers`` (T,) with the run of ``design`` whose error is the median."""
        place = self.designs.index(design)
        middle = int(np.argsort(self.errors().total[place])[(self.runs - 1) // 2])
        run = slice(place * self.runs + middle, place * self.runs + middle + 1)
        parameters = {name: value[run] for name, value in self._parameters.items()}
        read = sequences(numbers[None, :, None], np.array([[mark]]), np.array([[cue]]))
        trace, output = self._forward(parameters, read.x)
        input_gate, output_gate = trace.blocks[0, 1:, :, 0]
        c, V = trace.c[0, 1:, 0], parameters["V"][0, :, 0]
        at_cue = V * output_gate[cue]
        part = np.abs(at_cue * c[cue])
        part /= part.sum()
        memory = c @ at_cue + parameters["d"][0, 0, 0]
        number, marked, cued = read.x[0, :, 0].T
        return Look(number, marked, cued, input_gate @ part, output_gate @ part, memory, output[0, :, 0])

    def _forward(self, parameters: Parameters, x: Array) -> tuple[Trace, Array]:
        trace = self._lstm.forward(parameters, x)
        return trace, read_out(parameters, trace.h)
