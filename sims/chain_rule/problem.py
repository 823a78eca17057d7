"""What the chain rule is shown on: z = f(t), t = g(x, y), or one step of an RNN; and what somebody claims of it."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from sims.autodiff import ComputationGraph, build
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.simulation import ParameterError
from sims.text import Text, same

RNN_STEP = "rnn_step"
RNN_FORMULA = "sigmoid(W_out*sigmoid(W*z0 + W_in*x1 + b) + c)"
RNN_NAMES = ("W", "z0", "W_in", "x1", "b", "W_out", "c")
_CONSTANTS = {"pi": math.pi, "e": math.e}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Problem:
    """A graph with the values of its inputs.

    ``output`` is what the last node is called, ``wrt`` the input by which a claim differentiates; ``first`` and
    ``second`` are the inputs that the parameters x and y set. ``given`` are the definitions inside the graph.
    """

    graph: ComputationGraph
    at: dict[str, float]
    output: str
    wrt: str
    first: str
    second: str
    title: Text
    given: Mapping[str, ComputationGraph] = field(default_factory=dict)
    claim: Expression | None = None
    claims_output: bool = False

    @property
    def slope_name(self) -> str:
        """``∂z/∂x``."""
        return f"∂{self.output}/∂{self.wrt}"

    def value(self, at: Mapping[str, float]) -> float:
        """The output at these inputs; not finite where it is undefined."""
        return float(self.graph.value(at))

    def slope(self, at: Mapping[str, float], name: str) -> float:
        """d output / d ``name`` at these inputs; 0 for an input that does not occur."""
        gradients = self.graph.gradient(at)
        return float(gradients[name]) if name in gradients else 0.0

    def claimed(self, at: Mapping[str, float]) -> float:
        """What the claim says at these inputs; nan where it is undefined."""
        if self.claim is None:
            return math.nan
        inner = {name: float(graph.value(at)) for name, graph in self.given.items()}
        try:
            value = evaluate(self.claim, {**_CONSTANTS, **at, **inner})
        except EvaluationError:
            return math.nan
        return float(value) if value.ndim == 0 else math.nan


def custom(outer: str, inner: str, wrt: str, x: float, y: float, claim: str | None) -> Problem:
    """z = ``outer`` in t (and x, y), t = ``inner`` in x and y; the claim is somebody's ∂z/∂``wrt``."""
    z = _read("outer", outer, ("x", "y", "t", *_CONSTANTS))
    t = _read("inner", inner, ("x", "y", *_CONSTANTS))
    constants = {name: parse(f"np.{name}", ()) for name in _CONSTANTS}
    claimed = _read("claim", claim, ("x", "y", "t", *_CONSTANTS)) if claim else None
    return Problem(
        graph=build(z, {**constants, "t": t}),
        at={"x": float(x), "y": float(y)},
        output="z",
        wrt=wrt,
        first="x",
        second="y",
        title=same(f"z = {pretty(z)}, t = {pretty(t)}"),
        given={"t": build(t, constants)},
        claim=claimed,
    )


def rnn_step(x: float, y: float, seed: int, claim: str | None) -> Problem:
    """One step of an RNN with x1 = ``x``, z0 = ``y`` and drawn weights; the claim is somebody's y1."""
    rng = np.random.default_rng(seed)
    drawn = np.round(rng.uniform(0.2, 0.9, len(RNN_NAMES)) * rng.choice([-1, 1], len(RNN_NAMES)), 1)
    at = dict(zip(RNN_NAMES, map(float, drawn), strict=True)) | {"x1": float(x), "z0": float(y)}
    return Problem(
        graph=rnn_graph(RNN_FORMULA),
        at=at,
        output="y1",
        wrt="x1",
        first="x1",
        second="z0",
        title=same("y1 = g(W_out·g(W·z0 + W_in·x1 + b) + c)"),
        claim=_read("claim", claim, (*RNN_NAMES, *_CONSTANTS), {"g": "sigmoid"}) if claim else None,
        claims_output=True,
    )


def rnn_graph(formula: str) -> ComputationGraph:
    """The graph of a formula over the inputs of an RNN's step."""
    return build(parse(formula, RNN_NAMES))


def pretty(expression: Expression) -> str:
    """An expression as it is written on paper: ``x²·y − 1``."""
    text = re.sub(r" \*\* (\d+)", lambda match: match[1].translate(_SUPERSCRIPTS), expression.text)
    return text.replace(" ** ", "^").replace(" * ", "·").replace("-", "−")


def _read(name: str, source: str, names: Collection[str], functions: Mapping[str, str] | None = None) -> Expression:
    try:
        return parse(source, names, functions)
    except ExpressionError as error:
        raise ParameterError(error.text.map(lambda words: f"{name}: {words}")) from None
