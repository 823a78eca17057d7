"""Simulations listed here: networks beside each other: one step, a tree, GRU, parameters. Data only: no NumPy."""

from sims.listed.claims import CLAIM
from sims.simulation import Parameter, Simulation
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
            CLAIM,
        ),
    ),
    Simulation(
        name="parameters",
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
            CLAIM,
        ),
    ),
    Simulation(
        name="rnn_step",
        title=Text("RNN の 1 ステップ", "One step of an RNN"),
        summary=Text(
            "y1 の式をセルの計算と比べ、g を 1 つずつ抜いてみる",
            "The formula for y1 against the cell; then each g is left out",
        ),
        parameters=(
            Parameter("x1", Text("x1", "x1"), "real", 1.0, -5, 5, 0.5),
            Parameter("z0", Text("z0", "z0"), "real", 0.5, -5, 5, 0.5),
            Parameter("W_in", Text("W_in", "W_in"), "real", 1.5, -5, 5, 0.5),
            Parameter("W", Text("W", "W"), "real", -1.0, -5, 5, 0.5),
            Parameter("W_out", Text("W_out", "W_out"), "real", 2.0, -5, 5, 0.5),
            CLAIM,
        ),
    ),
    Simulation(
        name="tree_merge",
        title=Text("構文木をまとめる再帰型ネット", "Merging along a parse tree"),
        summary=Text(
            "2 つの子を 1 つの親に。つなげば W に合い、語順も残る",
            "Two children, one parent: end to end they fit W, and their order is kept",
        ),
        parameters=(
            Parameter("embed", Text("embed", "embed"), "integer", 4, 2, 12),
            Parameter("branch", Text("枝分かれ", "branching"), "choice", "left", choices=("left", "right")),
            CLAIM,
        ),
    ),
)
