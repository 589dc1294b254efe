"""Procedural languages that no extension brings (``pg_language``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, words
from ._kind import Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Fact):
    trusted: bool
    handler: str
    inline: str | None
    validator: str | None


def _definition(head: str, x: Language) -> Written:
    return [
        words(
            head,
            "trusted" if x.trusted else None,
            f"language {ident(x.id.path[0])} handler {x.handler}",
            x.inline and f"inline {x.inline}",
            x.validator and f"validator {x.validator}",
        )
    ]


def create(x: Language, parts: Sequence[str], ctx: Context) -> Written:
    return _definition("create", x)


CHANGE: Alter[Language] = Alter(lambda before, after, ctx: _definition("create or replace", after))

KIND = Kind(
    name="language",
    title="languages",
    fact=Language,
    catalog="pg_language",
    query="""
        select l.oid, array[l.lanname::text] as path, l.lanpltrusted as trusted,
               l.lanplcallfoid::regproc::text as handler,
               case when l.laninline <> 0 then l.laninline::regproc::text end as inline,
               case when l.lanvalidator <> 0 then l.lanvalidator::regproc::text end as validator
        from pg_language l where l.lanispl and l.oid >= 16384
    """,
    rank=30,
    create=create,
    drop=lambda x, ctx: [f"drop language {ident(x.id.path[0])}"],
    changes=dict.fromkeys(("trusted", "handler", "inline", "validator"), CHANGE),
    address=lambda x: f"language {ident(x.id.path[0])}",
    why_not_migra="migra does not read languages",
)
