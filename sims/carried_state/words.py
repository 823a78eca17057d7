"""What the carried state says of itself, in the names of each cell."""

from dataclasses import dataclass

from sims.claimed_number import ClaimedNumber, agrees
from sims.frames import NO_TEXT
from sims.numerals import significant, trimmed
from sims.text import Text


@dataclass(frozen=True, slots=True)
class Names:
    """What the state, the two factors and the content are called in a cell."""

    state: str
    keep: str
    take: str
    content: str


_NAMES = {
    "cec": Names("c", "w", "1", "a"),
    "rnn": Names("h", "u", "w", "x"),
    "relu": Names("h", "u", "w", "x"),
    "lstm": Names("c", "f", "i", "a"),
    "gru": Names("h", "(1 − z)", "z", "h~"),
}
_ASKED = {
    "state": Text("最後の状態", "the last state"),
    "carried": Text("誤差の倍率", "the factor on the error"),
    "terms": Text("足される項の数", "the number of terms"),
    "by_keep": Text("勾配", "the gradient"),
    "by_take": Text("勾配", "the gradient"),
}


def names_of(cell: str) -> Names:
    """The names of ``cell``."""
    return _NAMES[cell]


def number(value: float) -> str:
    """A number for a caption: as many places as it takes to tell small ones from 0."""
    return significant(value, 3) if 0 < abs(value) < 0.01 else trimmed(value, 4)


def given_words(names: Names, keep: float, take: float, content: float, start: float) -> Text:
    """What the cell does at each step."""
    line = (
        f"{names.keep} = {number(keep)}、{names.take} = {number(take)}" if names.take != "1" else f"w = {number(keep)}"
    )
    rule = f"{names.state} ← {names.keep}·{names.state} + {names.take}·{names.content}".replace("1·a", "a")
    at = f"{names.state} = {number(start)}、{names.content} = {number(content)}"
    return Text(
        f"{rule} をくり返します。{line}、{at} です。",
        f"{rule}, again and again: {line.replace('、', ', ')}, {at.replace('、', ', ')}.",
    )


def step_words(names: Names, step: int, keep: float, old: float, added: float, new: float, relu: bool) -> Text:
    """One step as a sum."""
    cut = relu and keep * old + added < 0
    line = f"{number(keep)} × {number(old)} + {number(added)} = {number(keep * old + added)}".replace("+ −", "− ")
    if cut:
        return Text(
            f"{step} ステップ目: {line}。負なので ReLU で 0 になります。",
            f"Step {step}: {line}, negative, so ReLU makes it 0.",
        )
    return Text(f"{step} ステップ目: {names.state} = {line}", f"Step {step}: {names.state} is {line}")


def nudge_words(names: Names, steps: int, change: float) -> Text:
    """What becomes of 1 that is added to the start."""
    c, later = names.state, f"{steps} step{'s' if steps > 1 else ''} later"
    if not change:
        return Text(
            f"最初の {c} に 1 足しても、{steps} ステップ後の {c} は変わりません。",
            f"Add 1 to the first {c}, and {later} it is still the same.",
        )
    return Text(
        f"最初の {c} に 1 足すと、{steps} ステップ後の {c} は {number(change)} だけ変わります。",
        f"Add 1 to the first {c}, and {later} it differs by {number(change)}.",
    )


def return_words(names: Names, terms: int, steps: int, carried: float, gradient: float) -> Text:
    """The way back. Only in a plain unit is the factor of the old state a weight that learns."""
    c, u = names.state, names.keep
    back = Text(
        f"{terms} ステップさかのぼると、誤差は {number(carried)} 倍です。",
        f"{terms} step{'s' if terms > 1 else ''} back the error is multiplied by {number(carried)}.",
    )
    if u not in ("u", "w"):
        return back
    cut = (
        Text(f"{steps} ステップのうち {terms} で打ち切り。", f"Cut off after {terms} of {steps}. ")
        if terms < steps
        else NO_TEXT
    )
    total = number(gradient)
    return Text(
        f"{cut.ja}{back.ja}∂{c}/∂{u} は {terms} 項の和で {total} です。",
        f"{cut.en}{back.en} ∂{c}/∂{u} is a sum of {terms} term{'s' if terms > 1 else ''}, {total}.",
    )


def claim_words(names: Names, asked: str, claimed: ClaimedNumber, measured: float, steps: int) -> Text:
    """A claimed number beside the measured one."""
    if claimed.value is None:
        return claimed.problem or NO_TEXT
    what, yours, value = _ASKED[asked], number(claimed.value), number(measured)
    if agrees(claimed.value, measured, smallest=0):
        return Text(
            f"動かすと、{what.ja}は {value} です。あなたの答えと同じです。",
            f"When run, {what.en} is {value}, as you say.",
        )
    return Text(
        f"あなたの答えは {yours}。{steps} ステップ動かすと、{what.ja}は {value} です。",
        f"You say {yours}; run for {steps} step{'s' if steps > 1 else ''}, {what.en} is {value}.",
    )
