"""Peepholes: gates that see the cell itself. A timer wired by hand, with and without; then counting learned.

A. The same weights on c or on h: one fires at every N-th step, the other never, for one N and then for all of them.
B. Counting pulses in silence (:mod:`sims.peephole.pulse_counting`), learned by gates that see the input and h, c, both
or none.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from sims.cells import Array
from sims.frames import Frame, Metric
from sims.metrics import measured
from sims.peephole.pictures import look_panels, result_panels, sweep_panels, timer_panels, training_panels
from sims.peephole.pulse_counting import ARMS, STEPS_A_COUNT, PulseCounting, Scores
from sims.peephole.wired_timer import FIRES, Sweep, Timers
from sims.peephole.words import look_words, result_words, sweep_words, timer_words, training_words
from sims.scene import Scene, numbered

PERIODS, ROUNDS = np.arange(2, 201), 10  # of the sweep
CHUNK = 250  # steps of the sweep a frame
HALVES = 6  # half periods of the timer that are shown
PULSES = (0, 1, 0, 0, 1, 1)  # of the sequence that is looked into, over and over


def run(period: int, count: int, runs: int, iterations: int, seed: int) -> Iterator[Frame]:
    """Wire a timer of ``period`` steps, then let ``runs`` networks of each arm learn to count to ``count``.

    Shares, errors and leaks in the last metrics are medians over the runs, measured on sequences not trained on.
    """
    each = max(40 // runs, -(-iterations // 72))  # iterations a frame, so that one takes 20..50 ms
    ends = [0, *range(each, iterations, each), iterations]
    sweeps = -(-int(PERIODS.max()) * ROUNDS // CHUNK)
    total = HALVES + sweeps + len(ends) - 1 + 2
    yield from numbered(_story(period, count, runs, ends, seed), total)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Wired, only peepholes fire, and at every N-th step; learned, gates that see c keep shut what h lets leak."""
    wired = metrics["wired_exact"] == metrics["wired_timers"] and metrics["wired_without"] == 0
    error, leak, right = (
        [measured(metrics, f"{kind}_{arm}") for arm in ("xh", "xc")] for kind in ("error", "leak", "right")
    )
    return wired and error[1] < 0.6 * error[0] and leak[1] < 0.7 * leak[0] and right[1] > right[0]


def _story(period: int, count: int, runs: int, ends: list[int], seed: int) -> Iterator[Scene]:
    yield from _timer(period)
    for scene in _sweep():
        yield scene
    task = PulseCounting(count, runs, seed)
    scores = task.scores()
    history = [_medians(scores.error)]
    for before, end in pairwise(ends):
        task.train(end - before)
        scores = task.scores()
        history.append(_medians(scores.error))
        words = training_words(end, count, _medians(scores.right))
        yield Scene(training_panels(ends, history, scores), words, metrics={"iteration": end})
    pulses = np.resize(np.array(PULSES, float), STEPS_A_COUNT * count)
    looks = {arm: task.look(arm, pulses) for arm in ("xh", "xc")}
    before_count = pulses.cumsum() < count
    plain, peeping = (float(looks[arm].o[before_count].mean()) for arm in looks)
    metrics = {**scene.metrics} | _metrics(scores) | {"open_before_xh": plain, "open_before_xc": peeping}
    yield Scene(look_panels(looks, pulses, count), look_words(count, (plain, peeping)), metrics=metrics)
    words = result_words(count, _medians(scores.right), _medians(scores.leak))
    yield Scene(result_panels(looks, pulses, count, scores), words, metrics=metrics)


def _timer(period: int) -> Iterator[Scene]:
    """One timer with peepholes and one without, side by side, half a period a frame."""
    steps = HALVES * period // 2
    with_, without = (Timers(np.array([period]), peepholes).go_on(steps) for peepholes in (True, False))
    c, h = (np.concatenate([mine, other]) for mine, other in zip(with_, without, strict=True))
    for half in range(1, HALVES + 1):
        step = max(half * period // 2, 1)
        fired = (h[:, :step] > FIRES).sum(1)
        now = {"c": float(c[0, step - 1]), "h": float(h[0, step - 1]), "cut": float(c[1, step - 1])}
        caption = timer_words(period, step, now, (int(fired[0]), int(fired[1])))
        yield Scene(timer_panels(c, h, step), caption, metrics={"step": step, "spikes": int(fired[0])})


def _sweep() -> Iterator[Scene]:
    """Timers of all periods at once, some steps a frame."""
    sweep = Sweep(PERIODS, ROUNDS)
    for done in range(CHUNK, sweep.steps + CHUNK, CHUNK):
        step = min(done, sweep.steps)
        sweep.go_on(step - (done - CHUNK))
        with_, without = sweep.spikes()
        exact = int(sweep.exact().sum())
        metrics: dict[str, Metric] = {
            "wired_exact": exact,
            "wired_timers": len(PERIODS),
            "wired_spikes": int(with_.sum()),
            "wired_without": int(without.sum()),
        }
        ends = int(PERIODS[0]), int(PERIODS[-1])
        caption = sweep_words(ends, ROUNDS, step, (exact, len(PERIODS)), int(without.sum()))
        yield Scene(sweep_panels(PERIODS, with_, without, ROUNDS), caption, metrics=metrics)


def _medians(values: Array) -> dict[str, float]:
    return dict(zip(ARMS, np.median(values, axis=1).tolist(), strict=True))


def _metrics(scores: Scores) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for kind, values in zip(Scores._fields, scores, strict=True):
        metrics |= {f"{kind}_{arm}": value for arm, value in _medians(values).items()}
    for arm, right in zip(ARMS, scores.right, strict=True):
        metrics[f"solved_{arm}"] = float(np.mean(right > 0.99))
    return metrics
