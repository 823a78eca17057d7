"""SGD, Momentum, AdaGrad, RMSProp and Adam: one step by hand, then side by side in a narrow valley or at a saddle."""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.claimed_number import agrees, number_of
from sims.frames import Frame, Metric
from sims.metrics import finite, measured
from sims.optimiser_paths import pictures, words
from sims.optimiser_paths.hand import Step, hand_table, step_by_hand
from sims.optimiser_paths.surfaces import ESCAPED, Walk, walks
from sims.optimisers import METHODS, Method, Rule
from sims.scene import Scene, numbered

PICTURES = 12  # of the walk


def run(
    surface: str,
    method: str,
    factor: float,
    steps: int,
    rate: float,
    decay: float,
    state: float,
    weight: float | None,
    gradient: float,
    second: float | None,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """Walk down ``surface`` with all five rules for ``steps`` steps, ``method`` lit, at ``factor`` times usual rates.

    With ``weight``, one step by hand comes first: ``method`` at ``rate`` and ``decay``, with ``state`` its velocity or
    mean square so far, meets ``gradient`` and then ``second``, if given. ``claim`` is the weight somebody expects.
    """
    lit = next(name for name in METHODS if name == method)
    gone = walks(surface, factor, steps, seed)
    metrics = _metrics(surface, gone)
    story = list(_story(surface, lit, factor, gone))
    if weight is not None:
        gradients = [gradient] if second is None else [gradient, second]
        done = step_by_hand(Rule(lit, rate, decay, state), weight, gradients)
        yours = number_of(claim)
        metrics |= {"hand_weight": done[-1].weight, "hand_memory": done[-1].memory, "claim": yours}
        story = _with_hand(lit, weight, done, claim, story)
    yield from numbered(story, len(story), metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """AdaGrad's rate never rises, RMSProp's does; SGD leaves a saddle after RMSProp and crosses a valley the most."""
    sgd, rmsprop = metrics["escape_sgd"], metrics["escape_rmsprop"]
    if metrics["surface"] == "valley":
        crossings = measured(metrics, "crossings_sgd"), measured(metrics, "crossings_momentum")
        shown = crossings[0] > 2 * crossings[1]
    else:
        shown = isinstance(rmsprop, float) and (not isinstance(sgd, float) or rmsprop < sgd)
    return metrics["adagrad_rate_rises"] is False and measured(metrics, "rmsprop_rate_rises_by") > 1.5 and shown


def _with_hand(method: Method, weight: float, done: list[Step], claim: str | None, story: list[Scene]) -> list[Scene]:
    """The steps by hand before the walk, and after it once more, with what somebody expects."""
    yours, walk = number_of(claim), story[-1].panels[0]
    befores = [weight, *(step.weight for step in done)]
    first = [
        Scene((hand_table(method, weight, done[: t + 1], None), walk), words.step_words(method, befores[t], step))
        for t, step in enumerate(done)
    ]
    wrong = claim is not None and not agrees(yours, done[-1].weight)
    caption = words.claim_words(method, yours, done[-1].weight) if wrong else first[-1].caption
    return [*first, *story, Scene((hand_table(method, weight, done, yours), walk), caption, wrong)]


def _story(surface: str, lit: Method, factor: float, gone: Mapping[Method, Walk]) -> Iterator[Scene]:
    steps = len(gone["sgd"].scale)
    for at in sorted({round(steps * part / PICTURES) for part in range(PICTURES + 1)}):
        panels = (pictures.map_plot(surface, lit, gone, at), pictures.loss_plot(surface, lit, gone, at))
        yield Scene(panels, words.walking_words(surface, lit, at, gone))
    rates = (pictures.scale_plot(gone), pictures.map_plot(surface, lit, gone, steps))
    yield Scene(rates, words.scale_words(gone))
    escapes = {name: _escape(gone[name]) for name in METHODS}
    turns = {name: _turns(gone[name]) for name in METHODS}
    told = {name: f"{turns[name]:g}" if surface == "valley" else _number(escapes[name]) for name in METHODS}
    table = pictures.end_table(surface, lit, factor, gone, told)
    last = (pictures.map_plot(surface, lit, gone, steps), table)
    yield Scene(last, words.end_words(surface, escapes, turns, steps))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _escape(walk: Walk) -> float | None:
    """The median step at which a walk is well below the saddle; None where half of them never are."""
    below = walk.loss < ESCAPED
    steps = np.where(below.any(axis=0), below.argmax(axis=0), np.inf)
    return finite(float(np.median(steps)))


def _turns(walk: Walk) -> float:
    """How often a walk crosses the floor of the valley, the median."""
    y = walk.path[:, :, 1]
    return float(np.median((y[1:] * y[:-1] < 0).sum(axis=0)))


def _metrics(surface: str, gone: Mapping[Method, Walk]) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"surface": surface}
    for name, walk in gone.items():
        metrics[f"loss_{name}"] = finite(float(np.median(walk.loss[-1])))
        metrics |= {f"escape_{name}": _escape(walk), f"crossings_{name}": _turns(walk)}
    adagrad, rmsprop = gone["adagrad"].scale, np.median(gone["rmsprop"].scale, axis=1)
    return metrics | {
        "adagrad_rate_rises": bool((np.diff(adagrad, axis=0) > 0).any()),
        "rmsprop_rate_rises_by": float((rmsprop / np.minimum.accumulate(rmsprop)).max()),
    }
