"""The app in a browser: textual-serve with a page of our own, which loads nothing from anywhere else."""
