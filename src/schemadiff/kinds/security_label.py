"""Security labels on every kind of object (``pg_seclabel``). What a label means is its provider's; labels of
roles, databases and tablespaces belong to the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact, Id
from ..sqltext import ident, literal
from ._kind import Alter, Context, Kind, Statement, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityLabel(Fact):
    """The path is the target's and the provider."""

    label: str


def _on(s: SecurityLabel, label: str, ctx: Context) -> Written:
    kind, *path, provider = s.id.path
    target = ctx.address(Id(kind, tuple(path)))
    text = f"security label for {ident(provider)} on {target} is {label}"
    return [Statement(text, hazards=("AUTHZ_UPDATE",))]


def create(s: SecurityLabel, parts: Sequence[str], ctx: Context) -> Written:
    return _on(s, literal(s.label), ctx)


KIND = Kind(
    name="security_label",
    title="security labels",
    keeps_name="belongs to what it labels",
    fact=SecurityLabel,
    catalog=None,
    satellite=True,
    query="""
        select s.classoid as target_class, s.objoid as target_oid, s.objsubid as target_sub,
               array[s.provider] as path, s.label
        from pg_seclabel s
    """,
    rank=305,
    create=create,
    drop=lambda s, ctx: _on(s, "null", ctx),
    changes={"label": Alter(lambda a, b, ctx: create(b, (), ctx))},
    why_not_migra="migra does not read security labels",
)
