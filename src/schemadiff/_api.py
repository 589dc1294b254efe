"""The Python interface: what the commands do, as functions of values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from . import _diff
from ._apply import Applied, Record, apply_plan, revert_plans
from ._apply import history as _history
from ._draft import Draft, draft
from ._findings import DEFAULT_ASKING, Asking
from ._gate import current, ensure_allowed
from ._inside import inside
from ._memory import uncollected
from ._pair import Pair, elsewhere, held_by, newer, on_server, pair, seen_from
from ._patience import DEFAULT, Patience
from ._plan import Plan
from ._preflight import preflight
from ._renames import is_needed, rename
from ._renaming import Renamed
from ._scope import EVERYTHING, Scope
from ._soft_drop import Dropped, soft_drop
from .catalog import masked, spelled_alike
from .config import REWRITE_LIMIT
from .errors import ProofFailed, UsageError
from .model import Catalog, Delta
from .prove import prove as prove_plan
from .scratch import ScratchServer, scratch_server
from .sources import Reader, source


@uncollected()
def read(source_text: str, *, scratch: str | None = None) -> Catalog:
    """The catalog of a source: a database URL, a ``.sql`` file or folder, ``git:REV:PATH``, a snapshot,
    ``module:metadata`` or ``empty``. ``scratch`` says where scratch databases come from.

    Raises SourceError and what it is the base of; ScratchError where none can be had."""
    return Reader(scratch).read(source(source_text))


@uncollected()
def diff(
    origin: str | Catalog,
    target: str | Catalog,
    *,
    scratch: str | None = None,
    scope: Scope = EVERYTHING,
) -> tuple[Delta, ...]:
    """What differs between two sources, or two catalogs of one server version: what leads from the first
    to the second, sorted by identity. What the second leaves open is no difference."""
    if isinstance(origin, Catalog) and isinstance(target, Catalog):
        return _diff.diff(inside(origin, scope), inside(spelled_alike(target, origin), scope))
    if isinstance(origin, Catalog) or isinstance(target, Catalog):
        raise TypeError("diff takes two sources or two catalogs")
    return _diff.diff(*pair(source(origin), source(target), Reader(scratch), scope).compared)


@uncollected()
def plan(
    origin: str,
    target: str,
    *,
    prove: bool | Literal["full"] = True,
    scratch: str | None = None,
    strategy: str | None = None,
    scope: Scope = EVERYTHING,
    soft_drop: bool = False,
    asking: Asking = DEFAULT_ASKING,
) -> Plan:
    """The plan from a source to a target and back.

    ``strategy`` is ``online``, which lets those who use the tables work on, or ``simple``, as few transactions as
    PostgreSQL allows; by default what the environment variable SCHEMADIFF_STRATEGY says, or else online. Proven on
    scratch databases, with ``prove="full"`` on a copy of the whole schema, unless ``prove`` is false. With ``soft_drop``,
    as with that of the scope, tables, columns and sequences go into the trash that would be dropped. A database is
    asked, as ``asking`` says, whether its rows would stop a step.

    Raises PlanError where no plan can be made, ProofFailed where it does not reach its ends."""
    sources = source(origin), source(target)
    names = (str(sources[0]), str(sources[1]))
    found = pair(*sources, Reader(scratch), _softly(scope, soft_drop))
    database = sources[0].text if sources[0].live else None
    return plan_pair(
        found, names, prove=prove, scratch=scratch, strategy=strategy, database=database, asking=asking
    )


def plan_pair(
    found: Pair,
    names: tuple[str, str],
    *,
    prove: bool | Literal["full"] = True,
    scratch: str | None = None,
    strategy: str | None = None,
    database: str | None = None,
    asking: Asking = DEFAULT_ASKING,
) -> Plan:
    """The plan of two catalogs that compare; ``names`` say where they came from. ``database`` is the URL of the
    origin where it is a live one: the plan then says how large the tables are that it touches, and what their rows
    answer."""
    return plan_ends(
        found, names, prove=prove, scratch=scratch, strategy=strategy, database=database, asking=asking
    )[0]


def plan_ends(
    found: Pair,
    names: tuple[str, str],
    *,
    prove: bool | Literal["full"] = True,
    scratch: str | None = None,
    strategy: str | None = None,
    database: str | None = None,
    asking: Asking = DEFAULT_ASKING,
) -> tuple[Plan, Pair]:
    """The same with the pair as it compares once the plan's renames are made."""
    made, seen = _compiled(found, names, prove=prove, scratch=scratch, strategy=strategy)
    if not database:
        return made, seen
    return replace(made, usage=current(made, database), preflight=preflight(made, database, asking)), seen


