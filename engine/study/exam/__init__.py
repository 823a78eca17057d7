"""The mock exam: what it asks, its clock, its file, its report."""
