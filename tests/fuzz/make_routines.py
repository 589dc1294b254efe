"""Makers of functions, procedures, aggregates and what calls them when something happens."""

from __future__ import annotations

from .dice import Dice
from .makers import Source, condition, maker, some_type, value
from .world import RELATIONS, TABLES, Identity, Object, World, literal


def routine(me: Identity, kind: str, arguments: tuple[str, ...], returns: str, text: str) -> Object:
    word = kind if kind in ("procedure", "aggregate") else "function"
    called = f"{me}({', '.join(arguments)})"
    granted = f"{'procedure' if kind == 'procedure' else 'function'} {called}"
    return Object(
        me.key,
        kind,
        me.name,
        me.schema,
        text,
        f"{word} {called}",
        granted,
        arguments=arguments,
        returns=returns,
    )


def _argument_types(world: World, dice: Dice) -> tuple[str, ...]:
    """Mostly none, or one that a column has, so that something can call it."""
    used = [c.type for o in world.of("table", "view") for c in o.columns]
    count = dice.weighted(((0, 3), (1, 5), (2, 2)))
    return tuple(
        dice.pick(used) if used and dice.chance(60) else some_type(world, dice) for _ in range(count)
    )


@maker("function", 10)
def function(world: World, dice: Dice, me: Identity) -> Object | None:
    return of_arguments(world, dice, me, _argument_types(world, dice))


def of_arguments(world: World, dice: Dice, me: Identity, arguments: tuple[str, ...]) -> Object:
    """A function that answers one value."""
    returns = arguments[0] if arguments and dice.chance(40) else some_type(world, dice)
    answer = "$1" if arguments and returns == arguments[0] else value(world, dice, returns)
    declared = [f"{t}{dice.maybe(15, ' default null')}" for t in arguments[-1:]]
    listed = ", ".join([*arguments[:-1], *declared])
    options = " ".join(
        (
            dice.weighted((("immutable", 6), ("stable", 1), ("volatile", 1))),
            dice.maybe(20, "strict"),
            dice.maybe(15, "security definer"),
            dice.maybe(20, "parallel safe"),
            dice.maybe(15, "cost 5"),
            dice.maybe(15, "set search_path = pg_catalog"),
        )
    )
    head = f"create function {me}({listed}) returns {returns} {options}"
    body = dice.weighted(
        (
            (f"language sql as {literal(f'select {answer}')}", 3),
            (f"language plpgsql as $body$ begin return {answer}; end $body$", 2),
            (f"return {answer}", 3),
            # With a name: PostgreSQL reads its own text of a nameless constant back under another one.
            (f"begin atomic select {_from_world(world, dice, answer + ' as answer')}; end", 4),
        )
    )
    if "language sql as" in body and "⟦" in body:
        body = f"language sql as $body$ select {answer} $body$"
    return routine(me, "function", arguments, returns, f"{head} {body}")


def _from_world(world: World, dice: Dice, answer: str) -> str:
    sources = [o for o in world.of(*RELATIONS) if o.columns]
    if not sources or dice.chance(40):
        return answer
    relation = dice.pick(sources)
    column = dice.pick(relation.columns)
    where = condition(world, dice, f"r.{relation.column(column)}", column.type)
    return f"{answer} from {relation} r where {where} limit 1"


@maker("table function", 3)
def table_function(world: World, dice: Dice, me: Identity) -> Object | None:
    relations = [o for o in world.of(*RELATIONS) if o.columns]
    if not relations:
        return None
    relation = dice.pick(relations)
    if dice.chance(50):
        returns, body = f"setof {relation}", f"select * from {relation}"
    else:
        chosen = dice.some(relation.columns)
        returns = "table (" + ", ".join(f"o{n} {c.type}" for n, c in enumerate(chosen)) + ")"
        body = f"select {', '.join(relation.column(c) for c in chosen)} from {relation}"
    how = f"begin atomic {body}; end" if dice.chance(60) else f"as $body$ {body} $body$"
    text = f"create function {me}() returns {returns} language sql stable {how}"
    return routine(me, "table function", (), returns, text)


@maker("procedure", 2)
def procedure(world: World, dice: Dice, me: Identity) -> Object | None:
    arguments = _argument_types(world, dice)
    tables = [t for t in world.of("table") if t.columns]
    body = "language plpgsql as $body$ begin end $body$"
    if tables and dice.chance(60):
        table = dice.pick(tables)
        body = f"language sql begin atomic delete from {table} where {table.column(table.columns[0])} is null; end"
    return routine(me, "procedure", arguments, "", f"create procedure {me}({', '.join(arguments)}) {body}")


