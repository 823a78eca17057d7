"""``peephole schema``: the JSON Schema of a bank, generated from the model."""

import json

from engine.bank.schema import schema
from engine.cli.context import Context


def run(context: Context) -> int:
    """Print the schema."""
    context.say(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0
