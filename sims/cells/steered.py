"""An LSTM cell whose gates are set by hand, step by step: to look at what each of them does."""

import numpy as np

from sims.cells import GATES, LSTM, Array, Parameters

_FAR = 1000.0  # net input at which tanh is exactly ±1 and σ exactly 0 or 1


def steered(cells: int) -> tuple[LSTM, Parameters]:
    """One run of an LSTM without feedback whose input is the net input of each block and cell, (4 · cells,)."""
    lstm = LSTM((1 + len(GATES)) * cells, cells, recurrent=False)
    blocks = 1 + len(GATES)
    W = np.eye(lstm.inputs).reshape(lstm.inputs, blocks, cells).swapaxes(0, 1)[None]
    return lstm, {"W": np.ascontiguousarray(W), "b": np.zeros((1, blocks, cells))}


@np.errstate(all="ignore")
def steering(a: Array, i: Array, f: Array, o: Array) -> Array:
    """The input (1, T, B, 4 · H) that gives a steered LSTM these new contents and gates, each (T, B, H).

    ``a`` lies in -1..1, the gates in 0..1, ends included.
    """
    nets = [np.arctanh(a), *(np.log(gate) - np.log1p(-gate) for gate in (i, f, o))]
    return np.concatenate([np.clip(net, -_FAR, _FAR) for net in nets], axis=-1)[None]
