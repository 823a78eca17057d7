"""What a convolution costs: every multiplication is counted while a standard and a separable one really run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sims.claimed_number import ClaimedNumber, agrees, read_number
from sims.frames import NO_TEXT, Bar, Bars, Frame, Metric, Panel, Plot, Series, Table
from sims.text import Text, same

Array = NDArray[np.float64]
NAMES = {
    "standard": Text("通常", "standard"),
    "depthwise": Text("depthwise", "depthwise"),
    "pointwise": Text("pointwise", "pointwise"),
    "separable": Text("2 つの合計", "both together"),
}
FORMULAS = {"standard": "H·W·C·M·K²", "depthwise": "H·W·C·K²", "pointwise": "H·W·C·M", "separable": "H·W·C·(K² + M)"}
SIDE = 2  # height, width and channels of the small maps on which M grows
# A formula is held against the counts at these sizes: H, W, C, M, K.
OTHERS = ((2, 3, 2, 5, 1), (4, 3, 1, 2, 3), (3, 5, 4, 3, 3), (2, 2, 3, 7, 5))


@dataclass
class Multiplier:
    """Multiplies arrays and counts the multiplications."""

    count: int = 0

    def __call__(self, left: Array, right: Array) -> Array:
        """The product, broadcast; each of its entries is one multiplication."""
        product = left * right
        self.count += product.size
        return product


@dataclass(frozen=True, slots=True)
class Counted:
    """The multiplications of each part, the weights of each, and how far the two outputs differ."""

    multiplications: Mapping[str, int]
    weights: Mapping[str, int]
    difference: float


def run(
    layer: str, height: int, width: int, channels: int, filters: int, kernel: int, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Convolve ``channels`` maps of ``height``×``width`` into ``filters`` maps by ``kernel``×``kernel`` kernels.

    The padding keeps the size, the stride is 1, and a multiplication by a padded 0 counts as one. ``layer`` is what
    is asked about; ``claim`` a number for it, or a formula in H, W, C, M and K.
    """
    total = 4 if claim else 3
    sizes = {"H": height, "W": width, "C": channels, "M": filters, "K": kernel}
    yield Frame(1, total, (_weights_table(sizes),), _given_words(sizes))
    counted = count(height, width, channels, filters, kernel, seed)
    panels = (_bars(counted, None), _table(counted))
    yield Frame(2, total, panels, _counted_words(counted))
    curves = {m: count(SIDE, SIDE, SIDE, m, kernel, seed) for m in _several(filters)}
    metrics = _metrics(layer, counted)
    yield Frame(
        3, total, (_bars(counted, None), _growth(curves)), _growth_words(counted, filters, kernel), False, metrics
    )
    if claim:
        claimed = read_number(claim, {name: float(size) for name, size in sizes.items()})
        metrics |= {"claim": claimed.value, "claim_wrong_points": _wrong_points(layer, claim, seed)}
        yield Frame(
            4, total, (_bars(counted, claimed), _table(counted)), _claim_words(layer, counted, claimed), True, metrics
        )


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The separable convolution computes the same from 1/M + 1/K² of the multiplications."""
    ratio, expected, difference = metrics["ratio"], metrics["formula_ratio"], metrics["difference"]
    return (
        isinstance(ratio, float)
        and isinstance(expected, float)
        and isinstance(difference, float)
        and agrees(ratio, expected)
        and difference < 1e-9
    )


def count(height: int, width: int, channels: int, filters: int, kernel: int, seed: int) -> Counted:
    """Run both convolutions on random maps, with kernels that let them agree, and count."""
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(channels, height, width))
    taps = rng.normal(size=(channels, kernel, kernel))
    mix = rng.normal(size=(filters, channels))
    full = mix[:, :, None, None] * taps  # (M, C, K, K): the standard kernels that the two small ones make up
    standard, depthwise, pointwise = Multiplier(), Multiplier(), Multiplier()
    patches = _patches(image, kernel)
    direct = np.stack([_standard(standard, patches, one) for one in full])
    filtered = [depthwise(patch, taps[:, row, column, None, None]) for (row, column), patch in patches.items()]
    maps: Array = np.sum(filtered, axis=0)
    mixed = np.stack([pointwise(maps, weights[:, None, None]).sum(axis=0) for weights in mix])
    counts = {"standard": standard.count, "depthwise": depthwise.count, "pointwise": pointwise.count}
    weights = {"standard": full.size, "depthwise": taps.size, "pointwise": mix.size}
    for numbers in (counts, weights):
        numbers["separable"] = numbers["depthwise"] + numbers["pointwise"]
    return Counted(counts, weights, float(np.abs(direct - mixed).max()))


def _patches(image: Array, kernel: int) -> dict[tuple[int, int], Array]:
    """For each tap of the kernel the pixels it meets, (C, H, W), as the window goes over the padded image."""
    _, height, width = image.shape
    padded = np.pad(image, ((0, 0), (kernel // 2, kernel // 2), (kernel // 2, kernel // 2)))
    reach = range(kernel)
    return {(row, column): padded[:, row : row + height, column : column + width] for row in reach for column in reach}


def _standard(multiply: Multiplier, patches: Mapping[tuple[int, int], Array], kernels: Array) -> Array:
    """One output map: every channel through its own kernel, then the sum."""
    products = [
        multiply(patch, kernels[:, row, column, None, None]).sum(axis=0) for (row, column), patch in patches.items()
    ]
    return np.sum(products, axis=0)  # type: ignore[no-any-return]


def _several(most: int) -> list[int]:
    """Some numbers of filters from 1 to ``most`` and a little beyond."""
    return sorted({1, *(max(1, round(most * part / 8)) for part in range(1, 11))})


def _wrong_points(layer: str, claim: str, seed: int) -> int:
    """At how many of several sizes the claimed formula is not the number counted there."""
    wrong = 0
    for sizes in OTHERS:
        claimed = read_number(claim, dict(zip("HWCMK", map(float, sizes), strict=True)))
        wrong += not agrees(claimed.value, float(_asked(layer, count(*sizes, seed))))
    return wrong


def _asked(layer: str, counted: Counted) -> int | float:
    if layer == "ratio":
        return counted.multiplications["separable"] / counted.multiplications["standard"]
    if layer == "weights":
        return counted.weights["separable"]
    return counted.multiplications[layer]


def _metrics(layer: str, counted: Counted) -> dict[str, Metric]:
    found = counted.multiplications
    weights = counted.weights
    return {
        "counted": _asked(layer, counted),
        **found,
        **{f"weights_{name}": number for name, number in weights.items()},
        "ratio": found["separable"] / found["standard"],
        "formula_ratio": weights["depthwise"] / weights["standard"] + weights["pointwise"] / weights["standard"],
        "difference": counted.difference,
    }


def _bars(counted: Counted, claimed: ClaimedNumber | None) -> Bars:
    bars = [
        Bar(name, counted.multiplications[key], "lit" if key == "separable" else "muted") for key, name in NAMES.items()
    ]
    if claimed is not None and claimed.value is not None and claimed.value >= 0:
        bars.append(Bar(Text("あなた", "yours"), claimed.value, "claim"))
    return Bars(Text("掛け算の回数", "multiplications"), tuple(bars), max(bar.value for bar in bars))


def _table(counted: Counted) -> Table:
    rows = tuple(
        (name, same(FORMULAS[key]), same(f"{counted.multiplications[key]:,}"), same(f"{counted.weights[key]:,}"))
        for key, name in NAMES.items()
    )
    columns = (NO_TEXT, Text("式", "formula"), Text("数えた回数", "counted"), Text("重み", "weights"))
    return Table(NO_TEXT, columns, rows, lit=((3, 2),))


def _weights_table(sizes: Mapping[str, int]) -> Table:
    c, m, k = sizes["C"], sizes["M"], sizes["K"]
    rows = (
        (NAMES["standard"], same(f"{m}×{c}×{k}×{k}")),
        (NAMES["depthwise"], same(f"{c}×{k}×{k}")),
        (NAMES["pointwise"], same(f"{m}×{c}")),
    )
    return Table(NO_TEXT, (NO_TEXT, Text("重みの形", "shape of the weights")), rows)


def _growth(curves: Mapping[int, Counted]) -> Panel:
    """Multiplications for one output pixel and one input channel as M grows; both scale alike with H, W and C."""
    x = tuple(float(m) for m in curves)
    lines = {name: tuple(each.multiplications[name] / SIDE**3 for each in curves.values()) for name in NAMES}
    series = (
        Series(NAMES["standard"], x, lines["standard"], "muted"),
        Series(NAMES["separable"], x, lines["separable"], "lit"),
    )
    high = max(max(line.y) for line in series)
    return Plot(Text("1 画素・1 チャネルあたり", "per pixel and channel"), series, (0.0, x[-1]), (0.0, high), same("M"))


def _given_words(sizes: Mapping[str, int]) -> Text:
    h, w, c, m, k = sizes.values()
    return Text(
        f"{h}×{w} の {c} チャネルを、{k}×{k} のフィルタで {m} チャネルにします。掛け算を 1 回ずつ数えます。",
        f"{c} {'channel' if c == 1 else 'channels'} of {h}×{w} become {m} by {k}×{k} filters. "
        "Every multiplication is counted.",
    )


def _counted_words(counted: Counted) -> Text:
    found = counted.multiplications
    return Text(
        f"通常は {found['standard']:,} 回。depthwise {found['depthwise']:,} 回と "
        f"pointwise {found['pointwise']:,} 回で、合わせて {found['separable']:,} 回です。",
        f"Standard: {found['standard']:,}. Depthwise {found['depthwise']:,} and pointwise {found['pointwise']:,} "
        f"make {found['separable']:,}.",
    )


def _growth_words(counted: Counted, filters: int, kernel: int) -> Text:
    share = counted.multiplications["separable"] / counted.multiplications["standard"]
    if share >= 1:
        return Text(
            f"割合は 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}。この大きさでは、分けても減りません。",
            f"The share is 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}: splitting saves nothing here.",
        )
    return Text(
        f"割合は 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}。M が増えるほど差が開きます。",
        f"The share is 1/M + 1/K² = 1/{filters} + 1/{kernel**2} = {share:.3g}; the gap widens with M.",
    )


def _claim_words(layer: str, counted: Counted, claimed: ClaimedNumber) -> Text:
    if claimed.problem is not None or claimed.value is None:
        return claimed.problem or NO_TEXT
    value = _asked(layer, counted)
    right, yours = _number(value), _number(claimed.value)
    if agrees(claimed.value, float(value)):
        return Text(f"数えても {right} で、あなたの答えと同じです。", f"Counted, it is {right}, as you say.")
    times = f"{claimed.value / value:.3g}"
    return Text(
        f"あなたの答えは {yours}。数えると {right} なので、その {times} 倍です。",
        f"Yours is {yours}; counted, it is {right}. Yours is {times} times that.",
    )


def _number(value: float) -> str:
    """Whole numbers in full, others with six digits."""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e12 else f"{value:,.6g}"
