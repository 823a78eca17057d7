"""What the simulation of the peepholes says. Every number is a measured one."""

from collections.abc import Mapping

from sims.numerals import places, significant, trimmed
from sims.text import Text

PEEPHOLES, CUT = Text("覗き穴あり", "with peepholes"), Text("覗き穴なし", "without")
AJAR = 2.0  # from so many times the opening with peepholes on, the plain gate is said to stay ajar
SEEN: Mapping[str, Text] = {
    "x": Text("x だけ", "x alone"),
    "xh": Text("x と h（ふつう）", "x, h (plain)"),
    "xc": Text("x と c（覗き穴）", "x, c (peephole)"),
    "xhc": Text("x と h と c", "x, h and c"),
}


def timer_words(period: int, step: int, now: Mapping[str, float], fired: tuple[int, int]) -> Text:
    """The wired timer at ``step``: ``c``, ``h`` and ``cut`` (the c of the one without peepholes), and both's spikes."""
    c, h, cut = (trimmed(now[name]) for name in ("c", "h", "cut"))
    if step < period:
        threshold = trimmed((period - 0.5) / period, 3)
        return Text(
            f"手で組んだタイマーです。c は毎回 1/{period} 増え、ゲートは c を θ = {threshold} と比べます。"
            "まだ閉じています。",
            f"A timer wired by hand: c grows by 1/{period} a step. Its gates compare c with θ = {threshold}: "
            "still shut.",
        )
    if step == period:
        return Text(
            f"{period} ステップ目、c = {c} が θ を超えました。o が開き、h = {h} が出ます。",
            f"Step {period}: c = {c} has passed θ. o opens, and h = {h} comes out.",
        )
    if step < 2 * period:
        return Text(
            f"発火の次に f が閉じ、c は空から数え直します。覗き穴を切ったほうは、c が {cut} になっても気づきません。",
            f"After the spike f has shut, and c counts anew. Without peepholes no gate notices that c is {cut}.",
        )
    return Text(
        f"{step} ステップで {fired[0]} 回発火しました。"
        f"覗き穴を切るとゲートに見えるのは h = 0 だけで、{fired[1]} 回です。",
        f"{fired[0]} spikes in {step} steps. Without peepholes the gates see only h = 0: {fired[1]} spikes.",
    )


def sweep_words(ends: tuple[int, int], rounds: int, step: int, exact: tuple[int, int], without: int) -> Text:
    """How timers of many periods do; ``exact`` of so many have fired at every N-th step and at no other."""
    low, high = ends
    share = f"{exact[0]} / {exact[1]}"
    return Text(
        f"N = {low} から {high} まで、{step:,} ステップ。{rounds} 周期の間 N ごとにだけ発火したのは {share}、"
        f"覗き穴なしの発火は {without} 回です。",
        f"N = {low} to {high}, {step:,} steps. Spikes at each N-th step alone, {rounds} rounds long: {share}. "
        f"Without peepholes: {without}.",
    )


def training_words(iteration: int, count: int, right: Mapping[str, float]) -> Text:
    """Which share of sequences each arm gets right from end to end."""
    plain, peeping = percent(right["xh"]), percent(right["xc"])
    return Text(
        f"{count} 個目のパルスから 1、その前は 0 を出すよう学習します。"
        f"{iteration} 回目に正しい列は、ゲートが h を見ると {plain} %、c を見ると {peeping} % です。",
        f"To learn: say 1 from pulse {count} on, 0 before. Iteration {iteration}, sequences right: "
        f"{plain} % if gates see h, {peeping} % if c.",
    )


def look_words(count: int, open_before: tuple[float, float]) -> Text:
    """How far the output gates are open before the pulse that counts: plain, peephole."""
    plain, peeping = map(places, open_before)
    if open_before[0] > AJAR * open_before[1]:
        return Text(
            f"{count} 個目より前の o は、ふつうの LSTM で平均 {plain} です。"
            f"c を h で知るには、少し開けておくしかありません。覗き穴なら {peeping} です。",
            f"Before pulse {count}, o of the plain LSTM averages {plain}: to know c by its h it must stay ajar. "
            f"With peepholes: {peeping}.",
        )
    return Text(
        f"{count} 個目より前の o は、ふつうの LSTM で平均 {plain}、覗き穴があると {peeping} です。",
        f"Before pulse {count}, o averages {plain} in the plain LSTM, {peeping} with peepholes.",
    )


def result_words(count: int, right: Mapping[str, float], leak: Mapping[str, float]) -> Text:
    """What the training came to."""
    leaks = significant(leak["xh"]), significant(leak["xc"])
    rights = percent(right["xh"]), percent(right["xc"])
    return Text(
        f"{count} 個目より前に漏れる出力は、ゲートが h を見ると {leaks[0]}、c を見ると {leaks[1]} です。"
        f"正しい列は {rights[0]} % と {rights[1]} % です。",
        f"Output leaking before pulse {count}: {leaks[0]} where gates see h, {leaks[1]} where they see c. "
        f"Sequences right: {rights[0]} and {rights[1]} %.",
    )


def percent(share: float) -> str:
    """``94``; 100 only if it is all of them."""
    return str(min(round(100 * share), 99 if share < 1 else 100))
