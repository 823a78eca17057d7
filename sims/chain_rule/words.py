"""What the chain rule says about a value, a gradient, a numeric check, and a claim. Every number is measured."""

import math

from sims.chain_rule.differences import Errors
from sims.chain_rule.problem import Problem
from sims.numerals import number, power_of_ten
from sims.text import Text


def inputs_words() -> Text:
    """What happens first."""
    return Text("まず値を、入力から出力へ左から右に流します。", "First the values flow from the inputs to the output.")


def value_words(calculated: str) -> Text:
    """One node of the forward pass."""
    return Text(f"値は左から右へ。{calculated} です。", f"Values go from left to right: {calculated}.")


def seed_words(problem: Problem) -> Text:
    """Where the backward pass begins."""
    return Text(
        f"次に勾配を右から左へ。出発点は ∂{problem.output}/∂{problem.output} = 1 です。",
        f"Now gradients go back from right to left, starting from ∂{problem.output}/∂{problem.output} = 1.",
    )


def slope_words(passed: str, adds_up: bool) -> Text:
    """One node of the backward pass: what reached it times its own slope, passed on."""
    ja = "枝分かれした勾配は足し合わせます" if adds_up else "届いた勾配に、この節点の傾きを掛けて渡します"
    en = "Gradients of several branches add up" if adds_up else "What arrives, times the slope here, is passed on"
    return Text(f"{ja}。{passed}", f"{en}. {passed}".replace("、", ", "))


def reached_words(problem: Problem, slopes: dict[str, float]) -> Text:
    """The end of the backward pass."""
    shown = [name for name in (problem.first, problem.second) if name in slopes]
    found = "、".join(f"∂{problem.output}/∂{name} = {number(slopes[name])}" for name in shown)
    return Text(
        f"1 回の逆伝播で、すべての入力の勾配が揃いました。{found} です。",
        f"One backward pass gave the gradient of every input: {found.replace('、', ', ')}.",
    )


def undefined_words(what: str) -> Text:
    """Why a run ends on its way forward."""
    return Text(f"{what} は定義されません。x や y を変えてみてください。", f"{what} is undefined. Try another x or y.")


def no_slope_words(what: str) -> Text:
    """Why a run ends on its way back."""
    return Text(
        f"{what} の傾きは定義されません。x や y を変えてみてください。",
        f"The slope of {what} is undefined. Try another x or y.",
    )


def difference_words(ahead: Errors, centre: Errors) -> Text:
    """Which h was best for the function at hand."""
    if ahead.best is None or centre.best is None:
        return Text("この点では数値微分ができません。", "There is no numeric derivative at this point.")
    first, second = power_of_ten(ahead.best), power_of_ten(centre.best)
    if centre.best == 0:
        return Text(
            f"誤差が最小の h は、前進差分で {first}、中心差分では 1 です。小さいほどよいとは限りません。",
            f"The best h is {first} for forward differences and 1 for central ones: smaller is not always better.",
        )
    return Text(
        f"誤差が最小の h は、前進差分で {first}、中心差分で {second}。それより小さいと、丸め誤差が勝ちます。",
        f"The best h is {first} for forward, {second} for central differences. Below it rounding errors win.",
    )


def reference_words(problem: Problem, centre: Errors, reference: Errors) -> Text:
    """That the best h depends on the function."""
    here = "–" if centre.best is None else power_of_ten(centre.best)
    there = "–" if reference.best is None else power_of_ten(reference.best)
    if here == there:
        return Text(
            f"中心差分に最もよい h は、{problem.output} でも右の関数でも {here} です。いつも同じではありません。",
            f"The best h for central differences is {here} here and on the right; other functions may want another.",
        )
    return Text(
        f"中心差分に最もよい h は、{problem.output} で {here}、右の関数で {there} です。関数しだいです。",
        f"The best h for central differences is {here} here and {there} on the right: it depends on the function.",
    )


def mutants_words(full: float, inner: float, outer: float) -> Text:
    """What y1 becomes when one of the two sigmoids is forgotten."""
    return Text(
        f"g は 2 つ要ります。y1 = {number(full)}、z1 の g を抜くと {number(inner)}、y1 の g なら {number(outer)}。",
        f"Both g are needed: y1 = {number(full)}, without g on z1 {number(inner)}, without g on y1 {number(outer)}.",
    )


