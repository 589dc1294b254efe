"""Makers of tables of all sorts, views, and what stands on them: constraints, indexes, defaults."""

from __future__ import annotations

from dataclasses import replace

from .dice import Dice
from .makers import Source, calculation, columns, condition, maker, some_type, value
from .world import RELATIONS, TABLES, Column, Identity, Object, World


def relation(me: Identity, kind: str, text: str, found: tuple[Column, ...], **more: str) -> Object:
    word = {"partitioned table": "table", "partition": "table"}.get(kind, kind)
    return Object(
        me.key, kind, me.name, me.schema, text, f"{word} {me}", f"table {me}", columns=found, **more
    )


@maker("table", 12)
def table(world: World, dice: Dice, me: Identity) -> Object | None:
    return plain_table(dice, me, decorated(world, dice, columns(world, dice)))


def plain_table(dice: Dice, me: Identity, found: tuple[Column, ...]) -> Object:
    with_ = dice.maybe(10, " with (fillfactor = 70, autovacuum_enabled = false)")
    text = f"create {dice.maybe(8, 'unlogged ')}table {me} ({me.columns}){with_}"
    return relation(me, "table", text, found)


def decorated(world: World, dice: Dice, found: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(replace(c, definition=_decoration(world, dice, c.type)) for c in found)


def _decoration(world: World, dice: Dice, kind: str) -> str:
    parts = [dice.maybe(15, "not null")]
    if kind in ("text", "varchar(20)") and dice.chance(20):
        ours = [str(c) for c in world.of("collation")]
        parts.insert(0, f"collate {dice.pick([*ours, '"C"'])}")
    if kind in ("integer", "bigint", "smallint") and dice.chance(20):
        options = dice.pick(("", "(start 7 increment 3)", "(cache 5)", "(minvalue 3 cycle)"))
        parts.append(f"generated {dice.pick(('always', 'by default'))} as identity {options}")
    return " ".join(p for p in parts if p)


@maker("partitioned table", 3)
def partitioned_table(world: World, dice: Dice, me: Identity) -> Object | None:
    return partitioned(world, dice, me, columns(world, dice, 1, 4, first=1))


def partitioned(world: World, dice: Dice, me: Identity, found: tuple[Column, ...]) -> Object:
    how = dice.pick(("list", "range", "hash"))
    key = Column(0, "part key", "integer" if how != "list" or dice.chance(50) else "text")
    if how == "list" and (enums := world.of("enum")) and dice.chance(40):
        key = replace(key, type=str(dice.pick(enums)))
    text = f"create table {me} ({me.columns}) partition by {how} (⟦{me.key}.0⟧)"
    all_of = (key, *(c for c in found if c.key != 0))
    return relation(me, "partitioned table", text, all_of, key_of=how)


@maker("partition", 6)
def partition(world: World, dice: Dice, me: Identity) -> Object | None:
    parents = world.of("partitioned table")
    if not parents:
        return None
    parent = dice.pick(parents)
    key = next(c for c in parent.columns if c.key == 0 or c.of is not None)
    enum = next((e for e in world.of("enum") if str(e) == key.type), None)
    start = dice.number(0, 9) * 10
    label = f"'{start}'" if enum is None else "'" + dice.pick(enum.labels).replace("'", "''") + "'"
    bounds = {
        "list": f"for values in ({label})",
        "range": f"for values from ({start}) to ({start + 10})",
        "hash": f"for values with (modulus 4, remainder {dice.number(0, 3)})",
    }[parent.key_of]
    if parent.key_of != "hash" and dice.chance(20):
        bounds = "default"
    inherited = tuple(Column(n, c.name, c.type, of=(parent.key, c.key)) for n, c in enumerate(parent.columns))
    text = f"create table {me} partition of {parent} {bounds}"
    if dice.chance(15):
        text += f" partition by hash (⟦{me.key}.0⟧)"
        return relation(me, "partitioned table", text, inherited, key_of="hash")
    return relation(me, "partition", text, inherited)


@maker("attached partition", 2)
def attached(world: World, dice: Dice, me: Identity) -> Object | None:
    """A partition that was a table before."""
    found = partition(world, dice, me)
    if found is None or found.kind != "partition":
        return None
    parent = next(p for p in world.of("partitioned table") if str(p) in found.text)
    bounds = found.text.partition(f"partition of {parent} ")[2]
    text = f"create table {me} (like {parent}); alter table {parent} attach partition {me} {bounds}"
    return replace(found, text=text)


@maker("heir", 3)
def heir(world: World, dice: Dice, me: Identity) -> Object | None:
    parents = dice.some(world.of("table"), 1, 2)
    if not parents:
        return None
    own = columns(world, dice, 1, 2, first=100)
    inherited = [(p, c) for p in parents for c in p.columns]
    found = tuple(Column(n, c.name, c.type, of=(p.key, c.key)) for n, (p, c) in enumerate(inherited))
    text = f"create table {me} ({me.columns}) inherits ({', '.join(map(str, parents))})"
    return relation(me, "table", text, (*found, *own))


@maker("typed table", 1)
def typed_table(world: World, dice: Dice, me: Identity) -> Object | None:
    types = world.of("composite")
    if not types:
        return None
    row = dice.pick(types)
    found = tuple(Column(c.key, c.name, c.type, of=(row.key, c.key)) for c in row.columns)
    return relation(me, "table", f"create table {me} of {row}", found)


@maker("foreign table", 2)
def foreign_table(world: World, dice: Dice, me: Identity) -> Object | None:
    servers = world.of("server")
    if not servers:
        return None
    options = dice.maybe(50, f" options (a '{dice.number(1, 9)}')")
    text = f"create foreign table {me} ({me.columns}) server {dice.pick(servers)}{options}"
    return relation(me, "foreign table", text, columns(world, dice, 1, 4))


@maker("view", 9)
def view(world: World, dice: Dice, me: Identity) -> Object | None:
    return selecting(world, dice, me, "view")


@maker("materialized view", 4)
def materialized_view(world: World, dice: Dice, me: Identity) -> Object | None:
    return selecting(world, dice, me, "materialized view")


def selecting(world: World, dice: Dice, me: Identity, kind: str) -> Object | None:
    """A view of one or two relations, or of none."""
    relations = [r for r in world.of(*RELATIONS) if r.columns]
    sources = [Source(r, f"s{n}") for n, r in enumerate(dice.some(relations, 1, 2))]
    chosen = dice.some([c for s in sources for c in s.columns], 1, 4) or [("1", "integer")]
    found: dict[str, Column] = {}
    for n, (expression, kind_) in enumerate(chosen):
        if dice.chance(35):
            expression, kind_ = calculation(world, dice, expression, kind_)
        name = dice.name()
        found[name] = Column(n, name, kind_, expression)
    text = f"create {kind} {me}"
    if kind == "view" and dice.chance(15):
        text += (
            f" with ({dice.pick(('security_barrier', 'security_invoker = true', 'check_option = local'))})"
        )
    text += f" as select {me.columns}"
    if sources:
        text += " from " + " cross join ".join(f"{s.relation} {s.alias}" for s in sources)
        if dice.chance(40):
            text += f" where {condition(world, dice, *dice.pick(sources[0].columns))}"
    if kind == "materialized view" and dice.chance(20):
        text += " with no data"
    return relation(me, kind, text, tuple(found.values()))


def _tables(world: World) -> list[Object]:
    return [t for t in world.of(*TABLES) if t.columns]


@maker("column", 4)
def generated_column(world: World, dice: Dice, me: Identity) -> Object | None:
    """A column that was added later, generated from another."""
    if not (tables := _tables(world)):
        return None
    found = dice.pick(tables)
    column = dice.pick(found.columns)
    expression, kind = calculation(world, dice, found.column(column), column.type)
    stored = dice.weighted((("stored", 4), ("virtual", 1)))
    text = f"alter table {found} add column {me.bare} {kind} generated always as ({expression}) {stored}"
    return Object(me.key, "column", me.name, None, text, f"column {found}.{me.bare}")


@maker("default", 6)
def default(world: World, dice: Dice, me: Identity) -> Object | None:
    if not (tables := [*_tables(world), *world.of("view", "foreign table")]):
        return None
    found = dice.pick(tables)
    if not found.columns:
        return None
    column = dice.pick(found.columns)
    expression = value(world, dice, column.type)
    sequences = world.of("sequence")
    if column.type in ("integer", "bigint") and sequences and dice.chance(60):
        expression = f"nextval(⟦{dice.pick(sequences).key}'⟧)"
    text = f"alter {found.address} alter column {found.column(column)} set default {expression}"
    return Object(me.key, "default", "", None, text)


@maker("constraint", 10)
def constraint(world: World, dice: Dice, me: Identity) -> Object | None:
    if not (tables := _tables(world)):
        return None
    found = dice.pick(tables)
    chosen = dice.some(found.columns, 1, 2)
    names = ", ".join(found.column(c) for c in chosen)
    test = condition(world, dice, found.column(chosen[0]), chosen[0].type)
    include = dice.maybe(15, f"include ({found.column(dice.pick(found.columns))})")
    definition = dice.weighted(
        (
            (f"primary key ({names})", 4),
            (f"unique {dice.maybe(20, 'nulls not distinct ')}({names}) {include}", 4),
            (f"check ({test}) {dice.maybe(15, 'no inherit')} {dice.maybe(15, 'not valid')}", 4),
            (f"exclude using {dice.pick(('gist', 'btree'))} ({found.column(chosen[0])} with =)", 1),
            (f"exclude using gist ({found.column(chosen[0])} with &&)", 2),
            (f"not null {found.column(chosen[0])}", 1),
        )
    )
    if dice.chance(15) and not definition.startswith(("check", "not null")):
        definition += " deferrable initially deferred"
    text = f"alter table {found} add constraint {me.bare} {definition}"
    return Object(me.key, "constraint", me.name, None, text, f"constraint {me} on {found}")


@maker("foreign key", 5)
def foreign_key(world: World, dice: Dice, me: Identity) -> Object | None:
    """It brings the unique constraint that it needs."""
    if not (tables := _tables(world)):
        return None
    found, other = dice.pick(tables), dice.pick(tables)
    column = dice.pick(found.columns)
    same = [c for c in other.columns if c.type == column.type and (other, c) != (found, column)]
    if not same:
        return None
    target = dice.pick(same)
    action = dice.pick(("", "on delete cascade", "on update set null", "match full", "not valid"))
    text = (
        f"alter table {other} add unique ({other.column(target)}); "
        f"alter table {found} add constraint {me.bare} foreign key ({found.column(column)}) "
        f"references {other} ({other.column(target)}) {action}"
    )
    return Object(me.key, "foreign key", me.name, None, text, f"constraint {me} on {found}")


@maker("index", 8)
def index(world: World, dice: Dice, me: Identity) -> Object | None:
    if not (tables := [*_tables(world), *world.of("materialized view")]):
        return None
    found = dice.pick(tables)
    column = dice.pick(found.columns)
    name, kind = found.column(column), column.type
    expression, _ = calculation(world, dice, name, kind)
    keys = dice.weighted(
        (
            (f"using btree ({name}{dice.maybe(20, ' desc nulls last')})", 4),
            (f"using btree (({expression}))", 4),
            (f"using hash ({name})", 1),
            (f"using gist ({name})", 1),
            (f"using brin ({name})", 1),
            (f"using btree ({', '.join(found.column(c) for c in dice.some(found.columns, 2, 3))})", 2),
        )
    )
    where = f"where {condition(world, dice, name, kind)}" if dice.chance(25) else ""
    only = "only " if found.kind == "partitioned table" and dice.chance(20) else ""
    text = f"create {dice.maybe(25, 'unique ')}index {me.bare} on {only}{found} {keys} {where}"
    if dice.chance(10) and found.kind == "table":
        text += f"; alter table {found} {dice.pick(('cluster on', 'replica identity using index'))} {me.bare}"
    return Object(me.key, "index", me.name, None, text, f"index {me}", within=found.key)


@maker("statistics", 2)
def statistics(world: World, dice: Dice, me: Identity) -> Object | None:
    tables = [t for t in [*_tables(world), *world.of("materialized view")] if len(t.columns) > 1]
    if not tables:
        return None
    found = dice.pick(tables)
    listed = [found.column(c) for c in dice.some(found.columns, 2, 3)]
    if dice.chance(30):
        column = dice.pick(found.columns)
        listed.append(f"({calculation(world, dice, found.column(column), column.type)[0]})")
    text = f"create statistics {me} {dice.maybe(40, '(ndistinct)')} on {', '.join(listed)} from {found}"
    return Object(me.key, "statistics", me.name, me.schema, text, f"statistics {me}")


@maker("column setting", 3)
def column_setting(world: World, dice: Dice, me: Identity) -> Object | None:
    if not (tables := _tables(world)):
        return None
    found = dice.pick(tables)
    setting = dice.pick(
        (
            "set storage external",
            "set statistics 50",
            "set compression lz4",
            "set (n_distinct = 5)",
            "set not null",
        )
    )
    text = f"alter table {found} alter column {found.column(dice.pick(found.columns))} {setting}"
    return Object(me.key, "column setting", "", None, text)


def new_column(world: World, dice: Dice, taken: set[str], key: int) -> Column:
    name = dice.name()
    while name in taken:
        name += "x"
    return Column(key, name, some_type(world, dice))