@maker("aggregate", 2)
def aggregate(world: World, dice: Dice, me: Identity) -> Object | None:
    steps = [f for f in world.of("function") if len(f.arguments) == 2 and f.returns == f.arguments[0]]
    if not steps:
        kind = some_type(world, dice)
        text = f"create aggregate {me}({kind}) (sfunc = pg_catalog.array_append, stype = {kind}[], initcond = '{{}}')"
        return None if kind.endswith("]") else routine(me, "aggregate", (kind,), f"{kind}[]", text)
    step = dice.pick(steps)
    state, given = step.arguments
    text = f"create aggregate {me}({given}) (sfunc = {step}, stype = {state})"
    return routine(me, "aggregate", (given,), state, text)


@maker("trigger function", 3)
def trigger_function(world: World, dice: Dice, me: Identity) -> Object | None:
    text = f"create function {me}() returns trigger language plpgsql as $$ begin return {dice.pick(('new', 'old', 'null'))}; end $$"
    return routine(me, "trigger function", (), "trigger", text)


@maker("trigger", 5)
def trigger(world: World, dice: Dice, me: Identity) -> Object | None:
    tables, calls = world.of(*TABLES, "view"), world.of("trigger function")
    if not tables or not calls:
        return None
    table, call = dice.pick(tables), dice.pick(calls)
    column = dice.pick(table.columns) if table.columns else None
    events = dice.some(("insert", "update", "delete"), 1, 2)
    if table.kind == "view":
        when, each = "instead of", "for each row"
    else:
        when = dice.pick(("before", "after"))
        each = dice.pick(("for each row", "for each statement"))
    if column and "update" in events and table.kind != "view" and dice.chance(40):
        events = [e if e != "update" else f"update of {table.column(column)}" for e in events]
    test = ""
    if column and each.endswith("row") and table.kind != "view" and dice.chance(40):
        row = "new" if "delete" not in events else None
        test = f"when ({condition(world, dice, f'{row}.{table.column(column)}', column.type)})" if row else ""
    text = f"create trigger {me.bare} {when} {' or '.join(events)} on {table} {each} {test} execute function {call}()"
    if dice.chance(20) and table.kind != "view":
        state = dice.pick(("disable", "enable always", "enable replica"))
        text += f"; alter table {table} {state} trigger {me.bare}"
    return Object(me.key, "trigger", me.name, None, text, f"trigger {me} on {table}")


@maker("rule", 3)
def rule(world: World, dice: Dice, me: Identity) -> Object | None:
    tables = [t for t in world.of("table", "view") if t.columns]
    if not tables:
        return None
    table = dice.pick(tables)
    event = dice.pick(("insert", "update", "delete"))
    targets = [t for t in world.of("table") if t.columns and t.key != table.key]
    action = "nothing"
    if targets and dice.chance(50):
        target = dice.pick(targets)
        column = target.column(dice.pick(target.columns))
        action = f"delete from {target} where {column} is null"
    where = ""
    if dice.chance(30) and table.kind == "table":
        column = dice.pick(table.columns)
        row = "new" if event == "insert" else "old"
        where = f"where {condition(world, dice, f'{row}.{table.column(column)}', column.type)}"
    also = "also" if table.kind == "table" and dice.chance(40) else "instead"
    text = f"create rule {me.bare} as on {event} to {table} {where} do {also} {action}"
    return Object(me.key, "rule", me.name, None, text, f"rule {me} on {table}")


@maker("policy", 4)
def policy(world: World, dice: Dice, me: Identity) -> Object | None:
    tables = [t for t in world.of(*TABLES[:2]) if t.columns]
    if not tables:
        return None
    table = dice.pick(tables)
    command = dice.pick(("all", "select", "update"))
    column = dice.pick(table.columns)
    test = condition(world, dice, table.column(column), column.type)
    others = [o for o in world.of("table", "view") if o.columns and o.key != table.key]
    if others and dice.chance(40):
        other = dice.pick(others)
        test = f"exists (select from {other} o where {Source(other, 'o').columns[0][0]} is null)"
    roles = dice.pick(("public", "fuzz_reader", '"Fuzz Owner", fuzz_writer'))
    check = f"with check ({test})" if command != "select" and dice.chance(40) else ""
    text = (
        f"create policy {me.bare} on {table} as {dice.pick(('permissive', 'restrictive'))} for {command} "
        f"to {roles} using ({test}) {check}"
    )
    if dice.chance(50):
        text += f"; alter table {table} {dice.pick(('enable', 'force'))} row level security"
    return Object(me.key, "policy", me.name, None, text, f"policy {me} on {table}")


@maker("event trigger", 1)
def event_trigger(world: World, dice: Dice, me: Identity) -> Object | None:
    text = (
        f"create function {me}() returns event_trigger language plpgsql as $$ begin end $$; "
        f"create event trigger {me.bare} on {dice.pick(('ddl_command_end', 'sql_drop'))} execute function {me}()"
    )
    return Object(me.key, "event trigger", me.name, me.schema, text, f"event trigger {me.bare}")
