"""From a question and its verdict to the simulation to look at: which, with what settings, with whose claim."""

from collections.abc import Mapping

import msgspec

from engine.bank import linked
from engine.bank.arithmetic import FormulaError
from engine.bank.asked import Asked
from engine.grading.verdict import Verdict
from sims.simulation import ParameterError, Simulation, Value
from sims.text import Text


class Look(msgspec.Struct, frozen=True):
    """A simulation with its settings. ``nearest`` says honestly that it shows a neighbouring concept."""

    simulation: Simulation
    values: Mapping[str, Value]
    nearest: Text | None = None
    title: Text | None = None

    @property
    def claim(self) -> Mapping[str, Value]:
        """The settings that come from the learner's answer."""
        return {
            parameter.name: self.values[parameter.name]
            for parameter in self.simulation.parameters
            if parameter.name in CLAIMS and self.values[parameter.name] is not None
        }


CLAIMS = ("claim", "mutant")


def look_at(asked: Asked, verdict: Verdict | None) -> Look:
    """The question's simulation with the variant's numbers, and a wrong answer beside the right one.

    Raises ParameterError where a bank that was never checked links to what does not exist.
    """
    simulation = linked.simulation_of(asked)
    try:
        given = linked.settings(asked)
    except FormulaError as error:
        raise ParameterError(error.text) from error
    for name in [name for name, text in given.items() if text == linked.ANSWER]:
        del given[name]
        if verdict is not None and verdict.outcome == "wrong" and verdict.claim:
            given[name] = verdict.claim
    try:
        values = simulation.values(given)
    except ParameterError:  # a claim that the simulation cannot draw, such as a size of a million
        values = simulation.values({name: text for name, text in given.items() if name not in CLAIMS})
    return Look(simulation, values, asked.question.sim.nearest)


def look_alone(simulation: Simulation) -> Look:
    """A simulation with its defaults, without a question."""
    return Look(simulation, simulation.values({}))
