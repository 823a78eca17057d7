"""Endless texts, some near to an answer and some near to nothing; the same ones for the same seed."""

import random
from collections.abc import Callable, Iterator, Sequence

from tests.answers.attacks import ATTACKS

# fmt: off
_NOTATION = (
    "x", "y", "t", "W_in", "Wz0", "x1", "z0", "n", "p", "c_prev", "θ1", "μ", "2", "0.5", "10", "64", ".5", "3.",
    "1e3", "e", "π", "σ", "exp(", "log", "ln ", "log2(", "sqrt(", "√", "sin ", "cos(", "tan", "tanh(",
    "sigmoid(", "g(", "max(", "min(", "abs(", "|", "arctan(", "sin^2(", "sin^-1(", "+", "-", "*", "/", "^",
    "**", "(", ")", "[", "]", "{", "}", "!", ",", "=", ".", "²", "³", "⁻¹", "⁽", "⁾", "ⁿ", "½", "¼", "×", "・",
    "·", "÷", "ー", "−", "–", "\\frac{", "\\frac", "\\sqrt{", "\\left(", "\\right)", "\\cdot ", "\\exp",
    "\\theta", "$", "'", "_", "__", " ", "\u3000", "１", "ｘ", "（", "）", "＾", "∂", "dz/dx", "∂z/∂x = ",
    "y1 =", "あ", "e^", "e^(", "e-3", "\u200b", ";", "。", "、", "x₁", "₂", "∞", "∑", "≤", "％",
)
_OTHERS = (
    "3x3", "３×３", "3行3列", "縦", "横", "H=", "W=", "torch.Size([", "])", " by ", "px", "ピクセル", "です",
    "答えは", "約", "個", "2,480", "２，４８０", "2480", "12.5%", "1/8", "1 1/2", "8分の1", "三", "1.8k", "1e5",
    "①", "②", "(2)", "B", "イ", "選択肢", "番", "と", "または", "全部", "はい", "いいえ", "not", "g * rate",
    "i*a", "np.", "numpy.", ".dot(", ".T", "@", "[:, 0]", "[None]", "np.concatenate([", "np.sum(", "axis=0",
    "keepdims=True", "reshape(", "**", "return ", "c = ", "# ", "lambda", "import ", "__", "{0}", "%s",
    "重みが一律", "重み", "一律", "学習できない", "ではなく", "より", "同じ", "same weight", "前者", "LSTM",
    "GRU", "、", "わからない", "\x1b[", "\u202e", "\n", "\t", "\ufeff", "ﷺ", "ﬁ", "㍍", "Ⅳ", "🙂", "e\u0301",
    "ﾊﾟ", "が", "\ud800",
)
_NAMES = (
    "x", "y", "t", "x1", "z0", "W", "W_in", "b", "p", "n", "mu", "g", "rate", "delta_t", "U", "i", "a", "f",
    "c", "h", "z",
)
_FUNCTIONS = (
    "exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sigmoid", "abs", "atan", "acos", "sinh", "cosh", "relu",
    "log2", "sign",
)
_CALLS = (
    "np.exp", "np.tanh", "np.sum", "np.dot", "np.outer", "np.maximum", "sigmoid", "np.concatenate", "np.log",
    "np.linalg.norm",
)
_RANGES = (
    (0, 0x7F), (0x80, 0x24F), (0x370, 0x3FF), (0x2000, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF),
    (0xFE00, 0xFFFF), (0x1D400, 0x1D7FF), (0, 0x10FFFF),
)
# fmt: on


def texts(seed: int, answers: Sequence[str]) -> Iterator[str]:
    """Texts without end; ``answers`` are right or nearly right ones to begin from."""
    rng = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    ways: tuple[tuple[Callable[[], str], int], ...] = (
        (lambda: _characters(rng), 2),
        (lambda: "".join(rng.choices(_NOTATION, k=rng.randint(1, 30))), 4),
        (lambda: "".join(rng.choices(_NOTATION + _OTHERS, k=rng.randint(1, 16))), 4),
        (lambda: _formula(rng, rng.randint(1, 7)), 4),
        (lambda: _code(rng, rng.randint(1, 5)), 2),
        (lambda: _changed(rng, rng.choice(answers)), 6),
        (lambda: _changed(rng, rng.choice(ATTACKS)[:400]), 1),
        (lambda: _long(rng, answers), 1),
    )
    makers, weights = zip(*ways, strict=True)
    while True:
        yield rng.choices(makers, weights)[0]()


def _characters(rng: random.Random) -> str:
    low, high = rng.choice(_RANGES)
    return "".join(chr(rng.randint(low, high)) for _ in range(rng.randint(0, 60)))


def _formula(rng: random.Random, depth: int) -> str:
    """A formula that can often be read, up to the caps and beyond."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice(
            (rng.choice(_NAMES), "x", "y", str(rng.randint(0, 70)), f"{rng.random():.{rng.randint(1, 9)}f}", "pi", "e")
        )
    if rng.random() < 0.3:
        return f"{rng.choice(_FUNCTIONS)}({_formula(rng, depth - 1)})"
    left, right = _formula(rng, depth - 1), _formula(rng, rng.randint(0, depth - 1))
    return rng.choice(("({}+{})", "({}-{})", "{}*{}", "({})/({})", "({})^({})", "{} {}", "-({})({})")).format(
        left, right
    )


def _code(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice((*_NAMES, str(rng.randint(0, 9)), "0.5"))
    if rng.random() < 0.35:
        inner = ", ".join(_code(rng, depth - 1) for _ in range(rng.randint(1, 2)))
        return f"{rng.choice(_CALLS)}({inner})"
    left, right = _code(rng, depth - 1), _code(rng, rng.randint(0, depth - 1))
    return rng.choice(
        (
            "({} + {})",
            "({} - {})",
            "{} * {}",
            "{} / {}",
            "{} @ {}",
            "({}).T.dot({})",
            "({})[{}]",
            "({})**{}",
            "({}).sum(axis={})",
        )
    ).format(left, right)


def _long(rng: random.Random, answers: Sequence[str]) -> str:
    """Scraps of answers with the same few pieces between them, up to two thousand characters."""
    joints = rng.choices(_OTHERS, k=3)
    text = ""
    for answer in rng.choices(answers, k=300):
        at = rng.randint(0, len(answer))
        text += answer[at : at + rng.randint(1, 12)] + rng.choice(joints)
    return text[: rng.randint(1, 2001)]


def _changed(rng: random.Random, text: str) -> str:
    """``text`` with a few characters or pieces added, left out, doubled or in another place."""
    for _ in range(rng.randint(1, 4)):
        at, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        piece = rng.choice((rng.choice(_NOTATION + _OTHERS), chr(rng.randint(0x20, 0x7E)), text[at:end], ""))
        text = rng.choice(
            (text[:at] + piece + text[at:], text[:at] + piece + text[at + 1 :], text[:at] + piece + text[end:])
        )
    return text
