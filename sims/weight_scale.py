"""How large weights must begin so that a signal keeps its size from layer to layer: Xavier's scale, and He's for ReLU.

Glorot & Bengio 2010, *Understanding the difficulty of training deep feedforward neural networks* (here in its short
form 1/√n, with n inputs); He, Zhang, Ren & Sun 2015, *Delving deep into rectifiers*.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.cells import Array
from sims.claimed_number import agrees, number_of
from sims.frames import NO_TEXT, Frame, Metric, Plot, Series, SeriesRole, Table
from sims.metrics import measured
from sims.numerals import significant
from sims.text import Text, same

LAYERS, SIGNALS = 10, 32
DRAWS = 2_400_000  # weights on which the scale that keeps the size is measured, of 20,000 units at most
LOW, HIGH = 1e-6, 1e6
NEAR = 0.03  # what the measurement may be off by
YOURS = Text("あなた", "yours")


def run(activation: str, width: int, deviation: float, claim: str | None, seed: int) -> Iterator[Frame]:
    """Send a signal through ten layers of ``width`` units whose weights are N(0, ``deviation``²), and through others.

    The others are ten times larger and smaller, and the deviation that is measured to keep the size. ``claim`` is the
    deviation that somebody expects to keep it.
    """
    kept, yours = keeping_deviation(activation, width, seed), number_of(claim)
    scales: dict[str, float] = {"small": deviation / 10, "given": deviation, "large": deviation * 10, "kept": kept}
    wrong = claim is not None and not agrees(yours, kept, NEAR)
    if wrong and yours is not None:
        scales["yours"] = yours
    sizes = {name: [1.0] for name in scales}
    rng = np.random.default_rng([seed, 1])
    signals = {name: rng.normal(size=(SIGNALS, width)) for name in scales}
    for layer in range(1, LAYERS + 1):
        W = rng.normal(size=(width, width))
        for name, scale in scales.items():
            signals[name] = _layer(activation, signals[name] @ (scale * W))
            sizes[name].append(float(np.sqrt(np.square(signals[name]).mean())))
        last = layer == LAYERS
        metrics = _metrics(activation, kept, sizes) if last else {}
        panels = (_plot(sizes, scales), _table(sizes, scales))
        caption = _claim_words(sizes, yours, kept) if last and wrong else _words(layer, sizes, scales)
        yield Frame(layer, LAYERS, panels, caption, last and wrong, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """With the measured scale the signal neither dies nor grows, with a tenth of it it does die."""
    return 0.2 < measured(metrics, "last_kept") < 5 and measured(metrics, "last_small") < 1e-6


def keeping_deviation(activation: str, width: int, seed: int) -> float:
    """The standard deviation of weights at which ``width`` inputs of size 1 give outputs of size 1, measured.

    The mean square of many units with weights from N(0, 1) is measured, each with a random input and with its
    negative, which halves the noise of ReLU. ``identity`` stands for tanh near 0, where it has slope 1.
    """
    rng = np.random.default_rng(seed)
    x = rng.normal(size=width)
    x /= np.sqrt(np.square(x).mean())
    thousands = min(20, DRAWS // width // 1000)
    u = np.concatenate([rng.normal(size=(1000, width)) @ x for _ in range(thousands)])
    both = np.concatenate([u, -u])
    out = np.maximum(both, 0) if activation == "relu" else both
    return float(1 / np.sqrt(np.square(out).mean()))


def _layer(activation: str, u: Array) -> Array:
    return np.maximum(u, 0) if activation == "relu" else np.tanh(u) if activation == "tanh" else u


def _plot(sizes: Mapping[str, list[float]], scales: Mapping[str, float]) -> Plot:
    roles: dict[str, SeriesRole] = {"kept": "lit", "yours": "claim"}
    series = [
        Series(
            _name(name, scales),
            tuple(float(layer) for layer, size in enumerate(each) if LOW <= size <= HIGH),
            tuple(size for size in each if LOW <= size <= HIGH),
            roles.get(name, "muted"),
        )
        for name, each in sizes.items()
    ]
    title, label = Text("信号の大きさ", "size of the signal"), Text("層", "layer")
    return Plot(title, tuple(series), (0.0, float(LAYERS)), (LOW, HIGH), label, log_y=True)


def _table(sizes: Mapping[str, list[float]], scales: Mapping[str, float]) -> Table:
    rows = [(same(f"{scale:.3g}"), same(_written(sizes[name][-1]))) for name, scale in scales.items()]
    place = list(scales).index("kept")
    claims = ((len(rows) - 1, 1),) if "yours" in scales else ()
    columns = (Text("重みの標準偏差", "σ of weights"), Text("信号", "signal"))
    return Table(NO_TEXT, columns, tuple(rows), lit=((place, 0), (place, 1)), claim=claims)


def _name(name: str, scales: Mapping[str, float]) -> Text:
    number = f"{scales[name]:.3g}"
    return {
        "kept": Text(f"測って {number}", f"measured {number}"),
        "yours": Text(f"あなた {number}", f"yours {number}"),
    }.get(name, same(f"σ = {number}"))


def _words(layer: int, sizes: Mapping[str, list[float]], scales: Mapping[str, float]) -> Text:
    small, large, kept = (_written(sizes[name][-1]) for name in ("small", "large", "kept"))
    scale = f"{scales['kept']:.3g}"
    return Text(
        f"{layer} 層目の信号は、σ = {scales['small']:.3g} で {small}、"
        f"{scales['large']:.3g} で {large}、{scale} で {kept} です。",
        f"Layer {layer}: the signal is {small} at σ = {scales['small']:.3g}, {large} at {scales['large']:.3g}, "
        f"{kept} at {scale}.",
    )


def _claim_words(sizes: Mapping[str, list[float]], yours: float | None, kept: float) -> Text:
    if yours is None:
        return Text("あなたの数は読めません。", "Your number cannot be read.")
    mine, right = _written(sizes["yours"][-1]), _written(sizes["kept"][-1])
    return Text(
        f"あなたの σ = {yours:.3g} では、{LAYERS} 層で信号が {mine} になります。"
        f"測って求めた {kept:.3g} なら {right} です。",
        f"At your σ = {yours:.3g} the signal is {mine} after {LAYERS} layers; "
        f"at {kept:.3g}, the measured one, it is {right}.",
    )


def _written(size: float) -> str:
    if 1e-4 <= size < 1e6 or size == 0:
        return significant(size)
    mantissa, _, exponent = f"{size:.0e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def _metrics(activation: str, kept: float, sizes: Mapping[str, list[float]]) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {"deviation": kept, "activation": activation}
    return metrics | {f"last_{name}": each[-1] for name, each in sizes.items()}
