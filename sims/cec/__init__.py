"""The constant error carousel: its error never fades, yet without gates it can learn neither what to keep nor when.

A. What is left of an error some steps back. B. Marked recall (:mod:`sims.cec.marked_recall`) learned with no gate, an
input gate, an output gate, and both. C. Inside a trained network: what its gates do while it reads one sequence.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.cec.error_flow import carousel_flow, power_flow, rnn_flow
from sims.cec.marked_recall import DESIGNS, STEPS, Errors, Look, MarkedRecall, floor
from sims.cec.words import (
    NAMES,
    SOLVED,
    error_table,
    flow_words,
    look_words,
    lowest_floor,
    medians,
    short,
    trained_words,
    training_words,
)
from sims.cells import Array
from sims.curves import staying
from sims.frames import Frame, Heatmap, Metric, Note, Plot, Series
from sims.scene import Scene, numbered
from sims.text import Text, same

LAGS = (10, 30, 100, 300, 1000)
FLOW_RANGE = (1e-8, 1e8)
HIDDEN = 16  # units of the plain RNN
WEIGHTS = (0.99, 1.01)  # a little less and a little more than the 1 of the carousel
NUMBER, MARK, CUE = 0.8, 2, 8  # of the sequence that is looked into; steps from 0
LOOKS = (MARK, CUE - 1, STEPS - 1)


def run(gates: str, cells: int, rate: float, runs: int, iterations: int, seed: int) -> Iterator[Frame]:
    """Follow an error back through time, train the designs that ``gates`` names, then look inside one of them.

    ``gates`` is ``2x2`` for all four designs or one of :data:`sims.cec.marked_recall.DESIGNS`; ``runs`` networks of
    ``cells`` cells each are trained side by side with Adam at ``rate``. The errors in the last metrics are medians
    over the runs, measured on sequences that were not trained on.
    """
    designs = tuple(DESIGNS) if gates == "2x2" else (gates,)
    each = max(1, min(10, 1280 // (runs * cells * len(designs))))  # iterations a frame, so that one takes 20..50 ms
    ends = [*range(each, iterations, each), iterations]
    total = len(LAGS) + len(ends) + len(LOOKS)
    story = _story(designs, MarkedRecall(designs, cells, rate, runs, seed), ends, seed)
    yield from numbered(story, total)


def _story(designs: tuple[str, ...], task: MarkedRecall, ends: list[int], seed: int) -> Iterator[Scene]:
    """One scene after the other: the error fades, the designs learn, one of them is looked into."""
    inputs = np.random.default_rng([seed, 4]).uniform(-1, 1, (task.runs, LAGS[-1] + 1))
    rnn = np.median(rnn_flow(inputs, HIDDEN, np.random.default_rng([seed, 5])), axis=0)
    for lag in LAGS:
        scene = _flow(carousel_flow(inputs[:, : lag + 1]), rnn[: lag + 1])
        yield scene
    errors = task.errors()
    history = [(0, medians(errors, designs))]
    for end in ends:
        task.train(end - history[-1][0])
        errors = task.errors()
        totals = medians(errors, designs)
        history.append((end, totals))
        caption = trained_words(end, totals) if end == ends[-1] else training_words(end, totals)
        running: dict[str, Metric] = {f"total_{design}": error for design, error in totals.items()}
        panels = (_curves(history, ends[-1]), error_table(totals, errors))
        yield Scene(panels, caption, metrics={"iteration": end} | running)
    shown = designs[-1]
    numbers = np.random.default_rng([seed, 3]).uniform(-1, 1, STEPS)
    numbers[MARK] = NUMBER
    look = task.look(shown, numbers, MARK, CUE)
    metrics = {**scene.metrics} | _error_metrics(errors, designs) | _look_metrics(look)
    for until in LOOKS:
        inside = _inside(look, until, shown)
        beside = (error_table(history[-1][1], errors),) if len(designs) > 1 else ()
        yield Scene((inside, *beside), look_words(look, until, shown), metrics=metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The gradient of the carousel is 1 everywhere, and of the designs trained only both gates learn the task."""
    solved = {name: metrics[f"total_{name}"] for name in DESIGNS if f"total_{name}" in metrics}
    return metrics["gradient_always_one"] is True and all(
        isinstance(error, float) and (error < SOLVED if name == "both" else error > 0.2)
        for name, error in solved.items()
    )


