"""What is said about batch normalisation. Every number is a measured one."""

from sims.cells import Array
from sims.numerals import significant, trimmed
from sims.text import Text

TRAINED = 0.2  # a cross-entropy below this counts as trained; guessing costs .69


def spread_words(without: Array, normalised: Array) -> Text:
    """How large the activations of the first and the last layer are before training."""
    first, last = (significant(float(value)) for value in (without[0], without[-1]))
    one, other = (significant(float(value)) for value in (normalised[0], normalised[-1]))
    return Text(
        f"学習前の出力の標準偏差は、正規化なしで 1 層目 {first}、{len(without)} 層目 {last}。"
        f"ありなら {one} と {other} です。",
        f"Standard deviation of the outputs before training: {first} in layer 1, {last} in layer {len(without)}; "
        f"normalised, {one} and {other}.",
    )


def training_words(step: int, without: Array, normalised: Array) -> Text:
    """For how many of the rates the loss is low by now."""
    few, many = trained(without), trained(normalised)
    return Text(
        f"{step} 回目。損失が {TRAINED} を切った学習率は、{len(without)} 通り中、なしで {few}、ありで {many} です。",
        f"Step {step}: the loss is below {TRAINED} at {few} of {len(without)} rates without, at {many} with.",
    )


def end_words(rates: Array, without: Array, normalised: Array, step: int) -> Text:
    """The rates at which each learned."""
    few, many = (_listed(rates[loss < TRAINED]) for loss in (without, normalised))
    return Text(
        f"{step} 回の更新で損失が {TRAINED} を切った学習率は、正規化なしでは{few.ja}、ありでは{many.ja}です。",
        f"Rates with a loss below {TRAINED} in {step} steps: {few.en} without; with normalisation {many.en}.",
    )


def trained(losses: Array) -> int:
    """At how many rates the loss (rates,) is low."""
    return int((losses < TRAINED).sum())


def hand_words(value: float, after: float, claim: float | None, wrong: bool) -> Text:
    """The largest number of a small batch, normalised."""
    old, new = trimmed(value, 4), trimmed(after, 4)
    if not wrong:
        return Text(
            f"{old} は、正規化して γ と β を通すと {new} です。", f"Normalised, then through γ and β, {old} is {new}."
        )
    if claim is None:
        return Text("あなたの数は読めません。", "Your number cannot be read.")
    yours = trimmed(claim, 4)
    return Text(
        f"{old} を正規化して γ と β を通すと {new}。あなたの {yours} とは違います。",
        f"Normalised, then through γ and β, {old} is {new}, not your {yours}.",
    )


def _listed(rates: Array) -> Text:
    if not len(rates):
        return Text("皆無", "none")
    shown = [f"{rate:g}" for rate in rates.tolist()]
    return Text(f" {'、'.join(shown)} ", ", ".join(shown))
