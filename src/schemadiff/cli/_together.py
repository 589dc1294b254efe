"""Asking several databases at the same time: answers in the order of the databases, and a failure hides none of them.

Each is asked in a thread, which waits for its server most of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from ..errors import LoadError, UsageError
from ._output import say, working
from ._targets import Named

OF_ALL = (LoadError, UsageError)
"""What fails for each database alike: the schema, or the call."""

JOBS = 8
"""How many databases are asked at the same time unless told otherwise."""

type Answer[T] = T | Exception


def together[T](
    found: Sequence[Named], ask: Callable[[Named], T], jobs: int, doing: str
) -> tuple[Answer[T], ...]:
    """What comes of asking each of some databases, at most ``jobs`` at a time, or the error that it failed with; of
    one alone, that is raised.

    Raises what would fail for each of them, once it is known."""
    if len(found) == 1:
        return (ask(found[0]),)
    with working(f"{doing} {len(found)} databases"), ThreadPoolExecutor(jobs) as threads:
        asked = [threads.submit(_asked, ask, one) for one in found]
        try:
            wait(asked, return_when=FIRST_EXCEPTION)
        finally:
            threads.shutdown(cancel_futures=True)
        return tuple(future.result() for future in asked if not future.cancelled())


def _asked[T](ask: Callable[[Named], T], one: Named) -> Answer[T]:
    try:
        return ask(one)
    except OF_ALL:
        raise
    except Exception as error:
        return error


def raise_last(failed: Sequence[tuple[str, Exception]]) -> None:
    """Raises the last of some failures, by the names of the databases; those before it are said."""
    for name, error in failed[:-1]:
        say(f"error: {name}: {error}")
    for _, error in failed[-1:]:
        raise error
