"""The linear RNN of the question on BPTT, its backward pass written as there, and mutants of that pass.

h_t = W x_t + U h_(t−1) and y_t = V h_t, all vectors as rows; E = Σ e_t² / 2 with e_t = y_t − d_t, where d_t is what
another such network, the teacher, answers to the same inputs. Werbos 1990, *Backpropagation through time: what it
does and how to do it*.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sims.cells import Array
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.text import Text

STEPS, HIDDEN, INPUTS = 8, 6, 3
NAMES = ("delta_t", "U", "W", "V")
RIGHT = "delta_t.dot(U)"
OPTIONS = (RIGHT, "delta_t.dot(U.T)", "delta_t * V", "delta_t.dot(W)")
DIFFERENCE = 1e-5
Back = Callable[[Array, "Network"], Array]  # delta_t one step earlier


class BrokenError(ValueError):
    """A backward pass that cannot go on; ``text`` says why, ``shown`` is what Python would print."""

    def __init__(self, text: Text, shown: str = "") -> None:
        super().__init__(text.en)
        self.text, self.shown = text, shown


@dataclass(frozen=True, slots=True)
class Network:
    """``W`` (H, I), ``U`` (H, H) and ``V`` (1, H)."""

    W: Array
    U: Array
    V: Array


@dataclass(frozen=True, slots=True)
class Gradient:
    """``w`` = ∂E/∂W (H, I) and ``u`` = ∂E/∂U (H, H)."""

    w: Array
    u: Array

    def off(self, true: "Gradient") -> tuple[float, float]:
        """How far dW and dU are from the ``true`` ones, as shares of their lengths."""
        pairs = (self.w, true.w), (self.u, true.u)
        dW, dU = (float(np.linalg.norm(mine - right) / np.linalg.norm(right)) for mine, right in pairs)
        return dW, dU


@dataclass(frozen=True, slots=True)
class Example:
    """Inputs ``x`` (T, 1, I) and the wanted outputs ``d`` (T, 1, 1)."""

    x: Array
    d: Array


def draw_network(rng: np.random.Generator) -> Network:
    """A random network with entries from N(0, 1 / fan-in)."""
    shapes = (HIDDEN, INPUTS), (HIDDEN, HIDDEN), (1, HIDDEN)
    return Network(*(rng.normal(0, fan_in**-0.5, (rows, fan_in)) for rows, fan_in in shapes))


def draw_example(rng: np.random.Generator, teacher: Network) -> Example:
    """Inputs from N(0, 1), and what ``teacher`` answers to them."""
    x = rng.normal(size=(STEPS, 1, INPUTS))
    return Example(x, states(teacher, x)[1:] @ teacher.V.T)


def states(network: Network, x: Array) -> Array:
    """All states (..., T + 1, 1, H), the empty one first; ``W`` and ``U`` may have leading axes."""
    h = [np.zeros((*network.W.shape[:-2], 1, network.W.shape[-2]))]
    for x_t in x:
        h.append(x_t @ network.W.swapaxes(-1, -2) + h[-1] @ network.U.swapaxes(-1, -2))
    return np.stack(h, axis=-3)


def error(network: Network, example: Example) -> Array:
    """E; its leading axes are those of ``W`` and ``U``."""
    y = states(network, example.x)[..., 1:, :, :] @ network.V.T
    total: Array = np.square(y - example.d).sum((-3, -2, -1)) / 2
    return total


def numeric(network: Network, example: Example) -> Gradient:
    """The gradient by central differences in every entry."""
    W, U, V = network.W, network.U, network.V
    moves_W, moves_U = (DIFFERENCE * np.eye(each.size).reshape(each.size, *each.shape) for each in (W, U))
    more_W, less_W = (error(Network(W + sign * moves_W, U, V), example) for sign in (1, -1))
    same_W = np.broadcast_to(W, (U.size, *W.shape))
    more_U, less_U = (error(Network(same_W, U + sign * moves_U, V), example) for sign in (1, -1))
    dW, dU = (more_W - less_W) / (2 * DIFFERENCE), (more_U - less_U) / (2 * DIFFERENCE)
    return Gradient(dW.reshape(W.shape), dU.reshape(U.shape))


def backward(network: Network, example: Example, back: Back, wraps: bool = False) -> Gradient:
    """Backpropagation through time as in the question, with ``back`` in its hole.

    ``wraps`` reads the state before the first step as ``h[-1]``, which is the last one. Raises :class:`BrokenError`.
    """
    x, h = example.x, states(network, example.x)
    h_prev = h[:-1].copy()
    if wraps:
        h_prev[0] = h[-1]
    e = h[1:] @ network.V.T - example.d
    dW, dU = np.zeros_like(network.W), np.zeros_like(network.U)
    for t in range(len(x)):
        delta_t = e[t].dot(network.V)
        for s in range(t, -1, -1):
            try:
                dW += delta_t.T.dot(x[s])
                dU += delta_t.T.dot(h_prev[s])
            except ValueError as problem:
                raise _broken(delta_t, problem) from None
            delta_t = back(delta_t, network)
    return Gradient(dW, dU)


class Typed:
    """An expression in delta_t, U, W and V as what carries delta_t one step back. Raises :class:`ExpressionError`."""

    def __init__(self, text: str) -> None:
        self.expression: Expression = parse(text, NAMES)

    def __call__(self, delta_t: Array, network: Network) -> Array:
        """The value for ``delta_t``. Raises :class:`BrokenError` if there is none."""
        arrays = {"delta_t": delta_t, "U": network.U, "W": network.W, "V": network.V}
        try:
            return evaluate(self.expression, arrays, limit=2**12)
        except EvaluationError as problem:
            raise BrokenError(problem.text) from None


def typed(text: str) -> Typed | BrokenError:
    """The expression in ``text``, or why it cannot be read."""
    try:
        return Typed(text)
    except ExpressionError as problem:
        return BrokenError(problem.text)


def _broken(delta_t: Array, problem: ValueError) -> BrokenError:
    shape = (1, HIDDEN)
    return BrokenError(
        Text(
            f"delta_t の形が {shape} ではなく {delta_t.shape} になり、次の dW で止まります。",
            f"delta_t gets the shape {delta_t.shape} instead of {shape}, and the next dW cannot be added.",
        ),
        f"ValueError: {problem}",
    )
