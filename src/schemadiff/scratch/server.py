"""A scratch server as its users see it: databases that come and go, roles, extensions.

Owns what is created on a server. Where the server comes from is not its business.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zlib import crc32

from schemadiff._contention import changed_meanwhile
from schemadiff.errors import ScratchError
from schemadiff.sqltext import ident, literal, words

if TYPE_CHECKING:
    import psycopg

LOCK_CLASS = 0x5D1FF
"""The first key of the advisory locks that say: the owner of this scratch database lives."""

CLONE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class ScratchServer:
    """A server on which databases may be made and thrown away."""

    version: int
    """`server_version_num`: 180006 is 18.6."""
    before: str = field(repr=False)
    """The URL up to the database's name."""
    after: str = field(repr=False)
    """The URL from behind the database's name."""
    maintenance: str
    """The database that statements about databases and roles are sent to; '' is libpq's default."""
    ours: bool
    """Whether we have started it: then we are superuser and choose how databases are copied."""

    @property
    def major(self) -> int:
        return self.version // 10_000

    @property
    def owner(self) -> str:
        """The role that scratch databases belong to; '' is the role that creates them."""
        return ""

    @property
    def limits(self) -> str:
        """What a script that lacks a right should know about the server; '' where there is nothing to say."""
        return ""

    def url(self, database: str) -> str:
        """The libpq URL of a database of this server, as the role that creates databases."""
        return f"{self.before}{quote(database, safe='')}{self.after}"

    @contextmanager
    def database(
        self, *, template: str = "template0", through: psycopg.Connection | None = None
    ) -> Iterator[str]:
        """Creates a database, yields its URL, and drops it at the end, with whoever is connected.

        From `template0` it is empty and its encoding is UTF8; any other template is copied as it is
        and must have no connections for a moment. When this process is killed, the next one that takes
        the server drops the database. ``through`` is a connection of ``connect``, for who makes many and does
        not want to wait for as many. Raises ScratchError where the server refuses.
        """
        name = database_name(os.getpid())
        with nullcontext(through) if through else connect(self.url(self.maintenance)) as connection:
            # Held by this connection; gone with it, it marks the database as left behind.
            connection.execute("select pg_advisory_lock_shared(%s, %s)", (LOCK_CLASS, lock_key(name)))
            try:
                _create(self, connection, name, template)
                with self.watched(name) as url:
                    yield url
            finally:
                _drop(self, connection, name)
                if not connection.closed:
                    connection.execute(
                        "select pg_advisory_unlock_shared(%s, %s)", (LOCK_CLASS, lock_key(name))
                    )

    @contextmanager
    def watched(self, name: str) -> Iterator[str]:
        """The URL that a new database is used by, for as long as it is."""
        yield self.url(name)

    def release(self, name: str) -> None:
        """Removes what keeps a database from being dropped: its subscriptions and replication slots."""
        _release(self.url(name))

    def become(self, connection: psycopg.Connection[Any], role: str) -> None:
        """From here on the session is ``role``'s, with the rights of a superuser where the server grants them."""
        from psycopg import errors, sql

        if connection.info.user == role:
            return
        name = sql.Identifier(role)
        try:
            _make_superuser(connection, role)
            connection.execute(sql.SQL("set session authorization {}").format(name))
        except errors.InsufficientPrivilege:
            connection.execute(sql.SQL("set role {}").format(name))

    def spelled(self, text: str) -> str:
        """How a statement is run here."""
        return text

    def unloaded(self, url: str) -> str:
        """The URL of a database without the libraries that a script has it load, which may be missing here."""
        from psycopg import conninfo

        return conninfo.make_conninfo(
            url, options="-c session_preload_libraries= -c local_preload_libraries="
        )

    def ensure_roles(self, names: Iterable[str]) -> None:
        """Creates those of the roles that are missing, without login.

        Names that PostgreSQL keeps for itself (`public`, `none`, `pg_…`) are left alone. On a given
        server the roles stay: they belong to the cluster and another process may be using them.
        Raises ScratchError when we may not create one.
        """
        wanted = sorted({n for n in names if n not in ("public", "none") and not n.startswith("pg_")})
        if not wanted:
            return
        with connect(self.url(self.maintenance)) as connection:
            query = (
                "select name from unnest(%s::text[]) name where name not in (select rolname from pg_roles)"
            )
            for (name,) in connection.execute(query, (wanted,)).fetchall():
                _create_role(self, connection, name)

    def ensure_tablespaces(self, names: Iterable[str]) -> None:
        """Creates those of the tablespaces that are missing, beside the data of a server of ours.

        PostgreSQL's own (`pg_…`) are left alone. Raises ScratchError on a given server that lacks one:
        its folders are not ours.
        """
        lacking = self.lacking_tablespaces(names)
        if lacking and not self.ours:
            raise ScratchError(
                f"The scratch server has no tablespace {', '.join(map(ident, lacking))}, which the schema "
                "names. Create it there, or leave --scratch out to use a server of ours."
            )
        if lacking:
            with connect(self.url(self.maintenance)) as connection:
                for name in lacking:
                    _create_tablespace(connection, name)

    def lacking_tablespaces(self, names: Iterable[str]) -> list[str]:
        """Those of the tablespaces that the server lacks, sorted."""
        wanted = sorted({name for name in names if not name.startswith("pg_")})
        if not wanted:
            return []
        with connect(self.url(self.maintenance)) as connection:
            query = "select name from unnest(%s::text[]) name where name not in (select spcname from pg_tablespace)"
            return sorted(name for (name,) in connection.execute(query, (wanted,)).fetchall())

    def has_extension(self, name: str) -> bool:
        """Whether `create extension` of that name can work (`pg_available_extensions`)."""
        with connect(self.url(self.maintenance)) as connection:
            query = "select from pg_available_extensions where name = %s"
            return connection.execute(query, (name,)).fetchone() is not None


