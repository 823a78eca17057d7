"""Who is told how far long work has come."""

from collections.abc import Callable

# How many are done, of how many. It may raise to stop the work.
Progress = Callable[[int, int], None]
