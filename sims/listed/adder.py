"""Simulations listed here: the binary adder and what is frozen in it. Data only: no NumPy."""

from sims.listed.claims import CLAIM
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="binary_addition",
        title=Text("2 進数の足し算", "Binary addition"),
        summary=Text(
            "RNN が桁上がりを覚えるまで。条件を変えて比べる", "An RNN learns to carry; change its settings and compare"
        ),
        parameters=(
            Parameter("init", Text("初期値", "init"), "choice", "normal", choices=("normal", "xavier", "he")),
            Parameter(
                "weight_std",
                Text("標準偏差", "std"),
                "real",
                1.0,
                0.01,
                20,
                choices=("0.1", "0.5", "1", "2", "10"),
            ),
            Parameter(
                "activation", Text("活性化", "activation"), "choice", "sigmoid", choices=("sigmoid", "tanh", "relu")
            ),
            Parameter("rate", Text("学習率", "rate"), "real", 0.1, 0.001, 2, choices=("0.01", "0.1", "0.5", "1")),
            Parameter("hidden_size", Text("隠れ層", "hidden"), "integer", 16, 2, 128, choices=("8", "16", "32", "100")),
            Parameter("delta", Text("出力の誤差", "output error"), "choice", "note", choices=("note", "true")),
            Parameter(
                "sweep",
                Text("比べる", "compare"),
                "choice",
                "none",
                choices=("none", "init", "rate", "hidden_size", "activation", "delta"),
            ),
            Parameter("runs", Text("乱数", "seeds"), "integer", 8, 1, 20, hidden=True),
            Parameter("iterations", Text("反復", "iterations"), "integer", 10_000, 100, 20_000, 100, hidden=True),
            CLAIM,
        ),
    ),
    Simulation(
        name="recurrent_weight",
        title=Text("隠れ層から隠れ層への重み", "The recurrent weight"),
        summary=Text(
            "W を 0 に固定すると、足し算の桁上がりを渡せない", "With W held at 0 an adder cannot hand on a carry"
        ),
        parameters=(
            Parameter("rate", Text("学習率", "rate"), "real", 0.1, 0.001, 2, choices=("0.01", "0.1", "0.5", "1")),
            Parameter("hidden_size", Text("隠れ層", "hidden"), "integer", 16, 2, 64, choices=("8", "16", "32")),
            Parameter("runs", Text("乱数", "seeds"), "integer", 8, 1, 16),
            Parameter(
                "iterations",
                Text("反復", "iterations"),
                "integer",
                10_000,
                100,
                10_000,
                choices=("1000", "2000", "4000", "10000"),
            ),
        ),
    ),
)
