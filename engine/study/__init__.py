"""From a verdict to what comes next: sessions, and below them history, memory, the plan and the mock exam."""
