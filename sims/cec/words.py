"""What the simulation of the CEC says, and how its numbers are written. Every number is a measured one."""

from collections.abc import Collection, Mapping

import numpy as np

from sims.cec.marked_recall import DESIGNS, Errors, Look, floor
from sims.frames import Table
from sims.text import Text, same

SOLVED = 0.03  # a total error below this counts as solved; saying nothing costs 1/3
NAMES: Mapping[str, Text] = {
    "none": Text("ゲートなし", "no gate"),
    "input": Text("入力ゲートだけ", "input gate only"),
    "output": Text("出力ゲートだけ", "output gate only"),
    "both": Text("両方のゲート", "both gates"),
}


def short(value: float) -> str:
    """A number in few characters: ``.325``, ``.0004``, ``1.25``, ``20,959``, ``2e-05``, ``0``."""
    if value == 0 or not np.isfinite(value):
        return f"{value:g}"
    if abs(value) >= 1:
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    if abs(value) < 0.00005:
        return f"{value:.0e}"
    text = f"{value:.3f}" if abs(value) >= 0.00995 else f"{value:.4f}"
    return text.replace("0.", ".", 1) if abs(value) < 0.9995 else text


def medians(errors: Errors, designs: tuple[str, ...]) -> dict[str, float]:
    """Each design's total error, the median over its runs."""
    return {design: float(np.median(total)) for design, total in zip(designs, errors.total, strict=True)}


def flow_words(lag: int, carousel: float, rnn: float) -> Text:
    """What is left of an error ``lag`` steps back."""
    return Text(
        f"{lag:,} ステップ戻ると、ふつうの RNN の勾配は {short(rnn)} です。CEC では {carousel:g} です。",
        f"{lag:,} steps back, the gradient of a plain RNN is {short(rnn)}. In the CEC it is {carousel:g}.",
    )


def training_words(iteration: int, totals: Mapping[str, float]) -> Text:
    """Where the errors stand while training."""
    if len(totals) == 1:
        ((design, error),) = totals.items()
        name = NAMES[design]
        return Text(
            f"{iteration:,} 回目。{name.ja}で、誤差は {short(error)} です。",
            f"Iteration {iteration:,}. With {name.en} the error is {short(error)}.",
        )
    others = _range([error for design, error in totals.items() if design != "both"])
    both = short(totals["both"])
    return Text(
        f"{iteration:,} 回目。両方のゲートの誤差は {both}、ほかの 3 通りは {others.ja}です。",
        f"Iteration {iteration:,}. Both gates: error {both}. The other three: {others.en}.",
    )


def trained_words(iterations: int, totals: Mapping[str, float]) -> Text:
    """What the training came to."""
    if len(totals) == 1:
        ((design, error),) = totals.items()
        return _design_words(design, error, iterations)
    both, limit = totals["both"], short(lowest_floor())
    others = [error for design, error in totals.items() if design != "both"]
    if both < SOLVED and min(others) > 0.2:
        return Text(
            f"ゲートが 1 つ以下では、誤差は {_range(others).ja}で止まります（計算した下限 {limit}）。"
            f"両方そろうと {short(both)} まで下がります。",
            f"With one gate or none the error stops at {_range(others).en} (computed floor {limit}). "
            f"Only both together get down to {short(both)}.",
        )
    return Text(
        f"{iterations:,} 回の学習で、両方のゲートの誤差は {short(both)}、ほかの 3 通りは {_range(others).ja}です。",
        f"After {iterations:,} iterations both gates are at {short(both)}, the other three at {_range(others).en}.",
    )


def look_words(look: Look, until: int, design: str) -> Text:
    """What the gates do in one sequence, as far as step ``until``, counted from 0."""
    mark, cue = int(look.mark.argmax()), int(look.cue.argmax())
    if until <= mark:
        return _mark_words(look, mark, design)
    if until < cue:
        kept = _range(look.memory[mark:cue], places=2)
        number = _places(look.number[mark])
        return Text(
            f"{mark + 1} 番目から {cue} 番目まで、覚えている値は {kept.ja}です。印の付いた数は {number} です。",
            f"From step {mark + 1} to step {cue} it remembers {kept.en.strip()}. The marked number is {number}.",
        )
    return _cue_words(look, cue, design)


