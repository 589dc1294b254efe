"""Range types and their multiranges (``pg_range``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import LONGEST_NAME, comma, cut, ident, qualified
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeType(Fact):
    parameters: tuple[str, ...]
    multirange: tuple[str, str]
    """Schema and name of its multirange."""


def create(r: RangeType, parts: Sequence[str], ctx: Context) -> Written:
    parameters = comma([*r.parameters, f"multirange_type_name = {qualified(*r.multirange)}"])
    return [f"create type {qualified(*r.id.path)} as range ({parameters})"]


def swap(r: RangeType, name: str, ctx: Context) -> Written:
    """The multirange and the constructors go aside too: their names must be free."""
    return _renamed(r, name, cut(name, LONGEST_NAME - len("_m")) + "_m")


def rename(r: RangeType, new: str) -> list[str]:
    """The multirange too where PostgreSQL chose its name."""
    schema, name = r.id.path
    return _renamed(r, new, _multirange(new) if r.multirange == (schema, _multirange(name)) else None)


def _renamed(r: RangeType, name: str, multirange: str | None) -> list[str]:
    """With the constructors, which are called like what they make."""
    new: dict[tuple[str, ...], str] = {r.id.path: name}
    if multirange is not None:
        new[r.multirange] = multirange
    made = [(qualified(*f), arguments, new[t]) for t, f, arguments in _constructors(r) if t in new]
    return [
        *(
            f"alter function {function}({arguments}) rename to {ident(to)}"
            for function, arguments, to in made
        ),
        *(f"alter type {qualified(*t)} rename to {ident(to)}" for t, to in new.items()),
    ]


def _constructors(r: RangeType) -> Iterator[tuple[tuple[str, ...], tuple[str, str], str]]:
    """The functions that make values of the range and of its multirange, all in the schema of the range: the type, the
    function and its arguments."""
    schema, name = r.id.path
    mine, subtype = qualified(schema, name), r.parameters[0].removeprefix("subtype = ")
    for arguments in (f"{subtype}, {subtype}", f"{subtype}, {subtype}, text"):
        yield r.id.path, (schema, name), arguments
    for arguments in ("", mine, f"{mine}[]"):
        yield r.multirange, (schema, r.multirange[1]), arguments


def names(r: RangeType) -> Iterator[tuple[str, ...]]:
    yield from (("pg_type", *r.id.path), ("pg_type", *r.multirange))
    yield from (("pg_proc", *function, arguments) for _, function, arguments in _constructors(r))


def _multirange(name: str) -> str:
    """The name that PostgreSQL chooses for the multirange of a range."""
    return name.replace("range", "multirange", 1) if "range" in name else f"{name}_multirange"


KIND = Kind(
    name="range_type",
    title="range types",
    fact=RangeType,
    catalog="pg_type",
    query="""
        select t.oid, array[n.nspname, t.typname]::text[] as path,
               array[t.typarray, r.rngmultitypid, m.typarray] as alias_pg_type,
               array_remove(array[
                   'subtype = ' || format_type(r.rngsubtype, null),
                   case when not o.opcdefault then 'subtype_opclass = '
                        || quote_ident(onsp.nspname) || '.' || quote_ident(o.opcname) end,
                   case when r.rngcollation <> 0 and r.rngcollation <> s.typcollation
                        then 'collation = ' || r.rngcollation::regcollation end,
                   case when r.rngcanonical <> 0 then 'canonical = ' || r.rngcanonical end,
                   case when r.rngsubdiff <> 0 then 'subtype_diff = ' || r.rngsubdiff end], null) as parameters,
               array[mn.nspname, m.typname]::text[] as multirange
        from pg_range r join pg_type t on t.oid = r.rngtypid
        join pg_namespace n on n.oid = t.typnamespace
        join pg_type s on s.oid = r.rngsubtype
        join pg_type m on m.oid = r.rngmultitypid join pg_namespace mn on mn.oid = m.typnamespace
        join pg_opclass o on o.oid = r.rngsubopc join pg_namespace onsp on onsp.oid = o.opcnamespace
        where {user_schema}
    """,
    rank=60,
    create=create,
    drop=lambda r, ctx: [f"drop type {qualified(*r.id.path)}"],
    changes={"parameters": REPLACE, "multirange": REPLACE},
    address=lambda r: f"type {qualified(*r.id.path)}",
    names=names,
    swaps=swap,
    why_not_migra="migra does not read range types",
    rename=rename,
)
