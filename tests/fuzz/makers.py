"""What makes an object of a kind: a function of the world, the dice and the identity that it gets.

A maker answers None where the world has not what it needs. Every other module that begins with ``make_``
registers some here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .dice import Dice
from .world import Column, Identity, Object, World

type Maker = Callable[[World, Dice, Identity], Object | None]

MAKERS: dict[str, tuple[Maker, int]] = {}
"""By name: the maker, and how often it is taken among all."""

BASE = (
    "integer", "bigint", "text", "varchar(20)", "numeric(10,2)", "boolean", "date", "timestamp with time zone",
    "jsonb", "uuid", "int4range", "tsrange", "bytea", "inet", "double precision", "char(3)", "interval",
    "smallint", "integer[]", "text[]", "point", "bit varying(5)", "name", "xml", "tsvector", "datemultirange",
)  # fmt: skip
VALUES = {
    "integer": "42", "bigint": "'7'::bigint", "text": "'it''s'", "varchar(20)": "'v'", "boolean": "true",
    "numeric(10,2)": "1.5", "date": "current_date", "timestamp with time zone": "now()", "jsonb": "'{}'::jsonb",
    "uuid": "gen_random_uuid()", "int4range": "int4range(1, 5)", "double precision": "'-1'::double precision",
    "char(3)": "'abc'", "interval": "'1 day'::interval", "smallint": "1", "integer[]": "array[1, 2]",
    "text[]": "'{}'::text[]", "name": "current_user",
}  # fmt: skip


def maker(name: str, weight: int = 3) -> Callable[[Maker], Maker]:
    def register(function: Maker) -> Maker:
        MAKERS[name] = (function, weight)
        return function

    return register


@dataclass(frozen=True, slots=True)
class Source:
    """A relation in FROM, with its alias."""

    relation: Object
    alias: str

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Expression and type of each column."""
        return [(f"{self.alias}.{self.relation.column(c)}", c.type) for c in self.relation.columns]


def some_type(world: World, dice: Dice, *, base: int = 55) -> str:
    """A type: PostgreSQL's, the world's, an array of one, the row of a relation."""
    ours = world.of("enum", "domain", "composite", "range")
    if not ours or dice.chance(base):
        return dice.pick(BASE)
    if dice.chance(5) and (rows := world.of("table", "view")):
        return f"{dice.pick(rows)}{dice.maybe(30, '[]')}"
    return f"{dice.pick(ours)}{dice.maybe(25, '[]')}"


def columns(world: World, dice: Dice, low: int = 1, high: int = 6, first: int = 0) -> tuple[Column, ...]:
    """Columns of a table or attributes of a type, with different names."""
    names: dict[str, None] = {}
    count = dice.number(low, high)
    while len(names) < count:
        names[dice.name()] = None
    return tuple(Column(first + n, name, some_type(world, dice)) for n, name in enumerate(names))


def value(world: World, dice: Dice, wanted: str) -> str:
    """An expression without columns of a type."""
    calls = [f for f in world.of("function") if f.returns == wanted and not f.arguments]
    if calls and dice.chance(60):
        return f"{dice.pick(calls)}()"
    enums = {str(e): e for e in world.of("enum") if e.labels}
    if wanted in enums:
        return f"{_label(dice.pick(enums[wanted].labels))}::{wanted}"
    return VALUES.get(wanted, f"null::{wanted}")


def _label(label: str) -> str:
    return "'" + label.replace("'", "''") + "'"


def calculation(world: World, dice: Dice, column: str, kind: str) -> tuple[str, str]:
    """An expression over a column, and its type."""
    calls = [f for f in world.of("function") if f.arguments == (kind,)]
    if calls and dice.chance(50):
        call = dice.pick(calls)
        return f"{call}({column})", call.returns
    return dice.pick(
        (
            (f"({column})::text", "text"),
            (f"coalesce({column}, {value(world, dice, kind)})", kind),
            (f"array[{column}]", f"{kind}[]"),
            (f"case when {column} is null then 1 else 2 end", "integer"),
            (column, kind),
        )
    )


def condition(world: World, dice: Dice, column: str, kind: str) -> str:
    """A boolean expression over a column."""
    calls = [f for f in world.of("function") if f.arguments == (kind,)]
    if calls and dice.chance(50):
        return f"{dice.pick(calls)}({column}) is not null"
    enums = {str(e): e for e in world.of("enum") if e.labels}
    if kind in enums and dice.chance(70):
        labels = ", ".join(_label(one) for one in dice.some(enums[kind].labels))
        return (
            f"{column} in ({labels})"
            if dice.chance(50)
            else f"{column} >= {_label(dice.pick(enums[kind].labels))}"
        )
    return dice.pick((f"{column} is not null", f"({column})::text <> 'x'", f"not ({column} is null)"))
