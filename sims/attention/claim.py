"""Somebody's expression in one of three places of attention: the scores, the divisor of softmax, or the output."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sims.attention.heads import Head, Projections
from sims.cells import Array, softmax
from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.text import Text

Hole = Literal["scores", "divisor", "output"]
NAMES: dict[str, tuple[str, ...]] = {"scores": ("Q", "K", "d"), "divisor": ("e",), "output": ("A", "V")}
NEAR = 1e-12
_DIVIDED = parse("e / divisor", ("e", "divisor"))


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody's expression makes: ``weights`` and ``output`` as far as they come, or the ``problem``."""

    weights: Array | None = None
    output: Array | None = None
    problem: Text | None = None
    same: bool = False


def look_at(hole: str, claim: str, part: Projections, right: Head) -> Claim:
    """Put the expression into its place, and go on from there as attention does."""
    known = {"Q": part.Q, "K": part.K, "V": part.V, "d": np.asarray(float(part.Q.shape[1]))}
    known |= {"e": np.exp(right.scores), "A": right.weights}
    try:
        value = evaluate(parse(claim, NAMES[hole]), known)
        if hole == "output":
            output = _shaped(value, right.output.shape)
            return Claim(right.weights, output, same=_near(output, right.output))
        if hole == "divisor":
            value = evaluate(_DIVIDED, {"e": known["e"], "divisor": value})
        value = _shaped(value, right.scores.shape)
    except (ExpressionError, EvaluationError) as error:
        return Claim(problem=error.text)
    weights = softmax(value) if hole == "scores" else value
    return Claim(weights, weights @ part.V, same=_near(weights, right.weights))


def _shaped(value: Array, shape: tuple[int, ...]) -> Array:
    if value.shape != shape:
        raise EvaluationError(
            Text(f"形が {value.shape} です。要るのは {shape} です。", f"Its shape is {value.shape}, not {shape}."),
            "shape",
        )
    return value


def _near(one: Array, other: Array) -> bool:
    return bool(np.abs(one - other).max() < NEAR)
