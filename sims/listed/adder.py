"""Simulations listed here: the binary adder and what is frozen in it. Data only: no NumPy."""

from sims.parameters import Simulation

SIMULATIONS: tuple[Simulation, ...] = ()
