"""Every simulation as data, in the order in which they are shown. Imports no NumPy until one runs."""

from sims.listed import adder, costs, gates, gradients, networks, opening, sequence, training
from sims.simulation import ParameterError, Simulation, nearest
from sims.text import Text

SIMULATIONS: tuple[Simulation, ...] = (
    *opening.SIMULATIONS,
    *networks.SIMULATIONS,
    *adder.SIMULATIONS,
    *gradients.SIMULATIONS,
    *gates.SIMULATIONS,
    *costs.SIMULATIONS,
    *sequence.SIMULATIONS,
    *training.SIMULATIONS,
)


def get(name: str) -> Simulation:
    """The simulation called ``name``, or :class:`ParameterError` with the nearest name."""
    for simulation in SIMULATIONS:
        if simulation.name == name:
            return simulation
    hint = nearest(name, [simulation.name for simulation in SIMULATIONS])
    raise ParameterError(
        Text(
            f"{name} というシミュレーションはありません。{hint.ja}",
            f"There is no simulation {name}. {hint.en}",
        )
    )
