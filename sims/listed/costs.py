"""Simulations listed here: what a convolution costs and reaches, and a cell worked out by hand. Data only: no NumPy."""

from sims.listed.claims import CLAIM, CLAIMED_SHAPE
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="depthwise_cost",
        title=Text("畳み込みの計算量", "The cost of convolutions"),
        summary=Text(
            "掛け算を 1 回ずつ数え、通常の畳み込みと分離可能な畳み込みを比べる",
            "Every multiplication counted: standard against separable",
        ),
        parameters=(
            Parameter(
                "layer",
                Text("問い", "asked"),
                "choice",
                "separable",
                choices=("standard", "depthwise", "pointwise", "separable", "ratio", "weights"),
                hidden=True,
            ),
            Parameter("height", Text("H", "H"), "integer", 14, 1, 32),
            Parameter("width", Text("W", "W"), "integer", 14, 1, 32),
            Parameter("channels", Text("C", "C"), "integer", 16, 1, 64),
            Parameter("filters", Text("M", "M"), "integer", 32, 1, 128),
            Parameter("kernel", Text("K", "K"), "integer", 3, 1, 5, 2),
            CLAIM,
        ),
    ),
    Simulation(
        name="dilated_causal",
        title=Text("膨張つき因果畳み込み", "Dilated causal convolution"),
        summary=Text(
            "最後の出力から逆にたどり、どの入力が届くかを見る",
            "Follow the last output back: which inputs reach it?",
        ),
        parameters=(
            Parameter("layers", Text("層", "layers"), "integer", 4, 1, 8),
            Parameter("kernel", Text("フィルタ", "filter"), "integer", 2, 2, 5),
            Parameter(
                "growth", Text("膨張", "dilations"), "choice", "doubling", choices=("doubling", "tripling", "none")
            ),
            Parameter("length", Text("長さ", "length"), "integer", 20, 2, 200),
            Parameter("padding", Text("パディング", "padding"), "choice", "causal", choices=("causal", "none")),
            CLAIM,
        ),
    ),
    Simulation(
        name="transposed_convolution",
        title=Text("転置畳み込み", "Transposed convolution"),
        summary=Text(
            "画素ごとにフィルタを押し当てて足し、出力の大きさを測る",
            "Each pixel stamps the kernel; the size is what gets stamped",
        ),
        parameters=(
            Parameter("size", Text("入力", "input"), "integer", 3, 1, 32),
            Parameter("kernel", Text("フィルタ", "filter"), "integer", 3, 1, 8),
            Parameter("stride", Text("ストライド", "stride"), "integer", 2, 1, 4),
            Parameter("padding", Text("パディング", "padding"), "integer", 0, 0, 3),
            CLAIMED_SHAPE,
        ),
    ),
    Simulation(
        name="carried_state",
        title=Text("状態を運ぶ", "A state carried on"),
        summary=Text(
            "RNN も CEC も LSTM も GRU も、古い状態をどれだけ残すか",
            "RNN, CEC, LSTM or GRU: how much of the old state stays",
        ),
        parameters=(
            Parameter("cell", Text("セル", "cell"), "choice", "lstm", choices=("cec", "rnn", "relu", "lstm", "gru")),
            Parameter("keep", Text("残す", "keep"), "real", 0.5, -4, 4, 0.25),
            Parameter("content", Text("内容", "content"), "real", 1.0, -10, 10, 0.5),
            Parameter("start", Text("最初", "start"), "real", 4.0, -10, 10, 0.5),
            Parameter("steps", Text("ステップ", "steps"), "integer", 4, 1, 40),
            Parameter("take", Text("入れる", "take"), "real", 1.0, -10, 10, 0.25, hidden=True),
            Parameter("window", Text("打ち切り", "cut off"), "integer", 0, 0, 40, hidden=True),
            Parameter(
                "asked",
                Text("問い", "asked"),
                "choice",
                "state",
                choices=("state", "carried", "terms", "by_keep", "by_take"),
                hidden=True,
            ),
            CLAIM,
        ),
    ),
)