def _compiled(
    found: Pair,
    names: tuple[str, str],
    *,
    prove: bool | Literal["full"],
    scratch: str | None,
    strategy: str | None,
) -> tuple[Plan, Pair]:
    renames = is_needed(found.origin, found.wanted)
    made = None if renames else _drafted(found, names, strategy)
    seen = found
    if made is None or _dropped(found, made, found.origin):
        with scratch_server(scratch, major=found.origin.server.major) as server:
            found, made, seen = _drafted_on(server, found, names, strategy)
    if not prove or not made.forward.steps:
        return made.finished(), seen
    live = found.live.server.major
    with scratch_server(scratch, major=found.origin.server.major) as server:
        if server.major != found.origin.server.major:
            found, made, seen = _drafted_on(server, found, names, strategy)
        try:
            proven = _proven(server, found, made, strategy, full=prove == "full")
        except ProofFailed as error:
            if server.major == live:
                raise
            raise ProofFailed(f"{error}\n{elsewhere(live, server.major)}") from None
        return proven if server.major <= live else _noted(proven, newer(live, server.major)), seen


def _noted(made: Plan, *notes: str) -> Plan:
    return replace(made, notes=(*made.notes, *notes))


def _proven(server: ScratchServer, found: Pair, made: Draft, strategy: str | None, *, full: bool) -> Plan:
    """The plan with its proof. A given server may lack tablespaces: there the same plan without them is proven."""
    bare, lacking = held_by(found, server)
    if not lacking:
        return prove_plan(made, found.origin, found.target, server, full=full)
    plan = made.finished()
    bare_made = _drafted(bare, (plan.origin, plan.target), strategy)
    there = prove_plan(bare_made, bare.origin, bare.target, server, full=full)
    note = (
        f"the scratch server lacks the tablespaces {', '.join(lacking)}: what the plan puts there is not proven; "
        "all else is"
    )
    return _noted(replace(plan, proof=there.proof), *there.notes[len(plan.notes) :], note)


def _drafted_on(
    server: ScratchServer, found: Pair, names: tuple[str, str], strategy: str | None
) -> tuple[Pair, Draft, Pair]:
    """The plan's draft as a scratch server deparses both ends, renames what the target's directives name, and
    puts into the trash what is dropped softly. The last pair is as it compares after that."""
    if server.major != found.origin.server.major:
        found = on_server(found, server)
    compared, phase, seen = found, None, found.origin
    if is_needed(found.origin, found.wanted):
        phase = rename(found.origin, found.wanted, server, found.live.server.version)
        compared, seen = seen_from(found, phase.origin)
        phase = replace(phase, origin=seen)
    made = _drafted(compared, names, strategy, phase)
    dropped = _dropped(compared, made, seen)
    if not dropped:
        return compared, made, replace(compared, origin=seen)
    schemas = (i.path[0] for i in found.live.facts if i.kind == "schema")
    soft = soft_drop(dropped, server, found.live.server.version, datetime.now(UTC).date(), schemas)
    compared, seen = seen_from(compared, soft.renamed.origin, soft.leaving)
    compared = replace(compared, notes=(*compared.notes, *soft.notes))
    moved = replace(soft.renamed, origin=seen)
    made = _drafted(compared, names, strategy, phase.then(moved) if phase else moved)
    return compared, made, replace(compared, origin=seen)


