"""A label that needs what came and what is still to come: 1 where the bits before and after are both 1.

Random bits are read; the label at step t is x[t − span] AND x[t + span]. Whoever has read in one direction only
knows one of the two, and no training can make up for the other.
"""

from typing import Literal, NamedTuple

import numpy as np

from sims.cells import RNN, Array, Parameters, sigmoid
from sims.cells.readout import draw_readout, read_out, read_out_backward
from sims.optimisers import Optimiser, clip_by_norm

Way = Literal["forward", "backward", "both"]
WAYS: tuple[Way, ...] = ("forward", "backward", "both")
BATCH = 32
STEEPEST = 1.0  # a gradient longer than this is clipped
# Half the time the bit that is known is 0, and so is the label; else the label is as open as the other bit.
ONE_WAY_LOSS, ONE_WAY_RIGHT = 0.5 * float(np.log(2)), 0.75


class Bits(NamedTuple):
    """``x`` (R, T, B, 1), ``label`` (R, T, B), and ``asked`` (T,), the steps that have both neighbours."""

    x: Array
    label: Array
    asked: Array


def draw_bits(rng: np.random.Generator, runs: int, steps: int, batch: int, span: int) -> Bits:
    """Fair bits with their labels."""
    return label_bits(rng.integers(0, 2, (runs, steps, batch)).astype(np.float64), span)


def every_sequence(steps: int, span: int) -> Bits:
    """All 2^steps sequences once, (1, steps, 2^steps), so that what is measured on them is an exact mean."""
    numbers = np.arange(2**steps)
    return label_bits(((numbers >> np.arange(steps)[:, None]) & 1).astype(np.float64)[None], span)


def label_bits(x: Array, span: int) -> Bits:
    """The bits ``x`` (R, T, B) with their labels."""
    steps = x.shape[1]
    label, asked = np.zeros_like(x), np.zeros(steps)
    label[:, span:-span] = x[:, : -2 * span] * x[:, 2 * span :]
    asked[span:-span] = 1.0
    return Bits(x[..., None], label, asked)


class Reader:
    """``runs`` networks that read one ``way``, or both ways and join the two states of every step.

    One way has 2·``cells`` cells, both ways ``cells`` each, so that the readout always sees equally many.
    """

    def __init__(self, way: Way, cells: int, runs: int, rate: float, seed: int) -> None:
        rng = np.random.default_rng([seed, WAYS.index(way)])
        self.runs = runs
        self.directions = (1, -1) if way == "both" else (1,) if way == "forward" else (-1,)
        self.rnn = RNN(1, 2 * cells // len(self.directions))
        self.cells: list[Parameters] = [self.rnn.draw(rng, runs) for _ in self.directions]
        for drawn in self.cells:
            drawn["b"] += rng.normal(0, 0.5, drawn["b"].shape)
        self.readout = draw_readout(rng, runs, 2 * cells, (2 * cells) ** -0.5)
        self._adam = Optimiser("adam", rate)

    def parameters(self) -> Parameters:
        """All of them, in one dictionary."""
        cells = {f"{name}{place}": value for place, part in enumerate(self.cells) for name, value in part.items()}
        return cells | self.readout

    def logits(self, x: Array) -> Array:
        """What is said at every step, (R, T, B)."""
        states = [
            self.rnn.forward(part, x[:, ::way]).h[:, ::way]
            for part, way in zip(self.cells, self.directions, strict=True)
        ]
        return read_out(self.readout, np.concatenate(states, axis=-1))

    @np.errstate(all="ignore")
    def measure(self, bits: Bits) -> tuple[Array, Array]:
        """Cross-entropy (nats) and share of right labels of every run, (R,) each, over the steps asked for."""
        logits = self.logits(bits.x)
        losses, right = _cross_entropy(logits, bits.label), (logits > 0) == (bits.label > 0)
        asked = bits.asked > 0
        return losses[:, asked].mean((1, 2)), right[:, asked].mean((1, 2))

    @np.errstate(all="ignore")
    def learn(self, bits: Bits) -> None:
        """One step of Adam."""
        _, gradients = self.gradients(bits)
        clip_by_norm(gradients, STEEPEST)
        self._adam.step(self.parameters(), gradients)

    def gradients(self, bits: Bits) -> tuple[Array, Parameters]:
        """The mean cross-entropy of every run, (R,), and its gradients by all parameters."""
        traces = [
            self.rnn.forward(part, np.ascontiguousarray(bits.x[:, ::way]))
            for part, way in zip(self.cells, self.directions, strict=True)
        ]
        joined = np.concatenate(
            [trace.h[:, ::way] for trace, way in zip(traces, self.directions, strict=True)], axis=-1
        )
        logits = read_out(self.readout, joined)
        share = bits.asked[:, None] / (bits.asked.sum() * logits.shape[-1])
        loss: Array = (_cross_entropy(logits, bits.label) * share).sum((1, 2))
        d_joined, gradients = read_out_backward(self.readout, joined, (sigmoid(logits) - bits.label) * share)
        for place, (part, trace, way) in enumerate(zip(self.cells, traces, self.directions, strict=True)):
            own = d_joined[..., place * self.rnn.cells : (place + 1) * self.rnn.cells]
            found, _ = self.rnn.backward(part, trace, np.ascontiguousarray(own[:, ::way]))
            gradients |= {f"{name}{place}": value for name, value in found.items()}
        return loss, gradients


def _cross_entropy(logits: Array, label: Array) -> Array:
    return np.logaddexp(0.0, logits) - label * logits
