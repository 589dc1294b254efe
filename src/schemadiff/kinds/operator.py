"""Operators (``pg_operator``). One that is only named as another's commutator or negator is none yet: PostgreSQL calls
it a shell, and keeps its types for it.

PostgreSQL keeps the links of commutators and negators on both ends, and undoes both when one is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..model import Catalog, Fact, Id
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


def _signature(o: Operator) -> str:
    name, *sides = _called(o.id)
    return f"{name} ({comma(sides)})"


def create(o: Operator, parts: Sequence[str], ctx: Context) -> Written:
    name, left, right = _called(o.id)
    types = [f"leftarg = {left}"] * (left != "none") + [f"rightarg = {right}"]
    return [
        block(
            f"create operator {name}",
            [f"function = {o.function}", *types, *_linked(o), *_flags(o), *_estimators(o)],
        )
    ]


def drop(o: Operator, ctx: Context) -> Written:
    """With the shells that only what goes links to: each would keep its types."""

    def is_left(one: _Called) -> bool:
        return _found(one, ctx.before) is None and all(map(ctx.created, _linking(one, ctx.after)))

    left = filter(is_left, dict.fromkeys(_linked(o).values()))
    shells = (f"drop operator if exists {name} ({comma(sides)})" for name, *sides in left)
    return [f"drop operator {_signature(o)}", *shells]


type _Called = tuple[str, str, str]
"""An operator as others link to it: its name and the types of its sides."""


def _linked(o: Operator) -> dict[str, _Called]:
    """Each link with what it leads to."""
    *_, left, right = o.id.path
    pairs = (("commutator", o.commutator, right, left), ("negator", o.negator, left, right))
    return {
        f"{what} = {link}": (link.removeprefix("operator(").removesuffix(")"), first, second)
        for what, link, first, second in pairs
        if link
    }


def _called(i: Id) -> _Called:
    schema, name, left, right = i.path
    return f"{ident(schema)}.{name}", left, right


def _found(called: _Called, end: Catalog) -> Id | None:
    """The operator; None where it is a shell."""
    return end.known(_operators).get(called)


def _operators(end: Catalog) -> Mapping[_Called, Id]:
    return {_called(i): i for i in end.ids_of("operator")}


def _linking(called: _Called, end: Catalog) -> Sequence[Id]:
    """What links to an operator, or to a shell."""
    return end.known(_links).get(called, ())


def _links(end: Catalog) -> Mapping[_Called, Sequence[Id]]:
    found: dict[_Called, list[Id]] = {}
    every: Iterator[Any] = end.of_kind("operator")
    for o in every:
        for one in dict.fromkeys(_linked(o).values()):
            found.setdefault(one, []).append(o.id)
    return found


def names(o: Operator) -> Iterator[tuple[str, ...]]:
    """Its own and what it links to, which no other can link to; where that is a shell, it comes and goes with it."""
    return (("pg_operator", *one) for one in dict.fromkeys((_called(o.id), *_linked(o).values())))


def undoes(o: Operator, ctx: Context) -> Iterable[Id]:
    """What links to it and keeps the link, which then leads to a shell: made anew with that."""
    stays = o.id in ctx.after.facts  # its creation makes the link again
    return () if stays else [i for i in _linking(_called(o.id), ctx.after) if i in ctx.before.facts]


def bears_on(operators: Sequence[Operator], catalog: Catalog) -> Iterator[Id]:
    """What links to an operator that comes or goes: PostgreSQL makes or undoes the link on both."""
    return (i for o in operators for i in _linking(_called(o.id), catalog))


def _flags(o: Operator) -> list[str]:
    return ["hashes"] * o.hashes + ["merges"] * o.merges


def _estimators(o: Operator) -> list[str]:
    found = {"restrict": o.restrict, "join": o.join}
    return [f"{name} = {function}" for name, function in found.items() if function]


def set_estimators(before: Operator, after: Operator, ctx: Context) -> Written:
    pairs = (("restrict", before.restrict, after.restrict), ("join", before.join, after.join))
    wanted = comma(f"{name} = {new or 'none'}" for name, old, new in pairs if old != new)
    return [f"alter operator {_signature(after)} set ({wanted})"]


def link(before: Operator, after: Operator, ctx: Context) -> Written | Literal["replace"]:
    """From 17 on a link or flag that was not set can be set, but to a shell; none can be changed. One goes with what it
    leads to, and comes with what is made."""
    old, new = _linked(before), _linked(after)
    gone = {clause: one for clause, one in old.items() if clause not in new}
    added = {clause: _found(one, ctx.after) for clause, one in new.items() if clause not in old}
    flags = [flag for flag in _flags(after) if flag not in _flags(before)]
    goes = all(_found(one, ctx.before) and not _found(one, ctx.after) for one in gone.values())
    is_changed = bool(gone and added) or not goes
    too_old = ctx.version < 170000 and (added or flags)
    if is_changed or too_old or None in added.values() or set(_flags(before)) - set(_flags(after)):
        return REPLACE
    wanted = [*(clause for clause, other in added.items() if other and not ctx.created(other)), *flags]
    return [f"alter operator {_signature(after)} set ({comma(wanted)})"] if wanted else []


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
    drop=drop,
    changes={
        "function": REPLACE,
        **dict.fromkeys(("commutator", "negator", "hashes", "merges"), LINK),
        "restrict": ESTIMATE,
        "join": ESTIMATE,
    },
    address=lambda o: f"operator {_signature(o)}",
    names=names,
    bears_on=bears_on,
    undoes=undoes,
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read operators",
    keeps_name="has no ALTER … RENAME",
)
