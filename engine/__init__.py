"""Peephole's engine: banks of questions, grading, study, drawing, the terminal app and the commands."""
