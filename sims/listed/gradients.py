"""Simulations listed here: gradients through time, their vanishing, exploding and clipping. Data only: no NumPy."""

from sims.parameters import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
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
            Parameter("claim", Text("あなた", "yours"), "expression", None, hidden=True),
        ),
    ),
)
