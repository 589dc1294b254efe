"""Extensions (``pg_extension``). Their members are not read; the extension is."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Fact
from ..sqltext import ident
from ._kind import REPLACE, Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Fact):
    schema: str
    relocatable: bool = field(compare=False)
    version: str = field(compare=False)


def create(extension: Extension, parts: object, ctx: Context) -> Written:
    return [
        f"create extension if not exists {ident(extension.id.path[0])} with schema {ident(extension.schema)}"
    ]


def move(before: Extension, after: Extension, ctx: Context) -> Written:
    if not before.relocatable:
        return REPLACE
    return [f"alter extension {ident(after.id.path[0])} set schema {ident(after.schema)}"]


KIND = Kind(
    name="extension",
    title="extensions",
    everywhere=True,
    fact=Extension,
    catalog="pg_extension",
    query="""
        select e.oid, array[e.extname::text] as path, n.nspname as schema, e.extrelocatable as relocatable,
               e.extversion as version
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace
        where e.extname <> 'plpgsql'
    """,
    rank=20,
    create=create,
    drop=lambda e, ctx: [f"drop extension {ident(e.id.path[0])}"],
    changes={"schema": Alter(move)},
    address=lambda e: f"extension {ident(e.id.path[0])}",
    migra=frozenset({"drop"}),
    cannot={"owner": "PostgreSQL gives it no owner", "privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra pins the version that the scratch server has, which the live server may lack",
    ignored={
        "relocatable": "a property of the extension's control file",
        "version": "the versions at hand belong to the server; pg_dump does not write one either",
    },
    keeps_name="has no ALTER … RENAME",
)
