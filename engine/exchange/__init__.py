"""Out and in: Anki decks, tables, the whole history as JSON, and another machine's history."""
