"""Simulations listed here: gradients through time, their vanishing, exploding and clipping. Data only: no NumPy."""

from sims.listed.claims import CLAIM
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="bptt",
        title=Text("BPTT と勾配", "BPTT"),
        summary=Text(
            "勾配は何ステップ残るか。打ち切ると、式を間違えるとどうなるか",
            "How far a gradient reaches; what truncation and wrong formulas do to it",
        ),
        parameters=(
            Parameter(
                "experiment", Text("実験", "experiment"), "choice", "lag", choices=("lag", "truncation", "check")
            ),
            Parameter(
                "activation", Text("活性化", "f"), "choice", "tanh", choices=("sigmoid", "tanh", "relu", "linear")
            ),
            Parameter(
                "rho",
                Text("ρ", "ρ"),
                "real",
                1.0,
                0.1,
                8,
                choices=("0.5", "0.9", "1", "1.1", "1.5", "2", "4", "8"),
            ),
            Parameter("hidden", Text("隠れ層", "hidden"), "integer", 32, 2, 48, choices=("4", "8", "16", "32")),
            Parameter("input_std", Text("入力", "input"), "real", 0.1, 0, 10, choices=("0", "0.01", "0.1", "1")),
            Parameter("before", Text("最初の前", "before"), "choice", "zero", choices=("zero", "last"), hidden=True),
            CLAIM,
        ),
    ),
    Simulation(
        name="sigmoid_derivative",
        title=Text("sigmoid の微分", "Slope of the sigmoid"),
        summary=Text("傾きは最大でも 0.25。重ねると勾配が消える", "At most a quarter, so a chain of them fades"),
        parameters=(
            Parameter("x", Text("x", "x"), "real", 2.0, -8, 8, 0.5),
            Parameter("weight", Text("重み", "weight"), "real", 1.0, 0.01, 16, choices=("0.5", "1", "2", "4", "8")),
            Parameter("layers", Text("層", "layers"), "integer", 10, 1, 100, choices=("1", "2", "5", "10", "20", "50")),
            Parameter("claim", Text("あなた（1/100）", "yours (1/100)"), "integer", None, 0, 100, hidden=True),
        ),
    ),
    Simulation(
        name="gradient_clipping",
        title=Text("勾配クリッピング", "Gradient clipping"),
        summary=Text(
            "崖で投げ出される勾配降下を、長さの上限で食い止める",
            "Descent is thrown off a cliff unless its steps are cut to length",
        ),
        parameters=(
            Parameter("task", Text("課題", "task"), "choice", "cliff", choices=("cliff", "adder")),
            Parameter(
                "threshold",
                Text("threshold", "threshold"),
                "real",
                0.5,
                0.01,
                100,
                choices=("0.05", "0.1", "0.2", "0.5", "1", "2", "5", "20"),
            ),
            Parameter(
                "rate",
                Text("学習率", "rate"),
                "real",
                0.5,
                0.01,
                2,
                choices=("0.05", "0.1", "0.2", "0.5", "1"),
            ),
            CLAIM,
        ),
    ),
)
