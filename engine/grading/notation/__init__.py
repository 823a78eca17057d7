"""Mathematical notation: what a learner or a bank writes, read into a tree without evaluating anything."""

from engine.grading.notation.arrays import to_python
from engine.grading.notation.echo import echo, mathematics
from engine.grading.notation.errors import NotationError
from engine.grading.notation.limits import LIMITS, measure
from engine.grading.notation.reading import pretty, read
from engine.grading.notation.tree import Tree

__all__ = [
    "LIMITS",
    "NotationError",
    "Tree",
    "echo",
    "mathematics",
    "measure",
    "pretty",
    "read",
    "to_python",
]
