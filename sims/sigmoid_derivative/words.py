"""What is said about the slope of σ and its powers. Every number is a measured one."""

from sims.numerals import number
from sims.sigmoid_derivative.measures import HIGH, LOW, POINTS, RUNS, Chain
from sims.text import Text


def point_words(x: float, value: float, steep: float) -> Text:
    """The slope at one point."""
    s, rest, product = (number(each, 3) for each in (value, 1 - value, steep))
    return Text(
        f"x = {number(x)} で σ は {s}。傾きは σ(1 − σ) = {s} × {rest} = {product} です。",
        f"At x = {number(x)} σ is {s}. Its slope is σ(1 − σ) = {s} × {rest} = {product}.",
    )


def scan_words(until: float, at: float, most: float) -> Text:
    """How far the scan has come."""
    return Text(
        f"x を {number(LOW)} から {number(until, 3)} まで調べました。傾きの最大はここまでで {number(most, 3)}"
        f"（x = {number(at, 3)}）です。",
        f"Scanned from {number(LOW)} to {number(until, 3)}: the largest slope so far is {number(most, 3)} "
        f"at x = {number(at, 3)}.",
    )


def largest_words(at: float, most: float) -> Text:
    """What the whole scan found."""
    low, high, x, found = map(number, (LOW, HIGH, at, most))
    return Text(
        f"{low} から {high} までの {POINTS:,} 点で、傾きの最大は x = {x} の {found} です。",
        f"Of {POINTS:,} points from {low} to {high} the largest slope is {found} at x = {x}.",
    )


def claim_words(claim: float, at: float, most: float, above: int) -> Text:
    """A largest slope that somebody expects, beside the one found; ``above`` points lie higher."""
    yours, found, x = map(number, (claim, most, at))
    if above:
        return Text(
            f"あなたの {yours} を超える点が {POINTS:,} 点のうち {above:,} 点あります。最大は x = {x} の {found} です。",
            f"{above:,} of {POINTS:,} points are above your {yours}. The largest is {found} at x = {x}.",
        )
    return Text(
        f"あなたの {yours} には、{POINTS:,} 点のどこも届きません。最大は x = {x} の {found} です。",
        f"None of {POINTS:,} points gets up to your {yours}. The largest is {found} at x = {x}.",
    )


def power_words(layers: int, half: int, single: int) -> Text:
    """What powers of a quarter come to, and where two formats give up."""
    power = number(0.25**layers, 2)
    return Text(
        f"0.25 を {layers} 回掛けると {power}。float16 なら {half} 回、float32 なら {single} 回で 0 になります。",
        f"0.25 to the power of {layers} is {power}. In float16 {half} factors make exactly 0, in float32 {single}.",
    )


def layer_words(chain: Chain, layer: int) -> Text:
    """What is left at one layer of the chain."""
    left, bound = number(float(chain.median[layer]), 2), number(float(chain.bound[layer]), 2)
    return Text(
        f"{layer} 層戻ると、残る勾配は {left} です（{RUNS} 回の中央値）。上限は {bound} です。",
        f"{_layers(layer)} back {left} of the gradient is left (median of {RUNS} runs); the bound is {bound}.",
    )


def chain_words(chain: Chain, weight: float) -> Text:
    """What the chain came to."""
    layers = len(chain.bound) - 1
    median, limit = float(chain.median[-1]), float(chain.bound[-1])
    left, bound, factor = (number(each, 2) for each in (median, limit, median ** (1 / layers)))
    if not median:
        return Text(
            f"{layers} 層で、残る勾配は float64 の下限を割って 0 になりました。上限は {bound} です。",
            f"After {_layers(layers)} what is left is below the range of float64: 0. The bound is {bound}.",
        )
    if abs(weight) < 4:
        return Text(
            f"{layers} 層で、残る勾配は {left}。上限の {bound} より小さく、1 層あたり {factor} 倍です。",
            f"After {_layers(layers)} {left} is left, less than the bound {bound}: {factor} times a layer.",
        )
    w = number(weight)
    return Text(
        f"w = {w} なら上限は {bound} ですが、σ が飽和し、残る勾配は {left}（1 層あたり {factor} 倍）です。",
        f"With w = {w} the bound is {bound}, but σ saturates and {left} is left: {factor} times a layer.",
    )


def claimed_chain_words(chain: Chain, weight: float, claim: float) -> Text:
    """What the chain would come to if the slope could be as large as somebody expects, beside what it does."""
    layers = len(chain.bound) - 1
    most, left = (abs(weight) * claim) ** layers, float(chain.median[-1])
    yours, bound, measured = (number(each, 2) for each in (most, float(chain.bound[-1]), left))
    if left > most:
        return Text(
            f"最大が {number(claim)} なら、{layers} 層で {yours} より多くは残らないはずですが、{measured} 残りました。",
            f"Were it {number(claim)}, no more than {yours} could be left after {_layers(layers)}, but {measured} is.",
        )
    return Text(
        f"最大が {number(claim)} なら {layers} 層で {yours} まで残れますが、上限は {bound}、実測は {measured} です。",
        f"Were it {number(claim)}, {_layers(layers)} could leave {yours}. The bound is {bound}, {measured} is left.",
    )


def _layers(count: int) -> str:
    return "1 layer" if count == 1 else f"{count} layers"
