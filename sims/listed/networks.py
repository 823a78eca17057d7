"""Simulations listed here: networks beside each other: one step, a tree, GRU, parameters. Data only: no NumPy."""

from sims.parameters import Simulation

SIMULATIONS: tuple[Simulation, ...] = ()
