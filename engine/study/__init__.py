"""From a verdict to what comes next: sessions, history, schedule, statistics."""
