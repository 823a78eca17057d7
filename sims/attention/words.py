"""What the simulation of attention says. Every number is measured."""

import numpy as np

from sims.attention.claim import Claim
from sims.attention.heads import Head, Saturation
from sims.numerals import significant, trimmed
from sims.text import Text

RAW, SCALED = Text("割らない", "not divided"), Text("√d で割る", "divided by √d")
YOURS = Text("あなたの式", "yours")


def dots_words(tokens: int, width: int) -> Text:
    """The dot products."""
    return Text(
        f"{tokens} 個のトークンが、{width} 次元の q と k を持ちます。探す相手の k との内積は {width} です。",
        f"Each of {tokens} tokens has a query and a key of {width} {'entry' if width == 1 else 'entries'}. "
        f"With the key it looks for, q·k is {width}.",
    )


def scores_words(width: int, deviation: float) -> Text:
    """The division."""
    root = trimmed(deviation)
    return Text(
        f"成分が互いに独立な ±1 なら、内積の標準偏差は √{width} = {root} です。{root} で割ると、1 にそろいます。",
        f"With independent entries ±1 dot products have a standard deviation of √{width} = {root}. Divided by it: 1.",
    )


def weights_words(head: Head, causal: bool) -> Text:
    """The softmax."""
    top = _largest(head)
    if causal:
        shut = int((head.weights == 0).sum())
        left = head.weights.size - shut
        return Text(
            f"因果マスクで、先のトークンへの {shut} 個の重みは 0 です。残りは {left} 個、行の和は 1 のままです。",
            f"Weights on later tokens are 0 by the causal mask: {shut}. {left} remain; rows still sum to 1.",
        )
    return Text(
        f"行ごとに softmax をかけると、どの行も和が 1 になります。行の最大の重みは {top} です（中央値）。",
        f"Softmax along each row: all rows sum to 1. The largest weight of a row is {top} (median).",
    )


def output_words(tokens: int, width: int, heads: int) -> Text:
    """The weighted sums."""
    if heads == 1:
        return Text(
            f"出力は V の行の加重和で、形は {tokens}×{width} です。重みは {tokens}×{tokens} = {tokens**2} 個です。",
            f"Each output is a weighted sum of the rows of V: {tokens}×{width}, made with {tokens}×{tokens} weights.",
        )
    return Text(
        f"{heads} ヘッドの出力（{tokens}×{width}）を横につなぐと {tokens}×{heads * width}。"
        f"重みは {heads}×{tokens}×{tokens} = {heads * tokens**2} 個です。",
        f"The outputs of {heads} heads ({tokens}×{width}) side by side are {tokens}×{heads * width}. "
        f"There are {heads}×{tokens}×{tokens} = {heads * tokens**2} weights.",
    )


def saturation_words(width: int, raw: Saturation, scaled: Saturation) -> Text:
    """What the division does for learning."""
    return Text(
        f"d = {width:,}。割らないと最大の重みは {significant(raw.largest)}、"
        f"softmax の勾配は {significant(raw.gradient)}。"
        f"√d で割ると {significant(scaled.largest)} と {significant(scaled.gradient)} です。",
        f"d = {width:,}. Not divided: largest weight {significant(raw.largest)}, "
        f"slope of softmax {significant(raw.gradient)}. "
        f"Divided by √d: {significant(scaled.largest)} and {significant(scaled.gradient)}.",
    )


def scaling_words(raw: Head, scaled: Head) -> Text:
    """Both maps beside each other."""
    first, second = (_largest(head) for head in (raw, scaled))
    if second == "1":
        return Text(
            f"行の最大の重みは、√d で割っても、ほぼ {second} です（中央値）。"
            "どの q にも、よく合う k が 1 つあるからです。",
            f"Even divided by √d the largest weight of a row is nearly {second} (median): "
            "each query has one key that fits it.",
        )
    if np.array_equal(raw.weights, scaled.weights):
        return Text(
            f"d = 1 では √d も 1 なので、割っても重みは変わりません。行の最大の重みは {first} です（中央値）。",
            f"With d = 1 √d is 1 as well: dividing changes nothing. The largest weight of a row is {first} (median).",
        )
    found = Text(
        f"行の最大の重みは、割らないと {first}、√d で割ると {second} です（中央値）。",
        f"Largest weight of a row: {first} not divided, {second} divided by √d (median).",
    )
    if first != "1":
        return found
    return Text(f"{found.ja}1 に張りつくと、勾配が流れません。", f"{found.en} Stuck at 1, no gradient flows.")


def _largest(head: Head) -> str:
    """The largest weight of a row, as the median over the rows; 1 from .995 on."""
    weight = float(np.median(head.weights.max(1)))
    return "1" if weight >= 0.995 else significant(weight)


def claim_words(claimed: Claim, hole: str, right: Head) -> Text:
    """What is wrong with somebody's expression."""
    if claimed.problem is not None or claimed.weights is None or claimed.output is None:
        why = claimed.problem or Text("", "")
        return Text(f"あなたの式は使えません。{why.ja}", f"Yours cannot be used. {why.en}")
    if claimed.same:
        return Text("あなたの式でも、同じ値になります。", "Yours gives the same values.")
    off = 100 * float(np.linalg.norm(claimed.output - right.output) / np.linalg.norm(right.output))
    if hole == "divisor":
        sums = claimed.weights.sum(1)
        low, high = significant(float(sums.min())), significant(float(sums.max()))
        return Text(
            f"行の和が {low} から {high} になり、1 にそろいません。出力は {off:.0f} % ずれます。",
            f"The rows sum to {low} to {high}, not to 1. The output is {off:.0f} % off.",
        )
    if hole == "output":
        return Text(
            f"形は合いますが、出力が {off:.0f} % ずれます。", f"The shape fits, but the output is {off:.0f} % off."
        )
    yours, key = significant(float(np.median(claimed.weights.max(1)))), _largest(right)
    return Text(
        f"行の最大の重みは {yours} です（正しくは {key}、中央値）。出力は {off:.0f} % ずれます。",
        f"The largest weight of a row is {yours}, not {key} (median). The output is {off:.0f} % off.",
    )
