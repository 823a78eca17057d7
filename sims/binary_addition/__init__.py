"""A recurrent network learns to add numbers of eight bits: the hands-on of the note, with all that it says to try."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.adder import Settings
from sims.binary_addition.arms import HEADINGS, Claim, arms_of
from sims.binary_addition.experiment import Experiment, compare_gradients
from sims.binary_addition.pictures import panels
from sims.binary_addition.words import (
    claim_words,
    delta_words,
    final_words,
    problem_words,
    start_words,
    sweep_words,
    training_words,
    trying_words,
)
from sims.frames import NO_TEXT, Frame, Metric
from sims.metrics import measured

_FEWEST, _MOST = 40, 250  # frames of training
_GAP = 25_000  # µs of work between two frames, by the estimate of _cost


def run(
    init: str,
    weight_std: float,
    activation: str,
    rate: float,
    hidden_size: int,
    delta: str,
    sweep: str,
    runs: int,
    iterations: int,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """Train ``runs`` networks for ``iterations`` sums each, then try all sums.

    The settings are those of :class:`sims.adder.Settings`. ``sweep`` names one of them, of which several values run
    side by side (``none`` for a single setting). ``claim`` is somebody's formula for ∂E/∂v of the output over v, d
    and y = σ(v), (B, 8) each: the same networks train with it beside those of the setting.
    """
    settings = Settings(init, weight_std, activation, rate, hidden_size, delta)  # type: ignore[arg-type]
    claimed = Claim.read(claim) if claim else None
    heading = NO_TEXT if claimed else HEADINGS.get(sweep, NO_TEXT)
    experiment = Experiment(arms_of(settings, sweep, claimed), runs, iterations, seed, heading)
    each, tries = _each(experiment), experiment.tries()
    count = -(-iterations // each)
    total = 1 + count + len(tries)
    yield Frame(1, total, panels(experiment), start_words(experiment), metrics={"iteration": 0})
    for step in range(2, count + 2):
        experiment.advance(each)
        running: dict[str, Metric] = {
            "iteration": experiment.done,
            "latest_right": experiment.latest_right(experiment.lit),
        }
        yield Frame(step, total, panels(experiment), training_words(experiment), metrics=running)
    for step, (place, part) in enumerate(tries, count + 2):
        experiment.try_all(place, part)
        if step < total:
            tried = int(np.isfinite(experiment.exact).sum())
            caption = trying_words(experiment, tried, experiment.exact.size)
            yield Frame(step, total, panels(experiment), caption, metrics={"iteration": iterations})
    yield _last(experiment, claimed, total)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Most networks learn all sums; where states overflow, none does."""
    solved, overflowed = measured(metrics, "solved_share"), metrics["overflow_iteration"] is not None
    return solved == 0 if overflowed else solved >= 0.75


def _last(experiment: Experiment, claimed: Claim | None, total: int) -> Frame:
    metrics, about, keys = experiment.metrics(), False, [arm.key for arm in experiment.arms]
    if claimed and claimed.problem:
        caption, about = problem_words(claimed.problem), True
        metrics["claim_problem"] = claimed.problem.en
    elif claimed:
        mine = compare_gradients(experiment, 1, 0)
        caption, about = claim_words(experiment, mine)
        metrics |= {"claim_error": mine.error, "claim_length": mine.length, "claim_cosine": mine.cosine}
        metrics["claim_agrees"] = not about
    elif keys == ["note", "true"]:
        note = compare_gradients(experiment, 0, 1)
        caption = delta_words(experiment, note)
        metrics |= {"note_error": note.error, "note_length": note.length, "note_cosine": note.cosine}
    else:
        caption = sweep_words(experiment) if len(keys) > 1 else final_words(experiment)
    return Frame(total, total, panels(experiment), caption, about, metrics)


def _each(experiment: Experiment) -> int:
    """Iterations from one frame to the next."""
    cost = sum(45 + runs * (2 + 0.06 * units + units**2 / 250) for units, runs in experiment.sweep.groups)
    frames = min(max(experiment.iterations * cost / _GAP, _FEWEST), _MOST)
    return max(1, round(experiment.iterations / frames))
