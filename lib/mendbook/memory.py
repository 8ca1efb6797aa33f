"""Tell a lack of memory from a fault of the code: the system says it by many kinds of errors."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mendbook.errors import LackOfMemoryError

if sys.platform != "win32":
    import resource  # at once: nothing can be loaded any more where memory has run out

_SPARING = {"OPENBLAS_NUM_THREADS": "1", "RUST_LIB_BACKTRACE": "0"}
"""Variables that keep libraries small, where nobody has set them.

OpenBLAS takes memory for a thread of each core, and interrupts the process where it gets none;
nothing here multiplies matrices. Rust's own trace of an error waits for ever where it gets none.
"""
_SELDOM = 20_000
"""Objects made and not yet gone, after which the garbage collector looks; Python's own is 700."""
_FLOOR = 256_000_000
"""Bytes below which libraries end the process by themselves while they load, each in its way."""
_SAID = ("failed to map segment", "cannot allocate memory", "can't start new thread")


def spare_memory() -> None:
    """Keep libraries that are not loaded yet from taking memory that nothing here needs."""
    for name, value in _SPARING.items():
        os.environ.setdefault(name, value)


def refuse_small_limit() -> None:
    """Raise ``MemoryError`` where the process may take less memory than it needs to begin."""
    if 0 < _limit() < _FLOOR:
        raise MemoryError


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have the garbage collector look for circles less often while much is made that stays.

    It goes through all objects that there are, for next to nothing: 7 % of a plan's time.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(_SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def lacks_memory(error: BaseException) -> bool:
    """Tell whether ``error``, or what it came of, is the system's word that there is no memory."""
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, MemoryError) or getattr(chain, "errno", None) == errno.ENOMEM:
            return True
        if isinstance(chain, ImportError | RuntimeError | OSError):
            said = str(chain).lower()
            if any(words in said for words in _SAID):
                return True
        chain = chain.__cause__ or chain.__context__
    return False


def lack_of_memory() -> LackOfMemoryError:
    """Return the refusal of what needs more memory than there is; it tells of a limit."""
    limit = _limit()
    allowed = f" (a process may take {limit // 1_000_000} MB here: ulimit -v)" if limit else ""
    return LackOfMemoryError(f"there is not enough memory{allowed}; allow more and run it again")


def _limit() -> int:
    """Return how many bytes this process may take, 0 for no limit."""
    if sys.platform == "win32":
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 0 if soft == resource.RLIM_INFINITY else soft
