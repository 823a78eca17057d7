"""A question's link to its simulation: the variant's numbers as the simulation's settings."""

from engine.bank import arithmetic, template
from engine.bank.asked import Asked
from sims import registry
from sims.simulation import Simulation

ANSWER = "$answer"


def simulation_of(asked: Asked) -> Simulation:
    """The linked simulation. Raises ParameterError if there is none of that name."""
    return registry.get(asked.question.sim.name)


def settings(asked: Asked) -> dict[str, str]:
    """The simulation's settings as text; :data:`ANSWER` stands for the learner's answer.

    Raises ParameterError for a simulation or setting that does not exist, FormulaError for a number that cannot be
    computed.
    """
    return {name: setting(asked, name, text) for name, text in asked.question.sim.with_.items()}


def setting(asked: Asked, name: str, text: str) -> str:
    """One of them: numbers are computed, the rest is taken literally."""
    if text == ANSWER:
        return text
    if simulation_of(asked).parameter(name).kind in ("integer", "real"):
        value = arithmetic.compute(text, asked.values)
        return str(value if isinstance(value, int) else float(value))
    return str(asked.values[text]) if text in asked.values else template.fill(text, asked.values, str)
