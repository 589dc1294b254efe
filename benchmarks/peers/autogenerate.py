"""What Alembic's autogenerate finds between two databases, as SQL. Runs in Alembic's own environment.

The target's metadata are reflected from its database, for want of models.
"""

from __future__ import annotations

import sys

from alembic.autogenerate import produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.operations.ops import OpContainer
from sqlalchemy import Engine, MetaData, create_engine, inspect


def engine(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def main(old: str, new: str) -> None:
    target = MetaData()
    with engine(new).connect() as connection:
        for schema in inspect(connection).get_schema_names():
            if schema != "information_schema":
                target.reflect(connection, schema=None if schema == "public" else schema)
    with engine(old).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True, "include_schemas": True},
        )
        found = produce_migrations(context, target)
    written = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": sys.stdout, "literal_binds": True}
    )
    _invoke(Operations(written), found.upgrade_ops or OpContainer())


def _invoke(operations: Operations, container: OpContainer) -> None:
    for operation in container.ops:
        if isinstance(operation, OpContainer):
            _invoke(operations, operation)
        else:
            operations.invoke(operation)


if __name__ == "__main__":
    main(*sys.argv[1:])
