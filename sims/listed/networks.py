"""Simulations listed here: networks beside each other: one step, a tree, GRU, parameters. Data only: no NumPy."""

from sims.parameters import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="gru",
        title=Text("GRU、LSTM、RNN", "GRU, LSTM and RNN"),
        summary=Text(
            "パラメータの数、長い記憶、z の 2 つの書き方を比べる",
            "Parameters, a long memory, and both conventions of z",
        ),
        parameters=(
            Parameter("lag", Text("間隔", "lag"), "integer", 29, 1, 49, choices=("9", "19", "29", "49")),
            Parameter("bias", Text("ゲートの初期値", "gate bias"), "real", 5.0, 0, 10, choices=("0", "1", "3", "5")),
            Parameter("convention", Text("z", "z"), "choice", "exam", choices=("exam", "frameworks")),
            Parameter("runs", Text("乱数", "seeds"), "integer", 4, 1, 8),
            Parameter("iterations", Text("反復", "iterations"), "integer", 200, 20, 400, 20),
            Parameter("claim", Text("あなた", "yours"), "expression", None, hidden=True),
        ),
    ),
)
