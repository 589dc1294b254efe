"""Triggers on tables and views (``pg_trigger``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Fact, Id
from ..sqltext import ident, qualified
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written
from ._states import on_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Fact):
    """``enabled`` as in pg_trigger.tgenabled: O, D, R or A. ``on_update`` says that an UPDATE of any column fires it."""

    definition: Expression
    enabled: str
    on_update: bool = field(compare=False)
    asks_before: bool = field(compare=False)
    """Whether a row is asked, by a condition, before it is written: its generated columns have no value then."""
    from_table: bool = field(compare=False)
    """Whether it is a constraint trigger that names another table (pg_trigger.tgconstrrelid)."""


def create(t: Trigger, parts: Sequence[str], ctx: Context) -> Written:
    return [t.definition, *([on_table("trigger", t, t.enabled)] if t.enabled != "O" else ())]


def change_enabled(before: Trigger, after: Trigger, ctx: Context) -> Written:
    """All partitions follow, also those that had a state of their own and keep it."""
    clones = [i for i in ctx.after.dependents.get(after.id, ()) if i.kind == "cloned_trigger"]
    kept: list[Any] = [ctx.after.facts[i] for i in clones if not ctx.created(i)]
    said = (on_table("trigger", clone, clone.enabled, "only ") for clone in kept)
    return [on_table("trigger", after, after.enabled), *said]


def evicts(t: Trigger, ctx: Context) -> Iterator[Id]:
    """Generated columns of its table that go: PostgreSQL refuses a condition that could see them."""
    if t.asks_before and t.parent is not None:
        for i in ctx.before.children.get(t.parent, ()):
            if i not in ctx.after.facts and getattr(ctx.before.facts[i], "generated", None):
                yield i


KIND = Kind(
    name="trigger",
    title="triggers",
    fact=Trigger,
    catalog="pg_trigger",
    parent="pg_class",
    query="""
        select t.oid, array[n.nspname, c.relname, t.tgname]::text[] as path, t.tgrelid as parent_oid,
               pg_get_triggerdef(t.oid) as definition, t.tgenabled::text as enabled,
               t.tgtype & 16 <> 0 and t.tgattr::text = '' as on_update,
               t.tgtype & 3 = 3 and t.tgqual is not null as asks_before, t.tgconstrrelid <> 0 as from_table,
               t.tgconstraint as alias_pg_constraint
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal and t.tgparentid = 0 and c.relpersistence <> 't' and {user_schema}
    """,
    cost=2,
    rank=170,
    create=create,
    drop=lambda t, ctx: [f"drop trigger {ident(t.id.path[-1])} on {qualified(*t.id.path[:-1])}"],
    detachable=True,
    changes={"definition": REPLACE, "enabled": Alter(change_enabled)},
    address=lambda t: f"trigger {ident(t.id.path[-1])} on {qualified(*t.id.path[:-1])}",
    migra=frozenset({"create"}),
    migra_when=lambda t, ctx: t.enabled == "O",
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    evicts=evicts,
    ignored=dict.fromkeys(("on_update", "asks_before", "from_table"), "follows from the definition"),
    leaves_trash=lambda _: True,
    why_not_migra="migra does not double quotes in the name it drops, and drops with IF EXISTS",
)
