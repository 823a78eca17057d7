"""Keys of forms that the shipped banks may not hold: fractions, several axes, several right options, other formulas."""

from collections.abc import Mapping
from fractions import Fraction

from engine.bank.asked import Asked, AskedOption, ChoiceKey, CodeKey, Key, NumberKey, ShapeKey, SymbolicKey
from engine.bank.model import Array, Derive, Domain, Proof, Shape, SimulationLink
from sims.text import Text, same

_QUESTION = Shape(
    id="any",
    ask=same("?"),
    explain=same("…"),
    sim=SimulationLink(name="cec"),
    proof=Proof(none="a test"),
    answer=("1",),
)
_XY: dict[str, Domain] = {"x": "real", "y": "real"}
_ABOVE: dict[str, Domain] = {"x": "positive", "y": "positive"}


def asked(key: Key) -> Asked:
    """A question with ``key``."""
    return Asked(_QUESTION, "any", 0, {}, same("?"), "", same("…"), None, (), None, "", key)


def _options(texts: tuple[Text | str, ...], rights: tuple[int, ...], code: bool = False) -> tuple[AskedOption, ...]:
    shown = [same(text) if isinstance(text, str) else text for text in texts]
    return tuple(
        AskedOption(f"option-{place}", text, code, place in rights, None if place in rights else same("no"))
        for place, text in enumerate(shown)
    )


def _choice(*texts: Text | str, right: tuple[int, ...]) -> ChoiceKey:
    return ChoiceKey(_options(texts, right), len(right) > 1)


def _code(label: str, shapes: Mapping[str, str], right: str, wrong: str) -> CodeKey:
    return CodeKey(
        label, {name: Array(shape=shape) for name, shape in shapes.items()}, _options((right, wrong), (0,), True), True
    )


def _formula(answer: str, variables: Mapping[str, Domain] = _XY, **functions: str) -> SymbolicKey:
    return SymbolicKey("y", variables, answer, None, functions, {}, ())


def _derived(**given: str) -> SymbolicKey:
    return SymbolicKey("∂z/∂x", _XY, "", Derive(diff="z", wrt="x", given=given), {}, {}, ())


_WORDS = (
    Text("重みの共有", "weight sharing"),
    Text("勾配の消失", "vanishing gradients"),
    Text("過学習", "overfitting"),
    Text("いいえ", "no"),
)
_CELL = {"x": "B x I", "W": "I x H", "h": "B x H", "U": "H x H", "b": "H"}
_KEYS: tuple[Key, ...] = (
    *(NumberKey(Fraction(value), 1e-6, None, ()) for value in ("1/4", "0.28", "1/3", "-3", "-0.5", "1", "1000000")),
    NumberKey(Fraction(12345678), 1e-6, Text("個", "weights"), ()),
    *(ShapeKey(sizes, ()) for sizes in ((5,), (1,), (2, 3), (10, 1), (7, 7, 64), (32, 3, 28, 28), (1024, 1024))),
    _choice(*_WORDS, right=(0, 2)),
    _choice(*_WORDS, right=(3,)),
    _choice("0.25", "0.5", "1", "2", right=(0,)),
    _choice("1/4", "1/2", "-1", "−1/2", right=(3,)),
    _choice("A", "B", "C", "D", right=(3,)),
    _choice("t", "t-1", "t+1", right=(1,)),
    _choice("O(n)", "O(n²)", "O(1)", right=(1,)),
    _code("h", _CELL, "np.tanh(x @ W + h @ U + b)", "np.tanh(x @ W + h @ U)"),
    _code("h", _CELL, "sigmoid(np.dot(x, W) + np.dot(h, U) + b)", "x @ W"),
    _code("dW", {"x": "B x I", "d": "B x H"}, "x.T @ d", "d.T @ x"),
    _code("loss", {"y": "B x C", "t": "B x C"}, "0.5 * np.sum((y - t)**2)", "y"),
    _code("last", {"x": "B x T x D"}, "x[:, -1, :]", "x[:, 0, :]"),
    _formula("x*exp(-x**2/2)"),
    _formula("sqrt(x**2 + y**2)", _ABOVE),
    _formula("x**(1/3)*y**(2/3)", _ABOVE),
    _formula("log(x)/y", _ABOVE),
    _formula("-x*log(x) - (1 - x)*log(1 - x)", {"x": "unit"}),
    _formula("tanh(x)*(1 - tanh(x)**2)"),
    _formula("max(0, x)"),
    _formula("abs(x)*sin(y)"),
    _formula("x**y", _ABOVE),
    _formula("pi*x**2"),
    _formula("n*(n + 1)/2", {"n": "integer"}),
    _formula("(x - mu)/sigma", {"x": "real", "mu": "real", "sigma": "positive"}),
    _formula("theta1*x + theta0", {"x": "real", "theta1": "real", "theta0": "real"}),
    _formula("g(x)*(1 - g(x))", g="sigmoid"),
    _formula("W*h_prev + U*x_t + b", dict.fromkeys(("W", "h_prev", "U", "x_t", "b"), "real")),
    _formula("x/3"),
    _formula("0"),
    _derived(z="tanh(t)", t="x*y + y"),
    _derived(z="1/t", t="1 + exp(-x)"),
    _derived(z="u*v", u="x**2", v="sin(x)"),
)
OTHERS: tuple[Asked, ...] = tuple(map(asked, _KEYS))
