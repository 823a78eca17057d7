"""The parameter that most simulations share: what a learner answered. It is set by the answer, not by hand."""

from typing import Final

from sims.simulation import Parameter
from sims.text import Text

CLAIM: Final = Parameter("claim", Text("あなた", "yours"), "expression", None, hidden=True)
CLAIMED_SHAPE: Final = Parameter("claim", Text("あなた", "yours"), "shape", None, hidden=True)
