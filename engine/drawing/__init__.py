"""Frames, formulas and sentences as rows of coloured cells: shared by the terminal app and the commands."""
