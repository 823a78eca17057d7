"""The way to an exam that has a date: what to ask each day, and what the day may bring."""
