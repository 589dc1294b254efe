"""The sandbox: a scratch server for schemas of strangers, where no session has more rights than a role may have
that owns its database.

Nobody but us connects as its superuser, and never to a database that a stranger's statements have run in: what
they leave there (functions, a ``search_path``) would run with the superuser's rights. Each sandbox is a server of
its own, made anew and removed at the end, so that nothing that a role may change for the whole server is met by
anybody else.

- SUPERUSER   creates databases and roles; its name is nobody's in a schema
- OWNER       owns the databases; every role is a member of it, and so may create in them
- SESSION     the role that connects. It acts as one other role at a time (``become``)
- NAMED       a member of every role that a schema names; whoever acts is a member of it, and so may give objects to any

https://www.postgresql.org/docs/current/role-membership.html
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from schemadiff.errors import ScratchError
from schemadiff.scratch.server import ScratchServer, connect
from schemadiff.sqltext import ident, literal

if TYPE_CHECKING:
    import psycopg

SUPERUSER, OWNER, SESSION, NAMED = (
    "schemadiff_superuser",
    "schemadiff_owner",
    "schemadiff_sandbox",
    "schemadiff_named",
)
SECONDS = 120.0
"""How long a database of a sandbox may be used."""
PREPARE = f"""
    create role {OWNER};
    create role {NAMED};
    create role {SESSION} login;
    grant {OWNER} to {SESSION};
    revoke all on database postgres, template1 from public;
"""
HARMLESS = (
    "amcheck",
    "autoinc",
    "bloom",
    "insert_username",
    "moddatetime",
    "pg_buffercache",
    "pg_freespacemap",
    "pg_prewarm",
    "pg_stat_statements",
    "pg_visibility",
    "pgrowlocks",
    "pgstattuple",
    "refint",
    "sslinfo",
)
"""Extensions of PostgreSQL's own that only a superuser may create, and that give nobody more than a role has: they
neither reach files, programs or servers, nor do their scripts use what they have not made."""
CREATOR = f"""
    create schema schemadiff;
    grant usage on schema schemadiff to public;
    create function schemadiff.create_extension(name text, schema text, missing bool) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
        if name <> all (array[{", ".join(map(literal, HARMLESS))}]) then
            raise insufficient_privilege using message = format('permission denied to create extension %I', name);
        end if;
        if missing then
            execute format('create extension if not exists %I schema %I', name, schema);
        else
            execute format('create extension %I schema %I', name, schema);
        end if;
        update pg_extension set extowner = '{OWNER}'::regrole where extname = name;
    end $$;
"""
"""Nothing of a stranger's is in a database yet when this is made there. The extension is then everybody's, to be
commented and dropped; ALTER EXTENSION has no words for that."""
LIMITS = (
    "the sandbox has no superuser: it takes no event triggers, foreign-data wrappers, subscriptions, operator "
    "classes, functions in C or an untrusted language, extensions that are not trusted, nor anything that reaches "
    "files, programs or other servers; without --sandbox the schema is loaded with all rights, so be sure that you "
    "trust it"
)


class SandboxServer(ScratchServer):
    """A scratch server whose databases are used with few rights."""

    __slots__ = ()

    @property
    def owner(self) -> str:
        return OWNER

    @property
    def limits(self) -> str:
        return LIMITS

    def prepare(self) -> None:
        """Makes the roles of a new server."""
        with connect(self.url(self.maintenance)) as connection:
            connection.execute(PREPARE)

    @contextmanager
    def watched(self, name: str) -> Iterator[str]:
        """Ends whoever is in the database once its time is over: a session could lift a ``statement_timeout``."""
        self._furnish(name)
        over = threading.Event()
        timer = threading.Timer(SECONDS, self._end, (name, over))
        timer.daemon = True
        timer.start()
        try:
            yield self.url(name).replace(f"//{SUPERUSER}@", f"//{SESSION}@", 1)
        except Exception:
            if over.is_set():
                raise ScratchError(
                    f"The sandbox was ended after {SECONDS:.0f} seconds: a statement of the schema does not come "
                    "to an end, or the schema is too large for --sandbox."
                ) from None
            raise
        finally:
            timer.cancel()

    def release(self, name: str) -> None:
        """Nothing: no role of a sandbox can make what keeps a database, and a superuser stays out of it."""

    def become(self, connection: psycopg.Connection[Any], role: str) -> None:
        """From here on the session acts as ``role``, which may give objects to every role there is."""
        self._let_act(role)
        connection.execute(f"set role {ident(role)}".encode())

    def unloaded(self, url: str) -> str:
        """Only a superuser could have a session load other libraries."""
        from psycopg import conninfo

        return conninfo.make_conninfo(url, options="-c local_preload_libraries=")

    def ensure_roles(self, names: Iterable[str]) -> None:
        """Creates those of the roles that are missing, without a right but that to create in a database."""
        ours = ("public", "none", SUPERUSER, OWNER, SESSION, NAMED)
        wanted = sorted({n for n in names if n not in ours and not n.startswith("pg_")})
        if not wanted:
            return
        query = "select name from unnest(%s::text[]) name where name not in (select rolname from pg_roles)"
        with connect(self.url(self.maintenance)) as connection:
            for (name,) in connection.execute(query, (wanted,)).fetchall():
                role = ident(name)
                connection.execute(
                    f"create role {role}; grant {OWNER} to {role}; grant {role} to {NAMED}".encode()
                )

    def spelled(self, text: str) -> str:
        """The statement, or for an extension that is harmless one that has it created with the superuser's rights."""
        from schemadiff.script.classify import creation

        found = creation(text)
        if found is None or found.name not in HARMLESS:
            return text
        schema = literal(found.schema) if found.schema else "pg_catalog.current_schema()"
        return f"select schemadiff.create_extension({literal(found.name)}, {schema}, {str(found.missing).lower()})"

    def _let_act(self, role: str) -> None:
        """Makes one role the member of all others. Who acted before is one of those again."""
        query = """
            select member::regrole::text from pg_auth_members
            where roleid = %s::regrole and member <> %s::regrole
        """
        name = ident(role)
        with connect(self.url(self.maintenance)) as connection, connection.transaction():
            for (other,) in connection.execute(query, (NAMED, name)).fetchall():
                connection.execute(f"revoke {NAMED} from {other}".encode())
                if other != SESSION:
                    connection.execute(f"grant {other} to {NAMED}".encode())
            if role != SESSION:
                connection.execute(f"revoke {name} from {NAMED}".encode())
                connection.execute(f"grant {name} to {SESSION}".encode())
            connection.execute(f"grant {NAMED} to {name}".encode())

    def _furnish(self, name: str) -> None:
        """Before PostgreSQL 15 the schema public is the superuser's."""
        with connect(self.url(name)) as connection:
            connection.execute(CREATOR.encode())
            if self.major < 15:
                connection.execute(f"alter schema public owner to {OWNER}".encode())

    def _end(self, name: str, over: threading.Event) -> None:
        import psycopg

        over.set()
        with suppress(psycopg.Error, ScratchError), connect(self.url(self.maintenance)) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,)
            )
