"""What the five rules are said to do. Every number is a measured one."""

from collections.abc import Mapping

import numpy as np

from sims.numerals import significant, trimmed
from sims.optimiser_paths.hand import DIGITS, NAMES, Step
from sims.optimiser_paths.surfaces import RUNS, Walk
from sims.optimisers import Method
from sims.text import Text


def step_words(method: Method, before: float, step: Step) -> Text:
    """One step by hand."""
    gradient, change = trimmed(step.gradient), trimmed(step.change, DIGITS)
    old, new = trimmed(before, DIGITS), trimmed(step.weight, DIGITS)
    return Text(
        f"{NAMES[method]}: 勾配 {gradient} で、w は {old} から {change} だけ動いて {new} になります。",
        f"{NAMES[method]}: the gradient {gradient} moves w from {old} by {change}, to {new}.",
    )


def claim_words(method: Method, claim: float | None, weight: float) -> Text:
    """Somebody's weight beside the computed one."""
    found = trimmed(weight, DIGITS)
    if claim is None:
        return Text("あなたの数は読めません。", "Your number cannot be read.")
    off = trimmed(abs(claim - weight), DIGITS)
    return Text(
        f"{NAMES[method]} を動かすと w は {found}。あなたの {trimmed(claim, DIGITS)} とは {off} 違います。",
        f"When run, {NAMES[method]} gives w = {found}. Your {trimmed(claim, DIGITS)} is off by {off}.",
    )


def walking_words(surface: str, method: Method, step: int, walks: Mapping[Method, Walk]) -> Text:
    """How far the walks have come."""
    heights = {name: float(np.median(walk.loss[step])) for name, walk in walks.items()}
    best = min(heights, key=heights.__getitem__)
    if step == 0:
        height = significant(heights[method])
        return Text(
            f"5 つの手法が同じ場所から歩きます。損失は {height} です。",
            f"Five rules start from one place, at a loss of {height}.",
        )
    name, place = NAMES[method], Text("谷", "in the valley") if surface == "valley" else Text("鞍点", "on the saddle")
    if best == method:
        return Text(
            f"{place.ja}で {step} 歩。{name} の損失は {significant(heights[method])} で、5 つの中で最も低い値です。",
            f"Step {step} {place.en}: {name} is at {significant(heights[method])}, the lowest of the five.",
        )
    return Text(
        f"{place.ja}で {step} 歩。{name} の損失は {significant(heights[method])}、"
        f"最も低いのは {NAMES[best]} の {significant(heights[best])} です。",
        f"Step {step} {place.en}: {name} is at {significant(heights[method])}; "
        f"lowest is {NAMES[best]} at {significant(heights[best])}.",
    )


def scale_words(walks: Mapping[Method, Walk]) -> Text:
    """What becomes of the factor of a gradient in AdaGrad and RMSProp."""
    first, last = (significant(float(np.median(walks["adagrad"].scale[at]))) for at in (0, -1))
    scale = np.median(walks["rmsprop"].scale, axis=1)
    lowest = int(scale.argmin())
    low, high = significant(float(scale[lowest])), significant(float(scale[lowest:].max()))
    if low == high:
        top = significant(float(scale[0]))
        return Text(
            f"AdaGrad の実質の学習率は {first} から {last} へ減る一方です。"
            f"RMSProp も、ここまでは {top} から {low} に減りました。",
            f"AdaGrad's effective rate only falls, {first} to {last}. RMSProp's has fallen so far too, {top} to {low}.",
        )
    return Text(
        f"AdaGrad の実質の学習率は {first} から {last} へ減る一方です。"
        f"RMSProp では、{low} まで減ったあと {high} まで増えます。",
        f"AdaGrad's effective rate only falls, {first} to {last}. RMSProp's falls to {low}, then rises to {high}.",
    )


def end_words(surface: str, escapes: Mapping[Method, float | None], turns: Mapping[Method, float], steps: int) -> Text:
    """What the walks came to: who left the saddle when, or who went to and fro across the valley."""
    if surface == "valley":
        sgd, momentum = turns["sgd"], turns["momentum"]
        return Text(
            f"{steps} 歩で谷を横切った回数は、SGD が {sgd:g}、Momentum が {momentum:g}、"
            f"AdaGrad が {turns['adagrad']:g} です（{RUNS} 回の中央値）。",
            f"In {steps} steps SGD crossed the valley {sgd:g} times, Momentum {momentum:g}, "
            f"AdaGrad {turns['adagrad']:g} (median of {RUNS} walks).",
        )
    left = [f"{NAMES[name]} {at:g}" for name, at in escapes.items() if at is not None]
    stuck = [NAMES[name] for name, at in escapes.items() if at is None]
    if not left:
        return Text(
            f"どの手法も、{steps} 歩では鞍点から半分も下りません。",
            f"In {steps} steps none of the five rules gets half-way down from the saddle.",
        )
    ja = f"鞍点から半分下りるまでの歩数: {'、'.join(left)}。"
    en = f"Steps to get half-way down from the saddle: {', '.join(left)}."
    if stuck:
        return Text(
            f"{ja}{'、'.join(stuck)} は {steps} 歩では届きません。", f"{en} Not in {steps}: {', '.join(stuck)}."
        )
    return Text(ja, en)
