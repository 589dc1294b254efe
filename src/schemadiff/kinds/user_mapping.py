"""User mappings of foreign servers (``pg_user_mappings``).

Options that the reading role may not see are left out, as the view leaves them out: a mapping whose
options are hidden is compared without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, words
from ._kind import Alter, Context, Kind, Statement, Written
from ._options import SECRETS, Options, changed, given, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMapping(Fact):
    """The path is the server and the role; ``public`` is PUBLIC, since no role can be called so."""

    options: Options


def _name(m: UserMapping) -> str:
    server, role = m.id.path
    return f"user mapping for {'public' if role == 'public' else ident(role)} server {ident(server)}"


def create(m: UserMapping, parts: Sequence[str], ctx: Context) -> Written:
    return [
        statement(
            lambda say: words(f"create {_name(m)}", given(m.options, say)), m.options, ("AUTHZ_UPDATE",)
        )
    ]


def set_options(before: UserMapping, after: UserMapping, ctx: Context) -> Written:
    return [
        statement(
            lambda say: words(f"alter {_name(after)}", changed(before.options, after.options, say)),
            after.options,
            ("AUTHZ_UPDATE",),
        )
    ]


KIND = Kind(
    name="user_mapping",
    title="user mappings",
    fact=UserMapping,
    catalog="pg_user_mapping",
    query="""
        select m.umid as oid, array[m.srvname, m.usename]::text[] as path,
               array(select array[option_name, option_value] from pg_options_to_table(m.umoptions)
                     order by option_name collate "C") as options
        from pg_user_mappings m
    """,
    rank=99,
    create=create,
    drop=lambda m, ctx: [Statement(f"drop {_name(m)}", hazards=("AUTHZ_UPDATE",))],
    changes={"options": Alter(set_options)},
    roles=lambda m: [r for r in (m.id.path[1],) if r != "public"],
    secrets=SECRETS,
    why_not_migra="migra does not read user mappings",
    keeps_name="has no name",
)
