"""Reverse-mode differentiation on a computational graph: values forward, gradients back, one node at a time.

Linnainmaa 1976, *Taylor expansion of the accumulated rounding error*.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from sims.expression import Expression
from sims.expression.functions import Array, sigmoid
from sims.expression.tree import Binary, Call, Name, Negative, Node, Number
from sims.simulation import ParameterError
from sims.text import Text

Slope = Callable[..., Array]
MAX_OPERATIONS = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """How an operation is computed, and its slope for each operand, given the operands and then the result."""

    sign: str
    value: Callable[..., Array]
    slopes: tuple[Slope, ...]


RULES: dict[str, Rule] = {
    "+": Rule("+", np.add, (lambda a, b, v: np.ones_like(v), lambda a, b, v: np.ones_like(v))),
    "-": Rule("−", np.subtract, (lambda a, b, v: np.ones_like(v), lambda a, b, v: -np.ones_like(v))),
    "*": Rule("×", np.multiply, (lambda a, b, v: b, lambda a, b, v: a)),
    "/": Rule("÷", np.divide, (lambda a, b, v: 1.0 / b, lambda a, b, v: -v / b)),
    "**": Rule("^", np.power, (lambda a, b, v: b * np.power(a, b - 1.0), lambda a, b, v: v * np.log(a))),
    "negative": Rule("−1×", np.negative, (lambda a, v: -np.ones_like(v),)),
    "exp": Rule("exp", np.exp, (lambda a, v: v,)),
    "log": Rule("log", np.log, (lambda a, v: 1.0 / a,)),
    "sqrt": Rule("√", np.sqrt, (lambda a, v: 0.5 / v,)),
    "square": Rule("^2", np.square, (lambda a, v: 2.0 * a,)),
    "sin": Rule("sin", np.sin, (lambda a, v: np.cos(a),)),
    "cos": Rule("cos", np.cos, (lambda a, v: -np.sin(a),)),
    "tan": Rule("tan", np.tan, (lambda a, v: 1.0 + v * v,)),
    "sinh": Rule("sinh", np.sinh, (lambda a, v: np.cosh(a),)),
    "cosh": Rule("cosh", np.cosh, (lambda a, v: np.sinh(a),)),
    "tanh": Rule("tanh", np.tanh, (lambda a, v: 1.0 - v * v,)),
    "sigmoid": Rule("sigmoid", sigmoid, (lambda a, v: v * (1.0 - v),)),
    "relu": Rule("relu", lambda a: np.maximum(a, 0.0), (lambda a, v: np.asarray(a > 0, dtype=np.float64),)),
    "abs": Rule("abs", np.abs, (lambda a, v: np.sign(a),)),
}
_SPELLINGS = {"ln": "log", "absolute": "abs", "fabs": "abs"}


@dataclass(frozen=True, slots=True)
class Operation:
    """A node: an input (``name``), a ``constant``, or the ``rule`` applied to ``operands``."""

    name: str = ""
    constant: float | None = None
    rule: str = ""
    operands: tuple[int, ...] = ()


@dataclass(frozen=True)
class ComputationGraph:
    """Nodes in an order in which each follows its operands; the last one is the output."""

    nodes: tuple[Operation, ...]
    named: Mapping[str, int] = field(default_factory=dict)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs, as they occur."""
        return tuple(node.name for node in self.nodes if node.name)

    def forward(self, inputs: Mapping[str, Array | float]) -> list[Array]:
        """The value of every node; ``inputs`` may be arrays of one shape, then so are the values."""
        values: list[Array] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                if node.rule:
                    values.append(np.asarray(RULES[node.rule].value(*(values[i] for i in node.operands))))
                else:
                    values.append(np.asarray(inputs[node.name] if node.name else node.constant, dtype=np.float64))
        return values

    def value(self, inputs: Mapping[str, Array | float]) -> Array:
        """The output alone."""
        return self.forward(inputs)[-1]

    def backward(self, values: list[Array]) -> Iterator[tuple[int, list[Array]]]:
        """From the output back: each operation's node, and the gradients of all nodes once it has passed its own on.

        ``values`` are those of :meth:`forward`. Constants get no gradient; operands that are one node add up.
        """
        gradients = [np.zeros_like(values[-1]) for _ in self.nodes]
        gradients[-1] = np.ones_like(values[-1])
        for place in range(len(self.nodes) - 1, -1, -1):
            if self.nodes[place].rule:
                with np.errstate(all="ignore"):
                    for operand, slope in self.slopes(place, values):
                        gradients[operand] = gradients[operand] + gradients[place] * slope
                yield place, list(gradients)

    def slopes(self, place: int, values: list[Array]) -> list[tuple[int, Array]]:
        """Each operand of the node at ``place`` that is no constant, with the node's slope there."""
        node = self.nodes[place]
        given = [values[i] for i in node.operands]
        with np.errstate(all="ignore"):
            return [
                (operand, np.asarray(slope(*given, values[place])))
                for operand, slope in zip(node.operands, RULES[node.rule].slopes, strict=True)
                if self.nodes[operand].constant is None
            ]

    def gradient(self, inputs: Mapping[str, Array | float]) -> dict[str, Array]:
        """d output / d input for every input."""
        values = self.forward(inputs)
        gradients = [np.ones_like(values[-1])]
        for _, gradients in self.backward(values):  # noqa: B007  (the last ones are complete)
            pass
        return {node.name: gradients[place] for place, node in enumerate(self.nodes) if node.name}


