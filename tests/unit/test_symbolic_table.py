"""The grading table: what is right, wrong, asked again and refused, for keys over every domain.

Each block is a key with its variables, then answers by verdict. It is meant to be read: whoever wonders whether a
spelling is accepted finds it here, or adds it.
"""

from dataclasses import dataclass, field

import pytest

from engine.bank.asked import SymbolicKey
from engine.bank.model import Derive, Domain
from engine.grading.symbolic import grade


@dataclass(frozen=True)
class Block:
    """A key and answers to it. ``key`` is a formula, or the definitions of a derivative by ``wrt``."""

    key: str
    variables: dict[str, Domain]
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    label: str = "∂z/∂x"
    wrt: str = ""
    given: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def symbolic(self) -> SymbolicKey:
        """The key as the bank hands it over."""
        derive = Derive(diff=self.key, wrt=self.wrt, given=self.given) if self.given else None
        answer = "" if derive else self.key
        return SymbolicKey(self.label, self.variables, answer, derive, self.functions, self.aliases, ())


# fmt: off
TABLE = (
    Block(  # z = t², t = x + y: the chain rule
        "z",
        {"x": "real", "y": "real"},
        wrt="x",
        given={"z": "(t**2)", "t": "(x + y)"},
        right=(
            *("2(x+y)", "2x+2y", "2*x + 2*y", "(x+y)2", "x+y+x+y", "4(x+y)/2", "2y+2x", "2(x+y)^1", "(x+y)/0.5"),
            *("２（ｘ＋ｙ）", "２ｘ＋２ｙ", "2（x＋y）", "2×(x+y)", "2・(x+y)", "2⋅(x+y)", "2･x＋2･y",
            "2{x+y}", "2[x+y]"),
            *("2x−(−2y)", "2xー(ー2y)", "½·4(x+y)", "x²/x·2+2y", "2\u200b(x+y)", " 2(x+y)\u3000",
            "2(x+y)。", "2(x+y)."),
            *("$2(x+y)$", r"2\left(x+y\right)", r"2\cdot(x+y)", r"\frac{4(x+y)}{2}", r"2\,x+2\,y", "¥frac{4x+4y}{2}"),
            *("∂z/∂x = 2(x+y)", "dz/dx=2(x+y)", "ｄｚ／ｄｘ＝２（ｘ＋ｙ）", r"\frac{\partial z}{\partial x}=2(x+y)"),
            *("log(e^(2(x+y)))", "2(x+y)sin²(x)+2(x+y)cos²(x)", "((x+y)^2)/(x+y)*2", "--2(x+y)", "+2x+2y"),
        ),
        wrong=(
            *("2x", "x+y", "2(x-y)", "2xy", "(x+y)^2", "2x+y", "2", "0", "1", "-2(x+y)", "2(x+y)+0.001", "2.001(x+y)"),
            *("2|x+y|", "sqrt(4(x+y)^2)", "t", "2t+1", "1/0", "2(x+y)+1/(x-x)"),
        ),
        unreadable=(
            *("", "?", "わからない", "答え: 2(x+y)", "2(x+y)です", "2(x+y", "2x+2y)", "2(x+y]", "2x+", "*2x",
            "2x+*2y", "()"),
            *("2(x+y)=2x+2y", "= 2(x+y)", "dz/dy = 2(x+y)", "2X+2Y", "2a", "2(x+y) or 2x", "2(x+y), 2x", "x>0",
            "2(x+y)%"),
            *("2t", "2*t", "2t·1", "dz/dt dt/dx", "∂z/∂t·∂t/∂x", "2x2", "x 2", "2 3", "2(x+y)'", "f(x)", "∫2dx",
            "∞", "."),
        ),
        refused=(
            *("__import__('os').system('ls')", "().__class__.__bases__", "x.real", "eval(x)", "𝐞𝐯𝐚𝐥(x)", "lambda x: x"),
            *("print(\"x\")", "2(x+y); import os", "2(x+y)\x00", "\x1b[31m2x", "2(x+y)\u202e", "9**9**9", "x^65",
            "25!"),
            *("x" * 241, "(" * 25 + "x" + ")" * 25, "-" * 9 + "x", "1234567890123456", "exp(exp(exp(x)))",
            r"\input{x}"),
        ),
    ),
    Block(  # two layers of an RNN: names with indices, a named function
        "g(W_out*g(W*z0 + W_in*x1 + b) + c)",
        {"x1": "real", "z0": "real", "W_in": "real", "W": "real", "W_out": "real", "b": "real", "c": "real"},
        label="y1",
        functions={"g": "sigmoid"},
        right=(
            *("g(W_out·g(W·z0+W_in·x1+b)+c)", "g(W_out g(W z0 + W_in x1 + b) + c)", "g(W_out g(Wz0+W_inx1+b)+c)"),
            *("g(c+g(b+x1W_in+z0W)W_out)", "g(W_{out} g(W z_0 + W_{in} x_1 + b) + c)", "g(Wout g(Wz₀+Win x₁+b)+c)"),
            *("y1 = g(W_out g(Wz0+W_in x1+b)+c)", "y_1＝g(W_(out)g(Wz_0+W_(in)x_1+b)+c)",
            "σ(W_out σ(Wz0+W_in x1+b)+c)"),
            *("sigmoid(W_out*sigmoid(W*z0+W_in*x1+b)+c)", r"g(W_{\mathrm{out}}g(Wz_0+W_{\mathrm{in}}x_1+b)+c)"),
            *("1/(1+e^(-(W_out g(Wz0+W_in x1+b)+c)))", "ｇ（Ｗ＿ｏｕｔ×ｇ（Ｗ×ｚ０＋Ｗ＿ｉｎ×ｘ１＋ｂ）＋ｃ）"),
        ),
        wrong=(
            *("g(W_out(Wz0+W_in x1+b)+c)", "W_out g(Wz0+W_in x1+b)+c", "g(W_out g(Wz0+W_in x1)+c)", "g(Wz0+W_in x1+b)"),
            *("tanh(W_out tanh(Wz0+W_in x1+b)+c)", "g(W_out)g(Wz0+W_in x1+b)+c", "g(W_out g(W_in z0+W x1+b)+c)"),
        ),
        unreadable=("g(W_out z1+c)", "g(w_out*b)", "G(c)", "g", "g()", "gc+b g c d", "g'(c)", "h(c)", "g(W_out, c)"),
    ),
    Block(  # the derivative of the sigmoid, in its many forms
        "y",
        {"x": "real"},
        label="dy/dx",
        wrt="x",
        given={"y": "1/(1 + exp(-x))"},
        right=(
            *("σ(x)(1-σ(x))", "sigmoid(x)*(1-sigmoid(x))", "σ(x)−σ(x)²", "e^{-x}/(1+e^{-x})^2", "e^-x/(1+e^-x)^2",
            "σ(x)σ(-x)"),
            *("exp(-x)(1+exp(-x))^-2", r"\frac{e^{-x}}{(1+e^{-x})^2}", "1/(e^x+2+e^-x)", "e⁻ˣ/(1+e⁻ˣ)²",
            "sech²(x/2)/4"),
            *("1/(4cosh²(x/2))", "(1-tanh²(x/2))/4", "1/4-tanh(x/2)^2/4", "np.exp(-x)/(1+np.exp(-x))**2",
            "(1+e^-x)^-2 e^-x"),
        ),
        wrong=("-e^-x/(1+e^-x)^2", "e^-x/(1+e^-x)", "σ(x)", "1-σ(x)^2", "σ(x)(1+σ(x))", "e^x/(1+e^x)", "x(1-x)"),
        unreadable=("y(1-y)", "s(1-s)", "σ'(x)", "σ", "e^-x/(1+e^-x", "σ x^2", "exp^-x", "2e-3x"),
    ),
    Block(  # binary entropy: logarithms on (0, 1)
        "-p*log(p) - (1 - p)*log(1 - p)",
        {"p": "unit"},
        label="H(p)",
        right=(
            *("-p log p-(1-p)log(1-p)", "-(p ln p+(1-p)ln(1-p))", "-plogp-(1-p)log(1-p)",
            "p log(1/p)+(1-p)log(1/(1-p))"),
            *("H(p) = -p·log p − (1−p)·log (1−p)", r"-[p\log p+(1-p)\log(1-p)]", "-log(p^p(1-p)^(1-p))",
            "(p-1)ln(1-p)-p ln(p)"),
        ),
        wrong=("p log p+(1-p)log(1-p)", "-p log2(p)-(1-p)log2(1-p)", "-p log p", "log(p)-log(1-p)"),
        unreadable=("-p log p (1-p)", "-p log 2p", "log", "log()", "-p log p^2", "log(p,2)"),
    ),
    Block(
        "x", {"x": "real"},
        right=("x", "(x^2)/x", "log(e^x)"),
        wrong=("sqrt(x^2)", "|x|", "e^log(x)", "sqrt(x)^2"),
    ),
    Block(
        "x", {"x": "positive"},
        right=("sqrt(x^2)", "|x|", "e^log(x)", "sqrt(x)^2", "x²/x", "√(x²)"),
        wrong=("-x", "1/x"),
    ),
    Block(
        "2*log(x)", {"x": "real"},
        right=("log(x^2)", "2ln x", "log(x)+log(x)"),
        wrong=("log(2x)", "log(x)^2", "log²x"),
    ),
    Block("log(x**2)", {"x": "real"}, right=("2log|x|", "log(x·x)"), wrong=("2log(x)",)),
    Block(
        "abs(x)", {"x": "real"},
        right=("|x|", "√(x²)", "max(x,-x)", "x·sign(x)", "sqrt(|x|)^2"),
        wrong=("x", "-x"),
    ),
    Block(
        "max(0, x)",
        {"x": "real"},
        label="f(x)",
        right=("max(x,0)", "relu(x)", "ReLU(x)", "(x+|x|)/2", "x(1+sign(x))/2", "-min(-x,0)", "max{0,x}",
            "ｍａｘ（０、ｘ）", "f(x)=max(0,x)"),
        wrong=("x", "|x|", "min(0,x)", "max(1,x)"),
        unreadable=("max(x)", "max(0 x)", "x(x>0)", "max"),
    ),
    Block(
        "tanh(x)/2 + 1/2",
        {"x": "real"},
        right=("1/(1+exp(-2x))", "σ(2x)", "e^(2x)/(1+e^(2x))", "(1+tanh x)/2", "0.5tanh(x)+0.5"),
        wrong=("σ(x)", "tanh(x/2)", "1/(1+e^-2x)"),
    ),
    Block(
        "sqrt(k/m)*sqrt(m/k)", {"k": "positive", "m": "positive"},
        right=("1", "k/k", "m^0"),
        wrong=("k/m", "sqrt(k/m)", "0"),
    ),
    Block(
        "exp(2*x)", {"x": "real"},
        right=("e^(2x)", "e^{2x}", "(e^x)^2", "exp(x)²", "e^x e^x", "e^(x+x)"),
        wrong=("e^2x", "2e^x", "e^(x^2)"),
    ),
    Block(
        "1/(2*x)", {"x": "nonzero"},
        right=("1/(2x)", "(2x)^-1", "0.5/x", "1/2/x", "½x⁻¹", "x^-1/2"),
        wrong=("1/2x", "1/2*x", "2/x", "x/2"),
    ),
    Block(
        "sqrt(x)", {"x": "positive"},
        right=("√x", "x^(1/2)", "x^0.5", "x^½", "sqrt x", r"\sqrt{x}", "x/√x"),
        wrong=("x^1/2", "√x/2"),
        unreadable=("√x²", "√2x", r"\sqrt[3]{x}"),
    ),
    Block(
        "x/3", {"x": "real"},
        right=("x/3", "(1/3)x", "1/3x", "x÷3", "2x/6", "x·3⁻¹"),
        wrong=("0.333x", "0.33333333333333x", "3x", "x/3+10^-9"),
    ),
    Block(
        "x/2", {"x": "real"},
        right=("0.5x", "x*.5", "x*0.50", "½x"),
        wrong=("0.49x", "2x"),
        unreadable=("0,5x", "5e-1x", "1,000x", "2½x"),
    ),
    Block(
        "n*(n - 1)/2", {"n": "integer"},
        right=("n(n-1)/2", "(n²-n)/2", "n!/(2(n-2)!)", "½n(n−1)"),
        wrong=("n(n+1)/2", "n²/2", "n(n-1)"),
    ),
    Block(
        "(-1)**n", {"n": "integer"},
        right=("cos(πn)", "cos(pi n)", "(-1)^(3n)", "(-1)^-n"),
        wrong=("1", "-1", "(-1)^(n+1)", "-1^n"),
    ),
    Block(
        "H*W*C*K**2", {"H": "positive", "W": "positive", "C": "positive", "K": "positive"},
        label="cost",
        right=("HWCK²", "HWCK^2", "H×W×C×K×K", "K²HWC", "HW CK^{2}", "ＨＷＣＫ＾２", "cost=HWC·K**2", "H・W・C・K²"),
        wrong=("HWCK", "HWK²", "HWC+K²", "(HWCK)²"),
        unreadable=("hwck²", "HWCK2", "HWCM"),
    ),
    Block(
        "i*a + f*c", {"i": "unit", "a": "real", "f": "unit", "c": "real"},
        label="c_t",
        right=("ia+fc", "i a + f c", "a·i+c·f", "ｉａ＋ｆｃ", "c_t = i*a+f*c", "fc+ia"),
        wrong=("ic+fa", "ia+c", "ia-fc"),
        unreadable=("i(a)+g(c)", "IA+FC"),
    ),
    Block(
        "delta*sigma", {"delta": "real", "sigma": "real"},
        right=("δσ", "δ·σ", "delta sigma", r"\delta\sigma", "σ(δ)"),
        wrong=("δ+σ",),
    ),
    Block(
        "W*x", {"W": "real", "x": "real"},
        aliases={"w": "W"},
        right=("Wx", "wx", "x·w"),
        wrong=("W+x",),
        unreadable=("WX",),
    ),
    Block(
        "1", {"a": "real", "c_prev": "real"},
        label="∂c/∂c_prev",
        right=("1", "1.0", "a/a", "c_prev^0", "e^0"),
        wrong=("-1", "0", "2", "a", "c_prev"),
        unreadable=("W", "one", "1,0"),
    ),
    Block(
        "0", {"x": "real"},
        right=("0", "0x", "x-x", "log(1)", "sin²x+cos²x-1"),
        wrong=("1", "x", "10^-60", "10^60-10^60+5", "0^0", "0/0"),
    ),
    Block(
        "x + 1", {"x": "real"},
        right=("(x²-1)/(x-1)", "x+10^60-10^60+1"),
        wrong=("x+10^60-10^60", "x+1+sin(100πx)", "x+1+10^-30"),
    ),
    Block(
        "cos(x)", {"x": "real"},
        right=("cos x", "sin(x+π/2)", "√(1-sin²x)·sign(cos x)", "1-2sin²(x/2)"),
        wrong=("sin x", "-cos x"),
        unreadable=("cos", "cos x y", "cos^-1(x)", "cos 2x", "sinn(x)"),
    ),
)
# fmt: on
ROWS = [
    pytest.param(block.symbolic, answer, outcome, id=f"{block.key} | {answer[:40]!r} is {outcome}")
    for block in TABLE
    for outcome in ("correct", "wrong", "unreadable", "refused")
    for answer in getattr(block, "right" if outcome == "correct" else outcome)
]


@pytest.mark.parametrize(("key", "answer", "outcome"), ROWS)
def test_the_table(key: SymbolicKey, answer: str, outcome: str) -> None:
    verdict = grade(key, answer)
    assert verdict.outcome == outcome, verdict
    if outcome in ("unreadable", "refused"):
        assert verdict.named is not None, "whoever is not understood is told what to do"
        assert verdict.named.ja
        assert verdict.named.en
    if outcome == "wrong":
        assert verdict.evidence is not None, "a wrong answer is shown on numbers"
        assert verdict.evidence.ja
        assert verdict.evidence.en
