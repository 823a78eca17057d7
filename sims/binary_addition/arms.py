"""Which settings run: the given one, those of a sweep, or the given one beside the learner's formula."""

from dataclasses import dataclass, replace

import numpy as np

from sims.adder import Settings
from sims.cells import Array
from sims.expression import EvaluationError, Expression, ExpressionError, evaluate, parse
from sims.frames import SeriesRole
from sims.text import Text, same

NAMES = ("v", "d", "y")  # of the output: before the sigmoid, wanted, after it
_RATES = (0.01, 0.1, 0.5, 1.0)
_SIZES = (16, 32, 100)
HEADINGS = {
    "init": Text("初期値", "init"),
    "rate": Text("学習率", "rate"),
    "hidden_size": Text("隠れ層", "hidden"),
    "activation": Text("活性化", "activation"),
}


@dataclass(frozen=True, slots=True)
class Arm:
    """One setting of the experiment; ``key`` names its metrics."""

    key: str
    name: Text
    settings: Settings
    role: SeriesRole = "muted"


@dataclass(frozen=True, slots=True)
class Claim:
    """The learner's formula for ∂E/∂v of the output, or what is wrong with it."""

    expression: Expression | None
    problem: Text | None = None

    @classmethod
    def read(cls, source: str) -> "Claim":
        """``source`` as a formula over :data:`NAMES` that yields one number for each output."""
        try:
            expression = parse(source, NAMES)
            _value(expression, *np.full((3, 2, 8), 0.5))
        except (ExpressionError, EvaluationError) as error:
            return cls(None, error.text)
        return cls(expression)

    def arm(self, settings: Settings) -> Arm | None:
        """The given setting with this formula in place of its own; none if it cannot be computed."""
        expression = self.expression
        if expression is None:
            return None

        def error_of_output(v: Array, d: Array, y: Array) -> Array:
            try:
                return _value(expression, v, d, y)
            except EvaluationError:  # no longer finite: from now on this is what the runs are
                return np.full_like(y, np.nan)

        return Arm("claim", Text("あなたの式", "yours"), replace(settings, delta=error_of_output), "claim")


def arms_of(settings: Settings, sweep: str, claim: Claim | None) -> list[Arm]:
    """The arms that run, the given setting among them as the one that is lit."""
    if claim is not None:
        mine = claim.arm(settings)
        given = Arm("right", Text("正しい式", "right"), settings, "lit")
        return [given, mine] if mine else [given]
    swept = _swept(settings, sweep)
    lit = next((arm for arm in swept if arm.settings == settings), swept[0])
    return [replace(arm, role="lit") if arm is lit else arm for arm in swept]


def init_name(settings: Settings) -> str:
    """How the first weights are drawn: ``N(0, 1)``, ``N(0, 0.1²)``, ``Xavier``, ``He``."""
    if settings.init != "normal":
        return {"xavier": "Xavier", "he": "He"}[settings.init]
    return "N(0, 1)" if settings.weight_std == 1 else f"N(0, {settings.weight_std:g}²)"


def _swept(settings: Settings, sweep: str) -> list[Arm]:
    match sweep:
        case "init":
            drawn = [replace(settings, init="normal", weight_std=std) for std in (0.1, 1.0, 10.0)]
            drawn += [replace(settings, init="xavier"), replace(settings, init="he")]
            keys = ("std_0.1", "std_1", "std_10", "xavier", "he")
            return [Arm(key, same(init_name(each)), each) for key, each in zip(keys, drawn, strict=True)]
        case "rate":
            return [Arm(f"rate_{rate:g}", same(f"{rate:g}"), replace(settings, rate=rate)) for rate in _RATES]
        case "hidden_size":
            return [Arm(f"hidden_{size}", same(str(size)), replace(settings, hidden_size=size)) for size in _SIZES]
        case "activation":
            return [
                Arm("sigmoid", same("sigmoid"), replace(settings, activation="sigmoid")),
                Arm("tanh", same("tanh"), replace(settings, activation="tanh")),
                Arm("relu", same("ReLU"), replace(settings, activation="relu")),
            ]
        case "delta":
            return [
                Arm("note", Text("ノートの式", "as in the note"), replace(settings, delta="note")),
                Arm("true", Text("正しい微分", "true derivative"), replace(settings, delta="true")),
            ]
        case _:
            return [Arm("given", Text("中央値", "median"), settings)]


def _value(expression: Expression, v: Array, d: Array, y: Array) -> Array:
    value = evaluate(expression, {"v": v, "d": d, "y": y})
    if value.shape not in ((), y.shape):
        shape = "×".join(map(str, value.shape))
        raise EvaluationError(
            Text(f"結果の形が {shape} で、出力の形と合いません。", f"Its shape, {shape}, is not that of the output."),
            "shape",
        )
    return np.broadcast_to(value, y.shape)
