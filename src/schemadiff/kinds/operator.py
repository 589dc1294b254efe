"""Operators (``pg_operator``). One that is only named as another's commutator or negator is none yet.

PostgreSQL keeps the links of commutators and negators on both ends, and undoes both when one is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Fact
from ..sqltext import block, comma, ident
from ._kind import REPLACE, Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator(Fact):
    """The path is schema, name, left and right type; ``none`` stands for no left one."""

    function: str
    commutator: str | None
    negator: str | None
    restrict: str | None
    join: str | None
    hashes: bool
    merges: bool


def _name(o: Operator) -> str:
    schema, name, *_ = o.id.path
    return f"{ident(schema)}.{name}"


def _signature(o: Operator) -> str:
    return f"{_name(o)} ({comma(o.id.path[2:])})"


def create(o: Operator, parts: Sequence[str], ctx: Context) -> Written:
    *_, left, right = o.id.path
    types = [f"leftarg = {left}"] * (left != "none") + [f"rightarg = {right}"]
    return [
        block(
            f"create operator {_name(o)}", [f"function = {o.function}", *types, *_links(o), *_estimators(o)]
        )
    ]


def _links(o: Operator) -> list[str]:
    links = {"commutator": o.commutator, "negator": o.negator}
    flags = ["hashes"] * o.hashes + ["merges"] * o.merges
    return [f"{name} = {link}" for name, link in links.items() if link] + flags


def _estimators(o: Operator) -> list[str]:
    found = {"restrict": o.restrict, "join": o.join}
    return [f"{name} = {function}" for name, function in found.items() if function]


def set_estimators(before: Operator, after: Operator, ctx: Context) -> Written:
    pairs = (("restrict", before.restrict, after.restrict), ("join", before.join, after.join))
    wanted = comma(f"{name} = {new or 'none'}" for name, old, new in pairs if old != new)
    return [f"alter operator {_signature(after)} set ({wanted})"]


def link(before: Operator, after: Operator, ctx: Context) -> Written | Literal["replace"]:
    """From 17 on a link or flag that was not set can be set; none can be taken away or changed."""
    kept = all(
        old is None or old == new
        for old, new in ((before.commutator, after.commutator), (before.negator, after.negator))
    )
    if ctx.version < 170000 or not kept or before.hashes > after.hashes or before.merges > after.merges:
        return REPLACE
    wanted = [part for part in _links(after) if part not in _links(before)]
    return [f"alter operator {_signature(after)} set ({comma(wanted)})"]


ESTIMATE, LINK = Alter(set_estimators), Alter(link)

KIND = Kind(
    name="operator",
    title="operators",
    fact=Operator,
    catalog="pg_operator",
    query="""
        select o.oid, array[n.nspname, o.oprname,
                      case when o.oprleft = 0 then 'none' else format_type(o.oprleft, null) end,
                      format_type(o.oprright, null)]::text[] as path,
               o.oprcode::text as function,
               (select format('operator(%I.%s)', m.nspname, c.oprname) from pg_operator c
                join pg_namespace m on m.oid = c.oprnamespace where c.oid = o.oprcom) as commutator,
               (select format('operator(%I.%s)', m.nspname, c.oprname) from pg_operator c
                join pg_namespace m on m.oid = c.oprnamespace where c.oid = o.oprnegate) as negator,
               case when o.oprrest <> 0 then o.oprrest::text end as restrict,
               case when o.oprjoin <> 0 then o.oprjoin::text end as join,
               o.oprcanhash as hashes, o.oprcanmerge as merges
        from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
        where o.oprcode <> 0 and {user_schema}
    """,
    rank=89,
    create=create,
    drop=lambda o, ctx: [f"drop operator {_signature(o)}"],
    changes={
        "function": REPLACE,
        **dict.fromkeys(("commutator", "negator", "hashes", "merges"), LINK),
        "restrict": ESTIMATE,
        "join": ESTIMATE,
    },
    address=lambda o: f"operator {_signature(o)}",
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read operators",
    keeps_name="has no ALTER … RENAME",
)
