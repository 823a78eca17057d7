"""Freed arrays stay at hand: training does not pay for the same memory again and again."""

import platform
import subprocess
import sys

import pytest

FAULTS = """
import resource
import numpy as np
{keep}
def work():
    parts = [np.zeros(60_000) for _ in range(8)]
    return sum(float(part[0]) for part in parts)
for _ in range(5):
    work()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    work()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def page_faults(keep: str) -> int:
    code = FAULTS.format(keep=keep)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps memory in its own way")
def test_arrays_of_a_few_hundred_kilobytes_are_used_again() -> None:
    kept = page_faults("from sims.cells.allocation import keep_at_hand; keep_at_hand()")
    given_back = page_faults("")
    assert kept < 500
    assert kept < given_back / 5 or given_back < 500  # where nothing was given back, there is nothing to keep
