"""Base types and shell types (``pg_type``): types by functions of their own, in C or internal ones.

A base type and its functions need each other: a shell type stands in until the functions are there, and
dropping the type drops them.
https://www.postgresql.org/docs/current/sql-createtype.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Fact
from ..sqltext import block, comma, ident, qualified
from ._kind import REPLACE, Alter, Context, Kind, Statement, Written

IN_PLACE = ("receive", "send", "typmod_in", "typmod_out", "analyze", "subscript", "storage")
"""What ALTER TYPE … SET can change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseType(Fact):
    """``parameters`` stay as long as the type; ``settable`` can be set and, but for storage, unset. A shell type
    has neither."""

    parameters: tuple[str, ...]
    settable: tuple[str, ...]


def shell(t: BaseType) -> str:
    return f"create type {qualified(*t.id.path)}"


def create(t: BaseType, parts: Sequence[str], ctx: Context) -> Written:
    return [block(shell(t), [*t.parameters, *t.settable]) if t.parameters else shell(t)]


def define(before: BaseType, after: BaseType, ctx: Context) -> Written | Literal["replace"]:
    """A shell type is completed, once; nothing leads back."""
    return create(after, (), ctx) if not before.parameters else REPLACE


def set_functions(before: BaseType, after: BaseType, ctx: Context) -> Written | Literal["replace"]:
    """No type becomes plain or stops being so."""
    if not before.parameters or not after.parameters:
        return []
    new = [s for s in after.settable if s not in before.settable]
    if any(s.startswith("storage") and "storage = plain" in (s, *before.settable) for s in new):
        return REPLACE
    names = {s.split(" = ")[0] for s in after.settable}
    gone = [f"{n} = none" for n in (s.split(" = ")[0] for s in before.settable) if n not in names]
    return [f"alter type {qualified(*after.id.path)} set ({comma(new + gone)})", *_stored(new, after, ctx)]


def _stored(new: Sequence[str], t: BaseType, ctx: Context) -> Iterable[str]:
    """Columns that exist keep the storage that the type had when they were made."""
    for storage in (s.split(" = ")[1] for s in new if s.startswith("storage")):
        for used in ctx.before.dependents.get(t.id, ()):
            column = ctx.after.facts.get(used)
            if column is None or getattr(column, "storage", "") is not None or ctx.created(used):
                continue
            above = column.parent.kind if column.parent else ""
            if above != "view":
                word = "materialized view" if above == "materialized_view" else "table only"
                yield f"alter {word} {qualified(*used.path[:-1])} alter column {ident(used.path[-1])} set storage {storage}"


def drop(t: BaseType, ctx: Context) -> Written:
    """What is not to go with it is gone before."""
    text = f"drop type {qualified(*t.id.path)}"
    return [Statement(f"{text} cascade", hazards=("DELETES_DATA",)) if t.parameters else text]


KIND = Kind(
    name="base_type",
    title="base types",
    fact=BaseType,
    catalog="pg_type",
    query="""
        select t.oid, array[n.nspname, t.typname]::text[] as path, t.typarray as alias_pg_type,
               case when t.typisdefined then array_remove(array[
                   'internallength = ' || case when t.typlen < 0 then 'variable' else t.typlen::text end,
                   'input = ' || t.typinput, 'output = ' || t.typoutput,
                   case when t.typcollation <> 0 then 'collatable = true' end,
                   'default = ' || quote_literal(t.typdefault),
                   case when t.typcategory <> 'U' then 'category = ' || quote_literal(t.typcategory::text) end,
                   case when t.typispreferred then 'preferred = true' end,
                   case when t.typelem <> 0 then 'element = ' || format_type(t.typelem, null) end,
                   case when t.typdelim <> ',' then 'delimiter = ' || quote_literal(t.typdelim::text) end,
                   'alignment = ' || case t.typalign when 'c' then 'char' when 's' then 'int2'
                                                     when 'i' then 'int4' else 'double' end,
                   case when t.typbyval then 'passedbyvalue' end], null) else '{}' end as parameters,
               case when t.typisdefined then array_remove(array[
                   'receive = ' || nullif(t.typreceive::text, '-'), 'send = ' || nullif(t.typsend::text, '-'),
                   'typmod_in = ' || nullif(t.typmodin::text, '-'),
                   'typmod_out = ' || nullif(t.typmodout::text, '-'),
                   'analyze = ' || nullif(t.typanalyze::text, '-'),
                   'subscript = ' || nullif(t.typsubscript::text, '-'),
                   'storage = ' || case t.typstorage when 'p' then 'plain' when 'e' then 'external'
                                                     when 'x' then 'extended' else 'main' end], null)
                    else '{}' end as settable
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where (t.typtype = 'p' or t.typtype = 'b' and not exists (select from pg_type e where e.typarray = t.oid))
          and {user_schema}
    """,
    rank=78,
    create=create,
    drop=drop,
    changes={"parameters": Alter(define), "settable": Alter(set_functions)},
    address=lambda t: f"type {qualified(*t.id.path)}",
    names=lambda t: [("pg_type", *t.id.path)],
    breaks=lambda t, ctx: [shell(t)],
    loses=True,
    why_not_migra="migra does not read base types",
)
