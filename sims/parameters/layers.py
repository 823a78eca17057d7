"""The arrays of a recurrent layer, allocated and counted."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sims.cells import GRU, LSTM, RNN, Array, Parameters

KINDS = ("W", "U", "b", "p")
BLOCKS: Mapping[str, tuple[str, ...]] = {
    "rnn": ("h",),
    "gru": ("h_bar", "z", "r"),
    "lstm": ("a", "i", "f", "o"),
    "peephole": ("a", "i", "f", "o"),
}


class Layer(NamedTuple):
    """What a layer consists of: ``shapes`` of the arrays of one block, and of each block how many entries they have."""

    shapes: dict[str, tuple[int, ...]]
    blocks: dict[str, dict[str, int]]

    @property
    def parts(self) -> dict[str, int]:
        """How many of each kind over all blocks."""
        return {name: sum(block[name] for block in self.blocks.values()) for name in KINDS}

    @property
    def total(self) -> int:
        """All parameters."""
        return sum(self.parts.values())


def count(name: str, inputs: int, hidden: int, seed: int) -> Layer:
    """Allocate the layer called ``name`` and count."""
    rng = np.random.default_rng(seed)
    if name == "rnn":
        drawn = {key: value[:, None] for key, value in RNN(inputs, hidden).draw(rng, 1).items()}
    elif name == "gru":
        drawn = GRU(inputs, hidden).draw(rng, 1)
    else:
        drawn = LSTM(inputs, hidden, peepholes=name == "peephole").draw(rng, 1)
    arrays = [_of_block(drawn, place) for place in range(len(BLOCKS[name]))]
    shapes = {kind: arrays[-1][kind].shape for kind in KINDS if kind in arrays[-1]}
    blocks = {
        block: {kind: array[kind].size if kind in array else 0 for kind in KINDS}
        for block, array in zip(BLOCKS[name], arrays, strict=True)
    }
    return Layer(shapes, blocks)


def _of_block(drawn: Parameters, place: int) -> dict[str, Array]:
    """The arrays of one block; the candidate comes first and has no peephole."""
    own = {name: value[0, place] for name, value in drawn.items() if name != "p"}
    if "p" in drawn and place:
        own["p"] = drawn["p"][0, place - 1]
    return own
