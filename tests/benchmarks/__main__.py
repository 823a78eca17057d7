"""Run every module of this folder that has ``rows() -> list[Row]``, or those named, and print what they measured."""

import os
import sys
from importlib import import_module
from pathlib import Path

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main(names: list[str]) -> int:
    """Print the table, the number that a goal is about first; 1 if a goal was missed, 2 if a name is unknown."""
    os.environ.update(dict.fromkeys(THREADS, "1"))  # before NumPy is imported
    modules = Path(__file__).parent.glob("[!_]*.py")
    known = sorted(path.stem for path in modules if "\ndef rows(" in path.read_text(encoding="utf-8"))
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.stderr.write(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}\n")
        return 2
    met: list[bool] = []
    for name in names or known:
        for row in import_module(f"tests.benchmarks.{name}").rows():
            met.append(row.passed)
            mark = "ok    " if row.passed else "MISSED"
            sys.stdout.write(f"{mark} {row.ratio:8.2f}  {row.name:<44} goal {row.goal:<36} {row.figure}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{sum(met)} of {len(met)} goals are met\n")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
