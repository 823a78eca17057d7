"""One screen a file, one purpose each."""
