"""Simulations listed here: those shown first: convolution, the chain rule, the carousel. Data only: no NumPy."""

from sims.listed.claims import CLAIM, CLAIMED_SHAPE
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="convolution",
        title=Text("畳み込み", "Convolution"),
        summary=Text(
            "窓が何回止まるかを数え、読まれない画素を探す", "Count the window's stops; find pixels never read"
        ),
        parameters=(
            Parameter("size", Text("入力", "input"), "integer", 5, 1, 64),
            Parameter("kernel", Text("フィルタ", "filter"), "integer", 3, 1, 16),
            Parameter("stride", Text("ストライド", "stride"), "integer", 2, 1, 16),
            Parameter("padding", Text("パディング", "padding"), "integer", 1, 0, 16),
            Parameter("dilation", Text("膨張", "dilation"), "integer", 1, 1, 8),
            CLAIMED_SHAPE,
        ),
    ),
    Simulation(
        name="chain_rule",
        title=Text("連鎖律と計算グラフ", "Chain rule"),
        summary=Text(
            "値を順に、勾配を逆に流し、数値微分と比べる", "Values forward, gradients back, then numeric differences"
        ),
        parameters=(
            Parameter("graph", Text("図", "graph"), "choice", "custom", choices=("custom", "rnn_step")),
            Parameter("outer", Text("z =", "z ="), "expression", "t**2", hidden=True),
            Parameter("inner", Text("t =", "t ="), "expression", "x + y", hidden=True),
            Parameter("wrt", Text("微分", "∂ by"), "choice", "x", choices=("x", "y"), hidden=True),
            Parameter("x", Text("x", "x"), "real", 3.0, -5, 5, 0.5),
            Parameter("y", Text("y", "y"), "real", 4.0, -5, 5, 0.5),
            Parameter(
                "h",
                Text("h", "h"),
                "real",
                1e-5,
                1e-15,
                1,
                choices=("1e-15", "1e-12", "1e-10", "1e-8", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "0.1", "1"),
            ),
            CLAIM,
        ),
    ),
    Simulation(
        name="cec",
        title=Text("CEC と入出力ゲート", "CEC and its gates"),
        summary=Text(
            "誤差は消えない。しかしゲートがなければ学べない",
            "The error does not fade, yet without gates it cannot learn",
        ),
        parameters=(
            Parameter(
                "gates", Text("ゲート", "gates"), "choice", "2x2", choices=("2x2", "none", "input", "output", "both")
            ),
            Parameter("cells", Text("セル", "cells"), "integer", 4, 1, 8),
            Parameter(
                "rate",
                Text("学習率", "rate"),
                "real",
                0.05,
                0.001,
                0.5,
                choices=("0.001", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
            ),
            Parameter("runs", Text("乱数", "seeds"), "integer", 8, 1, 16),
            Parameter("iterations", Text("反復", "iterations"), "integer", 400, 20, 1000, 20),
        ),
    ),
)