def _dropped(found: Pair, made: Draft, seen: Catalog) -> Dropped | None:
    """What of a plan is to go into the trash, if anything is; ``seen`` is the origin once it is renamed."""
    if not found.scope.soft_drop:
        return None
    return Dropped(seen, found.target, made.forward.steps, found.scope) or None


def _drafted(
    found: Pair, names: tuple[str, str], strategy: str | None, renamed: Renamed | None = None
) -> Draft:
    return draft(
        found.origin,
        found.target,
        names,
        live=found.live,
        notes=found.notes,
        strategy=strategy,
        scope=found.scope,
        renamed=renamed,
    )


def apply(
    database: str,
    target: str | None = None,
    *,
    plan: Plan | None = None,
    prove: bool | Literal["full"] = True,
    scratch: str | None = None,
    strategy: str | None = None,
    scope: Scope = EVERYTHING,
    soft_drop: bool = False,
    allow: Iterable[str] = (),
    limit: int = REWRITE_LIMIT,
    patience: Patience = DEFAULT,
    asking: Asking = DEFAULT_ASKING,
) -> Applied:
    """Brings a database to a target: plans, proves, runs, sees that it got there. Or runs a given plan, within
    the scope that it was made for. ``soft_drop`` is as for ``plan``; ``patience`` says how long locks and other applies are
    waited for.

    ``allow`` are the names of hazards that are accepted, ``limit`` the size in bytes up to which a table may be
    rewritten, or read under a lock, without a word.

    Raises what ``plan`` raises; NotAllowed for a hazard that must be allowed and is not, Drifted where the database
    is not where the plan starts, PreflightFailed where rows would stop a step, ApplyError for a step that fails, with what is left in place."""
    url = _url(database)
    if plan is not None and target is None:
        ensure_allowed(plan, current(plan, url), masked(url), allow, limit=limit)
        return apply_plan(plan, url, scratch=scratch, patience=patience, asking=asking)
    if plan is not None or target is None:
        raise UsageError("apply takes a target or a plan")
    sources = source(database), source(target)
    found = pair(*sources, Reader(scratch), _softly(scope, soft_drop))
    names = (str(sources[0]), str(sources[1]))
    made = plan_pair(
        found, names, prove=prove, scratch=scratch, strategy=strategy, database=url, asking=asking
    )
    ensure_allowed(made, made.usage, masked(url), allow, limit=limit)
    return apply_plan(made, url, scratch=scratch, ends=found, patience=patience, asking=asking)


def revert(
    database: str,
    *,
    to: int | None = None,
    scratch: str | None = None,
    allow: Iterable[str] = (),
    limit: int = REWRITE_LIMIT,
    patience: Patience = DEFAULT,
    asking: Asking = DEFAULT_ASKING,
) -> Applied:
    """Takes back the plan that was applied last and still stands, with the reverse that it was proven with; with
    ``to`` all that were applied after the one of that id, 0 for all, and answers for the last one that ran.
    ``allow``, ``limit``, ``patience`` and ``asking`` are as for ``apply``: taking back what was created deletes it.

    Raises Refused where there is none, NotAllowed, and Drifted where the database was changed since."""
    url = _url(database)
    plans = revert_plans(url, to)
    for plan in plans:
        ensure_allowed(plan, current(plan, url), masked(url), allow, limit=limit)
    return [apply_plan(plan, url, scratch=scratch, patience=patience, asking=asking) for plan in plans][-1]


def history(database: str) -> tuple[Record, ...]:
    """What was applied to a database, newest first."""
    return _history(_url(database))


def _softly(scope: Scope, soft_drop: bool) -> Scope:
    return replace(scope, soft_drop=scope.soft_drop or soft_drop)


def _url(database: str) -> str:
    found = source(database)
    if not found.live:
        raise UsageError(
            f"{database}: is a {found.kind} source; only a database can be changed, give its URL"
        )
    return found.text
