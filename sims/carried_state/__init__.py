"""One line for every cell, new = keep·old + take·content: what is carried through time, forward and backward."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sims.carried_state.words import Names, claim_words, given_words, names_of, nudge_words, return_words, step_words
from sims.claimed_number import read_number
from sims.frames import Bar, Bars, Frame, Metric, Panel, Plot, Series, Table
from sims.metrics import measured
from sims.numerals import significant, trimmed
from sims.text import Text, same

NUDGE = 1e-6
VISIBLE_STEPS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with one unit: what it keeps of the old state, what it takes of the content. ``relu`` cuts at 0."""

    keep: float
    take: float
    content: float
    relu: bool

    def step(self, old: float) -> float:
        """The next state."""
        new = self.keep * old + self.take * self.content
        return max(new, 0.0) if self.relu else new

    def slope(self, old: float) -> float:
        """The derivative of the next state by the sum that makes it."""
        return 1.0 if not self.relu or self.keep * old + self.take * self.content > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Returned:
    """What the way back through time found: how many steps it went, and the derivatives of the last state."""

    errors: tuple[float, ...]
    by_keep: float
    by_take: float

    @property
    def terms(self) -> int:
        """One for each step that it went."""
        return len(self.errors)


def run(
    cell: str,
    keep: float,
    content: float,
    start: float,
    steps: int,
    take: float,
    window: int,
    asked: str,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """Carry a state from ``start`` through ``steps`` steps with the same ``content`` coming in at each, then go back.

    ``cell`` gives the names: ``cec``, ``rnn`` (linear), ``relu``, ``lstm`` (keep f, take i) or ``gru`` (keep
    1 − z, take z, so ``take`` is not used). The way back goes ``window`` steps, all of them if it is 0. ``claim`` is
    a number for the metric ``asked``. Nothing is drawn at random, so ``seed`` makes no difference.
    """
    unit = Cell(keep, 1 - keep if cell == "gru" else take, content, cell == "relu")
    names = names_of(cell)
    states = forward(unit, start, steps)
    nudged = forward(unit, start + 1, steps)
    back = backward(unit, states, window or steps)
    shown = list(range(1, steps + 1)) if steps <= VISIBLE_STEPS else [1, 2, 3, *range(4, steps + 1, -(-steps // 6))]
    total = 1 + len(shown) + 2 + bool(claim)
    yield Frame(
        1, total, _forward_panels(names, states, nudged, 0), given_words(names, unit.keep, unit.take, content, start)
    )
    for place, step in enumerate(shown, 2):
        words = step_words(names, step, unit.keep, states[step - 1], unit.take * content, states[step], unit.relu)
        yield Frame(place, total, _forward_panels(names, states, nudged, step), words, metrics={"state": states[step]})
    metrics = _metrics(unit, states, back)
    panels = _forward_panels(names, states, nudged, steps)
    carried = back.errors[-1] * unit.keep * unit.slope(states[steps - back.terms])
    yield Frame(len(shown) + 2, total, panels, nudge_words(names, steps, nudged[-1] - states[-1]))
    words = return_words(names, back.terms, steps, carried, back.by_keep)
    last = (_error_bars(names, back, steps), _steps_table(names, unit, states, steps))
    yield Frame(len(shown) + 3, total, last, words, metrics=metrics)
    if claim:
        known = {names.content: content, f"{names.state}_prev": start}
        claimed = read_number(claim, {name: value for name, value in known.items() if name.isidentifier()})
        metrics |= {"claim": claimed.value}
        words = claim_words(names, asked, claimed, measured(metrics, asked), steps)
        yield Frame(total, total, last, words, True, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The way back finds what nudging the start of the run shows."""
    found, nudged = measured(metrics, "carried"), measured(metrics, "nudged")
    return abs(found - nudged) <= 1e-4 * max(abs(found), 1e-4)


def forward(unit: Cell, start: float, steps: int) -> tuple[float, ...]:
    """The states from ``start`` on, steps + 1 of them."""
    states = [start]
    for _ in range(steps):
        states.append(unit.step(states[-1]))
    return tuple(states)


def backward(unit: Cell, states: tuple[float, ...], window: int) -> Returned:
    """Backpropagation through time from the last state, at most ``window`` steps back.

    ``errors`` are the derivatives of the last state by the states, from the last one back; each step adds its term
    to the derivatives by the weights.
    """
    error, errors, by_keep, by_take = 1.0, [], 0.0, 0.0
    for old in reversed(states[:-1][-window:]):
        errors.append(error)
        inner = error * unit.slope(old)
        by_keep += inner * old
        by_take += inner * unit.content
        error = inner * unit.keep
    return Returned(tuple(errors), by_keep, by_take)


def _metrics(unit: Cell, states: tuple[float, ...], back: Returned) -> dict[str, Metric]:
    steps = len(states) - 1
    whole = backward(unit, states, steps)
    up, down = (forward(unit, states[0] + sign * NUDGE, steps)[-1] for sign in (1, -1))
    return {
        "state": states[-1],
        "carried": whole.errors[-1] * unit.keep * unit.slope(states[0]),
        "nudged": (up - down) / (2 * NUDGE),
        "terms": back.terms,
        "by_keep": back.by_keep,
        "by_take": back.by_take,
        "states": list(states),
    }


def _forward_panels(names: Names, states: tuple[float, ...], nudged: tuple[float, ...], done: int) -> tuple[Panel, ...]:
    x = tuple(float(step) for step in range(done + 1))
    every = (0.0, *states, *nudged)
    low, high = min(every), max(every)
    series = (
        Series(Text("最初に 1 足すと", "start + 1"), x, nudged[: done + 1], "muted"),
        Series(same(names.state), x, states[: done + 1], "lit"),
    )
    margin = 0.05 * (high - low) or 1.0
    title = Text(f"状態 {names.state}", f"the state {names.state}")
    return (Plot(title, series, (0.0, float(len(states) - 1)), (low - margin, high + margin), same("t")),)


def _error_bars(names: Names, back: Returned, steps: int) -> Bars:
    """The size of the error at each step back, the last step on top."""
    errors = back.errors[:VISIBLE_STEPS]
    bars = tuple(
        Bar(same(f"∂{names.state}_{steps}/∂{names.state}_{steps - place}"), abs(error), "lit" if place else "muted")
        for place, error in enumerate(errors)
    )
    return Bars(
        Text("さかのぼる誤差の大きさ", "size of the error going back"), bars, max(bar.value for bar in bars) or 1.0
    )


def _steps_table(names: Names, unit: Cell, states: tuple[float, ...], steps: int) -> Table:
    first = max(1, steps - 5)
    rows = tuple(
        (
            same(str(step)),
            same(trimmed(unit.keep * states[step - 1], 4)),
            same(trimmed(unit.take * unit.content, 4)),
            same(significant(states[step], 4) if abs(states[step]) < 1e-3 else trimmed(states[step], 4)),
        )
        for step in range(first, steps + 1)
    )
    columns = (same("t"), same(f"{names.keep}·{names.state}"), same(f"{names.take}·{names.content}"), same(names.state))
    return Table(Text("1 ステップずつ", "step by step"), columns, rows, lit=((len(rows) - 1, 3),))
