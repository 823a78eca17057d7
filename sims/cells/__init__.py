"""Recurrent cells with their backward pass written out, for many independent runs at once."""

from sims.cells.arrays import Array, Parameters, sigmoid
from sims.cells.lstm import GATES, LSTM, Gate, Trace

__all__ = ["GATES", "LSTM", "Array", "Gate", "Parameters", "Trace", "sigmoid"]
