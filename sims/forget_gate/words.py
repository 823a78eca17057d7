"""What the simulation of the forget gate says. Every number is a measured one."""

from collections.abc import Mapping

from sims.frames import Metric
from sims.metrics import measured
from sims.numerals import places, significant
from sims.text import Text

WITH, WITHOUT = Text("忘却ゲートあり", "with forget gate"), Text("なし", "without")
SOLVED, LOST = 0.1, 10.0  # errors in variances of the target: kept up with, no longer of use


def wired_words(step: int, resets: int, now: tuple[float, float], largest: float) -> Text:
    """Two hand-set cells ``step`` steps into a stream; ``now`` is what they hold, with the gate and without."""
    kept, piled, most = (significant(value, 3) for value in (*now, largest))
    if step <= 60:
        return Text(
            f"手で組んだセルです。印のたびに f = 0 で足し直します（ここまで {resets} 回）。"
            f"{step} ステップで c は {kept}、ゲートなしでは {piled} です。",
            f"Wired by hand: f = 0 at every mark, {resets} so far. "
            f"After {step} steps c is {kept}; without the gate it is {piled}.",
        )
    return Text(
        f"{step:,} ステップ。忘却ゲートがあれば c は最大でも {most}、なければ {piled} まで増え続けています。",
        f"{step:,} steps. With the gate c was {most} at most; without it c has grown to {piled} and goes on.",
    )


def training_words(iteration: int, errors: tuple[float, float]) -> Text:
    """Where the errors stand while training."""
    kept, lost = map(significant, errors)
    return Text(
        f"学習させます。{iteration:,} 回目の誤差は、忘却ゲートありで {kept}、なしで {lost} です（目標の分散が 1）。",
        f"Learning. Iteration {iteration:,}: error {kept} with a forget gate, {lost} without "
        "(1 is the variance of the target).",
    )


def stream_words(step: int, cells: tuple[float, float]) -> Text:
    """How large the cells are ``step`` steps into a stream."""
    kept, piled = (significant(value) for value in cells)
    return Text(
        "学習した後、切れ目のない列を読み続けます。"
        f"{step:,} ステップまでの最大の |c| は、ありで {kept}、なしで {piled} です。",
        f"Trained, both read on without a break. Largest |c| in {step:,} steps: {kept} with the gate, {piled} without.",
    )


def gate_words(at_mark: float, elsewhere: float) -> Text:
    """What the learned forget gate does."""
    low, high = places(at_mark), places(elsewhere)
    return Text(
        f"列の最後です。学習した忘却ゲートは、印のとき平均 {low}、ほかでは {high} です。",
        f"The end of the stream. The learned forget gate averages {low} at marks, {high} elsewhere.",
    )


def result_words(metrics: Mapping[str, Metric], feedback: bool) -> Text:
    """What it all came to."""
    kept, lost = measured(metrics, "stream_error_with"), measured(metrics, "stream_error_without")
    growth = significant(measured(metrics, "growth_without"))
    errors = Text(
        f"最後の誤差は、忘却ゲートありで {significant(kept)}、なしで {significant(lost)} です。",
        f"At the end the error is {significant(kept)} with the gate, {significant(lost)} without. ",
    )
    if kept < SOLVED and lost > LOST:
        return Text(
            f"{errors.ja}なしのセルは消せずに溜め込み、学習中の {growth} 倍になりました。",
            f"{errors.en}Without it nothing is dropped: |c| is {growth} times that of training.",
        )
    if feedback and lost < 1:
        return Text(
            f"{errors.ja}h を戻せば引き算もできますが、|c| は学習中の {growth} 倍です。",
            f"{errors.en}Fed back, h lets it subtract; yet |c| is {growth} times that of training.",
        )
    return Text(
        f"{errors.ja}なしのセルの |c| は、学習中の {growth} 倍です。",
        f"{errors.en}Without it |c| is {growth} times that of training.",
    )
