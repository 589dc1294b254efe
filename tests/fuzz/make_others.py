"""Makers of comments, owners and privileges, of what belongs to foreign data, text search and replication."""

from __future__ import annotations

from .dice import Dice
from .makers import maker, some_type
from .world import Identity, Object, World, literal

ROLES = ('"Fuzz Owner"', "fuzz_reader", "fuzz_writer")
DISK = "fuzz_disk"
RIGHTS = {
    "table": ("select", "insert", "update", "delete", "references", "trigger", "truncate", "all"),
    "sequence": ("usage", "select", "update", "all"),
    "function": ("execute", "all"),
    "procedure": ("execute", "all"),
    "aggregate": ("execute", "all"),
    "schema": ("usage", "create", "all"),
    "type": ("usage", "all"),
    "domain": ("usage", "all"),
    "foreign": ("usage", "all"),
}
OWNED = (
    "table", "partitioned table", "partition", "foreign table", "view", "materialized view", "sequence",
    "enum", "domain", "composite", "range", "function", "procedure", "trigger function", "schema", "collation",
    "statistics", "publication", "server", "dictionary", "configuration", "aggregate", "table function",
    "operator", "event trigger",
)  # fmt: skip


@maker("comment", 8)
def comment(world: World, dice: Dice, me: Identity) -> Object | None:
    targets = [o for o in world.objects if o.address]
    if not targets:
        return None
    target = dice.pick(targets)
    address = target.address
    if target.columns and target.kind != "composite" and dice.chance(35):
        address = f"column {target}.{target.column(dice.pick(target.columns))}"
    text = f"comment on {address} is {literal(dice.pick(('a', 'its', 'two words', 'ünï; -- x')) + str(dice.number(1, 9)))}"
    return Object(me.key, "comment", "", None, text)


@maker("owner", 5)
def owner(world: World, dice: Dice, me: Identity) -> Object | None:
    targets = [o for o in world.of(*OWNED) if o.address]
    if not targets:
        return None
    target = dice.pick(targets)
    # Last of all: an owner must not stand in the way of what is made later.
    return Object(me.key, "owner", "", None, f"alter {target.address} owner to {dice.pick(ROLES)}")


@maker("tablespace", 2)
def tablespace(world: World, dice: Dice, me: Identity) -> Object | None:
    targets = world.of("table", "partitioned table", "partition", "index", "materialized view")
    if not targets:
        return None
    target = dice.pick(targets)
    word = target.kind if target.kind in ("index", "materialized view") else "table"
    return Object(me.key, "tablespace", "", None, f"alter {word} {target} set tablespace {DISK}")


@maker("privilege", 8)
def privilege(world: World, dice: Dice, me: Identity) -> Object | None:
    targets = [o for o in world.objects if o.granted]
    if not targets:
        return None
    target = dice.pick(targets)
    rights = RIGHTS[target.granted.split(" ")[0]]
    chosen = ", ".join(dice.some(rights[:-1], 1, 2)) if dice.chance(80) else "all"
    if target.granted.startswith("table") and target.columns and dice.chance(35):
        names = ", ".join(target.column(c) for c in dice.some(target.columns))
        chosen = ", ".join(f"{r} ({names})" for r in dice.some(rights[:3], 1, 2))
    if dice.chance(15):
        text = f"revoke {chosen} on {target.granted} from {dice.pick((*ROLES, 'public', 'current_user'))}"
    else:
        role = dice.pick((*ROLES, "public"))
        option = "" if role == "public" else dice.maybe(25, " with grant option")
        text = f"grant {chosen} on {target.granted} to {role}{option}"
    return Object(me.key, "privilege", "", None, text)


@maker("default privilege", 2)
def default_privilege(world: World, dice: Dice, me: Identity) -> Object | None:
    schemas = world.of("schema")
    where = f"in schema {dice.pick(schemas)}" if schemas and dice.chance(50) else ""
    what = dice.pick(("select on tables", "execute on functions", "usage on sequences", "usage on types"))
    for_ = dice.maybe(50, f"for role {dice.pick(ROLES)}")
    text = f"alter default privileges {for_} {where} grant {what} to {dice.pick(ROLES)}"
    if dice.chance(25) and not where:
        text = f"alter default privileges {for_} revoke execute on functions from public"
    return Object(me.key, "default privilege", "", None, text)


@maker("server", 2)
def server(world: World, dice: Dice, me: Identity) -> Object | None:
    text = f"create foreign data wrapper {me.bare}; create server {me.bare} {dice.maybe(40, "version '2'")} foreign data wrapper {me.bare}"
    if dice.chance(50):
        text += f"; create user mapping for {dice.pick(ROLES)} server {me.bare} options (password {literal(dice.name())})"
    return Object(
        me.key, "server", me.name, None, text, f"server {me.bare}", granted=f"foreign server {me.bare}"
    )


