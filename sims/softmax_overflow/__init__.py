"""Softmax overflows unless the largest logit is taken off, and log 0 waits after it unless something small is added."""

from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np

from sims.cells import Array
from sims.claimed_number import agrees, number_of
from sims.frames import Frame, Metric
from sims.metrics import finite, measured
from sims.scene import Scene, numbered
from sims.softmax_overflow import pictures, words
from sims.softmax_overflow.measures import (
    FORMATS,
    SHIFTS,
    Claim,
    last_finite,
    last_positive,
    look_at_claim,
    losses,
    plain,
    shifted,
)

GAPS = (5.0, 10.0, 15.0, 20.0, 30.0, 40.0)
NEAR = 0.005  # by what share of it a number may be off


def run(
    first: float,
    second: float,
    third: float,
    number_format: str,
    power: int,
    ones: int,
    twos: int,
    asked: str,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """Take the softmax of three logits while a number that must not matter is added to them all, then the logarithm.

    ε is 10 to the minus ``power``. ``ones`` and ``twos`` are how many of a batch belong to the first and the second
    class, for the mean loss. ``claim`` is somebody's softmax over a, c and z, or, where ``asked`` is not ``code``,
    somebody's value for that metric. Nothing is drawn at random.
    """
    logits, epsilon = np.array([first, second, third]), 10.0**-power
    limits = {name: last_finite(each) for name, each in FORMATS.items()}
    metrics = _metrics(logits, epsilon, limits, ones, twos)
    code = look_at_claim(claim, logits) if claim and asked == "code" else None
    told = _claimed(logits, number_format, limits, epsilon, asked, claim, code, metrics)
    if code is not None:
        metrics |= {"claim_wrong_from": code.wrong_from, "claim_runs": code.problem is None}
    total = len(SHIFTS) + 1 + len(GAPS) + 1 + (told is not None)
    story = _story(logits, number_format, epsilon, limits)
    yield from numbered(chain(story, () if told is None else (told,)), total, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Formats overflow where their largest number lies, the shifted softmax nowhere, and ε bounds the loss."""
    largest = {name: float(np.log(np.finfo(each).max)) for name, each in FORMATS.items()}
    near = all(abs(measured(metrics, f"overflow_{name}") - at) < 0.01 for name, at in largest.items())
    bounded = metrics["loss_at_zero"] is None and measured(metrics, "loss_with_epsilon") <= measured(metrics, "cap")
    return near and bounded and metrics["shifted_stays"] is True


def _story(logits: Array, number_format: str, epsilon: float, limits: dict[str, float]) -> Iterator[Scene]:
    kind = FORMATS[number_format]
    for shift in SHIFTS:
        moved = (logits + shift).astype(kind)
        panels = (pictures.shift_table(moved, None), pictures.limit_bars(limits, float(moved.max()), number_format))
        if shift == 0:
            yield Scene(panels, words.first_words(shifted(logits).tolist()))
            continue
        top = int(moved.argmax())
        with np.errstate(all="ignore"):
            power = float(np.exp(moved[top]))
        safe = float(shifted(moved)[top])
        yield Scene(panels, words.shift_words(shift, number_format, power, float(plain(moved)[top]), safe))
    yield Scene(panels, words.limits_words(limits))
    for gap in GAPS:
        exact, _, safe = losses(gap, epsilon)
        lost = (pictures.loss_plot(gap, epsilon), pictures.zero_table(epsilon))
        yield Scene(lost, words.loss_words(gap, exact, safe, epsilon))
    yield Scene(lost, words.end_words(last_positive(np.float64), float(-np.log(epsilon)), epsilon))


def _claimed(
    logits: Array,
    number_format: str,
    limits: dict[str, float],
    epsilon: float,
    asked: str,
    claim: str | None,
    code: Claim | None,
    metrics: Mapping[str, Metric],
) -> Scene | None:
    """What somebody's softmax or number comes to; None if there is none."""
    if not claim:
        return None
    if code is not None:
        shift = code.wrong_from or 0
        table = pictures.shift_table(logits + shift, code.first if shift == 0 else None)
        bars = pictures.limit_bars(limits, float(logits.max()) + shift, number_format)
        return Scene((table, bars), words.code_words(code, shifted(logits).tolist()), code.wrong_from is not None)
    yours, found = number_of(claim), measured(metrics, asked)
    table = pictures.shift_table(logits, None)
    right = agrees(yours, found, NEAR)
    panels = (table, pictures.loss_plot(GAPS[-1], epsilon))
    return Scene(panels, words.number_words(yours, found, right), not right)


def _metrics(logits: Array, epsilon: float, limits: dict[str, float], ones: int, twos: int) -> dict[str, Metric]:
    probabilities = shifted(logits)
    each = -np.log(probabilities)
    stays = [shifted(logits + shift) for shift in SHIFTS]
    metrics: dict[str, Metric] = {f"overflow_{name}": limit for name, limit in limits.items()}
    metrics |= {f"zero_{name}": last_positive(kind) for name, kind in FORMATS.items()}
    _, at_zero, safe = losses(2 * last_positive(np.float64), epsilon)
    return metrics | {
        "probability": float(probabilities[0]),
        "probabilities": probabilities.tolist(),
        "loss": float(each[0]),
        "mean_loss": float((ones * each[0] + twos * each[1]) / (ones + twos)),
        "cap": float(-np.log(epsilon)),
        "loss_at_zero": finite(at_zero),
        "loss_with_epsilon": safe,
        "shifted_stays": bool(np.allclose(stays, probabilities, rtol=0, atol=1e-12)),
        "plain_fails_at": next((s for s in SHIFTS if not np.isfinite(plain(logits + s)).all()), None),
    }
