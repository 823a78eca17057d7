"""What is said about a gradient check and about learning with a wrong gradient. Every number is a measured one."""

from collections.abc import Mapping, Sequence

import numpy as np

from sims.bptt.mutants import AGREES, WRAPPED, Mutant
from sims.numerals import number
from sims.text import Text


def off(share: float) -> str:
    """How far a gradient is from another: ``3×10⁻¹¹``, ``41 %``, ``6.9×10⁵ %``."""
    if share < AGREES:
        return number(share, 1)
    return f"{100 * share:.0f} %" if share < 100 else f"{number(100 * share, 2)} %"


def left_after(errors: Sequence[float]) -> float:
    """The error after learning: the mean of the last measurements, nan where there are none."""
    return float(np.mean(errors[-6:])) if errors else float("nan")


def checking_words(examples: int, tried: Sequence[Mutant]) -> Text:
    """What is going on."""
    right = tried[0].medians
    share = off(max(right)) if right else "–"
    return Text(
        f"{examples} 例で、逆伝播の勾配を数値微分と比べました。正しい式とのずれは {share} です。",
        f"Gradients of {examples} examples against numeric differences: the right formula is off by {share}.",
    )


def checked_words(tried: Sequence[Mutant], claim: str | None) -> Text:
    """What the check found."""
    if claim is not None:
        return claim_words(tried)
    dW, dU = tried[1].medians or (0.0, 0.0)
    if tried[1].code == WRAPPED:
        return Text(
            f"h[-1] は最後の状態です。エラーは出ませんが、dU が {off(dU)} ずれます（dW は {off(dW)}）。",
            f"h[-1] is the last state. No error is raised, but dU is {off(dU)} off (dW {off(dW)}).",
        )
    return Text(
        f"U は正方行列なので、U.T でもエラーは出ません。しかし dW は {off(dW)}、dU は {off(dU)} ずれます。",
        f"U is square, so U.T raises no error; yet dW is {off(dW)} off and dU {off(dU)}.",
    )


def claim_words(tried: Sequence[Mutant]) -> Text:
    """What the check says of somebody's own way back."""
    yours = tried[1]
    if yours.broken:
        return Text(f"あなたの式は動きません。{yours.broken.text.ja}", f"Yours does not run. {yours.broken.text.en}")
    dW, dU = yours.medians or (0.0, 0.0)
    right = off(max(tried[0].medians or (0.0,)))
    if yours.agrees:
        return Text(
            f"あなたの式の勾配は、数値微分と一致します。ずれは {off(max(dW, dU))} だけです。",
            f"The gradient of yours agrees with numeric differences, to within {off(max(dW, dU))}.",
        )
    return Text(
        f"あなたの勾配は、dW が {off(dW)}、dU が {off(dU)} ずれています（中央値）。正しい式では {right} です。",
        f"Your gradient is off: dW by {off(dW)}, dU by {off(dU)} (medians). The right formula: {right}.",
    )


def learning_words(iteration: int, tried: Sequence[Mutant], curves: Mapping[str, Sequence[float]]) -> Text:
    """Where learning stands, with the right formula and with the one beside it."""
    right = number(curves[tried[0].code][-1], 2)
    beside = curves.get(tried[1].code)
    if not beside or not np.isfinite(beside[-1]):
        return Text(
            f"{iteration} 回目。正しい式で学ぶと、誤差は {right} です。",
            f"Iteration {iteration}. Trained with the right formula, the error is {right}.",
        )
    name, other = tried[1].name, number(beside[-1], 2)
    return Text(
        f"{iteration} 回目。この勾配で学ぶと、誤差は正しい式で {right}、{name.ja} で {other} です。",
        f"Iteration {iteration}. Error after training so far: {right} with the right gradient, {other} with {name.en}.",
    )


def learned_words(tried: Sequence[Mutant], curves: Mapping[str, Sequence[float]], claim: str | None) -> Text:
    """What learning came to, and for somebody's own formula how far its gradient is off."""
    right, beside = (left_after(curves.get(mutant.code, ())) for mutant in tried[:2])
    if tried[1].broken or tried[1].agrees or not np.isfinite(beside):
        return checked_words(tried, claim)
    dW, dU = tried[1].medians or (0.0, 0.0)
    times = number(beside / right, 2)
    if claim is not None:
        return Text(
            f"あなたの勾配は dW が {off(dW)}、dU が {off(dU)} ずれ、学習後の誤差は {times} 倍です。",
            f"Your gradient is off by {off(dW)} (dW), {off(dU)} (dU). Learning with it leaves {times} times the error.",
        )
    if tried[1].code == WRAPPED:
        return Text(
            f"dU が {off(dU)} ずれても学習は進み、誤差は正しい式の {times} 倍です。だから数値微分と比べます。",
            f"With dU {off(dU)} off it still learns, to {times} times the right one's error. Hence gradient checks.",
        )
    return Text(
        f"U.T の勾配は dW が {off(dW)} ずれ、学習後の誤差は正しい式の {times} 倍です。",
        f"With U.T dW is {off(dW)} off, and after learning the error is {times} times as large.",
    )