def build(output: Expression, given: Mapping[str, Expression] | None = None) -> ComputationGraph:
    """The graph of ``output``, in which each name of ``given`` stands for its own expression.

    A part that occurs twice is one node. Raises :class:`sims.simulation.ParameterError` for what has no slope
    here (arrays, comparisons) and for more than 40 operations.
    """
    builder = _Builder(given or {})
    last = builder.add(output.tree)
    if builder.nodes[last].constant is not None:
        raise ParameterError(
            Text("入力を含まない式には、流れる勾配がありません。", "Without an input no gradient flows.")
        )
    if sum(bool(node.rule) for node in builder.nodes) > MAX_OPERATIONS:
        raise ParameterError(Text("式が大きすぎて図になりません。", "The expression is too large for a graph."))
    return ComputationGraph(tuple(builder.nodes), dict(builder.named))


class _Builder:
    def __init__(self, given: Mapping[str, Expression]) -> None:
        self.given = given
        self.nodes: list[Operation] = []
        self.named: dict[str, int] = {}
        self.places: dict[Operation, int] = {}

    def put(self, node: Operation) -> int:
        if node not in self.places:
            self.places[node] = len(self.nodes)
            self.nodes.append(node)
        return self.places[node]

    def add(self, node: Node) -> int:
        match node:
            case Number(value):
                return self.put(Operation(constant=value))
            case Name(name) if name in self.given:
                self.named[name] = self.add(self.given[name].tree)
                return self.named[name]
            case Name(name):
                return self.put(Operation(name=name))
            case Negative(operand):
                return self._operation("negative", operand)
            case Binary(sign, left, right) if sign in RULES:
                return self._operation(sign, left, right)
            case Call(function, (operand,)) if _SPELLINGS.get(function, function) in RULES:
                return self._operation(_SPELLINGS.get(function, function), operand)
            case _:
                raise ParameterError(
                    Text(
                        "この式の計算グラフは描けません。+ − × ÷ ^ と exp, log, sin, tanh などを使ってください。",
                        "No graph for this. Use + − × ÷ ^ and exp, log, sin, tanh and the like.",
                    )
                )

    def _operation(self, rule: str, *parts: Node) -> int:
        operands = tuple(self.add(part) for part in parts)
        constants = [self.nodes[operand].constant for operand in operands]
        if all(constant is not None for constant in constants):
            with np.errstate(all="ignore"):
                return self.put(Operation(constant=float(RULES[rule].value(*constants))))
        return self.put(Operation(rule=rule, operands=operands))
