"""Sequences that stand on their own (``pg_sequence``). Those of identity columns belong to column.py;
which column owns a sequence is a fact of its own, in owned_by.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Seq
from dataclasses import dataclass, replace

from ..model import Catalog, Fact, Id
from ..sqltext import ident, qualified, words
from ._concurrently import aside
from ._kind import Alter, Context, Kind, Written
from ._question import Question
from ._ranges import LIMITS, moved
from ._standing import called, rows_where

TYPES = ("base_type", "domain", "enum", "range_type")
"""The kinds of types that no relation has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Fact):
    type: str
    start: int
    increment: int
    minimum: int
    maximum: int
    cache: int
    cycle: bool
    unlogged: bool


def create(s: Sequence, parts: Seq[str], ctx: Context) -> Written:
    kind = "unlogged sequence" if s.unlogged else "sequence"
    if not _shares_its_name(s, ctx):
        return [words(f"create {kind} {qualified(*s.id.path)}", *(_clauses(s, _default(s))))]
    name = qualified(s.id.path[0], aside(s.id, "__new", ctx))
    made = words(f"create {kind} {name}", *(_clauses(s, _default(s))))
    return [made, f"alter sequence {name} rename to {ident(s.id.path[1])}"]


def _shares_its_name(s: Sequence, ctx: Context) -> bool:
    """Whether a type has it. PostgreSQL makes no relation of that name, though a sequence has no type of its own; it
    gives one the name."""
    ends = (ctx.before, ctx.after)
    return any(
        any(Id(kind, s.id.path) in end.facts for kind in TYPES)
        or end.having("range_type", "multirange", s.id.path)
        for end in ends
    )


def change(before: Sequence, after: Sequence, ctx: Context) -> Written:
    name = qualified(*after.id.path)
    ranges = (before.minimum, before.maximum), (after.minimum, after.maximum)
    into = moved(name, *ranges, after.increment > 0, f"alter sequence {name}")
    return [*into, words(f"alter sequence {name}", *_clauses(after, before))]


def persist(before: Sequence, after: Sequence, ctx: Context) -> Written:
    return [f"alter sequence {qualified(*after.id.path)} set {'unlogged' if after.unlogged else 'logged'}"]


def _default(s: Sequence) -> Sequence:
    """What CREATE SEQUENCE makes of this type and increment when nothing else is said."""
    top = LIMITS.get(s.type, LIMITS["bigint"])
    low, high = (1, top) if s.increment > 0 else (-top - 1, -1)
    start = s.minimum if s.increment > 0 else s.maximum
    return Sequence(
        id=s.id, type="bigint", start=start, increment=1, minimum=low, maximum=high, cache=1, cycle=False,
        unlogged=s.unlogged,
    )  # fmt: skip


def _clauses(s: Sequence, base: Sequence) -> list[str]:
    pairs = [
        (f"as {s.type}", s.type != base.type),
        (f"start with {s.start}", s.start != base.start),
        (f"increment by {s.increment}", s.increment != base.increment),
        (f"minvalue {s.minimum}", s.minimum != base.minimum),
        (f"maxvalue {s.maximum}", s.maximum != base.maximum),
        (f"cache {s.cache}", s.cache != base.cache),
        ("cycle" if s.cycle else "no cycle", s.cycle != base.cycle),
    ]
    return [clause for clause, wanted in pairs if wanted]


def goes_with(s: Sequence, origin: Catalog) -> Iterable[Id]:
    """The column that owns it, of a table or of a view."""
    owned = origin.facts.get(Id("owned_by", s.id.path))
    ids = (Id(kind, owned.column) for kind in ("column", "view_column")) if owned else ()  # type: ignore[attr-defined]
    return [i for i in ids if i in origin.facts]


def asks(before: Sequence | None, after: Sequence | None, ctx: Context) -> Iterator[Question]:
    """Where it stands, which goes with it."""
    if before is not None and after is None:
        origin, what = called(before.id, ctx), "its position, lost with the sequence"
        yield from rows_where(
            before.id, origin, "is_called", what, ctx, example="last_value::text", unit="", fails=False
        )


CHANGE = Alter(change)

KIND = Kind(
    name="sequence",
    title="sequences",
    fact=Sequence,
    catalog="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, format_type(s.seqtypid, null) as type,
               s.seqstart as start, s.seqincrement as increment, s.seqmin as minimum, s.seqmax as maximum,
               s.seqcache as cache, s.seqcycle as cycle, c.relpersistence = 'u' as unlogged
        from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
        where {user_schema} and c.relpersistence <> 't' and not exists (
            select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i')
    """,
    rank=70,
    create=create,
    drop=lambda s, ctx: [f"drop sequence {qualified(*s.id.path)}"],
    changes=dict.fromkeys(("type", "start", "increment", "minimum", "maximum", "cache", "cycle"), CHANGE)
    | {"unlogged": Alter(persist)},
    address=lambda s: f"sequence {qualified(*s.id.path)}",
    # It has no row type, but is not made beside a type of its name either.
    names=lambda s: [("pg_class", *s.id.path), ("pg_type", *s.id.path)],
    asks=asks,
    ignores=frozenset("a"),
    goes_with=goes_with,
    older=lambda s, version: s if version >= 150000 else replace(s, unlogged=False),
    loses=True,
    migra=frozenset({"create", "drop"}),
    migra_when=lambda s, ctx: (
        not s.unlogged and not _clauses(s, _default(s)) and not _shares_its_name(s, ctx)
    ),
    why_not_migra="migra reads no option of a sequence",
)
