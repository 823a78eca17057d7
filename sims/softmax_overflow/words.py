"""What is said about softmax and its logarithm. Every number is a measured one."""

import math

from sims.numerals import places, significant, trimmed
from sims.softmax_overflow.measures import Claim
from sims.text import Text


def first_words(probabilities: list[float]) -> Text:
    """Three logits without any shift."""
    shown = "、".join(trimmed(p, 3) for p in probabilities)
    return Text(
        f"e^z を合計で割ると、確率は {shown} です。",
        f"Each e^z over their sum: the probabilities are {shown.replace('、', ', ')}.",
    )


def shift_words(shift: int, number_format: str, power: float, p: float, kept: float) -> Text:
    """All logits larger by ``shift``: the greatest power, what the plain softmax and the safe one give."""
    if math.isfinite(power) and p > 0:
        return Text(
            f"全部に {shift} を足しても確率は同じはずです。{number_format} でも {trimmed(p, 3)} です。",
            f"Adding {shift} to all must change nothing; in {number_format} the probability is still {trimmed(p, 3)}.",
        )
    told = "p は nan" if math.isnan(p) else f"p は {trimmed(p, 3)}"
    told_en = "p is nan" if math.isnan(p) else f"p is {trimmed(p, 3)}"
    if power == 0:
        return Text(
            f"{shift} を足しても {number_format} では e^z がどれも 0 で、{told}。"
            f"最大値を引けば {trimmed(kept, 3)} です。",
            f"At +{shift} every e^z is 0 in {number_format} and {told_en}. "
            f"With the maximum subtracted it is {trimmed(kept, 3)}.",
        )
    big = " e^z が inf" if math.isinf(power) else "合計が inf"
    return Text(
        f"{shift} を足すと {number_format} では{big} になり、{told}。最大値を引けば {trimmed(kept, 3)} です。",
        f"At +{shift} {number_format} overflows and {told_en}. With the maximum subtracted it is {trimmed(kept, 3)}.",
    )


def limits_words(limits: dict[str, float]) -> Text:
    """Where e^x overflows in each format."""
    shown = [f"{name} {math.floor(100 * limit) / 100:.2f}" for name, limit in limits.items()]
    return Text(
        f"e^x が inf にならない最大の x: {'、'.join(shown)}。最大値を引けば、指数は 0 以下です。",
        f"Largest x before e^x is inf: {', '.join(shown)}. With the maximum subtracted no exponent is above 0.",
    )


def loss_words(gap: float, exact: float, safe: float, epsilon: float) -> Text:
    """The loss of a class far below."""
    told = f"{epsilon:.0e}".replace("e-0", "e-")
    return Text(
        f"正解が {gap:g} 低いと −ln p は {places(exact, 1)}。p に {told} を足すと {places(safe, 1)} です。",
        f"With the right class {gap:g} below, −ln p is {places(exact, 1)}; with {told} added to p {places(safe, 1)}.",
    )


def end_words(zero: float, cap: float, epsilon: float) -> Text:
    """Where p is exactly 0, and how large the loss can get with ε."""
    told = f"{epsilon:.0e}".replace("e-0", "e-")
    return Text(
        f"float64 では、差が {zero:.1f} を超えると p は 0 で、log 0 は −inf です。"
        f"{told} を足せば、損失は {places(cap, 1)} で止まります。",
        f"In float64, beyond a gap of {zero:.1f}, p is 0 and log 0 is −inf. "
        f"With {told} the loss stops at {places(cap, 1)}.",
    )


def code_words(claim: Claim, wanted: list[float]) -> Text:
    """Somebody's softmax."""
    if claim.problem is not None:
        return Text(f"この式は動きません。{claim.problem.ja}", f"This cannot run. {claim.problem.en}")
    if claim.wrong_from is None:
        return Text(
            "あなたの式は、1,000 を足しても正しい確率のままです。",
            "Yours keeps the right probabilities even with 1,000 added.",
        )
    if claim.stopped:
        return Text(
            f"あなたの式は、{claim.wrong_from} を足すと inf/inf などで有限の値になりません。",
            f"With {claim.wrong_from} added yours is no longer finite: inf/inf, for instance.",
        )
    mine = [significant(value) for value in (claim.first or ())[:3]]
    right = [significant(value) for value in wanted]
    if claim.wrong_from == 0:
        return Text(
            f"あなたの式では {'、'.join(mine)}。正しくは {'、'.join(right)} です。",
            f"Yours gives {', '.join(mine)} instead of {', '.join(right)}.",
        )
    return Text(
        f"あなたの式は {claim.wrong_from} を足すと確率が変わります。正しくは {'、'.join(right)} のままです。",
        f"With {claim.wrong_from} added yours changes; it must stay at {', '.join(right)}.",
    )


def number_words(claim: float | None, measured: float, right: bool) -> Text:
    """Somebody's number."""
    if claim is None:
        return Text("あなたの数は読めません。", "Your number cannot be read.")
    if right:
        return Text(
            f"計算しても {trimmed(measured, 4)} で、あなたの答えと合います。",
            f"Computed it is {trimmed(measured, 4)}, which agrees with yours.",
        )
    return Text(
        f"計算すると {trimmed(measured, 4)}。あなたの {trimmed(claim, 4)} とは違います。",
        f"Computed it is {trimmed(measured, 4)}, not your {trimmed(claim, 4)}.",
    )
