"""How memory that is used again and again stays at hand."""

import numpy as np

_LARGEST = 31 * 2**20  # bytes; of a block beyond 32 MiB the C library learns nothing


def keep_at_hand() -> None:
    """Let the C library keep freed arrays for the next ones instead of giving them back to the system.

    Giving back and asking again costs a page fault every 4 KiB: half the time of training small networks. glibc raises
    both of its limits to the size of the largest block that was ever freed (``M_MMAP_THRESHOLD`` in mallopt(3)), so
    one large block is asked for and freed, untouched. Elsewhere this does nothing.
    """
    np.empty(_LARGEST, np.int8)
