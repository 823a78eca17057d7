"""The binary adder: a recurrent network that learns a + b, low bits first, one sum after the other.

:class:`Adder` is all that a simulation needs, :class:`Sweep` if it has several settings. Many runs advance side by
side (:mod:`sims.adder.batched`); one on its own has a formulation to itself (:mod:`sims.adder.single`).
"""

from sims.adder.network import PAIRS, Adder, Score, Sums, Trained
from sims.adder.settings import TIME_FACTORS, Settings, draw_weights
from sims.adder.sweep import Sweep

__all__ = ["PAIRS", "TIME_FACTORS", "Adder", "Score", "Settings", "Sums", "Sweep", "Trained", "draw_weights"]
