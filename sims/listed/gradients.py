"""Simulations listed here: gradients through time, their vanishing, exploding and clipping. Data only: no NumPy."""

from sims.parameters import Simulation

SIMULATIONS: tuple[Simulation, ...] = ()
