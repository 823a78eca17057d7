"""Sizes in other spellings, and others next to them."""

from collections.abc import Sequence
from math import prod

from engine.bank.asked import ShapeKey
from tests.answers.widths import widths

_JOINED = (
    "x",
    "×",
    "ｘ",
    "X",
    "*",
    "＊",
    ",",
    ", ",
    "，",
    "、",
    " ",
    "\u3000",
    " by ",
    " x ",
    "・",
    "✕",
    "⋅",
    " と ",
    ";",
)
_AROUND = ("({})", "[{}]", "（{}）", "[ {} ]", "torch.Size([{}])", "({},)", "tuple({})")
# fmt: off
_PAIRS = (
    "{}行{}列", "縦{} 横{}", "縦{}、横{}", "縦{}横{}", "H={}, W={}", "H={},W={}", "H{}W{}", "h: {}, w: {}",
    "高さ{}、幅{}", "{}×{}です", "{}×{}ピクセル", "{}×{} px", "{}px × {}px", "{}.0x{}.0", "{}×{}。", "出力は{}×{}",
    "答え: {}×{}", "縦×横 = {}×{}", "{}×{} (H×W)", "{} rows and {} columns", "{}行×{}列", "「{}×{}」", "→{}×{}",
    "height {} width {}", r"{} \times {}", "{}かける{}", "output: {} by {}", "{} × {} になります。",
)
# fmt: on


def spellings(key: ShapeKey) -> list[str]:
    """Other ways to write ``key``."""
    sizes = list(map(str, key.sizes))
    found = [joint.join(sizes) for joint in _JOINED] if len(sizes) > 1 else [*sizes, f"{sizes[0]}px", f"{sizes[0]}です"]
    found += [around.format(", ".join(sizes)) for around in _AROUND]
    if len(sizes) == 2:
        found += [pair.format(*sizes) for pair in _PAIRS]
        found += [pair.format(*sizes[::-1]) for pair in ("W={}, H={}", "横{}、縦{}", "幅{} 高さ{}")]
    return [spelling for text in found for spelling in (text, *widths(text))]


def perturbations(key: ShapeKey) -> list[str]:
    """Other sizes: one axis larger or smaller by one, all doubled, the sign turned, the axes swapped, the product."""
    sizes = key.sizes
    others: list[Sequence[int]] = [[2 * size for size in sizes], [-size for size in sizes], sizes[::-1], [prod(sizes)]]
    others += [[size + step for size in sizes] for step in (1, -1)]
    for axis in range(len(sizes)):
        others += [[*sizes[:axis], sizes[axis] + step, *sizes[axis + 1 :]] for step in (1, -1, 10)]
        others += [[*sizes[:axis], *sizes[axis + 1 :]], [*sizes, sizes[axis]]]
    others += [mistake.answer for mistake in key.mistakes]
    return [
        joint.join(map(str, other)) for other in others if other and tuple(other) != sizes for joint in ("x", "、", " ")
    ]
