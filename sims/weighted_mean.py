"""Attention with one query and two keys: dot products become weights, the output a weighted mean of two values.

With the dot products ln a and ln b, softmax gives the weights a/(a + b) and b/(a + b): easy to check by hand.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.attention.heads import Projections, attend
from sims.claimed_number import read_number
from sims.frames import NO_TEXT, Bar, Bars, Frame, Metric, Table
from sims.metrics import measured
from sims.numerals import trimmed
from sims.text import Text, same

YOURS = Text("あなた", "yours")
NAMES = (same("k1"), same("k2"))


def run(a: int, b: int, left: int, right: int, claim: str | None, seed: int) -> Iterator[Frame]:
    """A query whose dot products with two keys are ln ``a`` and ln ``b``; their values are ``left`` and ``right``.

    ``claim`` is somebody's number for the output. ``seed`` changes nothing: there is no chance in this.
    """
    part = Projections(np.ones((1, 1)), np.log([[float(a)], [float(b)]]), np.array([[float(left)], [float(right)]]))
    head = attend(part, causal=False)
    weights, output = head.weights[0].tolist(), float(head.output[0, 0])
    metrics: dict[str, Metric] = {"output": output, "weight_first": weights[0], "weight_sum": float(sum(weights))}
    total = 4 if claim else 3
    dots = head.dots[0].tolist()
    scale = Bars(same("q·k"), _bars(dots), max(1.0, *dots))
    yield Frame(1, total, (scale, _table(a, b, left, right, None)), _dots_words(a, b, dots))
    shares = Bars(Text("重み", "weights"), _bars(weights), 1.0)
    yield Frame(2, total, (shares, _table(a, b, left, right, weights)), _weights_words(a, b, weights))
    values = (Bar(same("v1"), float(left)), Bar(same("v2"), float(right)), Bar(Text("出力", "output"), output, "lit"))
    high = float(max(left, right, 1))
    panels = (Bars(Text("値と出力", "values and output"), values, high), shares)
    yield Frame(3, total, panels, _output_words(left, right, weights, output), metrics=metrics)
    if not claim:
        return
    claimed = read_number(claim)
    metrics |= {"claim": claimed.value}
    if claimed.value is None:
        yield Frame(4, total, panels, claimed.problem or NO_TEXT, True, metrics)
        return
    said = claimed.value
    shown = (*values, Bar(YOURS, min(max(said, 0.0), high), "claim"))
    panels = (Bars(Text("値と出力", "values and output"), shown, high), shares)
    yield Frame(4, total, panels, _claim_words(said, left, right, output), True, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The weights sum to 1."""
    return abs(measured(metrics, "weight_sum") - 1) < 1e-12


def _bars(values: list[float]) -> tuple[Bar, ...]:
    return tuple(Bar(name, value, "lit") for name, value in zip(NAMES, values, strict=True))


def _table(a: int, b: int, left: int, right: int, weights: list[float] | None) -> Table:
    columns = [Text("キー", "key"), same("q·k"), Text("値 v", "value v")]
    named = zip(NAMES, (a, b), (left, right), strict=True)
    rows = [[name, same(f"ln {odds}"), same(str(value))] for name, odds, value in named]
    if weights is not None:
        columns.append(Text("重み", "weight"))
        for row, weight in zip(rows, weights, strict=True):
            row.append(same(trimmed(weight, 3)))
    lit = ((0, 3), (1, 3)) if weights is not None else ()
    return Table(NO_TEXT, tuple(columns), tuple(tuple(row) for row in rows), lit=lit)


def _dots_words(a: int, b: int, dots: list[float]) -> Text:
    return Text(
        f"q と 2 つのキーの内積は ln {a} = {trimmed(dots[0])} と ln {b} = {trimmed(dots[1])} です（d = 1）。",
        f"The query's dot products with the two keys are "
        f"ln {a} = {trimmed(dots[0])} and ln {b} = {trimmed(dots[1])} (d = 1).",
    )


def _weights_words(a: int, b: int, weights: list[float]) -> Text:
    first, second = (trimmed(weight, 3) for weight in weights)
    return Text(
        f"exp をとると {a} と {b}。和の {a + b} で割ると、重みは {first} と {second} です。",
        f"exp makes them {a} and {b}; divided by their sum, {a + b}, the weights are {first} and {second}.",
    )


def _output_words(left: int, right: int, weights: list[float], output: float) -> Text:
    first, second = (trimmed(weight, 3) for weight in weights)
    if left == right:
        return Text(
            f"出力は {first} × {left} + {second} × {right} = {trimmed(output, 3)}。"
            "値が等しければ、重みは関係しません。",
            f"The output is {first} × {left} + {second} × {right} = {trimmed(output, 3)}: of equal values, "
            "whatever the weights.",
        )
    return Text(
        f"出力は {first} × {left} + {second} × {right} = {trimmed(output, 3)}。2 つの値のあいだに収まります。",
        f"The output is {first} × {left} + {second} × {right} = {trimmed(output, 3)}, between the two values.",
    )


def _claim_words(said: float, left: int, right: int, output: float) -> Text:
    yours, key = trimmed(said, 3), trimmed(output, 3)
    if yours == key:
        return Text(f"あなたの答え {yours} と同じです。", f"That is {yours}, as you say.")
    if left == right:
        return Text(
            f"値がどちらも {left} なら、重みによらず出力は {key} です。{yours} にはなりません。",
            f"Both values are {left}, so the output is {key} whatever the weights; it cannot be {yours}.",
        )
    if not min(left, right) <= said <= max(left, right):
        return Text(
            f"加重平均は {left} と {right} のあいだに収まります。{yours} にはなりません。正しくは {key} です。",
            f"A weighted mean lies between {left} and {right}; it cannot be {yours}. The output is {key}.",
        )
    weight = (said - right) / (left - right)
    return Text(
        f"{yours} になるのは、k1 の重みが {trimmed(weight, 3)} のときです。正しくは {key} です。",
        f"{yours} would take a weight of {trimmed(weight, 3)} on k1. The output is {key}.",
    )
