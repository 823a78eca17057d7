"""What the step of an RNN says. Every number is computed at the settings shown."""

from collections.abc import Mapping

import numpy as np

from sims.cells import Array
from sims.frames import NO_TEXT, Metric
from sims.rnn_step.formula import POINTS, TOLERANCE, Claim
from sims.text import Text

NAMES: Mapping[str, Text] = {
    "full": Text("g を 2 つとも", "both g"),
    "hidden": Text("z1 の g なし", "no g on z1"),
    "output": Text("y1 の g なし", "no g on y1"),
    "both": Text("g を 1 つもなし", "no g at all"),
}
YOURS = Text("あなたの式", "yours")


def number(value: float) -> str:
    """Four digits at most: ``.757``, ``−1``, ``2.5``, ``1.2e9``."""
    text = f"{value:.4g}" if abs(value) < 1e5 else f"{value:.2g}".replace("e+0", "e").replace("e+", "e")
    return text.replace("0.", ".", 1).replace("-", "−") if abs(value) < 1 and value else text.replace("-", "−")


def given_words(at: Mapping[str, float]) -> Text:
    """What one step starts from."""
    return Text(
        f"1 ステップに入るのは、入力 x1 = {number(at['x1'])} と、1 つ前の状態 z0 = {number(at['z0'])} です。",
        f"A step starts from the input x1 = {number(at['x1'])} and the state before it, z0 = {number(at['z0'])}.",
    )


def hidden_words(u: float, z1: float | None) -> Text:
    """The hidden unit."""
    if z1 is None:
        return Text(
            f"z0 は W を、x1 は W_in を通って集まり、b が足されて {number(u)} になります。",
            f"z0 comes through W, x1 through W_in; with b they add up to {number(u)}.",
        )
    return Text(
        f"1 つめの g を通すと、状態は z1 = g({number(u)}) = {number(z1)} です。",
        f"Through the first g the state becomes z1 = g({number(u)}) = {number(z1)}.",
    )


def output_words(z1: float, v: float, y1: float) -> Text:
    """The output."""
    return Text(
        f"出力も同じ形です。W_out·{number(z1)} + c = {number(v)} に 2 つめの g を通し、y1 = {number(y1)} です。",
        f"The output likewise: W_out·{number(z1)} + c = {number(v)}, and through the second g y1 = {number(y1)}.",
    )


def formula_words(formula: float, cell: float, difference: Metric) -> Text:
    """That the formula written in one line is what the cell computes."""
    if not isinstance(difference, float) or difference > 1e-12 or abs(formula - cell) > 1e-12:
        return Text(
            f"1 行の式では {number(formula)}、セルでは {number(cell)} です。",
            f"The formula gives {number(formula)}, the cell {number(cell)}.",
        )
    return Text(
        f"1 行の式 g(W_out·g(W·z0 + W_in·x1 + b) + c) も {number(formula)}。乱数 {POINTS} 組でもセルと一致します。",
        f"The one-line formula gives {number(formula)} as well, and equals the cell at {POINTS} random places.",
    )


def deletion_words(name: str, values: Mapping[str, float], curves: Mapping[str, Array]) -> Text:
    """What becomes of y1 without one g."""
    full, without = number(values["full"]), number(values[name])
    if name == "hidden":
        if without == full:
            return Text(
                f"z1 の g を抜いても、ここでは y1 は {full} のままです。それでも、隠れ層は線形になります。",
                f"Without g on z1, y1 happens to stay {full} here; yet the hidden layer is linear now.",
            )
        return Text(
            f"z1 の g を抜くと y1 は {full} から {without} に変わります。隠れ層は線形になり、1 層と同じです。",
            f"Without g on z1, y1 turns from {full} to {without}: the hidden layer is linear, no more than one layer.",
        )
    low, high = number(float(np.min(curves[name]))), number(float(np.max(curves[name])))
    if low == high:
        return Text(
            f"y1 の g を抜くと {without}。x1 を動かしても変わりませんが、0 と 1 のあいだに限られません。",
            f"Without g on y1 it is {without}, whatever x1 is; nothing holds it between 0 and 1.",
        )
    return Text(
        f"y1 の g を抜くと {without}。x1 を動かすと {low} から {high} まで動き、0 と 1 のあいだに限られません。",
        f"Without g on y1 it is {without}; as x1 moves it runs from {low} to {high}, not held between 0 and 1.",
    )


def claim_words(claim: Claim, values: Mapping[str, float], at: Mapping[str, float]) -> Text:
    """What is wrong with somebody's formula for y1."""
    if claim.at is None:
        why = claim.problem or NO_TEXT
        return Text(f"あなたの式は計算できません。{why.ja}", f"Yours cannot be computed. {why.en}")
    if claim.like == "full":
        return Text(
            f"あなたの式は、乱数 {POINTS} 組のすべてでセルの y1 と一致します。",
            f"Yours equals the cell's y1 at all {POINTS} random places.",
        )
    true, yours = number(values["full"]), number(claim.at)
    if claim.like is not None:
        name = NAMES[claim.like]
        return Text(
            f"y1 は {true}、あなたの式は {yours}。いつも「{name.ja}」の値と同じです。",
            f"y1 is {true}, yours {yours}: always the value with {name.en}.",
        )
    if not 0 <= claim.at <= 1:
        return Text(
            f"y1 は {true}、あなたの式は {yours}。g の出力なら 0 と 1 のあいだに収まるはずです。",
            f"y1 is {true}, yours {yours}; an output of g would lie between 0 and 1.",
        )
    place = f"x1 = {number(at['x1'])}、z0 = {number(at['z0'])}"
    place_en = place.replace("、", ", ")
    if abs(claim.at - values["full"]) < TOLERANCE:
        return Text(
            f"{place} では y1 と同じ {yours} ですが、乱数 {POINTS} 組のうち {claim.wrong} 組で違います。",
            f"At {place_en} yours happens to be right, {yours}; at {claim.wrong} of {POINTS} random places it is not.",
        )
    return Text(
        f"{place} で y1 は {true}、あなたの式は {yours}。乱数 {POINTS} 組のうち {claim.wrong} 組で違います。",
        f"At {place_en}, y1 is {true}, yours {yours}; they differ at {claim.wrong} of {POINTS} random places.",
    )
