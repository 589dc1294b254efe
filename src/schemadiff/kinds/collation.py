"""Collations (``pg_collation``) of the providers libc, icu and builtin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident, literal, qualified
from ._kind import REPLACE, Context, Kind, Written

PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation(Fact):
    """``provider`` as in pg_collation.collprovider; libc has ``collate`` and ``ctype``, the others ``locale``."""

    provider: str
    deterministic: bool
    collate: str | None
    ctype: str | None
    locale: str | None
    rules: str | None


def create(c: Collation, parts: Sequence[str], ctx: Context) -> Written:
    texts = {"locale": c.locale, "lc_collate": c.collate, "lc_ctype": c.ctype, "rules": c.rules}
    if c.collate is not None and c.collate == c.ctype:
        texts = {"locale": c.collate, "rules": c.rules}
    given = [f"{name} = {literal(text).strip()}" for name, text in texts.items() if text is not None]
    loose = [] if c.deterministic else ["deterministic = false"]
    return [
        f"create collation {qualified(*c.id.path)} ({comma([f'provider = {PROVIDERS[c.provider]}', *loose, *given])})"
    ]


def query(version: int) -> str:
    """Before 15 the locale of icu stood in collcollate."""
    locale = "case c.collprovider when 'i' then c.collcollate end"
    if version >= 150000:
        locale = "c.colliculocale" if version < 170000 else "c.colllocale"
    return f"""
        select c.oid, array[n.nspname, c.collname]::text[] as path, c.collprovider::text as provider,
               c.collisdeterministic as deterministic,
               case c.collprovider when 'c' then c.collcollate end::text as collate,
               case c.collprovider when 'c' then c.collctype end::text as ctype,
               ({locale})::text as locale, {"c.collicurules" if version >= 160000 else "null::text"} as rules
        from pg_collation c join pg_namespace n on n.oid = c.collnamespace
        where {{user_schema}}
    """


KIND = Kind(
    name="collation",
    title="collations",
    fact=Collation,
    catalog="pg_collation",
    query=query,
    rank=35,
    create=create,
    drop=lambda c, ctx: [f"drop collation {qualified(*c.id.path)}"],
    changes=dict.fromkeys(("provider", "deterministic", "collate", "ctype", "locale", "rules"), REPLACE),
    address=lambda c: f"collation {qualified(*c.id.path)}",
    names=lambda c: [("pg_collation", *c.id.path)],
    swaps=lambda c, name, ctx: [f"alter collation {qualified(*c.id.path)} rename to {ident(name)}"],
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra knows neither ctype, determinism nor rules, and creates with IF NOT EXISTS",
)
