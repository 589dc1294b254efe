"""The Python interface: what the commands do, as functions of values."""

from __future__ import annotations

from . import _diff, _plan
from ._check import Drift, drift
from ._pair import Pair, pair
from ._plan import Plan
from .model import Catalog, Delta
from .prove import prove as prove_plan
from .scratch import scratch_server
from .sources import Reader, source


def read(source_text: str, *, scratch: str | None = None) -> Catalog:
    """The catalog of a source: a database URL, a ``.sql`` file or folder, ``git:REV:PATH``, a snapshot,
    ``module:metadata`` or ``empty``. ``scratch`` says where scratch databases come from.

    Raises SourceError and what it is the base of; ScratchError where none can be had."""
    return Reader(scratch).read(source(source_text))


def diff(origin: str | Catalog, target: str | Catalog, *, scratch: str | None = None) -> tuple[Delta, ...]:
    """What differs between two sources, or two catalogs of one server version: what leads from the first
    to the second, sorted by identity. What the second leaves open is no difference."""
    if isinstance(origin, Catalog) and isinstance(target, Catalog):
        return _diff.diff(origin, target)
    if isinstance(origin, Catalog) or isinstance(target, Catalog):
        raise TypeError("diff takes two sources or two catalogs")
    found = pair(source(origin), source(target), Reader(scratch))
    return _diff.diff(found.origin, found.target)


def plan(origin: str, target: str, *, prove: bool = True, scratch: str | None = None) -> Plan:
    """The plan from a source to a target and back.

    Proven on scratch databases unless ``prove`` is false. Raises PlanError where no plan can be made,
    ProofFailed where it does not reach its ends."""
    sources = source(origin), source(target)
    return plan_pair(pair(*sources, Reader(scratch)), (str(sources[0]), str(sources[1])), prove=prove, scratch=scratch)


def plan_pair(found: Pair, names: tuple[str, str], *, prove: bool = True, scratch: str | None = None) -> Plan:
    """The plan of two catalogs that compare; ``names`` say where they came from."""
    made = _plan.make(found.origin, found.target, names, live=found.live, notes=found.notes)
    if not prove or made.empty:
        return made
    with scratch_server(scratch, major=found.origin.server.major) as server:
        return prove_plan(made, found.origin, found.target, server)


def check(database: str, target: str, *, scratch: str | None = None) -> Drift:
    """How a database (or any source) differs from the schema that it should have."""
    sources = source(database), source(target)
    found = pair(*sources, Reader(scratch))
    return drift(found.origin, found.target, (str(sources[0]), str(sources[1])), found.notes)
