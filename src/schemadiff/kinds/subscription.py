"""Subscriptions of this database (``pg_subscription``). No statement here ever connects to a publisher.

A subscription is made without connecting, without a slot and disabled, as pg_dump does; one that is dropped
lets go of its slot, which stays at the publisher. The connection string is read only by those who may, and
shown without its password.
https://www.postgresql.org/docs/current/sql-createsubscription.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from string import ascii_lowercase, digits
from typing import Literal

from ..model import Fact
from ..sqltext import MASK, comma, ident, literal
from ._conninfo import values, written
from ._kind import ANOTHER, REPLACE, Alter, Context, Kind, Secrets, Statement, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Fact):
    """``connection`` is None where the reading role may not see it. ``options`` are pairs of a name and its
    value as a statement gives it, all that the server knows."""

    connection: str | None
    publications: tuple[str, ...]
    slot: str | None
    options: tuple[tuple[str, str], ...]
    enabled: bool = field(compare=False)


STARTS_WITH = frozenset(
    {
        ("binary", "false"), ("two_phase", "false"), ("disable_on_error", "false"), ("password_required", "true"),
        ("run_as_owner", "false"), ("failover", "false"), ("synchronous_commit", "'off'"), ("origin", "'any'"),
    }
)  # fmt: skip
"""Options with the value that every version gives by itself."""

SLOT_LETTERS = frozenset(ascii_lowercase + digits + "_")
"""What the name of a replication slot is made of (``ReplicationSlotValidateName``)."""

UNCHANGEABLE = frozenset({"two_phase", "failover"})
"""Options that PostgreSQL changes only at the publisher too, or not at all."""


def _name(s: Subscription) -> str:
    return f"subscription {ident(s.id.path[0])}"


def _slot(s: Subscription) -> str:
    return "slot_name = none" if s.slot is None else f"slot_name = {literal(s.slot).strip()}"


def create(s: Subscription, parts: Sequence[str], ctx: Context) -> Written:
    options = [f"{name} = {value}" for name, value in s.options if (name, value) not in STARTS_WITH]
    slot = [] if s.slot == s.id.path[0] else [_slot(s)]
    listed = comma(["connect = false", *slot, *options])
    publications = comma(map(ident, s.publications))
    rest = f" publication {publications} with ({listed})"
    return [_connected(f"create {_name(s)} connection ", s.connection or "", rest)]


def _connected(before: str, connection: str, after: str = "") -> Statement:
    """The statement around a connection string, with how it is shown where there is a secret in that."""
    sql, shown = (f"{before}{literal(c).strip()}{after}" for c in (connection, written(connection, {}, MASK)))
    hidden = tuple(values(connection).values()) if shown != sql else ()
    return Statement(sql, shown=shown if hidden else "", secrets=hidden)


def masked(s: Subscription, other: Subscription | None) -> Subscription:
    if s.connection is None:
        return s
    mine, theirs = values(s.connection), values((other and other.connection) or "")
    differ = {name: ANOTHER for name, value in mine.items() if theirs.get(name, value) != value}
    return replace(s, connection=written(s.connection, differ, MASK))


def filled(s: Subscription, other: Subscription) -> Subscription:
    if s.connection is None or other.connection is None:
        return s
    mine, theirs = values(s.connection), values(other.connection)
    known = {name: theirs.get(name, value) if value == MASK else value for name, value in mine.items()}
    return replace(s, connection=written(s.connection, known, MASK)) if "" not in mine else s


def drop(s: Subscription, ctx: Context) -> Written:
    off = (
        [f"alter {_name(s)} disable", f"alter {_name(s)} set (slot_name = none)"]
        if s.slot is not None
        else []
    )
    return [*off, f"drop {_name(s)}"]


def connect(before: Subscription, after: Subscription, ctx: Context) -> Written:
    """A connection that one side could not read is left as it is."""
    if before.connection is None or after.connection is None:
        return []
    return [_connected(f"alter {_name(after)} connection ", after.connection)]


def publish(before: Subscription, after: Subscription, ctx: Context) -> Written:
    names = comma(map(ident, after.publications))
    return [f"alter {_name(after)} set publication {names} with (refresh = false)"]


def set_slot(before: Subscription, after: Subscription, ctx: Context) -> Written | Literal["replace"]:
    """Without a slot a subscription cannot be enabled. Its own name is its slot's without being looked at, where
    it is created; no other statement takes one that is no slot name."""
    if after.slot is not None and not SLOT_LETTERS.issuperset(after.slot):
        return REPLACE
    off = [f"alter {_name(after)} disable"] if after.slot is None and before.enabled else []
    return [*off, f"alter {_name(after)} set ({_slot(after)})"]


def set_options(before: Subscription, after: Subscription, ctx: Context) -> Written | Literal["replace"]:
    new = [option for option in after.options if option not in before.options]
    if not UNCHANGEABLE.isdisjoint(name for name, _ in new):
        return REPLACE
    return [Statement(f"alter {_name(after)} set ({comma(f'{name} = {value}' for name, value in new)})")]


CONNECTION = """
    case when has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'select') then convert_from(decode(
        substring(query_to_xml(format(
            'select encode(convert_to(subconninfo, ''UTF8''), ''hex'') as c from pg_catalog.pg_subscription
             where oid = %s', s.oid), false, true, '')::text from '<c>([0-9a-f]*)</c>'), 'hex'), 'UTF8') end
"""
"""Asked by a query of its own: one that names the column is refused as a whole to those who may not read it."""

FLAGS = (
    (140000, "binary", "case when s.subbinary then 'true' else 'false' end"),
    (
        140000,
        "streaming",
        "case s.substream::text when 't' then 'on' when 'p' then 'parallel' when 'true' then 'on' else 'off' end",
    ),
    (150000, "two_phase", "case when s.subtwophasestate = 'd' then 'false' else 'true' end"),
    (150000, "disable_on_error", "case when s.subdisableonerr then 'true' else 'false' end"),
    (160000, "password_required", "case when s.subpasswordrequired then 'true' else 'false' end"),
    (160000, "run_as_owner", "case when s.subrunasowner then 'true' else 'false' end"),
    (170000, "failover", "case when s.subfailover then 'true' else 'false' end"),
    (140000, "synchronous_commit", "quote_literal(s.subsynccommit)"),
    (160000, "origin", "quote_literal(s.suborigin)"),
)
"""Each option with the first version that has it and how it is read."""


def older(s: Subscription, version: int) -> Subscription:
    """Without the options that came later; streaming was on or off before PostgreSQL 16."""
    known = {name for since, name, _ in FLAGS if version >= since}
    parallel = "parallel" if version >= 160000 else "on"
    options = ((name, parallel if value == "parallel" else value) for name, value in s.options)
    return replace(s, options=tuple(o for o in options if o[0] in known))


def query(version: int) -> str:
    pairs = comma(f"['{name}', {value}]" for since, name, value in FLAGS if version >= since)
    return f"""
        select s.oid, array[s.subname::text] as path, {CONNECTION} as connection,
               s.subpublications as publications, s.subslotname::text as slot, array[{pairs}] as options,
               s.subenabled as enabled
        from pg_subscription s
        where s.subdbid = (select oid from pg_database where datname = current_database())
    """


KIND = Kind(
    name="subscription",
    title="subscriptions",
    fact=Subscription,
    catalog="pg_subscription",
    query=query,
    rank=185,
    create=create,
    drop=drop,
    changes={
        "connection": Alter(connect),
        "publications": Alter(publish),
        "slot": Alter(set_slot),
        "options": Alter(set_options),
    },
    address=lambda s: f"subscription {ident(s.id.path[0])}",
    older=older,
    ignored={
        "enabled": "a schema that is loaded must not reach out to a publisher; pg_dump does not write it either"
    },
    secrets=Secrets(
        masked, filled, lambda s: s.connection is not None and MASK in values(s.connection).values()
    ),
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read subscriptions",
)
