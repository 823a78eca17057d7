"""Pairs are read one after the other, then one of their keys is asked for: what was its value?

Two networks differ in nothing but the context c that their decoder is given: the encoder's last state, however long
the sequence was, or a weighted sum of all of its states, with weights made for the question at hand.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sims.cells import GRU, Array, GRUTrace, Parameters, softmax
from sims.optimisers import Optimiser, clip_by_norm

KEYS, VALUES = 12, 4
LONGEST = 8  # pairs in training; beyond it nothing was practised
LENGTHS = (1, 2, 3, 4, 6, 8, 12)
BATCH, TESTS = 32, 256
UNITS = 32  # of the decoder
STEEPEST = 1.0  # a gradient longer than this is clipped
Indices = NDArray[np.int64]


class Sequences(NamedTuple):
    """``x`` (R, T, B, KEYS + VALUES) of pairs, ``query`` (R, B, KEYS), and where and what is asked for, (R, B)."""

    x: Array
    query: Array
    place: Indices
    value: Indices


class Recalled(NamedTuple):
    """A forward pass: the encoder, the weights (R, T, B) of its states, the context, and the decoder's two layers."""

    trace: GRUTrace
    weights: Array
    context: Array
    units: Array
    answer: Array


def draw_sequences(rng: np.random.Generator, runs: int, batch: int, length: int) -> Sequences:
    """Random pairs with different keys, and one of the keys."""
    keys = np.argsort(rng.random((runs, batch, KEYS)), axis=-1)[..., :length]
    return ask(keys, rng.integers(0, VALUES, (runs, batch, length)), rng.integers(0, length, (runs, batch)))


def ask(keys: Indices, values: Indices, place: Indices) -> Sequences:
    """The pairs of ``keys`` and ``values`` (R, B, T), and the question for the one at ``place`` (R, B), from 0."""
    pairs = np.concatenate([np.eye(KEYS)[keys], np.eye(VALUES)[values]], axis=-1)
    key, value = (np.take_along_axis(part, place[..., None], -1)[..., 0] for part in (keys, values))
    return Sequences(np.ascontiguousarray(pairs.swapaxes(1, 2)), np.eye(KEYS)[key], place, value)


class Recall:
    """``runs`` networks with an encoder of ``cells`` GRU cells, with or without ``attention``."""

    def __init__(self, attention: bool, cells: int, runs: int, rate: float, seed: int) -> None:
        rng = np.random.default_rng([seed, 0])
        self.attention, self.runs = attention, runs
        self.encoder = GRU(KEYS + VALUES, cells)
        self.parameters: Parameters = self.encoder.draw(rng, runs)
        self._encoding = tuple(self.parameters)
        self.parameters |= {
            "C": rng.normal(0, cells**-0.5, (runs, cells, UNITS)),
            "Q": rng.normal(0, 1, (runs, KEYS, UNITS)),
            "c": np.zeros((runs, 1, UNITS)),
            "V": rng.normal(0, UNITS**-0.5, (runs, UNITS, VALUES)),
            "d": np.zeros((runs, 1, VALUES)),
        }
        if attention:
            self.parameters["S"] = rng.normal(0, cells**-0.5, (runs, KEYS, cells))
        self._data, self._adam, self._seed = np.random.default_rng([seed, 1]), Optimiser("adam", rate), seed

    @np.errstate(all="ignore")
    def train(self, iterations: int) -> None:
        """Take steps of Adam, each on a fresh batch of one length from 1 to :data:`LONGEST`."""
        for _ in range(iterations):
            length = int(self._data.integers(1, LONGEST + 1))
            _, gradients = self.gradients(draw_sequences(self._data, self.runs, BATCH, length))
            clip_by_norm(gradients, STEEPEST)
            self._adam.step(self.parameters, gradients)

    @np.errstate(all="ignore")
    def accuracies(self, length: int, tests: int = TESTS) -> Array:
        """The share of right answers of every run, (R,), on sequences that are never trained on."""
        rng = np.random.default_rng([self._seed, 2, length])
        drawn = draw_sequences(rng, 1, tests, length)
        x, query = (np.repeat(part, self.runs, axis=0) for part in (drawn.x, drawn.query))
        right: Array = (self.forward(drawn._replace(x=x, query=query)).answer.argmax(-1) == drawn.value).mean(1)
        return right

    def forward(self, sequences: Sequences) -> Recalled:
        """Read the pairs, form the context, and answer. Bahdanau, Cho & Bengio 2015; scores as in Luong et al. 2015."""
        parameters = self.parameters
        trace = self.encoder.forward({name: parameters[name] for name in self._encoding}, sequences.x)
        weights, context = np.zeros(trace.h.shape[:3]), trace.h[:, -1]
        if self.attention:
            scores = (trace.h * (sequences.query @ parameters["S"])[:, None]).sum(-1)
            weights = softmax(scores, axis=1)
            context = (weights[..., None] * trace.h).sum(1)
        else:
            weights[:, -1] = 1.0
        units = np.tanh(context @ parameters["C"] + sequences.query @ parameters["Q"] + parameters["c"])
        return Recalled(trace, weights, context, units, units @ parameters["V"] + parameters["d"])

    def gradients(self, sequences: Sequences) -> tuple[Array, Parameters]:
        """The mean cross-entropy of every run, (R,), and its gradients by all parameters."""
        parameters, found = self.parameters, self.forward(sequences)
        target, query = np.eye(VALUES)[sequences.value], sequences.query
        said = softmax(found.answer)
        loss: Array = -np.log((said * target).sum(-1)).mean(1)
        d_answer = (said - target) / target.shape[1]
        d_units = (d_answer @ parameters["V"].swapaxes(1, 2)) * (1 - found.units**2)
        d_context = d_units @ parameters["C"].swapaxes(1, 2)
        gradients = {
            "V": found.units.swapaxes(1, 2) @ d_answer,
            "d": d_answer.sum(1, keepdims=True),
            "C": found.context.swapaxes(1, 2) @ d_units,
            "Q": query.swapaxes(1, 2) @ d_units,
            "c": d_units.sum(1, keepdims=True),
        }
        h = found.trace.h
        d_h = np.zeros_like(h)
        if not self.attention:
            d_h[:, -1] = d_context
        else:
            d_weights = (h * d_context[:, None]).sum(-1)
            d_scores = found.weights * (d_weights - (found.weights * d_weights).sum(1, keepdims=True))
            d_h = (
                found.weights[..., None] * d_context[:, None] + d_scores[..., None] * (query @ parameters["S"])[:, None]
            )
            gradients["S"] = query.swapaxes(1, 2) @ (d_scores[..., None] * h).sum(1)
        encoding = {name: parameters[name] for name in self._encoding}
        return loss, gradients | self.encoder.backward(encoding, found.trace, d_h)[0]
