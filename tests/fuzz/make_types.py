"""Makers of schemas, types, sequences, collations, casts and operators."""

from __future__ import annotations

from dataclasses import replace

from .dice import Dice
from .makers import columns, maker, some_type, value
from .world import Identity, Object, World, literal

LABELS = ("new", "in use", "it's", "Done", "ünï", "x" * 63, "a,b", "back\\slash", "", "old", "{}", 'dq"')


@maker("schema", 1)
def schema(world: World, dice: Dice, me: Identity) -> Object | None:
    return Object(
        me.key, "schema", me.name, None, f"create schema {me}", f"schema {me}", granted=f"schema {me}"
    )


@maker("enum", 5)
def enum(world: World, dice: Dice, me: Identity) -> Object | None:
    return labelled(me, tuple(dice.some(LABELS, 1, 5)))


def labelled(me: Identity | Object, labels: tuple[str, ...]) -> Object:
    text = f"create type {me} as enum ({', '.join(map(literal, labels))})"
    found = Object(me.key, "enum", me.name, me.schema, text, f"type {me}", f"type {me}", labels=labels)
    return replace(found, within=me.within) if isinstance(me, Object) else found


@maker("domain", 4)
def domain(world: World, dice: Dice, me: Identity) -> Object | None:
    base = some_type(world, dice)
    parts = [f"create domain {me} as {base}"]
    if dice.chance(30):
        parts.append(f"default {value(world, dice, base)}")
    parts.append(dice.maybe(20, "not null"))
    calls = [f for f in world.of("function") if f.arguments == (base,)]
    if calls and dice.chance(50):
        parts.append(f"constraint {quote(dice)} check ({dice.pick(calls)}(value) is not null)")
    elif dice.chance(40):
        parts.append(f"constraint {quote(dice)} check (value::text <> {literal(dice.name())})")
    return Object(me.key, "domain", me.name, me.schema, " ".join(parts), f"domain {me}", f"domain {me}")


def quote(dice: Dice) -> str:
    return '"' + dice.name().replace('"', '""') + '"'


@maker("composite", 4)
def composite(world: World, dice: Dice, me: Identity) -> Object | None:
    found = columns(world, dice, 1, 4)
    text = f"create type {me} as ({me.columns})"
    return Object(me.key, "composite", me.name, me.schema, text, f"type {me}", f"type {me}", columns=found)


@maker("range", 2)
def range_type(world: World, dice: Dice, me: Identity) -> Object | None:
    ours = [str(o) for o in world.of("enum", "domain", "composite")]
    subtype = dice.pick([*ours, "text", "double precision", "integer", "date"])
    options = [f"subtype = {subtype}"]
    if subtype == "double precision" and dice.chance(50):
        options.append("subtype_diff = float8mi")
    if subtype == "text" and dice.chance(50):
        options.append('collation = "C"')
    if dice.chance(30):
        options.append(f"multirange_type_name = {quote(dice)}")
    text = f"create type {me} as range ({', '.join(options)})"
    return Object(me.key, "range", me.name, me.schema, text, f"type {me}", f"type {me}")


@maker("sequence", 3)
def sequence(world: World, dice: Dice, me: Identity) -> Object | None:
    parts = [
        f"create {dice.maybe(10, 'unlogged ')}sequence {me}",
        dice.pick(("", "as integer", "as smallint", "as bigint")),
        dice.maybe(40, f"increment by {dice.pick((1, 2, -1, 10))}"),
        dice.maybe(30, f"maxvalue {dice.number(1000, 30000)}"),
        dice.maybe(30, f"start {dice.number(2, 9)}"),
        dice.maybe(30, f"cache {dice.number(2, 9)}"),
        dice.maybe(20, "cycle"),
    ]
    text = " ".join(p for p in parts if p)
    return Object(me.key, "sequence", me.name, me.schema, text, f"sequence {me}", f"sequence {me}")


@maker("owned sequence", 2)
def owned(world: World, dice: Dice, me: Identity) -> Object | None:
    tables, sequences = world.of("table"), world.of("sequence")
    if not tables or not sequences:
        return None
    table, one = dice.pick(tables), dice.pick(sequences)
    text = f"alter sequence {one} owned by {table}.{table.column(dice.pick(table.columns))}"
    return Object(me.key, "owned sequence", "", None, text)


@maker("collation", 1)
def collation(world: World, dice: Dice, me: Identity) -> Object | None:
    options = dice.pick(
        (
            "provider = icu, locale = 'und'",
            "provider = icu, locale = 'de-u-co-phonebk'",
            "provider = icu, locale = 'und-u-ks-level2', deterministic = false",
            "locale = 'C'",
        )
    )
    text = f"create collation {me} ({options})"
    return Object(me.key, "collation", me.name, me.schema, text, f"collation {me}")


@maker("cast", 2)
def cast(world: World, dice: Dice, me: Identity) -> Object | None:
    pairs = [
        (f, f.arguments[0], f.returns)
        for f in world.of("function")
        if len(f.arguments) == 1 and "⟦" in f.arguments[0] + f.returns
    ]
    if not pairs:
        return None
    call, source, target = dice.pick(pairs)
    as_ = dice.pick(("", "as assignment", "as implicit"))
    how = f"with function {call.address.removeprefix('function ')}" if dice.chance(70) else "with inout"
    text = f"create cast ({source} as {target}) {how} {as_}"
    return Object(me.key, "cast", "", None, text, f"cast ({source} as {target})")


@maker("operator", 2)
def operator(world: World, dice: Dice, me: Identity) -> Object | None:
    calls = [f for f in world.of("function") if 1 <= len(f.arguments) <= 2]
    if not calls:
        return None
    call = dice.pick(calls)
    sign = dice.pick(("===", "<~>", "@@@", "|>", "+++", "~~~~", "&&&"))
    left = f"leftarg = {call.arguments[0]}, " if len(call.arguments) == 2 else ""
    text = f"create operator ⟦{me.key}#{sign}⟧ (function = {call}, {left}rightarg = {call.arguments[-1]})"
    shown = f"operator ⟦{me.key}#{sign}⟧ ({call.arguments[0] if left else 'none'}, {call.arguments[-1]})"
    return Object(me.key, "operator", me.name, me.schema, text, shown, arguments=call.arguments, returns=sign)
