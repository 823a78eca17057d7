"""The binary adder: a recurrent network that learns a + b, low bits first, one sum after the other.

:class:`Adder` is all that a simulation needs. Several runs advance side by side (:mod:`sims.adder.batched`); a single
one has a formulation of its own (:mod:`sims.adder.single`). Both take their weights in one matrix a run, see
:mod:`sims.adder.packing`.
"""

from sims.adder.network import PAIRS, Adder, Score, Sums, Trained
from sims.adder.settings import TIME_FACTORS, Settings, draw_weights

__all__ = ["PAIRS", "TIME_FACTORS", "Adder", "Score", "Settings", "Sums", "Trained", "draw_weights"]
