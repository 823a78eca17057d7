"""Simulations listed here: how a network is trained and kept from over-fitting. Data only: no NumPy."""

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
            Parameter("claim", Text("あなた", "yours"), "expression", None, hidden=True),
        ),
    ),
)
