"""Simulations listed here: what each gate of an LSTM is for. Data only: no NumPy."""

from sims.parameters import Simulation

SIMULATIONS: tuple[Simulation, ...] = ()