def connect(url: str) -> psycopg.Connection:
    """A connection in autocommit mode. Raises ScratchError with the server's reason, never the URL."""
    import psycopg

    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10, application_name="schemadiff")
    except psycopg.Error as error:
        raise ScratchError(
            f"The scratch server cannot be reached: {str(error).strip()}. "
            "Check the URL given with --scratch, or leave it out to use the embedded server."
        ) from error
    # An administrator's setting must not end the wait for a copy, or a connection that only holds a lock.
    connection.execute("""
        select set_config(name, '0', false) from pg_settings
        where name in ('statement_timeout', 'lock_timeout', 'idle_session_timeout', 'transaction_timeout')
    """)
    return connection


def database_name(pid: int) -> str:
    """A new name, `sd_PID_` and sixteen digits, of which half vouch that it was made here."""
    stem = f"sd_{pid}_{secrets.token_hex(4)}"
    return f"{stem}{_seal(stem)}"


def is_database_name(name: str) -> bool:
    """Whether `database_name` made this name: nothing else is ever dropped."""
    return name.startswith("sd_") and len(name) > 19 and name[-8:] == _seal(name[:-8])


def _seal(stem: str) -> str:
    return f"{crc32(b'schemadiff scratch ' + stem.encode()):08x}"


def lock_key(name: str) -> int:
    """The second key of a database's advisory lock, as a signed integer of four bytes."""
    return crc32(name.encode()) - 2**31


def _create(server: ScratchServer, connection: psycopg.Connection, name: str, template: str) -> None:
    import psycopg.errors as pg

    fresh = template == "template0"
    options = ["encoding 'UTF8'"] if fresh else []
    options += [f"owner {ident(server.owner)}"] if server.owner else []
    if server.ours and server.major >= 15:
        # 8 ms instead of 12 through the log in memory; elsewhere its checkpoints would hurt.
        options.append("strategy file_copy")
    if not fresh and not _await_leaving(connection, template, CLONE_SECONDS):
        raise _in_use(template)
    while True:
        statement = words("create database", ident(name), "template", ident(template), *options)
        try:
            connection.execute(statement.encode())
            return
        except pg.ObjectInUse:
            # The server itself has waited five seconds for somebody who came meanwhile.
            raise _in_use(template) from None
        except pg.InvalidParameterValue:
            # The server's own locale knows no UTF8.
            if not fresh or "locale 'C'" in options:
                raise
            options.append("locale 'C'")
        except pg.InsufficientPrivilege as error:
            raise _no_right(connection, "create databases", "createdb") from error
        except psycopg.Error as error:
            raise ScratchError(f"A scratch database cannot be created: {str(error).strip()}") from error


def _drop(server: ScratchServer, connection: psycopg.Connection, name: str) -> None:
    import psycopg

    statement = f"drop database if exists {ident(name)} with (force)".encode()
    try:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,)
        )
        _await_leaving(connection, name, 0.1)
        connection.execute(statement)
    except psycopg.errors.ObjectInUse:
        server.release(name)
        connection.execute(statement)
    except psycopg.OperationalError:
        # Our connection is lost. A server that is gone has nothing to drop, and is made anew.
        with suppress(ScratchError, psycopg.Error), connect(server.url(server.maintenance)) as again:
            again.execute(statement)


