"""Simulations listed here: sequences: words as vectors, both directions, seq2seq and attention. Data only: no NumPy."""

from sims.listed.claims import CLAIM
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="embedding",
        title=Text("埋め込み行列", "The embedding matrix"),
        summary=Text(
            "one-hot を掛けることは、列を 1 本読むことと同じ", "Multiplying by a one-hot vector reads one column"
        ),
        parameters=(
            Parameter("vocab", Text("語彙", "vocabulary"), "integer", 8, 3, 10),
            Parameter("embed", Text("次元", "embed"), "integer", 4, 2, 6),
            Parameter("word", Text("語", "word"), "integer", 3, 1, 10),
            CLAIM,
        ),
    ),
    Simulation(
        name="bidirectional_rnn",
        title=Text("双方向 RNN", "Bidirectional RNN"),
        summary=Text(
            "前から読む状態と後ろから読む状態。つなぐと、どの時刻も全体を知る",
            "States read from either end: joined, every step knows the whole sequence",
        ),
        parameters=(
            Parameter("view", Text("題材", "view"), "choice", "story", choices=("story", "join", "task")),
            Parameter("steps", Text("時刻", "steps"), "integer", 8, 6, 8),
            Parameter("hidden", Text("隠れ H", "hidden H"), "integer", 4, 2, 16),
            Parameter("span", Text("離れ", "span"), "integer", 1, 1, 2),
            Parameter("iterations", Text("反復", "iterations"), "integer", 200, 20, 400, 20),
            Parameter("hole", Text("空欄", "hole"), "choice", "joined", choices=("joined", "backward"), hidden=True),
            CLAIM,
        ),
    ),
    Simulation(
        name="fixed_vector",
        title=Text("固定長ベクトルと注意機構", "One fixed vector, or attention"),
        summary=Text(
            "系列が長くなると、1 本のベクトルには入りきらない",
            "As the sequence gets longer, one vector no longer holds it",
        ),
        parameters=(
            Parameter("cells", Text("ベクトルの長さ", "vector"), "integer", 16, 4, 32, choices=("4", "8", "16", "32")),
            Parameter("runs", Text("乱数", "seeds"), "integer", 4, 1, 8),
            Parameter("iterations", Text("反復", "iterations"), "integer", 800, 20, 1600, 100),
        ),
    ),
    Simulation(
        name="attention",
        title=Text("注意の重み", "Attention weights"),
        summary=Text(
            "softmax(QKᵀ/√d)V を 1 段ずつ。√d で割らないと softmax が飽和する",
            "softmax(QKᵀ/√d)V step by step; without √d the softmax saturates",
        ),
        parameters=(
            Parameter("view", Text("題材", "view"), "choice", "story", choices=("story", "map", "scale")),
            Parameter("tokens", Text("トークン n", "tokens n"), "integer", 6, 2, 16),
            Parameter("width", Text("次元 d", "width d"), "integer", 16, 1, 256, choices=("1", "4", "16", "64", "256")),
            Parameter("heads", Text("ヘッド", "heads"), "integer", 1, 1, 8),
            Parameter("mask", Text("マスク", "mask"), "choice", "none", choices=("none", "causal")),
            Parameter(
                "hole",
                Text("空欄", "hole"),
                "choice",
                "scores",
                choices=("scores", "divisor", "output"),
                hidden=True,
            ),
            CLAIM,
        ),
    ),
    Simulation(
        name="weighted_mean",
        title=Text("注意は加重平均", "Attention as a weighted mean"),
        summary=Text(
            "2 つのキーで、内積から重み、重みから出力へ", "Two keys: from dot products to weights to the output"
        ),
        parameters=(
            Parameter("a", Text("exp(q·k1)", "exp(q·k1)"), "integer", 3, 1, 99),
            Parameter("b", Text("exp(q·k2)", "exp(q·k2)"), "integer", 1, 1, 99),
            Parameter("left", Text("v1", "v1"), "integer", 4, 0, 99),
            Parameter("right", Text("v2", "v2"), "integer", 8, 0, 99),
            CLAIM,
        ),
    ),
)
