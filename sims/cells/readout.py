"""One number read out of the states of every step, h·V + d, and the way back through it."""

import numpy as np

from sims.cells.arrays import Array, Parameters


def draw_readout(rng: np.random.Generator, runs: int, cells: int, deviation: float) -> Parameters:
    """``V`` (R, H, 1) from N(0, ``deviation``²) and ``d`` (R, 1, 1), which begins at 0."""
    return {"V": rng.normal(0, deviation, (runs, cells, 1)), "d": np.zeros((runs, 1, 1))}


def read_out(parameters: Parameters, h: Array) -> Array:
    """What ``V`` and ``d`` read out of states ``h`` (R, T, B, H): (R, T, B)."""
    R, T, B, H = h.shape
    output: Array = h.reshape(R, T * B, H) @ parameters["V"] + parameters["d"]
    return output.reshape(R, T, B)


def read_out_backward(parameters: Parameters, h: Array, d_output: Array) -> tuple[Array, Parameters]:
    """The gradient by ``h``, and those by ``V`` and ``d``, given the one by the output (R, T, B)."""
    R, T, B, H = h.shape
    flat = d_output.reshape(R, 1, T * B)
    gradients = {"V": (flat @ h.reshape(R, T * B, H)).swapaxes(1, 2), "d": flat.sum(2, keepdims=True)}
    return d_output[..., None] * parameters["V"][:, None, None, :, 0], gradients
