"""From what was typed to a verdict, its evidence, and the name of the mistake."""
