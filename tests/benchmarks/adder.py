"""The binary adder against its literal loop: one run on its own, the [try] list as a sweep, and equal losses."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from sims.adder import Adder, Settings
from tests.benchmarks.literal_adder import literal_losses
from tests.benchmarks.measure import Row, best_times

RUNS = 64
ROUNDS = 60
LITERAL, SINGLE, BATCHED = 32, 512, 32  # iterations a round, some 10 ms each
CALM = {  # settings in which rounding does not grow, with what the literal loop calls them by
    "base": Settings(),
    "rate .5": Settings(rate=0.5),
    "rate 1": Settings(rate=1.0),
    "32 units": Settings(hidden_size=32),
    "Xavier": Settings(init="xavier"),
    "He": Settings(init="he"),
}


def rows() -> list[Row]:
    """The speed of both formulations, and how far their losses are from those of the literal loop."""
    return [*_speed(), _equality()]


def literal_of(settings: Settings, seed: int) -> Iterator[float]:
    """The literal loop in one of the settings that it knows."""
    return literal_losses(
        seed,
        init=settings.init,
        weight_std=settings.weight_std,
        activation=settings.activation,
        rate=settings.rate,
        hidden_size=settings.hidden_size,
        delta=str(settings.delta),
    )


def _speed() -> Iterator[Row]:
    literal, one, many = literal_of(Settings(), 0), Adder(Settings(), 1, 0), Adder(Settings(), RUNS, 0)
    best = best_times(
        {
            "literal": lambda: list(islice(literal, LITERAL)),
            "single": lambda: one.train(SINGLE),
            "batched": lambda: many.train(BATCHED),
        },
        ROUNDS,
    )
    reference = best["literal"] / LITERAL
    for name, seconds, goal in (
        ("adder: one run on its own", best["single"] / SINGLE, 10),
        (f"adder: {RUNS} runs side by side, each", best["batched"] / BATCHED / RUNS, 70),
    ):
        ratio = reference / seconds
        figure = f"{1e6 * seconds:.2f} µs against {1e6 * reference:.0f} µs, {ratio:.1f}×"
        yield Row(name, f"≥ {goal}× the literal loop", figure, ratio, ratio >= goal)


def _equality(iterations: int = 10_000) -> Row:
    worst, where = 0.0, ""
    for name, settings in CALM.items():
        literal = np.fromiter(islice(literal_of(settings, 0), iterations), float)
        for runs in (1, 2):
            difference = float(np.abs(Adder(settings, runs, 0).train(iterations).losses[0] - literal).max())
            if difference >= worst:
                worst, where = difference, name
    name = f"adder: losses of {iterations:,} iterations"
    return Row(name, "≤ 1e-9 from the literal loop", f"{worst:.1e} ({where})", worst, worst <= 1e-9)
