"""What is said of the costs. Every number was counted."""

from collections.abc import Mapping

from sims.claimed_number import ClaimedNumber, agrees
from sims.depthwise_cost.multiplications import Counted
from sims.frames import NO_TEXT
from sims.text import Text


def given_words(sizes: Mapping[str, int]) -> Text:
    """The sizes, and what is done with them."""
    h, w, c, m, k = sizes.values()
    return Text(
        f"{h}×{w} の {c} チャネルを、{k}×{k} のフィルタで {m} チャネルにします。掛け算を 1 回ずつ数えます。",
        f"{c} {'channel' if c == 1 else 'channels'} of {h}×{w} {'becomes' if c == 1 else 'become'} {m} "
        f"by {k}×{k} filters. "
        "Every multiplication is counted.",
    )


def counted_words(counted: Counted) -> Text:
    """The counts of both ways."""
    found = counted.multiplications
    return Text(
        f"通常は {found['standard']:,} 回。depthwise {found['depthwise']:,} 回と "
        f"pointwise {found['pointwise']:,} 回で、合わせて {found['separable']:,} 回です。",
        f"Standard: {found['standard']:,}. Depthwise {found['depthwise']:,} and pointwise {found['pointwise']:,} "
        f"make {found['separable']:,}.",
    )


def growth_words(counted: Counted, filters: int, kernel: int) -> Text:
    """The share that is left, counted and by its formula."""
    share = counted.multiplications["separable"] / counted.multiplications["standard"]
    if share >= 1:
        return Text(
            f"割合は 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}。この大きさでは、分けても減りません。",
            f"The share is 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}: splitting saves nothing here.",
        )
    return Text(
        f"割合は 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}。M が増えるほど差が開きます。",
        f"The share is 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}; the gap widens with M.",
    )


def claim_words(value: float, claimed: ClaimedNumber) -> Text:
    """A claimed number beside the counted ``value``."""
    if claimed.problem is not None or claimed.value is None:
        return claimed.problem or NO_TEXT
    right, yours = _number(value), _number(claimed.value)
    if agrees(claimed.value, value):
        return Text(f"数えても {right} で、あなたの答えと同じです。", f"Counted, it is {right}, as you say.")
    times = f"{claimed.value / value:.3g}"
    return Text(
        f"あなたの答えは {yours}。数えると {right} なので、その {times} 倍です。",
        f"Yours is {yours}; counted, it is {right}. Yours is {times} times that.",
    )


def _number(value: float) -> str:
    """Whole numbers in full, others with six digits."""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e12 else f"{value:,.6g}"
