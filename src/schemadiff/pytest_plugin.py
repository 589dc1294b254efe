"""The pytest plugin: each test that asks for ``schemadiff`` has a fresh database at ``schema.sql``.

Owns options, fixtures and their lives; databases are ``_template``'s. pytest loads this in every suite of an
environment, so it imports nothing until a test asks for a database.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ._template import Database, Template

OPTIONS = {
    "schemadiff_schema": "the schema of the databases: any source of schemadiff; by default 'schema' of its "
    "configuration, else schema/schema.sql",
    "schemadiff_rows": "a .sql file with rows that each database begins with",
    "schemadiff_scratch": "where the server comes from: 'embedded', a server's URL, a folder with PostgreSQL's "
    "programs; by default 'scratch' of the configuration",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, help in OPTIONS.items():
        parser.addini(name, help, type="string", default="")


@pytest.fixture(scope="session")
def schemadiff_template(pytestconfig: pytest.Config) -> Iterator[Template]:
    """What the databases are copied from. Another fixture may copy it too, such as one for a whole module:
    ``with schemadiff_template.database() as database: …``"""
    from ._template import template

    with ExitStack() as made:
        with _told():
            found = made.enter_context(template(*_wanted(pytestconfig)))
        yield found


@pytest.fixture
def schemadiff(schemadiff_template: Template) -> Iterator[Database]:
    """A fresh database at the schema: ``url``, ``sqlalchemy_url``, ``connection`` (psycopg), ``engine`` (SQLAlchemy)."""
    with schemadiff_template.database() as database:
        yield database


def _wanted(config: pytest.Config) -> tuple[str, str | None, str | None]:
    """The schema, the rows, and where the server comes from. Raises UsageError for a configuration that is none."""
    from .config import load

    found, root = load(config.rootpath), config.rootpath
    schema, rows, scratch = (str(config.getini(name)) for name in OPTIONS)
    spec = scratch or (found.scratch if found.scratch != "live" else None)
    return _from_here(schema or found.schema, root), _from_here(rows, root) if rows else None, spec


def _from_here(text: str, root: Path) -> str:
    """A path of pytest's root folder as the working folder has it; any other source as it is."""
    return os.path.relpath(root / text) if (root / text).exists() else text


@contextmanager
def _told() -> Iterator[None]:
    """An error of schemadiff says all in its message: pytest shows that, and not where it was raised."""
    from .errors import SchemadiffError

    try:
        yield
    except SchemadiffError as error:
        raise pytest.fail.Exception(f"schemadiff: {error}", pytrace=False) from None
