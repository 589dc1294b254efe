"""The queries of an application against a schema: which PostgreSQL can make sense of, before a plan, after it, and after
its reverse. All on scratch databases; no query runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ._api import plan_pair
from ._pair import Pair, held_by, on_server, pair
from ._scope import EVERYTHING, Scope
from .errors import UsageError
from .prove import Connection, states
from .scratch import ScratchServer, scratch_server
from .script import Statement, is_query, refusal
from .sources import Reader, Source, source

BEFORE, AFTER, REVERSED = "before", "after", "reversed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the states in which PostgreSQL refuses it, each with why."""

    query: Statement
    refusals: tuple[tuple[str, str], ...] = ()

    @property
    def verdict(self) -> str:
        """``holds`` in every state; ``breaks`` with the plan, or its reverse; ``works after`` the plan only; or
        ``fails`` before it too, so that the plan has no part in it."""
        refused = dict(self.refusals)
        if not refused:
            return "holds"
        if BEFORE not in refused:
            return "breaks"
        return "fails" if AFTER in refused else "works after"

    @property
    def why(self) -> str:
        """Why it is refused, in the first state where that counts."""
        return next((why for _, why in self.refusals), "")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of the queries of ``files`` files. ``left_out`` counts statements that PostgreSQL looks into only when
    it runs them. ``origin`` is '' where there is no plan: the queries are then held to the target alone."""

    origin: str
    target: str
    files: int
    queries: tuple[Judged, ...]
    left_out: int

    @property
    def breaks(self) -> bool:
        """Whether a query breaks with the plan; without one, whether one is refused."""
        return any(q.verdict == "breaks" for q in self.queries)


def judge(
    folder: str,
    origin: Source | None,
    target: Source,
    reader: Reader,
    scope: Scope = EVERYTHING,
    *,
    search_path: str | None = None,
    strategy: str | None = None,
) -> Judgement:
    """What becomes of the queries in a ``.sql`` file or folder, on the way from an origin to a target and back, or in
    the target. ``search_path`` is what the application sets, by default PostgreSQL's own.

    Raises UsageError where there is no query, LoadError for a file that makes no sense, and what planning raises."""
    if source(folder).kind not in ("script", "git"):
        raise UsageError(f"{folder}: queries are read from a .sql file or a folder")
    script = reader.files(source(folder)).read()
    queries = [s for s in script.statements if is_query(s.text)]
    if not queries:
        raise UsageError(f"{folder}: no query in it; give a .sql file, or a folder with some")
    found = pair(origin or source("empty"), target, reader, scope)
    refused: dict[Statement, dict[str, str]] = {q: {} for q in queries}
    with scratch_server(reader.spec, major=found.origin.server.major) as server:
        ready = _ready(found, server)
        for state, connection in _states(ready, origin, target, reader, server, strategy):
            for query, why in _refusals(queries, connection, search_path):
                refused[query][state] = why
    names = str(origin) if origin else "", str(target)
    judged = tuple(Judged(q, tuple(refused[q].items())) for q in queries)
    return Judgement(*names, len(script.files), judged, len(script.statements) - len(queries))


def _ready(found: Pair, server: ScratchServer) -> Pair:
    """Both ends as the server can hold them."""
    if server.major != found.origin.server.major:
        found = on_server(found, server)
    return held_by(found, server)[0]


def _states(
    found: Pair,
    origin: Source | None,
    target: Source,
    reader: Reader,
    server: ScratchServer,
    strategy: str | None,
) -> Iterator[tuple[str, Connection]]:
    names = str(origin or "empty"), str(target)
    plan = plan_pair(found, names, prove=False, scratch=reader.spec, strategy=strategy)
    for state, connection in states(plan, found.origin, found.target, server):
        if origin is not None:
            yield state, connection
        elif state == AFTER:
            yield state, connection
            return


def _refusals(
    queries: Iterable[Statement], connection: Connection, search_path: str | None
) -> Iterator[tuple[Statement, str]]:
    with _looking(connection, search_path):
        for query in queries:
            if why := refusal(connection, query):
                yield query, why


@contextmanager
def _looking(connection: Connection, search_path: str | None) -> Iterator[None]:
    """Names are looked up as the application does; the plan goes on as it was."""
    if search_path is not None:
        connection.execute("select pg_catalog.set_config('search_path', %s, false)", [search_path])
    yield
    connection.execute("reset search_path")
