"""ALTER … DEPENDS ON EXTENSION: what goes when an extension is dropped (``pg_depend``, deptype ``x``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact, Id
from ..sqltext import ident
from ._kind import Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionDependency(Fact):
    """The path is the target's and the extension."""


def _alter(d: ExtensionDependency, action: str, ctx: Context) -> Written:
    kind, *path, extension = d.id.path
    return [f"alter {ctx.address(Id(kind, tuple(path)))} {action} extension {ident(extension)}"]


def create(d: ExtensionDependency, parts: Sequence[str], ctx: Context) -> Written:
    return _alter(d, "depends on", ctx)


KIND = Kind(
    name="extension_dependency",
    title="dependencies on extensions",
    keeps_name="has no name",
    fact=ExtensionDependency,
    catalog=None,
    satellite=True,
    query="""
        select d.classid as target_class, d.objid as target_oid, d.objsubid as target_sub,
               array[e.extname::text] as path, e.oid as ref_pg_extension
        from pg_depend d join pg_extension e on e.oid = d.refobjid
        where d.refclassid = 'pg_extension'::regclass and d.deptype = 'x'
    """,
    rank=280,
    create=create,
    drop=lambda d, ctx: _alter(d, "no depends on", ctx),
    why_not_migra="migra does not read them",
)
