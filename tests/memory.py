"""How much memory a process has had at the most."""

import resource
import sys
from pathlib import Path


def peak_megabytes() -> float:
    """The largest resident size of this process since it was started, in 10⁶ bytes.

    ``getrusage`` would count what the process that started this one held: Linux keeps that figure over an exec.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
