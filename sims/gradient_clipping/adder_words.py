"""What is said about the adder while it learns, and after it. Every number is a measured one."""

from collections.abc import Mapping

from sims.adder import PAIRS, Adder
from sims.text import Text


def learning_words(adders: Mapping[str, Adder], shares: Mapping[str, list[float]]) -> Text:
    """Where the networks stand while they learn; ``shares`` are the latest ones of sums that were right."""
    plain, clipped = (f"{100 * shares[name][-1]:.0f}" for name in ("plain", "clipped"))
    iteration = adders["plain"].iteration
    over = adders["plain"].overflow[adders["plain"].overflow >= 0]
    if not over.size:
        return Text(
            f"{iteration:,} 回目。最近の足し算で正しいのは、そのまま {plain} %、切り詰めて {clipped} %（中央値）です。",
            f"Iteration {iteration:,}. Of the latest sums {plain} % are right plain, {clipped} % clipped (medians).",
        )
    return Text(
        f"{iteration:,} 回目。正しいのは、そのまま {plain} %、切り詰めて {clipped} %。"
        f"そのままの {len(over)} つはオーバーフローしました（最初は {over.min():,} 回目）。",
        f"Iteration {iteration:,}. Right: {plain} % plain, {clipped} % clipped. "
        f"Plain overflowed in {len(over)} of {adders['plain'].runs} runs, first at {over.min():,}.",
    )


def solved_words(adders: Mapping[str, Adder], solved: Mapping[str, int], tried: int) -> Text:
    """How many of the first ``tried`` networks add all pairs of numbers correctly."""
    over = int((adders["plain"].overflow >= 0).sum())
    tail = Text("", "")
    if over and tried == adders["plain"].runs:
        tail = Text(f"そのままの {over} つはオーバーフローしました。", f" {over} plain overflowed.")
    return Text(
        f"{PAIRS:,} 通りの足し算をすべて覚えたのは、{tried} つのうち、そのまま {solved['plain']}、"
        f"切り詰めて {solved['clipped']} です。{tail.ja}",
        f"Networks that learned all {PAIRS:,} sums, of {tried}: {solved['plain']} plain, "
        f"{solved['clipped']} clipped.{tail.en}",
    )