def error_table(totals: Mapping[str, float], errors: Errors) -> Table:
    """The errors now: of the four designs as a square, or the parts of the only one."""
    if len(totals) > 1:
        off, on = Text("なし", "off"), Text("あり", "on")
        return Table(
            Text("出力ゲート", "output gate"),
            (Text("入力ゲート", "input gate"), off, on),
            tuple(
                (name, same(short(totals[left])), same(short(totals[right])))
                for name, left, right in ((off, "none", "output"), (on, "input", "both"))
            ),
            lit=((1, 2),) if totals["both"] == min(totals.values()) else (),
        )
    (design,) = totals
    recall, leak = (float(np.median(part[0])) for part in (errors.recall, errors.leak))
    parts = (
        (Text("合図のとき", "at the cue"), recall),
        (Text("ほかの時刻", "elsewhere"), leak),
        (Text("合計", "total"), totals[design]),
        (Text("計算した下限", "computed floor"), floor(design)),
    )
    rows = tuple((name, same(short(value))) for name, value in parts)
    return Table(NAMES[design], (Text("二乗誤差", "squared error"), Text("中央値", "median")), rows, lit=((2, 1),))


def lowest_floor() -> float:
    """What no design with fewer than two gates can get below."""
    return min(floor(design) for design in DESIGNS if design != "both")


def _design_words(design: str, error: float, iterations: int) -> Text:
    name, limit = NAMES[design], short(floor(design))
    after = Text(
        f"{iterations:,} 回の学習で、誤差は {short(error)} です。",
        f"After {iterations:,} iterations the error is {short(error)}. ",
    )
    if design == "both":
        limit = short(lowest_floor())
        return Text(
            f"{after.ja}ゲートが 1 つ以下のときの下限は {limit} です。",
            f"{after.en}With one gate or none the computed floor is {limit}.",
        )
    return Text(
        f"{after.ja}{name.ja}では、どんな重みでも下限は {limit} です。",
        f"{after.en}With {name.en} the computed floor is {limit}, whatever the weights.",
    )


def _mark_words(look: Look, mark: int, design: str) -> Text:
    number, step = _places(look.number[mark]), mark + 1
    if "input" not in DESIGNS[design]:
        return Text(
            f"入力ゲートがないので、印のない数もセルに入ります。{step} 番目の印の付いた {number} もその 1 つです。",
            f"Without an input gate every number enters the cell; the marked {number} at step {step} is one of them.",
        )
    gate, before = _places(look.input_gate[mark]), _places(look.input_gate[:mark].max())
    return Text(
        f"{step} 番目の {number} に印が付いています。入力ゲートの開きは、ここで {gate}、その前は最大 {before} です。",
        f"The {number} at step {step} is marked. The input gate opens to {gate} here, to {before} at most before.",
    )


def _cue_words(look: Look, cue: int, design: str) -> Text:
    said, rest = _places(look.output[cue]), short(float(np.abs(np.delete(look.output, cue)).max()))
    if "output" not in DESIGNS[design]:
        return Text(
            f"出力ゲートがないので、セルの中身はいつも出ます。合図で {said}、ほかの時刻は大きさ最大 {rest} です。",
            f"Without an output gate the cell is always heard: {said} at the cue, up to {rest} in size elsewhere.",
        )
    gate, step = _places(look.output_gate[cue]), cue + 1
    return Text(
        f"合図の {step} 番目で出力ゲートが {gate} まで開き、{said} が出ます。ほかの時刻は大きさ最大 {rest} です。",
        f"At the cue, step {step}, the output gate opens to {gate} and {said} comes out; elsewhere {rest} at most.",
    )


def _places(value: float) -> str:
    """Two places after the point: ``.81``, ``−.05``, ``1.20``."""
    text = f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")
    return text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text


def _range(values: Collection[float], places: int | None = None) -> Text:
    """From the least to the greatest; the Japanese ends where です follows."""
    low, high = (_places(end) if places else short(end) for end in (min(values), max(values)))
    return same(f"{low} ") if low == high else Text(f"{low} から {high} ", f"{low} to {high}")
