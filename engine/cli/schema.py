"""``peephole schema``: the JSON Schema of a bank, generated from the model."""

from engine.bank.schema import as_text
from engine.cli.context import Context


def run(context: Context) -> int:
    """Print the schema."""
    context.say(as_text().rstrip("\n"))
    return 0