def _flow(carousel: Array, rnn: Array) -> Scene:
    """What is left of an error up to some steps back: in the carousel of each run (R, lags), in a plain RNN (lags,)."""
    lag = len(rnn) - 1
    powers = [power_flow(weight, lag + 1) for weight in WEIGHTS]
    series = (
        *(staying(same(f"w = {w:g}"), power, FLOW_RANGE) for w, power in zip(WEIGHTS, powers, strict=True)),
        staying(Text("ふつうの RNN", "plain RNN"), rnn, FLOW_RANGE),
        staying(same("CEC"), carousel[0], FLOW_RANGE, "lit"),
    )
    plot = Plot(
        Text("勾配 ∂E/∂c", "gradient ∂E/∂c"),
        series,
        (0, LAGS[-1]),
        FLOW_RANGE,
        Text("さかのぼるステップ数", "steps back"),
        log_y=True,
    )
    note = Note(
        same("CEC"),
        (
            same("c = c′ + a"),
            same("∂c/∂c′ = 1"),
            *(same(f"{w:g}^{lag} = {short(float(p[-1]))}") for w, p in zip(WEIGHTS, powers, strict=True)),
        ),
    )
    least, known = float(carousel[:, -1].min()), [back for back in LAGS if back <= lag]
    metrics: dict[str, Metric] = {f"gradient_at_{lag}": least, "gradient_always_one": bool((carousel == 1.0).all())}
    metrics |= {f"gradient_rnn_at_{back}": float(rnn[back]) for back in known}
    metrics |= {f"power_{w:g}_at_{lag}": float(p[-1]) for w, p in zip(WEIGHTS, powers, strict=True)}
    return Scene((plot, note), flow_words(lag, least, float(rnn[lag])), metrics=metrics)


def _curves(history: list[tuple[int, dict[str, float]]], iterations: int) -> Plot:
    """The total error of each design while training, and the floor of the designs that no training can pass."""
    designs = list(history[0][1])
    lit = designs[-1]
    limit = lowest_floor() if lit == "both" else floor(lit)
    name = Text(f"計算した下限 {short(limit)}", f"computed floor {short(limit)}")
    if lit == "both":
        name = Text(f"ゲート 1 つの下限 {short(limit)}", f"floor with one gate {short(limit)}")
    series = [Series(name, (0.0, float(iterations)), (limit, limit), "floor")]
    x = tuple(float(iteration) for iteration, _ in history)
    for design in designs:
        y = tuple(totals[design] for _, totals in history)
        series.append(Series(NAMES[design], x, y, "lit" if design == lit else "muted"))
    title, label = Text("二乗誤差（中央値）", "squared error (median)"), Text("反復", "iterations")
    return Plot(title, tuple(series), (0.0, float(iterations)), (0.0, 0.4), label)


def _inside(look: Look, until: int, design: str) -> Heatmap:
    """Gates, memory and output over time, as far as step ``until``; what is still to come is dark."""
    rows = (
        (Text("数の大きさ", "|number|"), np.abs(look.number)),
        (Text("印", "mark"), look.mark),
        (Text("入力ゲート", "input gate"), look.input_gate),
        (Text("覚えている値", "remembered"), look.memory),
        (Text("合図", "cue"), look.cue),
        (Text("出力ゲート", "output gate"), look.output_gate),
        (Text("出力", "output"), look.output),
    )
    known = np.arange(STEPS) <= until
    return Heatmap(
        Text(f"{NAMES[design].ja}の 1 系列", f"one sequence, {NAMES[design].en}"),
        tuple(tuple(np.where(known, values, 0.0).tolist()) for _, values in rows),
        0.0,
        1.0,
        tuple(name for name, _ in rows),
        tuple(same(str(step + 1)) for step in range(STEPS)),
    )


def _error_metrics(errors: Errors, designs: tuple[str, ...]) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for name, total, recall, leak in zip(designs, *errors, strict=True):
        metrics[f"total_{name}"] = float(np.median(total))
        metrics[f"worst_{name}"] = float(total.max())
        metrics[f"recall_{name}"] = float(np.median(recall))
        metrics[f"leak_{name}"] = float(np.median(leak))
        metrics[f"solved_{name}"] = float(np.mean(total < SOLVED))
        metrics[f"floor_{name}"] = floor(name)
    return metrics


def _look_metrics(look: Look) -> dict[str, Metric]:
    kept = look.memory[MARK : CUE + 1]
    return {
        "input_gate_at_mark": float(look.input_gate[MARK]),
        "input_gate_elsewhere": float(np.delete(look.input_gate, MARK).max()),
        "output_gate_at_cue": float(look.output_gate[CUE]),
        "output_gate_elsewhere": float(np.delete(look.output_gate, CUE).max()),
        "memory_drift": float(np.ptp(kept)),
        "said_at_cue": float(look.output[CUE]),
        "said_elsewhere": float(np.abs(np.delete(look.output, CUE)).max()),
    }
