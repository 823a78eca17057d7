"""The binary adder as a plain loop over bits, in the steps of the note: the reference for speed and for every loss.

Nothing in it is meant to be fast. It differs from the note in one line, without which NumPy 2.4 stops (``y[0, t]``
where the note has ``y[:, t]``), in the switches for what its [try] list changes, and in printing nothing.
"""

import math
from collections.abc import Iterator

import numpy as np

from sims.cells import Array


def sigmoid(x: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-x))
    return result


def d_sigmoid(x: Array) -> Array:
    return sigmoid(x) * (1 - sigmoid(x))


def activate(activation: str, u: Array) -> Array:
    if activation == "sigmoid":
        return sigmoid(u)
    z: Array = np.tanh(u) if activation == "tanh" else np.maximum(u, 0)
    return z


def d_activate(activation: str, u: Array) -> Array:
    if activation == "sigmoid":
        return d_sigmoid(u)
    slope: Array = 1 - np.tanh(u) ** 2 if activation == "tanh" else np.where(u > 0, 1.0, 0.0)
    return slope


def spread(init: str, weight_init_std: float, fan_in: int) -> float:
    return {"normal": weight_init_std, "xavier": math.sqrt(1 / fan_in), "he": math.sqrt(2 / fan_in)}[init]


def literal_losses(
    seed: int,
    *,
    init: str = "normal",
    weight_std: float = 1.0,
    activation: str = "sigmoid",
    rate: float = 0.1,
    hidden_size: int = 16,
    delta: str = "note",
) -> Iterator[float]:
    """The loss of one sum after the other, each before its update, without end."""
    rng = np.random.RandomState(seed)
    binary_dim = 8
    largest_number = 2**binary_dim
    binary = np.unpackbits(np.array([range(largest_number)], dtype=np.uint8).T, axis=1)
    W_in = spread(init, weight_std, 2) * rng.randn(2, hidden_size)
    W_out = spread(init, weight_std, hidden_size) * rng.randn(hidden_size, 1)
    W = spread(init, weight_std, hidden_size) * rng.randn(hidden_size, hidden_size)
    W_in_grad, W_out_grad, W_grad = np.zeros_like(W_in), np.zeros_like(W_out), np.zeros_like(W)
    u = np.zeros((hidden_size, binary_dim + 1))
    z = np.zeros((hidden_size, binary_dim + 1))
    v = np.zeros((1, binary_dim))
    y = np.zeros((1, binary_dim))
    delta_out = np.zeros((1, binary_dim))
    errors = np.zeros((hidden_size, binary_dim + 1))
    while True:
        a_int = rng.randint(largest_number / 2)
        a_bin = binary[a_int]
        b_int = rng.randint(largest_number / 2)
        b_bin = binary[b_int]
        d_bin = binary[a_int + b_int]
        out_bin = np.zeros_like(d_bin)
        all_loss = 0.0
        for t in range(binary_dim):
            X = np.array([a_bin[-t - 1], b_bin[-t - 1]]).reshape(1, -1)
            dd = np.array([d_bin[binary_dim - t - 1]])
            u[:, t + 1] = np.dot(X, W_in) + np.dot(z[:, t].reshape(1, -1), W)
            z[:, t + 1] = activate(activation, u[:, t + 1])
            v[:, t] = np.dot(z[:, t + 1].reshape(1, -1), W_out)
            y[:, t] = sigmoid(v[:, t])
            all_loss += float(np.mean((dd - y[:, t]) ** 2)) / 2
            delta_out[:, t] = (y[:, t] - dd) * d_sigmoid(y[:, t] if delta == "note" else v[:, t])
            out_bin[binary_dim - t - 1] = np.round(y[0, t])
        for t in range(binary_dim)[::-1]:
            X = np.array([a_bin[-t - 1], b_bin[-t - 1]]).reshape(1, -1)
            arrived = np.dot(errors[:, t + 1].T, W.T) + np.dot(delta_out[:, t].T, W_out.T)
            errors[:, t] = arrived * d_activate(activation, u[:, t + 1])
            W_out_grad += np.dot(z[:, t + 1].reshape(-1, 1), delta_out[:, t].reshape(-1, 1))
            W_grad += np.dot(z[:, t].reshape(-1, 1), errors[:, t].reshape(1, -1))
            W_in_grad += np.dot(X.T, errors[:, t].reshape(1, -1))
        W_in -= rate * W_in_grad
        W_out -= rate * W_out_grad
        W -= rate * W_grad
        W_in_grad *= 0
        W_out_grad *= 0
        W_grad *= 0
        yield all_loss
