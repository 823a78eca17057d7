"""Recurrent cells with their backward pass written out, for many independent runs at once."""

from sims.cells.arrays import Array, Parameters, sigmoid, softmax
from sims.cells.gru import GRU, GRU_GATES, GRUGate, GRUTrace, Mix, Slopes
from sims.cells.lstm import GATES, LSTM, Gate, State, Trace, Update
from sims.cells.rnn import RNN, Activation, RNNTrace

__all__ = [
    "GATES",
    "GRU",
    "GRU_GATES",
    "LSTM",
    "RNN",
    "Activation",
    "Array",
    "GRUGate",
    "GRUTrace",
    "Gate",
    "Mix",
    "Parameters",
    "RNNTrace",
    "Slopes",
    "State",
    "Trace",
    "Update",
    "sigmoid",
    "softmax",
]
