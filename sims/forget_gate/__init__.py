"""The forget gate: without it a cell only piles up. Sum since the last mark, in a stream that never ends.

A. Two cells wired by hand, with and without the gate. B. Both learned on short sequences, then let loose on 2,000
steps. Or, as ``view`` = words: six words of a sentence in one cell.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from sims.cells import Array
from sims.forget_gate import forgotten_word
from sims.forget_gate.pictures import (
    growth_plot,
    largest_so_far,
    latest_panels,
    result_panels,
    training_panels,
    wired_panels,
)
from sims.forget_gate.sum_since_reset import ARMS, Heard, Sequences, SumSinceReset, draw_sequences, running_sum, wired
from sims.forget_gate.words import (
    LOST,
    SOLVED,
    gate_words,
    result_words,
    stream_words,
    training_words,
    wired_words,
)
from sims.frames import Frame, Metric
from sims.metrics import measured
from sims.scene import Scene, numbered

STREAM, LATEST, END = 2000, 30, 200  # steps: of a stream, of it that are looked at, over which its error is taken
WIRED_STEPS = (20, 40, 60, 500, 1000, 1500, STREAM)
CHUNK = 250  # steps of the stream a frame
Story = tuple[int, Iterator[Scene]]  # how many scenes, and the scenes


def run(view: str, feedback: str, runs: int, iterations: int, seed: int) -> Iterator[Frame]:
    """Show the gate in a ``stream`` that is summed up, or on the ``words`` of a sentence.

    Of the stream, ``runs`` networks with a forget gate and as many without are trained ``iterations`` times. With
    ``feedback`` = on their gates and cells see h as well. Errors are in variances of the target, medians over runs.
    """
    if view == "words":
        total, story = 2 * len(forgotten_word.WORDS) + 1, forgotten_word.scenes()
    else:
        total, story = _stream_story(feedback == "on", runs, iterations, seed)
    yield from numbered(story, total)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """With the gate the stream is followed to its end, without it the cells grow and (unless h is fed back) fail.

    Of the words: a low f shrinks the first word, and the second only if it is in the cell already.
    """
    if metrics["view"] == "words":
        first, second = (
            [measured(metrics, f"{word}_{way}") for way in ("kept", "dropped", "late")] for word in ("first", "second")
        )
        spared = abs(second[1] - second[0]) < 1e-9
        return first[1] < 0.2 * first[0] and spared and second[2] < 0.2 * second[0]
    followed = metrics["wired_exact"] is True and measured(metrics, "stream_error_with") < SOLVED
    fails = metrics["feedback"] is True or measured(metrics, "stream_error_without") > LOST
    grows = measured(metrics, "growth_with") < 5 and measured(metrics, "growth_without") > 10
    return followed and fails and grows


def _stream_story(feedback: bool, runs: int, iterations: int, seed: int) -> Story:
    each = max(40 // (runs * (1 + feedback)), -(-iterations // 70))  # iterations a frame, so that one takes 20..50 ms
    ends = [0, *range(each, iterations, each), iterations]
    total = len(WIRED_STEPS) + len(ends) - 1 + STREAM // CHUNK + 2
    return total, _stream(SumSinceReset(runs, feedback, seed), ends, feedback, seed)


def _stream(task: SumSinceReset, ends: list[int], feedback: bool, seed: int) -> Iterator[Scene]:
    """One scene after the other: wired cells, training, the stream, its end, and what it all came to."""
    streams = draw_sequences(np.random.default_rng([seed, 3]), task.runs, STREAM, 1)
    numbers, marks = streams.x[0, :, 0].T
    cells = wired(streams.x[0, :, 0])
    for step in WIRED_STEPS:
        caption = wired_words(step, int(marks[:step].sum()), _pair(cells[:, step - 1]), float(cells[0, :step].max()))
        yield Scene(wired_panels(cells, step, STREAM), caption, metrics={"step": step})
    errors, in_training = task.errors()
    history = [np.median(errors, axis=1)]
    for before, end in pairwise(ends):
        task.train(end - before)
        errors, in_training = task.errors()
        history.append(np.median(errors, axis=1))
        words = training_words(end, _pair(history[-1]))
        yield Scene(training_panels(ends, history, errors), words, metrics={"iteration": end})
    chunks, state = [], None
    for start in range(0, STREAM, CHUNK):
        chunk, state = task.listen(streams.x[:, start : start + CHUNK], state)
        chunks.append(chunk)
        step, largest = start + CHUNK, largest_so_far(chunks)
        words = stream_words(step, _pair(largest[:, -1]))
        yield Scene((growth_plot(largest, CHUNK, STREAM),), words, metrics={"stream_step": step})
    heard = Heard(*(np.concatenate(parts, axis=-1) for parts in zip(*chunks, strict=True)))
    metrics = _metrics(heard, streams, np.median(errors, axis=1), in_training) | {"feedback": feedback}
    metrics["wired_exact"] = bool(np.array_equal(cells[0], running_sum(numbers, marks)))
    metrics |= {"wired_largest": float(cells[0].max()), "wired_without": float(cells[1, -1])}
    gates = [measured(metrics, f"forget_{when}") for when in ("at_mark", "elsewhere")]
    yield Scene(latest_panels(heard, streams, LATEST), gate_words(*gates), metrics=metrics)
    result = result_panels(largest, metrics, CHUNK, STREAM)
    yield Scene(result, result_words(metrics, feedback), metrics=metrics)


def _pair(values: Array) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def _metrics(heard: Heard, streams: Sequences, errors: Array, in_training: Array) -> dict[str, Metric]:
    """Medians over the runs, each with and without the gate; forget gates at marks and elsewhere."""
    target, marked = streams.target[:, -END:, 0], streams.x[:, :, 0, 1] > 0
    at_end = np.square(heard.output[..., -END:] - target).mean(-1) / streams.target.var()
    largest = heard.largest.max(-1)
    growth = largest / in_training
    metrics: dict[str, Metric] = {"view": "stream"}
    for arm, name in enumerate(ARMS):
        metrics[f"error_{name}"] = float(errors[arm])
        metrics[f"stream_error_{name}"] = float(np.median(at_end[arm]))
        metrics[f"followed_{name}"] = float(np.mean(at_end[arm] < SOLVED))
        metrics[f"largest_{name}"] = float(np.median(largest[arm]))
        metrics[f"growth_{name}"] = float(np.median(growth[arm]))
    for name, steps in (("at_mark", marked), ("elsewhere", ~marked)):
        means = [gate[where].mean() for gate, where in zip(heard.forget[0], steps, strict=True)]
        metrics[f"forget_{name}"] = float(np.median(means))
    return metrics