def agreement_words(problem: Problem, points: int) -> Text:
    """A claim that is right."""
    what = problem.output if problem.claims_output else problem.slope_name
    return Text(
        f"あなたの式は、調べた {points} 点すべてで {what} と一致します。",
        f"Your expression equals {what} at all {points} points that were tried.",
    )


def disagreement_words(problem: Problem, at: dict[str, float], true: float, claimed: float) -> Text:
    """A claim that is wrong, at the place ``at``."""
    first, second = (f"{name} = {number(at[name])}" for name in (problem.first, problem.second))
    ja_what, en_what = ("計算した値", "the value is") if problem.claims_output else ("数値微分", "the numeric slope is")
    if math.isnan(claimed):
        return Text(
            f"{first}、{second} で、{ja_what}は {number(true)} ですが、あなたの式は定義されません。",
            f"At {first}, {second} {en_what} {number(true)}, but yours is undefined.",
        )
    digits = next((digits for digits in range(4, 13) if number(true, digits) != number(claimed, digits)), 13)
    return Text(
        f"{first}、{second} で、{ja_what}は {number(true, digits)}、あなたの式は {number(claimed, digits)} です。",
        f"At {first}, {second} {en_what} {number(true, digits)}, yours {number(claimed, digits)}.",
    )


def range_words(claimed: float) -> Text:
    """A claimed y1 that no sigmoid can give."""
    return Text(
        f"g の出力は 0 と 1 のあいだですが、あなたの式は {number(claimed)} になります。",
        f"The output of g lies between 0 and 1, but yours becomes {number(claimed)}.",
    )


def tangent_words(problem: Problem, step: float, moved: float, true: float, claimed: float) -> Text:
    """How z really changes over a small step, and what the true and the claimed slope predict."""
    name, output, h = problem.wrt, problem.output, number(step)
    grown, right, yours = (number(value, 3) for value in (moved, true, claimed))
    return Text(
        f"{name} を {h} 増やすと {output} は {grown} 変わります。正しい傾きなら {right}、あなたのなら {yours} です。",
        f"When {name} grows by {h}, {output} changes by {grown}. The true slope predicts {right}, yours {yours}.",
    )


def descent_words(name: str, steps: int, true: float, claimed: float, start: float) -> Text:
    """Where walking downhill has led, by the true slope and by the claimed one."""
    there, here = _height(true, start), _height(claimed, start)
    if math.isinf(claimed):
        return Text(
            f"{steps} 歩で、{name} は正しい勾配で{there.ja} に減り、あなたの式では限りなく増えます。",
            f"In {steps} steps {name} falls to {there.en} by the true gradient and grows without bound by yours.",
        )
    if claimed > 1.001 * start:
        return Text(
            f"{steps} 歩で、{name} は正しい勾配で{there.ja} に減り、あなたの式では{here.ja} に増えます。",
            f"In {steps} steps {name} falls to {there.en} by the true gradient and grows to {here.en} by yours.",
        )
    return Text(
        f"{steps} 歩下ると、{name} は正しい勾配で{there.ja}、あなたの式では{here.ja} になります。",
        f"After {steps} steps downhill {name} is {there.en} by the true gradient and {here.en} by yours.",
    )


def lost_words(name: str, steps: int) -> Text:
    """A claimed slope that ends on the way."""
    return Text(
        f"あなたの式は {steps} 歩で定義されなくなり、{name} をそれ以上下れません。",
        f"Yours becomes undefined after {steps} steps, so {name} cannot be followed further down.",
    )


def other_steps_words(name: str, ratio: float, claimed: float, start: float) -> Text:
    """A claimed slope that leads downhill, but not by the right steps."""
    times, here = number(ratio, 3), _height(claimed, start)
    return Text(
        f"向きは合い、{name} は{here.ja} まで下がります。ただし、はじめの歩幅は正しい勾配の {times} 倍です。",
        f"The direction fits: {name} falls to {here.en}. But the first step is {times} times the true gradient's.",
    )


def same_way_words(name: str, claimed: float, start: float) -> Text:
    """A claimed slope that is right."""
    here = _height(claimed, start)
    return Text(
        f"正しい勾配と同じ道を下り、{name} は{here.ja} になりました。",
        f"It walks down the same way as the true gradient: {name} is now {here.en}.",
    )


def _height(value: float, start: float) -> Text:
    """A height; the Japanese begins with a space where a digit comes first."""
    if value < 1e-4 * start:
        return Text("ほぼ 0", "almost 0")
    return Text(f" {number(value, 3)}", number(value, 3))
