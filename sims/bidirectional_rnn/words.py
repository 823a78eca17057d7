"""What the simulation of the bidirectional RNN says. Every number is measured."""

from collections.abc import Mapping, Sequence

import numpy as np

from sims.bidirectional_rnn.both_neighbours import ONE_WAY_LOSS, Way
from sims.bidirectional_rnn.joined_states import Joined, Reach
from sims.numerals import percent, significant
from sims.text import Text

YOURS = Text("あなたの式", "yours")
LOSS = Text("交差エントロピー（中央値）", "cross-entropy (median)")
NAMES: Mapping[Way, Text] = {
    "forward": Text("前向きだけ", "forward only"),
    "backward": Text("後ろ向きだけ", "backward only"),
    "both": Text("双方向", "both ways"),
}
WAY_NAMES: Mapping[str, Text] = {
    "side": Text("横につなぐ", "side by side"),
    "unturned": Text("逆順のまま横に", "h_b not turned"),
    "stacked": Text("縦につなぐ", "one on the other"),
    "sum": Text("足す", "sum"),
}


def which(row: Reach) -> str:
    """The inputs that a row has read: ``x1–x8``, ``x1, x8``."""
    read = (np.flatnonzero(row) + 1).tolist()
    if not read:
        return "–"
    if len(read) > 1 and read == list(range(read[0], read[-1] + 1)):
        return f"x{read[0]}–x{read[-1]}"
    return ", ".join(f"x{step}" for step in read[:4]) + (" …" if len(read) > 4 else "")


def forward_words(steps: int) -> Text:
    """What a forward RNN knows."""
    return Text(
        f"前向きの RNN の h3 は、x1 から x3 しか知りません。x4 から x{steps} を変えても、h3 は動きません。",
        f"State h3 of the forward RNN knows x1 to x3. Changing x4 to x{steps} does not move it.",
    )


def backward_words(steps: int) -> Text:
    """What a backward RNN knows."""
    return Text(
        f"後ろ向きの RNN は x{steps} から読みます。時刻の順に並べ直すと、h3 が知るのは x3 から x{steps} です。",
        f"The backward RNN starts at x{steps}. Put back in order of time, its h3 knows x3 to x{steps}.",
    )


def joined_words(cells: int) -> Text:
    """What both know together."""
    return Text(
        f"同じ時刻どうしを横につなぐと、どの行も前後すべての入力を知ります。"
        f"1 行は {cells} + {cells} = {2 * cells} 個です。",
        f"Joined step by step, every row knows all inputs, before and after. "
        f"A row has {cells} + {cells} = {2 * cells} numbers.",
    )


def ways_words(steps: int, cells: int) -> Text:
    """Which joins V can read."""
    return Text(
        f"V が読めるのは幅 {2 * cells} の行だけです。h_b を逆順のままつなぐと、h1 には x1 と x{steps} しか届きません。",
        f"V reads rows of {2 * cells}. If h_b is not turned round, only x1 and x{steps} reach h1.",
    )


def claim_words(claimed: Joined, steps: int) -> Text:
    """What is wrong with somebody's way of joining."""
    if claimed.problem is not None:
        return Text(f"あなたの式は使えません。{claimed.problem.ja}", f"Yours cannot be used. {claimed.problem.en}")
    if claimed.same:
        return Text("あなたの式でも、同じ行になります。", "Yours makes the same rows.")
    if claimed.reach is None or claimed.reach.all():
        return Text(
            "形は V に合いますが、数の並びが違い、V は別の数を読みます。",
            "The shape fits V, but the numbers stand elsewhere, and V reads others.",
        )
    row = int(np.argmin(claimed.reach.sum(1)))
    read, known = int(claimed.reach[row].sum()), which(claimed.reach[row])
    return Text(
        f"形は V に合いますが、h{row + 1} が知る入力は {steps} 個のうち {read} 個です（{known.replace(', ', '、')}）。",
        f"The shape fits V, but h{row + 1} knows {read} of the {steps} inputs ({known}).",
    )


def training_words(iteration: int, span: int, losses: Sequence[float], shares: Sequence[float]) -> Text:
    """What is being learned, and how far it is."""
    if not iteration:
        return Text(
            f"各時刻で、{span} つ前と {span} つ後のビットが両方 1 かを答えます。"
            f"学習前の正答率は {percent(shares[2])} です。",
            f"At each step: are the bits {span} before and {span} after both 1? "
            f"Untrained, {percent(shares[2])} are right.",
        )
    return Text(
        f"{iteration:,} 回目。損失は、前向きだけで {_short(losses[0])}、双方向で {_short(losses[2])} です。",
        f"Iteration {iteration:,}. Loss: forward only {_short(losses[0])}, both ways {_short(losses[2])}.",
    )


def trained_words(iteration: int, span: int, losses: Sequence[float], shares: Sequence[float]) -> Text:
    """What each reader ended with, if the lesson can be read off it."""
    if losses[2] > 0.1:
        return training_words(iteration, span, losses, shares)
    floor = _short(ONE_WAY_LOSS)
    return Text(
        f"片方向は、どんな重みでも {floor} が下限です（{_short(losses[0])} と {_short(losses[1])}、"
        f"正答率 {percent(max(shares[:2]))}）。"
        f"双方向は {_short(losses[2])} まで下がり、{percent(shares[2])} 正解です。",
        f"One way no weights get below {floor} "
        f"({_short(losses[0])}, {_short(losses[1])}; {percent(max(shares[:2]))} right). "
        f"Both ways: {_short(losses[2])}, {percent(shares[2])} right.",
    )


def _short(loss: float) -> str:
    return significant(loss, 3) if loss >= 0.1 else significant(loss, 2)
