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
    Simulation(
        name="parameter_count",
        title=Text("パラメータの数", "Counting parameters"),
        summary=Text(
            "RNN、GRU、LSTM の配列を作って数え、間違えた数の中身を見る",
            "The arrays of RNN, GRU and LSTM, counted; a wrong number taken apart",
        ),
        parameters=(
            Parameter(
                "net", Text("層", "layer"), "choice", "lstm", choices=("rnn", "gru", "lstm", "peephole", "saved")
            ),
            Parameter("inputs", Text("入力 I", "inputs I"), "integer", 10, 1, 256),
            Parameter("hidden", Text("隠れ H", "hidden H"), "integer", 20, 1, 256),
            Parameter("claim", Text("あなた", "yours"), "expression", None, hidden=True),
        ),
    ),
)
