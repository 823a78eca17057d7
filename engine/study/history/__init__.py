"""The answers on the disk: one SQLite file to which rows are only added."""
