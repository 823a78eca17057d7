"""What is said about truncated backpropagation. Every number is a measured one."""

from sims.bptt.recall import BACK, LAG
from sims.cells import Array
from sims.numerals import percent
from sims.text import Text


def recalling_words(iteration: int, shares: Array) -> Text:
    """Where the networks stand while they learn; ``shares`` of right answers belong to the steps in ``BACK``."""
    short, enough = (percent(float(shares[BACK.index(steps)])) for steps in (LAG, LAG + 1))
    return Text(
        f"{iteration} 回目。正答率は、{LAG} 歩までしか戻らないと {short}、{LAG + 1} 歩戻ると {enough} です。",
        f"Iteration {iteration}. Right answers: {short} going back {LAG} steps, {enough} going back {LAG + 1}.",
    )


def recalled_words(shares: Array) -> Text:
    """What the training came to."""
    short, enough = (percent(float(shares[BACK.index(steps)])) for steps in (LAG, LAG + 1))
    fits = shares[BACK.index(LAG)] < 0.65 and shares[BACK.index(LAG + 1)] > 0.85
    tail = Text("1 歩の差が境目です。", " That one step decides.") if fits else Text("", "")
    return Text(
        f"{LAG} 歩では、その入力が入った時刻に届かず、正答率は {short}。{LAG + 1} 歩なら {enough} です。{tail.ja}",
        f"Going back {LAG} steps ends just before the step of that input: {short} right. "
        f"With {LAG + 1} steps: {enough}.{tail.en}",
    )
