"""How much of an error survives its way back through time: constant error carousel, plain RNN, powers of a weight."""

import numpy as np

from sims.cells import LSTM, Array


def carousel_flow(inputs: Array) -> Array:
    """∂E/∂c, 0 to T - 1 steps before the last one, for E = the last state of a bare carousel; (R, T).

    ``inputs`` (R, T) are random numbers that it stores. Backpropagated through the cell itself, step by step.
    """
    cell = LSTM(1, 1, gates=(), recurrent=False, squash=False)
    parameters = cell.draw(np.random.default_rng(0), len(inputs))
    trace = cell.forward(parameters, inputs[:, :, None, None])
    d_h = np.zeros_like(trace.h)
    d_h[:, -1] = 1.0
    _, d_c = cell.backward(parameters, trace, d_h)
    return d_c[:, ::-1, 0, 0]


@np.errstate(all="ignore")
def rnn_flow(inputs: Array, hidden: int, rng: np.random.Generator) -> Array:
    """The same for h = tanh(h' W + x w) with weights from N(0, 1 / fan-in) (Xavier); (R, T), relative lengths.

    The error starts as a random direction at the last step; what is measured is the length of ∂E/∂h. For why it
    shrinks see Bengio, Simard & Frasconi 1994, *Learning long-term dependencies with gradient descent is difficult*.
    """
    R, T = inputs.shape
    W, w = rng.normal(0, hidden**-0.5, (R, hidden, hidden)), rng.normal(0, 1, (R, 1, hidden))
    h = np.zeros((T + 1, R, 1, hidden))
    for t in range(T):
        h[t + 1] = np.tanh(h[t] @ W + inputs[:, t, None, None] * w)
    delta, length = rng.normal(size=(R, 1, hidden)), np.ones(R)
    delta /= np.linalg.norm(delta, axis=-1, keepdims=True)
    lengths = np.empty((R, T))
    for lag in range(T):
        lengths[:, lag] = length
        delta = (delta * (1 - h[T - lag] ** 2)) @ W.swapaxes(-1, -2)
        factor = np.linalg.norm(delta, axis=-1, keepdims=True)  # kept apart, or squaring would underflow
        delta /= factor
        length = length * factor[:, 0, 0]
    return lengths


def power_flow(weight: float, steps: int) -> Array:
    """∂E/∂c for c = ``weight`` · c' + a, 0 to ``steps`` - 1 steps before the last one: powers of the weight."""
    factors: Array = np.full(steps, weight)
    factors[0] = 1.0
    return factors.cumprod()
