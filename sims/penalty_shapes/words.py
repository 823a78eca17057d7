"""What is said about penalties. Every number is a measured one."""

import numpy as np

from sims.cells import Array
from sims.numerals import significant, trimmed
from sims.penalty_shapes.fit import WEIGHTS, Claim
from sims.text import Text

NAMES = {"l1": Text("L1（菱形）", "L1, the diamond"), "l2": Text("L2（円）", "L2, the circle")}


def touch_words(strength: float, diamond: Array, circle: Array) -> Text:
    """Where the contours touch both shapes."""
    one, two = (f"({trimmed(float(w[0]))}, {trimmed(float(w[1]))})" for w in (diamond, circle))
    if diamond[0] == 0 and diamond[1] != 0:
        return Text(
            f"λ = {strength:g}: 等高線は菱形の角 {one} に触れ、w1 はちょうど 0。円とは {two} で触れます。",
            f"λ = {strength:g}: the contour meets the diamond at a corner, {one}: w1 is exactly 0. The circle: {two}.",
        )
    return Text(
        f"λ = {strength:g}: 等高線は菱形と {one}、円と {two} で触れます。",
        f"λ = {strength:g}: the contour touches the diamond at {one} and the circle at {two}.",
    )


def path_words(shape: str, strength: float, zeros: float) -> Text:
    """How many of ten weights are 0 at one strength."""
    name = "L1" if shape == "l1" else "L2"
    return Text(
        f"λ = {significant(strength)} の {name} で、{WEIGHTS} 個の重みのうちちょうど 0 は {zeros:g} 個です（中央値）。",
        f"{name} at λ = {significant(strength)}: {zeros:g} of {WEIGHTS} weights are exactly 0 (median).",
    )


def end_words(strength: float, zeros: dict[str, float], tiny: float) -> Text:
    """Proximal steps, L2 and subgradient steps beside each other."""
    return Text(
        f"λ = {strength:g} でちょうど 0 の重みは（中央値）、L1 が {zeros['l1']:g} 個、L2 が {zeros['l2']:g} 個。"
        f"sign による劣勾配降下だけでは {zeros['subgradient']:g} 個です（最小の |w| は {significant(tiny)}）。",
        f"Exactly 0 at λ = {strength:g} (median): {zeros['l1']:g} with L1, {zeros['l2']:g} with L2, "
        f"{zeros['subgradient']:g} with plain subgradient steps (sign), whose least |w| is {significant(tiny)}.",
    )


def claim_words(shape: str, claim: Claim) -> Text:
    """Somebody's gradient beside the numeric one, and what descent with it does."""
    if claim.problem is not None:
        return Text(f"この式は動きません。{claim.problem.ja}", f"This cannot run. {claim.problem.en}")
    if claim.right:
        return Text("あなたの式は、罰則の数値微分と一致します。", "Yours agrees with the penalty's numeric derivative.")
    place = int(np.abs(claim.said - claim.true).argmax())
    at, mine, true = (trimmed(float(values[place])) for values in (claim.at, claim.said, claim.true))
    said = Text(
        f"w = {at} で、罰則の傾きは {true}、あなたの式は {mine} です。",
        f"At w = {at} the slope of the penalty is {true}; yours gives {mine}.",
    )
    if claim.ends is None or not np.isfinite(claim.ends).all() or np.abs(claim.ends).max() > 1e3:
        return Text(f"{said.ja}それで降下すると発散します。", f"{said.en} Descent with it diverges.")
    size = significant(float(np.median(np.linalg.norm(claim.ends, axis=1))))
    return Text(f"{said.ja}降下後の ‖w‖ は {size} です。", f"{said.en} Descent ends at ‖w‖ = {size}.")


def hand_words(shape: str, before: float, after: float, claim: float | None, wrong: bool) -> Text:
    """One step with a penalty by hand."""
    name, old, new = shape.upper(), trimmed(before, 5), trimmed(after, 5)
    if not wrong:
        return Text(
            f"{name} つきの 1 回の更新で、w は {old} から {new} になります。",
            f"One step with {name} takes w from {old} to {new}.",
        )
    if claim is None:
        return Text("あなたの数は読めません。", "Your number cannot be read.")
    yours = trimmed(claim, 5)
    return Text(
        f"{name} つきの 1 回の更新で、w は {old} から {new} です。あなたの {yours} とは違います。",
        f"One step with {name} takes w from {old} to {new}, not to your {yours}.",
    )
