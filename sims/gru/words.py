"""What the comparison of GRU, LSTM and simple RNN says. Every number is a measured one."""

from collections.abc import Mapping

from sims.gru.first_token import CHANCE
from sims.gru.formula import FADED, STEPS, Comparison, Course
from sims.numerals import percent
from sims.text import Text, same

TITLES: Mapping[str, Text] = {"rnn": same("RNN"), "gru": same("GRU"), "lstm": same("LSTM")}
YOURS, RIGHT = Text("あなたの式", "yours"), Text("正しい式", "right one")
KEPT, LOST = 0.9, CHANCE + 0.1  # shares of tokens from which on they are remembered, and up to which it is chance
EXPONENTIAL = 1.1  # a state that grows by less a step is said to grow, not to be multiplied


def size(value: float) -> str:
    """A number in few characters, however large or small: ``.83``, ``13``, ``2e15``, ``3e-17``, ``0``."""
    if value == 0:
        return "0"
    if not 1e-3 <= abs(value) < 1e5:
        mantissa, _, exponent = f"{value:.0e}".partition("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}".removeprefix("0")


def count_words(sizes: Mapping[str, int]) -> Text:
    """How many parameters the three cells have."""
    saved = percent(1 - sizes["gru"] / sizes["lstm"])
    return Text(
        f"重みの組は、RNN が 1 つ、GRU が 3 つ、LSTM が 4 つ。GRU のパラメータは LSTM より {saved} 少なくなります。",
        f"An RNN has one set of weights, a GRU three, an LSTM four: the GRU saves {saved} of the LSTM's parameters.",
    )


def training_words(iteration: int, shares: Mapping[str, float]) -> Text:
    """Where the accuracies stand while training."""
    shown = [f"{TITLES[name].en} {percent(share)}" for name, share in shares.items()]
    return Text(
        f"{iteration:,} 回目。最初のトークンを言い当てた割合は、{'、'.join(shown)} です。",
        f"Iteration {iteration:,}. The first token is named rightly by {', '.join(shown)}.",
    )


def result_words(lag: int, shares: Mapping[str, float]) -> Text:
    """What the training came to; a share between little and nearly all is told, not judged."""
    told = {name: f"{TITLES[name].en} {percent(share)}" for name, share in shares.items()}
    kept = ", ".join(told[name] for name, share in shares.items() if share >= KEPT)
    lost = ", ".join(told[name] for name, share in shares.items() if share <= LOST)
    chance, steps, every = percent(CHANCE), f"{lag} step{'s' * (lag != 1)}", ", ".join(told.values())
    if kept == every:
        return Text(
            f"{lag} ステップ前のトークンなら、3 つとも覚えています: {every.replace(', ', '、')}。",
            f"Over a lag of {steps} all three remember: {every}.",
        )
    if lost == every:
        return Text(
            f"{lag} ステップ前のトークンを、どれも覚えられません: {every.replace(', ', '、')}（偶然なら {chance}）。",
            f"Over a lag of {steps} none of them remembers: {every} (chance is {chance}).",
        )
    if len(kept) + len(lost) + len(", ") == len(every):
        return Text(
            f"{lag} ステップ前のトークンの正解率は、{lost.replace(', ', '、')} が偶然の {chance} に近く、"
            f"{kept.replace(', ', '、')} は覚えています。",
            f"Tokens named rightly over a lag of {steps}: {lost}, near chance ({chance}); {kept}, remembered.",
        )
    return Text(
        f"{lag} ステップ前のトークンの正解率は、{every.replace(', ', '、')} です（偶然なら {chance}）。",
        f"Tokens named rightly over a lag of {steps}: {every} (chance is {chance}).",
    )


def convention_words(difference: float) -> Text:
    """That both conventions are one cell."""
    return Text(
        f"z に入る重みの符号を変えると、z が 1 − z になるだけで、h は同じです（差は最大 {size(difference)}）。",
        f"Turn the sign of z's weights: z becomes 1 − z, and h stays the same (off by {size(difference)} at most).",
    )


def course_words(step: int, comparison: Comparison) -> Text:
    """Where the two formulas stand after some steps."""
    if comparison.yours is None:
        return problem_words(comparison)
    right, yours = comparison.right, comparison.yours
    if yours.overflow is not None and step >= yours.overflow:
        return _overflow_words(yours.overflow)
    if shows_size(comparison):
        return Text(
            f"{step} ステップ後、h の最大の大きさは、正しい式で {size(right.size[step])}、"
            f"あなたの式で {size(yours.size[step])} です。",
            f"After {step} steps the largest |h| is {size(right.size[step])}, with yours {size(yours.size[step])}.",
        )
    return Text(
        f"{step} ステップ後、はじめの状態の跡は、正しい式で {size(right.trace[step])}、"
        f"あなたの式で {size(yours.trace[step])} です。",
        f"After {step} steps the trace of the first state is {size(right.trace[step])}, "
        f"with yours {size(yours.trace[step])}.",
    )


def learning_words(iteration: int, shares: Mapping[str, float], comparison: Comparison) -> Text:
    """Where the two formulas stand while both are learned with."""
    if comparison.problem is not None:
        return problem_words(comparison)
    right = percent(shares["gru"])
    if "yours" not in shares:
        return Text(
            f"{iteration:,} 回目。正しい式の正解率は {right} です。",
            f"Iteration {iteration:,}. The right one names {right} of the tokens.",
        )
    return Text(
        f"{iteration:,} 回目。正解率は、正しい式で {right}、あなたの式で {percent(shares['yours'])} です。",
        f"Iteration {iteration:,}. The right one names {right} of the tokens, yours {percent(shares['yours'])}.",
    )


def claim_words(comparison: Comparison, right: float, yours: float | None) -> Text:
    """What is wrong with a formula, and what a GRU learns with it."""
    found = _outcome_words(comparison)
    if yours is None or comparison.outcome == "same":
        return found
    return Text(
        f"{found.ja}学習後の正解率は {percent(yours)}（正しい式は {percent(right)}）です。",
        f"{found.en} Trained, it names {percent(yours)} (right one: {percent(right)}).",
    )


def problem_words(comparison: Comparison) -> Text:
    """Why a formula cannot be run."""
    why = comparison.problem or same("")
    return Text(f"あなたの式は計算できません。{why.ja}", f"Yours cannot be computed. {why.en}")


def shows_size(comparison: Comparison) -> bool:
    """Whether the size of the state tells more than what is left of the first one."""
    return comparison.outcome in ("grows", "dies", "overflow")


def _outcome_words(comparison: Comparison) -> Text:
    right, yours = comparison.right, comparison.yours
    if yours is None:
        return problem_words(comparison)
    match comparison.outcome:
        case "same":
            return Text(
                f"あなたの式は、{STEPS} ステップのあいだ正しい式と一致します。",
                f"Yours agrees with the right one over all {STEPS} steps.",
            )
        case "overflow":
            return _overflow_words(yours.overflow or 0)
        case "grows":
            return _growth_words(yours)
        case "dies":
            return Text(
                f"あなたの式では h が縮み続け、{STEPS} ステップで {size(yours.size[-1])} になります。",
                f"With yours h only shrinks: {size(yours.size[-1])} after {STEPS} steps.",
            )
        case "deaf":
            return Text(
                "あなたの式では新しい入力が h に入らず、何も覚えられません。",
                "With yours no new input ever enters h, so nothing can be learned.",
            )
        case "differs":
            return Text(
                f"{STEPS} ステップ後、あなたの式の h は大きさ {size(yours.size[-1])}、"
                f"正しい式では {size(right.size[-1])} です。",
                f"After {STEPS} steps |h| is {size(yours.size[-1])} with yours and should be {size(right.size[-1])}.",
            )
        case _:
            return _forgetting_words(yours, comparison.outcome == "mirror")


def _forgetting_words(yours: Course, mirror: bool) -> Text:
    faded = next((step for step, share in enumerate(yours.trace) if share < FADED), None)
    when = Text(f"{faded} ステップで 1 % を切り", f"fades below 1 % in {faded} step{'s' * (faded != 1)}")
    if faded is None:
        when = Text(f"{STEPS} ステップで {size(yours.trace[-1])} になり", f"is {size(yours.trace[-1])} at step {STEPS}")
    if mirror:
        return Text(
            f"z の役割が逆です。このセルでは、前の状態の跡が {when.ja}ます。",
            f"Here z means the opposite: the old state's trace {when.en}.",
        )
    return Text(f"あなたの式では、前の状態の跡は {when.ja}ます。", f"With yours the old state's trace {when.en}.")


def _growth_words(yours: Course) -> Text:
    half = STEPS // 2
    factor = (yours.size[-1] / yours.size[half]) ** (1 / (STEPS - half))
    reached = size(yours.size[-1])
    if factor > EXPONENTIAL:
        return Text(
            f"あなたの式では h が毎ステップ約 {size(factor)} 倍になり、{STEPS} ステップで {reached} です。",
            f"With yours h is multiplied by {size(factor)} at every step: {reached} after {STEPS}.",
        )
    return Text(
        f"あなたの式では h が 1 を超えて増え続け、{STEPS} ステップで {reached} です。",
        f"With yours h grows beyond 1 and on: {reached} after {STEPS} steps.",
    )


def _overflow_words(step: int) -> Text:
    return Text(
        f"あなたの式では、{step} ステップ目で h が有限の値でなくなります。",
        f"With yours h is no longer finite after step {step}.",
    )
