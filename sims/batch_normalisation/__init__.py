"""Batch normalisation keeps every layer's outputs at one size, and a deep network learns at far more learning rates."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.batch_normalisation import words
from sims.batch_normalisation.network import NAMES, Deep, normalise
from sims.cells import Array
from sims.claimed_number import agrees, number_of
from sims.frames import NO_TEXT, Frame, Metric, Plot, Series, Table
from sims.metrics import measured
from sims.numerals import trimmed
from sims.text import Text, same

RATES = np.array([0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0])
RUNS = 4
PATTERN = np.array([-3.0, -1.0, -1.0, 5.0])  # mean 0, variance 9: a batch whose root comes out even
HIGHEST = 1.0
EACH = 10  # steps from one frame to the next


def run(
    activation: str,
    depth: int,
    scale: float,
    steps: int,
    mean: float | None,
    spread: float,
    gamma: float,
    beta: float,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """Train networks of ``depth`` layers at seven rates, with and without batch normalisation.

    The weights begin as N(0, ``scale``²/n). With ``mean`` a batch of four numbers, mean + spread·(−3, −1, −1, 5), is
    normalised by hand first, and ``claim`` is what somebody expects of the largest one, behind γ and β.
    """
    arms = {each: Deep(each, activation, depth, scale, RATES, RUNS, seed) for each in (False, True)}
    begun = {each: np.median(arm.spreads(), axis=1) for each, arm in arms.items()}
    hand = None if mean is None else _by_hand(mean, spread, gamma, beta, claim)
    ends = [*range(EACH, steps, EACH), steps]
    total, done = len(ends) + 2 + (hand is not None), 0
    losses = {each: np.median(arm.losses(), axis=1) for each, arm in arms.items()}
    start = (_spreads(begun), _losses(losses))
    yield Frame(1, total, start, words.spread_words(begun[False], begun[True]))
    for step, end in enumerate(ends, 2):
        for arm in arms.values():
            arm.train(end - done)
        done = end
        losses = {each: np.median(arm.losses(), axis=1) for each, arm in arms.items()}
        panels = (_losses(losses), _spreads(begun))
        yield Frame(step, total, panels, words.training_words(end, losses[False], losses[True]))
    metrics = _metrics(begun, losses) | {"hand_value": hand[3] if hand else None}
    caption = words.end_words(RATES, losses[False], losses[True], steps)
    yield Frame(len(ends) + 2, total, (_losses(losses), _table(losses)), caption, metrics=metrics)
    if hand is not None:
        table, told, wrong, _ = hand
        yield Frame(total, total, (table, _losses(losses)), told, wrong, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Normalised networks learn at more rates, and their last layer is about as large as their first."""
    more = measured(metrics, "rates_with") >= measured(metrics, "rates_without") + 2
    kept, lost = measured(metrics, "kept_with"), measured(metrics, "kept_without")
    return more and 0.5 < kept < 2 and (lost < 0.5 or lost > 2)


def _losses(losses: Mapping[bool, Array]) -> Plot:
    """The loss over the rate, the median over the runs; what overflowed lies at the upper edge."""
    series = tuple(
        Series(
            NAMES[each],
            tuple(RATES.tolist()),
            tuple(np.minimum(losses[each], HIGHEST).tolist()),
            "lit" if each else "muted",
        )
        for each in (False, True)
    )
    title = Text("損失（中央値）", "loss (median)")
    x_range = (float(RATES[0]), float(RATES[-1]))
    return Plot(title, series, x_range, (0.0, HIGHEST), Text("学習率", "learning rate"), log_x=True)


def _spreads(spreads: Mapping[bool, Array]) -> Plot:
    """The standard deviation of each layer's outputs before training."""
    x = tuple(float(layer) for layer in range(1, len(spreads[True]) + 1))
    every = np.concatenate(list(spreads.values()))
    low = min(0.1, float(10.0 ** np.floor(np.log10(max(every.min(), 1e-6)))))
    high = max(1.0, float(10.0 ** np.ceil(np.log10(every.max()))))
    series = tuple(
        Series(NAMES[each], x, tuple(np.maximum(spreads[each], low).tolist()), "lit" if each else "muted")
        for each in (False, True)
    )
    title, label = Text("各層の出力の標準偏差", "std of each layer's outputs"), Text("層", "layer")
    return Plot(title, series, (1.0, x[-1]), (low, high), label, log_y=True)


def _table(losses: Mapping[bool, Array]) -> Table:
    rows = []
    for place, rate in enumerate(RATES.tolist()):
        values = [losses[each][place] for each in (False, True)]
        written = [f"{value:.2f}".removeprefix("0") if np.isfinite(value) else "inf" for value in values]
        rows.append((same(f"{rate:g}"), *map(same, written)))
    lit = tuple((row, 2) for row in range(len(rows)) if losses[True][row] < words.TRAINED)
    return Table(NO_TEXT, (Text("学習率", "rate"), NAMES[False], NAMES[True]), tuple(rows), lit=lit)


def _by_hand(
    mean: float, spread: float, gamma: float, beta: float, claim: str | None
) -> tuple[Table, Text, bool, float]:
    """The batch, normalised, then with γ and β: the table, what is said, whether somebody is wrong, and the value."""
    batch = mean + spread * PATTERN
    after, even, deviation = (part[:, 0] for part in normalise(batch[:, None], gamma, beta))
    value, yours = float(after[-1]), number_of(claim)
    wrong = claim is not None and not agrees(yours, value)
    rows = [
        tuple(same(trimmed(float(part[place]), 4)) for part in (batch, batch - batch.mean(), even, after))
        for place in range(len(batch))
    ]
    marks = tuple[tuple[int, int], ...]()
    if wrong and yours is not None:
        rows.append((Text("あなた", "yours"), NO_TEXT, NO_TEXT, same(trimmed(yours, 4))))
        marks = ((len(batch), 3),)
    columns = (same("x"), same("x − μ"), same("x̂"), same("γx̂ + β"))
    title = same(f"μ = {trimmed(float(batch.mean()))}, σ = {trimmed(float(deviation[0]))}")
    told = words.hand_words(float(batch[-1]), value, yours, wrong)
    return Table(title, columns, tuple(rows), ((len(batch) - 1, 3),), marks), told, wrong, value


def _metrics(begun: Mapping[bool, Array], losses: Mapping[bool, Array]) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for each, name in ((False, "without"), (True, "with")):
        finite = losses[each][np.isfinite(losses[each])]
        metrics |= {
            f"rates_{name}": words.trained(losses[each]),
            f"best_{name}": float(finite.min()) if finite.size else None,
            f"kept_{name}": float(begun[each][-1] / begun[each][0]),
        }
    return metrics
