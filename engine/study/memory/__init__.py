"""What follows from the history: memories as FSRS has them, sums, and when what is due."""
