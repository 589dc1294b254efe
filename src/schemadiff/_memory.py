"""Python's collector of cycles, held while catalogs are made, and for all of a command.

What is made then stays, and looking through it for garbage again and again takes as long as the making.
https://docs.python.org/3/library/gc.html
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection within; also a decorator. Memory is freed as ever where nothing refers to it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def give_back() -> None:
    """Gives the system the memory that is free by now, where the C library keeps it for itself: after something large.
    https://www.man7.org/linux/man-pages/man3/malloc_trim.3.html"""
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def leave() -> None:
    """Leaves all that there is by now to the end of the process: it is looked through no more, not even by that."""
    gc.freeze()
