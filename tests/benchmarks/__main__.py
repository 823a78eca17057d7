"""Run every module of this folder that has ``rows() -> list[Row]``, or those named, and print what they measured."""

import os
import sys
from importlib import import_module
from pathlib import Path

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main(names: list[str]) -> int:
    """Print the table; 1 if a goal was missed, 2 if a name is unknown."""
    os.environ.update(dict.fromkeys(THREADS, "1"))  # before NumPy is imported
    modules = Path(__file__).parent.glob("[!_]*.py")
    known = sorted(path.stem for path in modules if "\ndef rows(" in path.read_text(encoding="utf-8"))
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.stderr.write(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}\n")
        return 2
    missed = 0
    for name in names or known:
        for row in import_module(f"tests.benchmarks.{name}").rows():
            missed += not row.passed
            mark = "ok    " if row.passed else "MISSED"
            sys.stdout.write(f"{mark}  {row.name:<44} {row.figure:<44} goal {row.goal}\n")
            sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
