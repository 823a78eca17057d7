"""One run on its own: no array is made in the loop, every operand is contiguous, every call is bound beforehand.

At this size a call costs more than its arithmetic: ``a.dot(M, out)`` takes half the time of ``np.dot(a, M, out=out)``.
"""

import numpy as np
from numpy.typing import NDArray

from sims.adder.packing import ROWS, STEPS, Packing
from sims.cells import Array


def train_one(packing: Packing, P: Array, x: NDArray[np.uint8], target: Array, differences: Array) -> None:
    """One iteration of gradient descent for each of n sums, changing ``P`` (H + 4, H + 1) in place.

    For a sigmoid or tanh network whose gradients are neither cut nor clipped. ``x`` (n, 8, 2) are the bits, lowest
    first, ``target`` (n, 8) is −1 or 1 for each bit of the sum. Writes 2 y − 1 − target, as it was before the update,
    into ``differences`` (n, 8).
    """
    H = packing.hidden_size
    rows, mixed, step = np.zeros((ROWS, H + 4)), np.empty((ROWS, H + 4)), np.empty_like(P)
    slopes, errors, factor = np.empty((STEPS, H)), np.zeros((ROWS, H + 1)), np.empty(STEPS)
    rows[0, :H] = -packing.shift / packing.scale  # z = 0
    rows[:, H + 3] = 1.0
    bits, states, said = rows[:STEPS, H + 1 : H + 3], rows[1 : STEPS + 1, :H], rows[2:, H]
    output_errors = errors[1 : STEPS + 1, H]
    forward = [(rows[t].dot, rows[t + 1, : H + 1]) for t in range(STEPS + 1)]
    backward = [(errors[t], errors[t - 1, :H], slopes[t - 1]) for t in range(STEPS, 0, -1)]
    carried, mixing, mix, sum_up = P[:H].dot, packing.mixing, rows.dot, mixed.T.dot
    ratio, keep_zero = packing.output_ratio, packing.keep_zero
    add, subtract, multiply, tanh = np.add, np.subtract, np.multiply, np.tanh
    note = packing.settings.delta == "note"
    for k in range(len(x)):
        bits[...] = x[k]
        for product, row in forward:
            product(P, row)
            tanh(row, row)
        multiply(states, states, slopes)
        subtract(1.0, slopes, slopes)
        difference = subtract(said, target[k], differences[k])
        if note:
            multiply(said, 0.25, factor)
            add(factor, 0.25, factor)
            tanh(factor, factor)
            multiply(factor, factor, factor)
        else:
            multiply(said, said, factor)
        subtract(1.0, factor, factor)
        multiply(factor, difference, output_errors)
        for later, error, slope in backward:
            carried(later, error)
            multiply(error, slope, error)
        if ratio != 1.0:
            multiply(output_errors, ratio, output_errors)
        mix(mixing, mixed)
        sum_up(errors, step)
        keep_zero(step)
        subtract(P, step, P)
