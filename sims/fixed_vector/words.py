"""What the simulation of seq2seq and attention says. Every number is a measured one."""

from collections.abc import Mapping

from sims.numerals import percent
from sims.text import Text

FIXED, ATTENTION = Text("固定長ベクトル", "fixed vector"), Text("注意機構", "attention")
LENGTH = Text("読んだ組の数", "pairs read")
Curves = Mapping[int, tuple[float, float]]


def task_words(key: str, value: int, cells: int) -> Text:
    """What the networks have to do."""
    return Text(
        f"キーと値の組を順に読み、最後に「{key} の値は？」と聞かれます（答えは {value}）。"
        f"固定長ベクトルなら、読んだものは {cells} 個の数になります。",
        f"Pairs are read one by one, then a key is asked for: {key} has the value {value}. "
        f"The fixed vector keeps all of them in {cells} numbers.",
    )


def training_words(iteration: int, curves: Curves) -> Text:
    """Where both stand while they learn."""
    fixed, attention = curves[8]
    return Text(
        f"{iteration:,} 回目。8 組を読んだときの正答率は、"
        f"固定長ベクトルが {percent(fixed)}、注意機構が {percent(attention)} です。",
        f"Iteration {iteration:,}. After eight pairs the fixed vector is right {percent(fixed)} of the time, "
        f"attention {percent(attention)}.",
    )


def trained_words(curves: Curves, cells: int, iterations: int) -> Text:
    """How the shares depend on the length."""
    fixed = [percent(curves[length][0]) for length in (1, 4, 8)]
    least = min(attention for _, attention in curves.values())
    at_least = Text("" if least == 1 else "少なくとも ", "" if least == 1 else "at least ")
    return Text(
        f"学習 {iterations:,} 回。固定長ベクトル（{cells} 個）は、"
        f"1 組で {fixed[0]}、4 組で {fixed[1]}、8 組で {fixed[2]}。"
        f"注意機構は、どの長さでも{at_least.ja or ' '}{percent(least)} です。",
        f"After {iterations:,} iterations, {cells} numbers: "
        f"{fixed[0]} with 1 pair, {fixed[1]} with 4, {fixed[2]} with 8. "
        f"Attention: {at_least.en}{percent(least)} at any length.",
    )


def weights_words(wanted: float) -> Text:
    """Where attention looks."""
    return Text(
        f"後ろの組から順に聞くと、重みは聞かれた組に平均 {percent(wanted)} 集まります。"
        "どの組の状態も、取っておいて使えます。",
        f"Asked from the last pair to the first: on average {percent(wanted)} of the weight falls on the right pair. "
        "All states are kept and at hand.",
    )
