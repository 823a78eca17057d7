"""What is said about the cliff, the ways of clipping, and the adder. Every number is a measured one."""

from collections.abc import Mapping

from sims.gradient_clipping.clippers import BY_COMPONENT, TRIALS, Tried
from sims.gradient_clipping.descent import Descent
from sims.gradient_clipping.pictures import size, span
from sims.text import Text


def start_words(starts: int) -> Text:
    """What the picture shows before anybody sets off."""
    return Text(
        f"50 ステップの RNN の誤差です。左下の壁が崖で、谷はそのふもとです。縁の上の {starts} か所から下ります。",
        f"The error of a 50-step RNN: a cliff at lower left, the valley at its foot. {starts} walks start above.",
    )


def clipper_words(tried: Mapping[str, Tried]) -> Text:
    """Which of the ways of clipping does what it should."""
    (right,) = (text for text, found in tried.items() if found.is_right)
    least = f"{tried[BY_COMPONENT].cosines.min():.2f}"
    return Text(
        f"長さが threshold になり、向きも残るのは {right} だけです。成分ごとに切ると、cos は {least} まで下がります。",
        f"Only {right} gives the length threshold and keeps the direction. By component the cosine drops to {least}.",
    )


def claim_words(found: Tried) -> Text:
    """What somebody's own way of clipping does to random gradients."""
    if found.failure:
        return Text(f"あなたの式は使えません。{found.failure.ja}", f"Yours cannot be used. {found.failure.en}")
    if found.is_right:
        return Text(
            f"あなたの式でも、長さは threshold になり、向きは変わりません（乱数の g {TRIALS} 個）。",
            f"With yours the length becomes the threshold and the direction stays ({TRIALS} random g).",
        )
    lengths = span(found.shares)
    if not found.lengths.any():
        return Text(
            "あなたの式では勾配が 0 になり、1 歩も進みません。", "Yours makes the gradient 0: nothing moves at all."
        )
    if found.keeps_direction and found.has_one_length:
        one = size(float(found.lengths[0]))
        return Text(
            f"長さがいつも {one} になり、threshold では決まりません（threshold の {lengths} 倍）。向きは残ります。",
            f"The norm is always {one}, whatever the threshold ({lengths} times it). The direction stays.",
        )
    if found.keeps_direction:
        return Text(
            f"向きは残りますが、長さが threshold になりません。threshold の {lengths} 倍です。",
            f"The direction stays, but the norm is not the threshold: {lengths} times it.",
        )
    least = f"{found.cosines.min():.2f}".replace("-", "−")
    return Text(
        f"向きが変わります。cos は {least} まで下がり、長さは threshold の {lengths} 倍です。",
        f"The direction changes: the cosine drops to {least}. The norm is {lengths} times the threshold.",
    )


def step_words(walks: Mapping[str, Descent]) -> Text:
    """Where the first walks are."""
    plain, clipped = walks["plain"], walks["clipped"]
    done, most = len(plain.norms), plain.rate * plain.threshold
    if plain.thrown_at is not None:
        at = plain.thrown_at
        length, far = size(plain.norms[at - 1]), size(float(plain.longest[0]))
        if clipped.thrown_at is not None:
            return Text(
                f"{at} 歩目に x は {far} 飛ばされました。1 歩が {most:g} まで許されるので、o も飛ばされました。",
                f"At step {at} x was thrown {far} away. A step of {most:g} is allowed, so o was thrown too.",
            )
        return Text(
            f"{at} 歩目に勾配が {length} になり、x は 1 歩で {far} 飛ばされました。o は 1 歩 {most:g} までです。",
            f"At step {at} the gradient was {length} and x was thrown {far} away. o moves {most:g} a step at most.",
        )
    longest = max(plain.norms)
    if longest <= plain.threshold:
        return Text(
            f"{done} 歩目。勾配の長さはまだ threshold 以下で、2 つは同じ道を進みます。",
            f"Step {done}. The gradient is still shorter than the threshold, so both take the same way.",
        )
    return Text(
        f"{done} 歩目。勾配の長さは最大 {size(longest)} でした。切り詰めると 1 歩は {most:g} までです。",
        f"Step {done}. The gradient has been as long as {size(longest)}; clipped, a step is {most:g} at most.",
    )


def end_words(walks: Mapping[str, Descent], found: Tried | None) -> Text:
    """What became of all walks; with somebody's own way of clipping, of those."""
    plain, clipped = walks["plain"], walks["clipped"]
    starts = len(plain.longest)
    if "claim" not in walks or found is None:
        return Text(
            f"1 歩で 1 より遠くへ飛んだのは、{starts} のうち、そのまま {plain.thrown}、切り詰めて {clipped.thrown}。"
            f"谷に着いたのは {plain.reached} と {clipped.reached} です。",
            f"Thrown further than 1 by a single step: {plain.thrown} of {starts} plain, {clipped.thrown} clipped. "
            f"In the valley: {plain.reached} and {clipped.reached}.",
        )
    yours = walks["claim"]
    if found.is_right:
        return Text(
            f"あなたの式では {starts} のうち {yours.thrown} が飛ばされ、{yours.reached} が谷に着きました。"
            f"切り詰めないと {plain.thrown} と {plain.reached} です。",
            f"With yours {yours.thrown} of {starts} were thrown and {yours.reached} reached the valley; "
            f"plain, {plain.thrown} and {plain.reached}.",
        )
    far, most = size(float(yours.longest.max())), size(float(clipped.longest.max()))
    return Text(
        f"あなたの式で飛んだのは {yours.thrown}、谷に着いたのは {yours.reached}、最長の 1 歩は {far}。"
        f"g * rate では {clipped.thrown}、{clipped.reached}、{most} です（{starts} のうち）。",
        f"Yours: {yours.thrown} of {starts} thrown, {yours.reached} in the valley, longest step {far}. "
        f"g * rate: {clipped.thrown}, {clipped.reached}, {most}.",
    )
