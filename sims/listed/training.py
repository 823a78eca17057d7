"""Simulations listed here: how a network is trained and kept from over-fitting. Data only: no NumPy."""

from sims.listed.claims import CLAIM
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="optimiser_paths",
        title=Text("最適化手法", "Optimisers"),
        summary=Text(
            "SGD から Adam まで 5 つを、同じ場所から歩かせて比べる",
            "Five rules from SGD to Adam walk down from the same place",
        ),
        parameters=(
            Parameter("surface", Text("地形", "surface"), "choice", "saddle", choices=("saddle", "valley")),
            Parameter(
                "method",
                Text("手法", "rule"),
                "choice",
                "momentum",
                choices=("sgd", "momentum", "adagrad", "rmsprop", "adam"),
            ),
            Parameter(
                "factor", Text("η の倍率", "η times"), "real", 1.0, 0.1, 3, choices=("0.1", "0.3", "1", "1.2", "2", "3")
            ),
            Parameter("steps", Text("歩数", "steps"), "integer", 60, 20, 120, 20),
            Parameter("rate", Text("η", "η"), "real", 0.1, 1e-6, 100, hidden=True),
            Parameter("decay", Text("μ、ρ、β1", "μ, ρ, β1"), "real", 0.9, 0, 0.9999, hidden=True),
            Parameter("state", Text("v、h", "v, h"), "real", 0.0, -1e6, 1e6, hidden=True),
            Parameter("weight", Text("w", "w"), "real", None, -1e6, 1e6, hidden=True),
            Parameter("gradient", Text("勾配", "gradient"), "real", 1.0, -1e6, 1e6, hidden=True),
            Parameter("second", Text("次の勾配", "next gradient"), "real", None, -1e6, 1e6, hidden=True),
            CLAIM,
        ),
    ),
    Simulation(
        name="softmax_overflow",
        title=Text("softmax のオーバーフロー", "Overflow in softmax"),
        summary=Text(
            "最大値を引かないと inf、log 0 には小さな数を足す",
            "inf unless the maximum is subtracted; log 0 unless something small is added",
        ),
        parameters=(
            Parameter("first", Text("z1", "z1"), "real", 2.0, -50, 50),
            Parameter("second", Text("z2", "z2"), "real", 1.0, -50, 50),
            Parameter("third", Text("z3", "z3"), "real", 0.0, -50, 50),
            Parameter(
                "number_format",
                Text("形式", "format"),
                "choice",
                "float64",
                choices=("float64", "float32", "float16"),
            ),
            Parameter("power", Text("ε = 10^−", "ε = 10^−"), "integer", 7, 1, 15),
            Parameter("ones", Text("クラス 1 の数", "of class 1"), "integer", 1, 0, 20, hidden=True),
            Parameter("twos", Text("クラス 2 の数", "of class 2"), "integer", 1, 1, 20, hidden=True),
            Parameter(
                "asked",
                Text("問い", "asked"),
                "choice",
                "code",
                choices=("code", "probability", "loss", "mean_loss", "cap"),
                hidden=True,
            ),
            CLAIM,
        ),
    ),
    Simulation(
        name="zero_init",
        title=Text("重みを 0 で始めると", "Weights that start at 0"),
        summary=Text(
            "同じ値から始めたユニットは、いつまでも同じまま",
            "Units that start alike stay alike, however long they train",
        ),
        parameters=(
            Parameter("activation", Text("活性化", "f"), "choice", "tanh", choices=("tanh", "sigmoid", "relu")),
            Parameter("hidden", Text("隠れ層", "hidden"), "integer", 8, 2, 32, choices=("2", "4", "8", "16", "32")),
            Parameter("rate", Text("学習率", "rate"), "real", 0.1, 0.01, 1, choices=("0.03", "0.1", "0.3", "1")),
            Parameter("runs", Text("乱数", "seeds"), "integer", 8, 1, 16),
            Parameter("iterations", Text("反復", "iterations"), "integer", 800, 100, 3000, 100),
        ),
    ),
    Simulation(
        name="penalty_shapes",
        title=Text("L1 と L2 の形", "The shapes of L1 and L2"),
        summary=Text(
            "菱形の角は重みをちょうど 0 にし、円は小さくするだけ",
            "The corner of a diamond makes weights exactly 0, a circle only small",
        ),
        parameters=(
            Parameter("shape", Text("罰則", "penalty"), "choice", "l1", choices=("l1", "l2")),
            Parameter(
                "strength", Text("λ", "λ"), "real", 0.2, 0, 10, choices=("0", "0.05", "0.1", "0.2", "0.5", "1", "2")
            ),
            Parameter("weight", Text("w", "w"), "real", None, -1e6, 1e6, hidden=True),
            Parameter("gradient", Text("勾配", "gradient"), "real", 1.0, -1e6, 1e6, hidden=True),
            Parameter("rate", Text("η", "η"), "real", 0.1, 1e-6, 100, hidden=True),
            Parameter("proximal", Text("近接", "proximal"), "choice", "off", choices=("off", "on"), hidden=True),
            CLAIM,
        ),
    ),
    Simulation(
        name="batch_normalisation",
        title=Text("バッチ正規化", "Batch normalisation"),
        summary=Text(
            "深いネットが学習できる学習率の幅を、あり・なしで比べる",
            "At which learning rates a deep net learns, with it and without",
        ),
        parameters=(
            Parameter("activation", Text("活性化", "f"), "choice", "relu", choices=("relu", "tanh")),
            Parameter("depth", Text("層", "layers"), "integer", 6, 2, 10, 2),
            Parameter(
                "scale", Text("初期値の倍率", "init times"), "real", 1.0, 0.1, 5, choices=("0.5", "1", "1.5", "3")
            ),
            Parameter("steps", Text("歩数", "steps"), "integer", 200, 50, 400, 50),
            Parameter("mean", Text("平均", "mean"), "real", None, -1e4, 1e4, hidden=True),
            Parameter("spread", Text("広がり", "spread"), "real", 1.0, 0.001, 1e4, hidden=True),
            Parameter("gamma", Text("γ", "γ"), "real", 1.0, -1e4, 1e4, hidden=True),
            Parameter("beta", Text("β", "β"), "real", 0.0, -1e4, 1e4, hidden=True),
            CLAIM,
        ),
    ),
    Simulation(
        name="weight_scale",
        title=Text("重みの初期値の大きさ", "How large weights begin"),
        summary=Text(
            "10 層を通る信号が、消えるか、爆発するか、保たれるか",
            "Does a signal fade, explode or keep its size through ten layers",
        ),
        parameters=(
            Parameter("activation", Text("活性化", "f"), "choice", "relu", choices=("relu", "tanh", "identity")),
            Parameter(
                "width", Text("入力数 n", "inputs n"), "integer", 100, 2, 400, choices=("25", "50", "100", "200", "400")
            ),
            Parameter(
                "deviation", Text("σ", "σ"), "real", 0.1, 0.0001, 10, choices=("0.01", "0.05", "0.1", "0.2", "0.5", "1")
            ),
            CLAIM,
        ),
    ),
)
