"""The parameters of a recurrent layer, counted on its real arrays block by block; a wrong number taken apart beside."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.frames import Frame, Metric
from sims.metrics import measured
from sims.parameters.layers import BLOCKS, Layer, count
from sims.parameters.pictures import Claim, array_table, bars, block_table, saved_table
from sims.parameters.slips import Counting, find_slips
from sims.parameters.words import block_words, claim_words, result_words, unreadable_words
from sims.text import Text


def run(net: str, inputs: int, hidden: int, claim: str | None, seed: int) -> Iterator[Frame]:
    """Count the parameters of ``net`` with ``inputs`` inputs and ``hidden`` units; there is one bias a block.

    ``net`` is one of :data:`BLOCKS`, or ``saved`` for what a GRU saves against an LSTM. ``claim`` is somebody's
    number, or an expression in I and H. One frame a block, then the four layers beside each other.
    """
    layers = {name: count(name, inputs, hidden, seed) for name in BLOCKS}
    shown = layers["gru" if net == "saved" else net]
    claimed = _read_claim(net, layers, claim, inputs, hidden) if claim else None
    total = len(shown.blocks) + 1
    for step in range(1, total):
        name = list(shown.blocks)[step - 1]
        sofar = sum(sum(block.values()) for block in list(shown.blocks.values())[:step])
        panels = (block_table(shown, step), bars(layers, net, None))
        yield Frame(step, total, panels, block_words(net, name, shown.blocks[name], sofar), metrics={"so_far": sofar})
    metrics = _metrics(net, layers, claimed)
    if claimed is None:
        panels = (saved_table(layers, None) if net == "saved" else array_table(shown, None), bars(layers, net, None))
        yield Frame(total, total, panels, result_words(net, inputs, hidden, _totals(layers)), metrics=metrics)
        return
    caption = claimed.problem or claim_words(
        net, _right(net, layers, inputs, hidden), claimed.value or 0, claimed.finding
    )
    table = saved_table(layers, claimed) if net == "saved" else array_table(shown, claimed)
    yield Frame(total, total, (table, bars(layers, net, claimed)), caption, True, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The arrays hold G(I·H + H² + H) parameters: 1, 3 and 4 blocks, and 3·H more with peepholes."""
    rnn, gru, lstm, peephole = (measured(metrics, f"parameters_{name}") for name in BLOCKS)
    return gru == 3 * rnn and lstm == 4 * rnn and peephole == lstm + 3 * measured(metrics, "hidden")


def _totals(layers: Mapping[str, Layer]) -> dict[str, int]:
    return {name: layer.total for name, layer in layers.items()}


def _right(net: str, layers: Mapping[str, Layer], inputs: int, hidden: int) -> Counting:
    blocks = 1 if net == "saved" else len(BLOCKS[net])
    return Counting(inputs, hidden, blocks, p=0 if net == "saved" else layers[net].parts["p"])


def _read_claim(net: str, layers: Mapping[str, Layer], claim: str, inputs: int, hidden: int) -> Claim:
    try:
        value = evaluate(parse(claim, ("I", "H")), {"I": float(inputs), "H": float(hidden)})
    except (ExpressionError, EvaluationError) as error:
        return Claim(None, problem=unreadable_words(error.text))
    if value.ndim or value != np.round(value) or not 0 <= value < 1e15:
        return Claim(None, problem=unreadable_words(Text("0 以上の整数ではありません。", "Not a whole number.")))
    number = int(value)
    return Claim(number, find_slips(_right(net, layers, inputs, hidden), number, net in ("lstm", "peephole")))


def _metrics(net: str, layers: Mapping[str, Layer], claimed: Claim | None) -> dict[str, Metric]:
    totals = _totals(layers)
    saved = totals["lstm"] - totals["gru"]
    metrics: dict[str, Metric] = {f"parameters_{name}": number for name, number in totals.items()}
    metrics |= {f"products_{name}": layer.parts["W"] + layer.parts["U"] for name, layer in layers.items()}
    metrics |= {
        "parameters": saved if net == "saved" else totals[net],
        "saved": saved,
        "saved_percent": 100 * saved / totals["lstm"],
        "hidden": layers["rnn"].parts["b"],
    }
    if claimed is not None:
        metrics["claim"] = claimed.value
        metrics["claim_slips"] = [str(slip) for slip in claimed.finding.slips] if claimed.finding else None
    return metrics
