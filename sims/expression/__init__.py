"""Array expressions such as ``i*a + f*c`` or ``delta_t.dot(U)``: read, checked, evaluated, never executed.

``ast.parse`` reads the text once it is known to be short and flat; every node of the result must be on a list of
allowed ones, and a walker computes the value with a bound on the size of each intermediate *before* it is made.
"""

from sims.expression.errors import EvaluationError, ExpressionError
from sims.expression.evaluation import evaluate
from sims.expression.reader import parse
from sims.expression.tree import Expression

__all__ = ["EvaluationError", "Expression", "ExpressionError", "evaluate", "parse"]
