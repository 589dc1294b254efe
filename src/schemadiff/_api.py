"""The Python interface: what the commands do, as functions of values."""

from __future__ import annotations

from . import _diff, _plan
from ._plan import Plan
from .catalog import read_catalog
from .errors import ProofFailed
from .model import Catalog, Delta


def read(source: str) -> Catalog:
    """The catalog of a source."""
    return read_catalog(source)


def diff(origin: str | Catalog, target: str | Catalog) -> tuple[Delta, ...]:
    """What differs between two sources or catalogs."""
    return _diff.diff(_catalog(origin), _catalog(target))


def _catalog(source: str | Catalog) -> Catalog:
    return source if isinstance(source, Catalog) else read(source)


def plan(source: str, target: str, *, prove: bool = True) -> Plan:
    """The plan from a source to a target and back, proven unless told otherwise."""
    from .prove import prove as run_proof
    from .scratch import scratch_server

    origin, wanted = read(source), read(target)
    made = _plan.make(origin, wanted, (source, target))
    if not prove or made.empty:
        return made
    with scratch_server(major=origin.server.major) as server:
        return run_proof(made, origin, wanted, server)


__all__ = ["Plan", "ProofFailed", "diff", "plan", "read"]
