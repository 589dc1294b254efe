"""A SQLAlchemy MetaData as a source: the statements that SQLAlchemy writes for it."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from .errors import SourceError
from .script import Files, text_files
from .sqltext import ident


def metadata_files(text: str) -> Files:
    """The DDL that SQLAlchemy writes for a ``module:name``, as a file. Raises SourceError where that is no MetaData."""
    from sqlalchemy import create_mock_engine
    from sqlalchemy.dialects import postgresql

    module, _, name = text.partition(":")
    sys.path.insert(0, os.getcwd())
    try:
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise SourceError(f"{text}: {error}") from None
    finally:
        sys.path.remove(os.getcwd())
    metadata = getattr(found, "metadata", found)
    lines: list[str] = []
    # With named parameters a percent sign is one, and is not doubled.
    dialect = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]

    def collect(ddl: Any, *_: Any, **__: Any) -> None:
        lines.append(str(ddl.compile(dialect=dialect)))

    engine = create_mock_engine("postgresql+psycopg://", collect)
    try:
        schemas = sorted({t.schema for t in metadata.tables.values() if t.schema})
        metadata.create_all(engine, checkfirst=False)
    except AttributeError:
        raise SourceError(f"{text}: is a {type(found).__name__}, no SQLAlchemy MetaData") from None
    wanted = [f"create schema if not exists {ident(s)}" for s in schemas] + lines
    return text_files(";\n".join(wanted) + ";\n", text)
