"""Which column owns a sequence (``pg_depend``, deptype ``a``): the sequence goes when the column goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact, Id
from ..sqltext import ident, qualified
from ._kind import Alter, Context, Kind, Written
from ._owning import column_of, owner_of, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedBy(Fact):
    column: tuple[str, ...]


def _sequence(o: OwnedBy) -> str:
    return f"alter sequence {qualified(*o.id.path)}"


def create(o: OwnedBy, parts: Sequence[str], ctx: Context) -> Written:
    """Sequence and table must have one owner at that moment; later changes of the table's carry it along."""
    mine, theirs = owner_of(Id("sequence", o.id.path), ctx), owner_of(table_of(o.column, ctx), ctx)
    taken = [f"{_sequence(o)} owner to {ident(theirs)}"] if mine and theirs and mine != theirs else []
    parted = [f"{_sequence(o)} owned by none"] if taken and column_of(o.id.path, ctx) else []
    return [*parted, *taken, f"{_sequence(o)} owned by {qualified(*o.column)}"]


KIND = Kind(
    name="owned_by",
    title="sequence ownerships",
    fact=OwnedBy,
    catalog=None,
    parent="pg_class",
    comes_along=True,
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, c.oid as parent_oid,
               array[tn.nspname, t.relname, a.attname]::text[] as "column",
               t.oid as colref_oid, a.attnum as colref_sub
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a'
             and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
        join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
        join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
        where c.relkind = 'S' and {user_schema}
    """,
    rank=135,
    create=create,
    drop=lambda o, ctx: [f"{_sequence(o)} owned by none"],
    changes={"column": Alter(lambda a, b, ctx: create(b, (), ctx))},
    follows_retype=lambda o, before, after: True,
    parted=lambda o: (f"{_sequence(o)} owned by none", f"{_sequence(o)} owned by {qualified(*o.column)}"),
    why_not_migra="migra loses the ownership of a sequence in another schema than its table",
    keeps_name="has no name",
)