def _await_leaving(connection: psycopg.Connection, name: str, seconds: float) -> bool:
    """Waits for closed connections to a database to end on the server's side too; whether all have.

    That takes two milliseconds or so; a statement that meets them sleeps a tenth of a second.
    """
    query = "select from pg_stat_activity where datname = %s and backend_type = 'client backend'"
    deadline = time.monotonic() + seconds
    while connection.execute(query, (name,)).fetchone() is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.001)
    return True


def _in_use(template: str) -> ScratchError:
    return ScratchError(
        f"Scratch database {template} cannot be copied: somebody stays connected to it. "
        "Close that connection first."
    )


def _release(url: str) -> None:
    with connect(url) as connection:
        query = """
            select subname from pg_subscription
            where subdbid = (select oid from pg_database where datname = current_database())
        """
        for (name,) in connection.execute(query).fetchall():
            # Without its slot, a subscription goes without a word to its publisher.
            for action in ("alter subscription {} disable", "alter subscription {} set (slot_name = none)"):
                connection.execute(action.format(ident(name)).encode())
            connection.execute(f"drop subscription {ident(name)}".encode())
        connection.execute("""
            select pg_drop_replication_slot(slot_name) from pg_replication_slots
            where database = current_database()
        """)


def _create_role(server: ScratchServer, connection: psycopg.Connection, name: str) -> None:
    import psycopg.errors as pg

    try:
        # On a server of ours superusers, as none else may own an event trigger or a foreign-data wrapper.
        rights = "nologin superuser" if server.ours else "nologin"
        connection.execute(f"create role {ident(name)} {rights}".encode())
        if not server.ours:
            # Objects can be given only to roles that we are a member of.
            connection.execute(f"grant {ident(name)} to current_user".encode())
    except (pg.DuplicateObject, pg.UniqueViolation):
        # Another process was first.
        pass
    except pg.InsufficientPrivilege as error:
        raise _no_right(
            connection, f"create the role {literal(name)} that the schema names", "createrole"
        ) from error
    except pg.ReservedName:
        # The server has no such predefined role; the statement that names it will say so.
        pass


def _make_superuser(connection: psycopg.Connection[Any], role: str) -> None:
    """Only where it is none yet: roles are the whole server's, and others load their schemas at the same time.
    Raises InsufficientPrivilege."""
    import psycopg

    lacking = "select from pg_roles where rolname = %s and not rolsuper"
    while connection.execute(lacking, (role,)).fetchone() is not None:
        try:
            connection.execute(f"alter role {ident(role)} superuser".encode())
        except psycopg.Error as error:
            if not changed_meanwhile(error):
                raise


def _create_tablespace(connection: psycopg.Connection, name: str) -> None:
    """In a folder of its own beside the data, which is removed with the server. Inside of the data folder,
    which PostgreSQL can do without a folder of its own, only servers since mid-2022 know how."""
    import psycopg.errors as pg

    row = connection.execute("show data_directory").fetchone()
    data = Path(row[0] if row else "")
    folder = data.with_name(f"tablespace-{secrets.token_hex(4)}")
    folder.mkdir(mode=0o700)
    owner = data.stat()
    if owner.st_uid != os.geteuid():
        os.chown(folder, owner.st_uid, owner.st_gid)
    try:
        place = literal(str(folder)).strip()
        connection.execute(f"create tablespace {ident(name)} location {place}".encode())
        connection.execute(f"grant create on tablespace {ident(name)} to public".encode())
    except (pg.DuplicateObject, pg.UniqueViolation):
        # Another process was first.
        folder.rmdir()


def _no_right(connection: psycopg.Connection, what: str, right: str) -> ScratchError:
    role = ident(connection.info.user)
    return ScratchError(
        f"Role {role} may not {what} on the scratch server. "
        f"Run there as an administrator: alter role {role} {right}; or use the embedded server."
    )


def sweep(server: ScratchServer, connection: psycopg.Connection) -> None:
    """Drops the scratch databases whose owner has died.

    An owner takes its advisory lock before it creates, and keeps it until it has dropped. `pg_locks` shows
    the locks of all databases, and is read after the snapshot that `pg_database` is read with.
    """
    import psycopg

    query = """
        select datname, array(
            select objid::bigint from pg_locks
            where locktype = 'advisory' and classid = %s and objsubid = 2
        )
        from pg_database
        where starts_with(datname, 'sd_') and pg_has_role(datdba, 'usage')
    """
    for name, held in connection.execute(query, (LOCK_CLASS,)).fetchall():
        if is_database_name(name) and lock_key(name) % 2**32 not in held:
            with suppress(psycopg.Error, ScratchError):
                _drop(server, connection, name)
