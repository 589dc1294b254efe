"""Foreign servers (``pg_foreign_server``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, literal, words
from ._kind import REPLACE, Alter, Context, Kind, Written
from ._options import SECRETS, Options, Say, changed, given, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignServer(Fact):
    wrapper: str
    type: str | None
    version: str | None
    options: Options


def _name(s: ForeignServer) -> str:
    return f"server {ident(s.id.path[0])}"


def create(s: ForeignServer, parts: Sequence[str], ctx: Context) -> Written:
    def write(say: Say) -> str:
        return words(
            f"create {_name(s)}",
            None if s.type is None else f"type {literal(s.type).strip()}",
            None if s.version is None else f"version {literal(s.version).strip()}",
            f"foreign data wrapper {ident(s.wrapper)}",
            given(s.options, say),
        )

    return [statement(write, s.options)]


def set_version(before: ForeignServer, after: ForeignServer, ctx: Context) -> Written:
    version = "null" if after.version is None else literal(after.version).strip()
    return [f"alter {_name(after)} version {version}"]


def set_options(before: ForeignServer, after: ForeignServer, ctx: Context) -> Written:
    return [
        statement(
            lambda say: words(f"alter {_name(after)}", changed(before.options, after.options, say)),
            after.options,
        )
    ]


KIND = Kind(
    name="foreign_server",
    title="foreign servers",
    fact=ForeignServer,
    catalog="pg_foreign_server",
    query="""
        select s.oid, array[s.srvname::text] as path, w.fdwname::text as wrapper, s.srvtype as type,
               s.srvversion as version,
               array(select array[option_name, option_value] from pg_options_to_table(s.srvoptions)
                     order by option_name collate "C") as options
        from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
    """,
    rank=99,
    create=create,
    drop=lambda s, ctx: [f"drop {_name(s)}"],
    changes={
        "wrapper": REPLACE,
        "type": REPLACE,
        "version": Alter(set_version),
        "options": Alter(set_options),
    },
    address=lambda s: f"server {ident(s.id.path[0])}",
    grants=lambda s: f"foreign server {ident(s.id.path[0])}",
    secrets=SECRETS,
    why_not_migra="migra does not read foreign servers",
)
