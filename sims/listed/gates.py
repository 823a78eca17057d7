"""Simulations listed here: what each gate of an LSTM is for. Data only: no NumPy."""

from sims.listed.claims import CLAIM
from sims.simulation import Parameter, Simulation
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    Simulation(
        name="gates",
        title=Text("LSTM のゲート", "The gates of an LSTM"),
        summary=Text(
            "入れる、保つ、出す。1 つのセルを 1 ステップずつ見る", "Let in, keep, show: one cell, one step at a time"
        ),
        parameters=(
            Parameter(
                "pattern",
                Text("ゲート", "gates"),
                "choice",
                "story",
                choices=("story", "remember", "write", "add", "half"),
            ),
            Parameter("steps", Text("ステップ", "steps"), "integer", 8, 4, 12),
            Parameter(
                "leak",
                Text("閉じたときの値", "when shut"),
                "real",
                0,
                0,
                0.5,
                choices=("0", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5"),
            ),
            CLAIM,
        ),
    ),
    Simulation(
        name="forget_gate",
        title=Text("忘却ゲート", "The forget gate"),
        summary=Text(
            "終わらない列を足し続ける。消せないセルはどうなるか",
            "A stream that never ends: what becomes of a cell that cannot forget",
        ),
        parameters=(
            Parameter("view", Text("題材", "view"), "choice", "stream", choices=("stream", "words")),
            Parameter("feedback", Text("h を戻す", "h fed back"), "choice", "off", choices=("off", "on")),
            Parameter("runs", Text("乱数", "seeds"), "integer", 6, 1, 16),
            Parameter("iterations", Text("反復", "iterations"), "integer", 300, 20, 600, 20),
        ),
    ),
    Simulation(
        name="peephole",
        title=Text("覗き穴結合", "Peephole connections"),
        summary=Text(
            "ゲートがセルを見れば、ちょうど N ごとに発火できる",
            "Gates that see the cell can fire at exactly every N-th step",
        ),
        parameters=(
            Parameter(
                "period",
                Text("周期 N", "period N"),
                "integer",
                12,
                2,
                200,
                choices=("2", "3", "5", "8", "12", "20", "50", "100", "200"),
            ),
            Parameter("count", Text("数えるパルス", "pulses"), "integer", 6, 2, 8),
            Parameter("runs", Text("乱数", "seeds"), "integer", 6, 1, 8),
            Parameter("iterations", Text("反復", "iterations"), "integer", 600, 100, 1000, 100),
        ),
    ),
)