@maker("publication", 3)
def publication(world: World, dice: Dice, me: Identity) -> Object | None:
    tables = [t for t in world.of("table") if t.columns]
    if not tables or dice.chance(10):
        text = f"create publication {me.bare} for all tables"
        return Object(me.key, "publication", me.name, None, text, f"publication {me.bare}")
    chosen = dice.some(tables, 1, 2)
    listed = []
    for table in chosen:
        column = dice.pick(table.columns)
        names = dice.maybe(30, f" ({table.column(column)})")
        where = dice.maybe(30, f" where ({table.column(column)} is not null)")
        listed.append(f"table {table}{names}{where}")
    schemas = world.of("schema")
    if schemas and dice.chance(20):
        listed = [f"table {chosen[0]}", f"tables in schema {dice.pick(schemas)}"]
    with_ = dice.maybe(30, " with (publish = 'insert, update')")
    text = f"create publication {me.bare} for {', '.join(listed)}{with_}"
    return Object(me.key, "publication", me.name, None, text, f"publication {me.bare}")


@maker("subscription", 1)
def subscription(world: World, dice: Dice, me: Identity) -> Object | None:
    text = (
        f"create subscription {me.bare} connection 'host=nowhere dbname=x' publication p{dice.number(1, 3)} "
        f"with (connect = false, slot_name = none, enabled = false)"
    )
    return Object(me.key, "subscription", me.name, None, text, f"subscription {me.bare}")


@maker("dictionary", 1)
def dictionary(world: World, dice: Dice, me: Identity) -> Object | None:
    options = dice.pick(
        ("template = simple", "template = simple, accept = false", "template = snowball, language = german")
    )
    text = f"create text search dictionary {me} ({options})"
    return Object(me.key, "dictionary", me.name, me.schema, text, f"text search dictionary {me}")


@maker("configuration", 1)
def configuration(world: World, dice: Dice, me: Identity) -> Object | None:
    text = f"create text search configuration {me} (parser = default)"
    for one in dice.some(world.of("dictionary"), 0, 2):
        tokens = dice.some(("asciiword", "word", "email", "url"), 1, 2)
        text += (
            f"; alter text search configuration {me} add mapping for {', '.join(tokens)} with {one}, simple"
        )
        break
    return Object(me.key, "configuration", me.name, me.schema, text, f"text search configuration {me}")


@maker("operator class", 1)
def operator_class(world: World, dice: Dice, me: Identity) -> Object | None:
    """For a type of the world, with a comparison of its own."""
    types = world.of("enum", "composite", "range")
    if not types:
        return None
    kind = dice.pick(types)
    like = {"enum": "enum_cmp(anyenum, anyenum)", "range": "range_cmp(anyrange, anyrange)"}
    cmp = like.get(kind.kind, "btrecordcmp(record, record)")
    any_ = {"enum": "anyenum", "range": "anyrange"}.get(kind.kind, "record")
    text = (
        f"create operator class {me} for type {kind} using btree as "
        f"operator 1 < ({any_}, {any_}), operator 3 = ({any_}, {any_}), function 1 {cmp}"
    )
    return Object(me.key, "operator class", me.name, me.schema, text, f"operator class {me} using btree")


@maker("conversion", 1)
def conversion(world: World, dice: Dice, me: Identity) -> Object | None:
    text = f"create {dice.maybe(20, 'default ')}conversion {me} for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8"
    return Object(me.key, "conversion", me.name, me.schema, text, f"conversion {me}")


@maker("language", 1)
def language(world: World, dice: Dice, me: Identity) -> Object | None:
    text = f"create language {me.bare} handler plpgsql_call_handler"
    return Object(me.key, "language", me.name, None, text, f"language {me.bare}")


@maker("access method", 1)
def access_method(world: World, dice: Dice, me: Identity) -> Object | None:
    text = f"create access method {me.bare} type table handler heap_tableam_handler"
    return Object(me.key, "access method", me.name, None, text, f"access method {me.bare}")


@maker("row type column", 1)
def row_type_column(world: World, dice: Dice, me: Identity) -> Object | None:
    """A column of a type that is made of others: it ties types to tables late."""
    tables = [t for t in world.of("table") if t.columns]
    if not tables:
        return None
    table = dice.pick(tables)
    text = f"alter table {table} add column {me.bare} {some_type(world, dice, base=0)}"
    return Object(me.key, "column", me.name, None, text, f"column {table}.{me.bare}")
