"""How large a gradient still is some steps back, before training: the product of Jacobians of a simple RNN.

Pascanu, Mikolov & Bengio 2013, *On the difficulty of training recurrent neural networks*, section 2.
"""

from typing import get_args

import numpy as np

from sims.cells import RNN, Activation, Array

RUNS = 20
LAGS = 100
ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)


class Draw:
    """The random parts of RUNS networks of ``hidden`` units: weights of spectral radius 1, and inputs from N(0, 1)."""

    def __init__(self, hidden: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        U = rng.normal(size=(RUNS, hidden, hidden))
        self.U: Array = U / np.abs(np.linalg.eigvals(U)).max(-1)[:, None, None]
        self.W: Array = rng.normal(size=(RUNS, 1, hidden))
        self.x: Array = rng.normal(size=(RUNS, LAGS, 1, 1))


class Flow:
    """∂h_T/∂h_(T−k) for k = 0, 1, … in networks with one activation, U scaled to the spectral radius ``rho``.

    Its size is the Frobenius norm over that of the identity, √H; so it is 1 for k = 0.
    """

    def __init__(self, draw: Draw, activation: Activation, rho: float, input_std: float) -> None:
        hidden = draw.U.shape[-1]
        self._cell = RNN(1, hidden, activation)
        U = rho * draw.U
        parameters = {"W": draw.W, "U": U, "b": np.zeros((RUNS, hidden))}
        with np.errstate(all="ignore"):
            self._states = self._cell.forward(parameters, input_std * draw.x).states
        self._back = U.swapaxes(-1, -2).copy()
        self._jacobian: Array = np.broadcast_to(np.eye(hidden), U.shape)
        self._sizes = [np.ones(RUNS)]

    @np.errstate(all="ignore")
    def go_back(self, steps: int) -> None:
        """Follow the gradient ``steps`` further steps back."""
        for _ in range(steps):
            at = LAGS + 1 - len(self._sizes)
            self._jacobian = (self._jacobian * self._cell.slope(self._states[:, at])) @ self._back
            squares = np.square(self._jacobian).sum((1, 2)) / self._back.shape[-1]
            self._sizes.append(np.sqrt(squares))

    @property
    def sizes(self) -> Array:
        """The sizes so far, (RUNS, k + 1)."""
        return np.stack(self._sizes, axis=-1)

    @property
    def medians(self) -> Array:
        """The median of the runs at every lag so far; the tails are far too heavy for a mean."""
        return np.median(self.sizes, axis=0)
