"""Dilated causal convolutions on top of one another: follow the last output back to the inputs that can move it.

Van den Oord et al. 2016, *WaveNet: a generative model for raw audio*, section 2.1.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from sims.claimed_number import ClaimedNumber, agrees, read_number
from sims.frames import NO_TEXT, CellRole, Frame, Grid, Metric, Table
from sims.text import Text, same

Array = NDArray[np.float64]
GROWTHS = {"doubling": 2, "tripling": 3, "none": 1}
VIEW = 16  # columns of the picture


def run(
    layers: int, kernel: int, growth: str, length: int, padding: str, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Stack ``layers`` convolutions of ``kernel`` taps on a sequence of ``length``, dilations 1, 2, 4 … or all 1.

    With ``padding`` ``causal`` each layer puts zeros before the sequence so that its length stays; with ``none`` it
    shrinks. ``claim`` is a number somebody expects: the receptive field, or, without padding, how many outputs are
    left. One frame a layer, then what was measured.
    """
    dilations = [GROWTHS[growth] ** layer for layer in range(layers)]
    weights = np.random.default_rng(seed).uniform(0.5, 1.5, (layers, kernel))
    total = layers + 1 + bool(claim)
    for shown in range(1, layers + 1):
        reach = reaching(weights[:shown], dilations[:shown], length, padding)
        panels = (_picture(reach, dilations[:shown]),)
        yield Frame(shown, total, panels, _layer_words(reach, dilations[:shown]), metrics={"reached": _inputs(reach)})
    metrics = _metrics(weights, dilations, length, padding)
    asked = metrics["receptive_field" if padding == "causal" else "output_length"]
    panels_last = (_picture(reach, dilations), _growth(weights, dilations))
    yield Frame(layers + 1, total, panels_last, _result_words(metrics, padding, length, dilations), False, metrics)
    if claim:
        claimed = read_number(claim)
        metrics |= {"claim": claimed.value}
        yield Frame(total, total, panels_last, _claim_words(claimed, asked, padding), True, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """No input from the future reaches an output, and the measured field is 1 + (k − 1)·Σ dilations."""
    return metrics["from_the_future"] == 0 and metrics["receptive_field"] == metrics["formula"]


def convolve(inputs: Array, weights: Array, dilation: int, padding: str) -> Array:
    """One causal layer: output t is the sum over taps j of w[j]·x[t − j·dilation]; ``weights`` is (k,).

    The last axis of ``inputs`` is time, and of the result; without ``causal`` padding it is (k − 1)·dilation shorter.
    """
    reach = dilation * (len(weights) - 1)
    if padding == "causal":
        inputs = np.concatenate([np.zeros((*inputs.shape[:-1], reach)), inputs], axis=-1)
    length = inputs.shape[-1] - reach
    taps = [weight * inputs[..., reach - tap * dilation :][..., : max(length, 0)] for tap, weight in enumerate(weights)]
    return np.sum(taps, axis=0)  # type: ignore[no-any-return]


def layers_of(inputs: Array, weights: Array, dilations: list[int], padding: str) -> list[Array]:
    """The input and the output of each layer, all with time on the last axis."""
    levels = [inputs]
    for taps, dilation in zip(weights, dilations, strict=True):
        levels.append(convolve(levels[-1], taps, dilation, padding))
    return levels


def reaching(weights: Array, dilations: list[int], length: int, padding: str) -> list[Array]:
    """For each level, from the input up, which places the last output depends on: its gradient, layer by layer back.

    ``weights`` is (layers, k), positive, so that no two ways cancel out.
    """
    sizes = [level.size for level in layers_of(np.ones(length), weights, dilations, padding)]
    gradient = np.zeros(sizes[-1])
    gradient[-1:] = 1.0
    found = [gradient != 0]
    for taps, dilation, size in zip(weights[::-1], dilations[::-1], sizes[-2::-1], strict=True):
        gradient = _back(gradient, taps, dilation, size)
        found.append(gradient != 0)
    return found[::-1]


def _back(gradient: Array, weights: Array, dilation: int, size: int) -> Array:
    """The gradient by the ``size`` inputs of a layer, given that by its outputs; both end at the same time."""
    below = np.zeros(size)
    for tap, weight in enumerate(weights):
        reached = min(len(gradient), size - tap * dilation)  # what lies before the sequence is padding
        if reached > 0:
            end = size - tap * dilation
            below[end - reached : end] += weight * gradient[len(gradient) - reached :]
    return below


def _inputs(reach: list[Array]) -> int:
    return int(np.sum(reach[0]))


def _field(reach: list[Array]) -> int:
    """From the oldest input that reaches the last output to the newest; with gaps it is wider than their number."""
    places = np.flatnonzero(reach[0])
    return int(places[-1] - places[0] + 1) if places.size else 0


def _metrics(weights: Array, dilations: list[int], length: int, padding: str) -> dict[str, Metric]:
    kernel = weights.shape[1]
    needed = 2 + sum(dilation * (kernel - 1) for dilation in dilations)  # long enough to see where the field ends
    reach = reaching(weights, dilations, needed + 1, "causal")
    outputs = layers_of(np.ones(length), weights, dilations, padding)[-1]
    middle = length // 2
    nudged = np.ones((length, length)) + np.eye(length)
    change = (
        layers_of(nudged, weights, dilations, "causal")[-1]
        - layers_of(np.ones(length), weights, dilations, "causal")[-1]
    )
    return {
        "receptive_field": _field(reach),
        "inputs_within": _inputs(reach),
        "formula": 1 + (kernel - 1) * sum(dilations),
        "output_length": int(outputs.size),
        "from_the_future": int(np.sum(change[middle + 1 :, middle] != 0)),
        "weights": int(weights.size),
        "lost": length - int(outputs.size),
        "undilated_field": _field(reaching(weights, [1] * len(dilations), needed + 1, "causal")),
    }


def _picture(reach: list[Array], dilations: list[int]) -> Grid:
    """Levels as rows, the output on top, time to the right; lit is what reaches the last output."""
    width = max(level.size for level in reach)
    shown = min(width, VIEW)
    cells, roles = [], []
    for number, level in reversed(list(enumerate(reach))):
        lit = np.concatenate([np.zeros(width - level.size, bool), level])[width - shown :]
        there = np.arange(width)[width - shown :] >= width - level.size
        role: list[CellRole] = [
            "lit" if on else "raised" if inside else "page" for on, inside in zip(lit, there, strict=True)
        ]
        name = "x" if number == 0 else str(dilations[number - 1])
        cells.append((name, *("1" if on else "·" if inside else "" for on, inside in zip(lit, there, strict=True))))
        roles.append(("page", *role))
    title = Text("上が出力、左は膨張、1 は届く値", "output on top, dilations left, 1: reaches it")
    return Grid(title, tuple(cells), tuple(roles))


def _growth(weights: Array, dilations: list[int]) -> Table:
    """The receptive field, layer by layer, with these dilations and with none."""
    length = 3 + sum(dilations) * (weights.shape[1] - 1)
    rows = tuple(
        (
            same(str(n)),
            same(str(dilations[n - 1])),
            same(str(_field(reaching(weights[:n], dilations[:n], length, "causal")))),
            same(str(_field(reaching(weights[:n], [1] * n, length, "causal")))),
        )
        for n in range(1, len(dilations) + 1)
    )
    columns = (
        Text("層", "layer"),
        Text("膨張", "dilation"),
        Text("受容野", "field"),
        Text("膨張 1 なら", "at dilation 1"),
    )
    return Table(NO_TEXT, columns, rows, lit=((len(rows) - 1, 2),))


def _layer_words(reach: list[Array], dilations: list[int]) -> Text:
    number, inputs = len(dilations), _inputs(reach)
    if not reach[-1].size:
        return Text(
            f"{number} 層目の膨張は {dilations[-1]}。列が短すぎて、出力が 1 つも残りません。",
            f"Layer {number} has dilation {dilations[-1]}; the sequence is too short, and no output is left.",
        )
    return Text(
        f"{number} 層目の膨張は {dilations[-1]}。最後の出力には、入力 {inputs} 個が届きます。",
        f"Layer {number} has dilation {dilations[-1]}; the last output sees {inputs} input{'s' if inputs > 1 else ''}.",
    )


def _result_words(metrics: Mapping[str, Metric], padding: str, length: int, dilations: list[int]) -> Text:
    if padding == "none":
        outputs = metrics["output_length"]
        return Text(
            f"パディングなしでは、長さ {length} の列から出力は {outputs} 個です。",
            f"Without padding a sequence of {length} gives {outputs} output{'s' * (outputs != 1)}.",
        )
    field, plain, weights = (metrics[name] for name in ("receptive_field", "undilated_field", "weights"))
    if field != metrics["inputs_within"]:
        return Text(
            f"受容野は {field} ですが、間が空いていて、届く入力は {metrics['inputs_within']} 個だけです。",
            f"The receptive field is {field}, but with gaps: only {metrics['inputs_within']} inputs in it are seen.",
        )
    if field == plain:
        return Text(
            f"重み {weights} 個で受容野は {field}。膨張 1 のままでは、1 層ごとに同じだけしか広がりません。",
            f"{weights} weights have a receptive field of {field}. At dilation 1 every layer adds the same number.",
        )
    return Text(
        f"重み {weights} 個で受容野は {field}。膨張 1 のままなら {plain} です。未来の入力は届きません。",
        f"{weights} weights have a receptive field of {field}, of {plain} at dilation 1. The future does not reach it.",
    )


def _claim_words(claimed: ClaimedNumber, asked: Metric, padding: str) -> Text:
    if claimed.problem is not None or claimed.value is None or not isinstance(asked, int):
        return claimed.problem or NO_TEXT
    found = Text(f"逆にたどると、受容野は {asked} ", f"Followed back, the receptive field is {asked}")
    if padding == "none":
        found = Text(f"数えると、出力の長さは {asked} ", f"Counted, the output has length {asked}")
    if agrees(claimed.value, asked):
        return Text(f"{found.ja}で、あなたの答えと同じです。", f"{found.en}, as you say.")
    return Text(f"{found.ja}です。あなたの答えは {claimed.value:g} です。", f"{found.en}; you say {claimed.value:g}.")
