"""ALTER DATABASE … SET and ALTER ROLE … IN DATABASE … SET of the database itself (``pg_db_role_setting``).

Statements name the database by ``current_database()``, so that they hold wherever they run. A target that
declares none leaves them alone, and they are no part of a catalog's fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import dollar, ident, literal, qualified
from ._kind import Alter, Context, Kind, Written

LISTS = frozenset(
    {
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
        "unix_socket_directories",
    }
)
"""Parameters that are lists of names (GUC_LIST_QUOTE): their value is quoted where it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSetting(Fact):
    """The path is the role, '' for all, and the parameter."""

    value: str


def _write(s: DatabaseSetting, action: str) -> Written:
    role, parameter = s.id.path
    whom = "alter database %I" if not role else f"alter role {_doubled(ident(role))} in database %I"
    name = _doubled(qualified(*parameter.split(".")))
    text = literal(f"{whom} {action.format(name)}")
    return [f"do {dollar(f'begin execute format({text}, current_database()); end')}"]


def _doubled(text: str) -> str:
    return text.replace("%", "%%")


def create(s: DatabaseSetting, parts: Sequence[str], ctx: Context) -> Written:
    as_it_is = s.id.path[1] in LISTS and s.value not in ("", '""')
    value = s.value if as_it_is else literal("" if s.id.path[1] in LISTS else s.value)
    return _write(s, "set {} to " + _doubled(value).replace("{", "{{").replace("}", "}}"))


KIND = Kind(
    name="database_setting",
    title="settings of the database",
    keeps_name="is a setting of the server",
    fact=DatabaseSetting,
    catalog=None,
    query="""
        select array[coalesce(pg_get_userbyid(nullif(s.setrole, 0)), ''), split_part(c, '=', 1)]::text[] as path,
               substr(c, strpos(c, '=') + 1) as value
        from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
        where d.datname = current_database()
    """,
    rank=330,
    create=create,
    drop=lambda s, ctx: _write(s, "reset {}"),
    changes={"value": Alter(lambda a, b, ctx: create(b, (), ctx))},
    on_request=True,
    roles=lambda s: [r for r in (s.id.path[0],) if r],
    why_not_migra="migra does not read them",
)
