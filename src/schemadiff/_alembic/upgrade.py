"""The program that runs Alembic: reads ``{"url", "ini", "answer"}`` from stdin, upgrades to the heads, and writes
``{"error"}`` to the file ``answer``, '' where nothing went wrong. Imports nothing of schemadiff.

Every connection of SQLAlchemy goes to the scratch database, whatever URL it was asked for: ``do_connect`` is asked for
each. One that somebody made without it is looked at before it is used.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, event, exc
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool


def main() -> None:
    given = json.load(sys.stdin)
    _redirect(given["url"])
    try:
        command.upgrade(Config(given["ini"]), "heads")
        error = ""
    except exc.DBAPIError as failure:
        error = str(failure.orig).strip().split("\n")[0]
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
    Path(given["answer"]).write_text(json.dumps({"error": error}), encoding="utf-8")


def _redirect(parts: dict[str, str]) -> None:
    def do_connect(dialect: Any, record: Any, arguments: list[Any], parameters: dict[str, Any]) -> None:
        if dialect.name != "postgresql":
            raise RuntimeError(
                f"env.py connects to {dialect.name}, and only a history of PostgreSQL can be read"
            )
        positional, named = dialect.create_connect_args(_url(dialect, parts))
        arguments[:] = positional
        parameters.clear()
        parameters.update(named)

    def first(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("select current_database()")
        ((name,),) = cursor.fetchall()
        cursor.close()
        connection.rollback()
        if name != parts["dbname"]:
            raise RuntimeError(
                f"env.py connects to the database {name} in a way that cannot be led to the scratch database, so "
                "nothing was run; have it use create_engine with a URL"
            )

    event.listen(Engine, "do_connect", do_connect)
    event.listen(Pool, "connect", first)


def _url(dialect: Any, parts: dict[str, str]) -> URL:
    """A host that is a folder is a socket, which stands in no place of a URL but its query."""
    host, port = parts.get("host", ""), parts.get("port", "")
    socket = host.startswith("/")
    query = {"host": host, **({"port": port} if port else {})} if socket else {}
    return URL.create(
        f"postgresql+{dialect.driver}",
        username=parts.get("user"),
        password=parts.get("password"),
        host=None if socket else host or None,
        port=None if socket or not port else int(port),
        database=parts["dbname"],
        query=query,
    )


if __name__ == "__main__":
    main()
