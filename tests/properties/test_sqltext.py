"""Quoting, as PostgreSQL itself reads it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemadiff.scratch import ScratchServer
from schemadiff.sqltext import KEYWORDS, dollar, ident, literal, qualified

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
NASTY = st.text(st.sampled_from("'\"\\$ab_.;\n -/*é"), max_size=12)
NAMES = (TEXT | NASTY).filter(lambda name: 0 < len(name.encode()) <= 63)
BODIES = TEXT | NASTY | st.text("$_1", max_size=9)


@pytest.fixture(scope="module")
def connection(server: ScratchServer) -> Iterator[psycopg.Connection[Any]]:
    with server.database() as url, psycopg.connect(url, autocommit=True) as opened:
        yield opened


@given(texts=st.lists(BODIES, min_size=1, max_size=20))
@pytest.mark.parametrize("conforming", ["on", "off"])
def test_a_literal_is_read_back(
    connection: psycopg.Connection[Any], conforming: str, texts: list[str]
) -> None:
    connection.execute(
        f"set standard_conforming_strings = {conforming}; set escape_string_warning = off".encode()
    )
    statement = "select " + ", ".join(map(literal, texts))
    assert connection.execute(statement.encode()).fetchone() == tuple(texts)


@given(texts=st.lists(BODIES, min_size=1, max_size=20))
def test_a_dollar_quoted_text_is_read_back(connection: psycopg.Connection[Any], texts: list[str]) -> None:
    statement = "select " + ", ".join(map(dollar, texts))
    assert connection.execute(statement.encode()).fetchone() == tuple(texts)


@given(names=st.lists(NAMES, min_size=1, max_size=20))
def test_an_identifier_is_read_back(connection: psycopg.Connection[Any], names: list[str]) -> None:
    cursor = connection.execute(("select " + ", ".join(f"1 as {ident(name)}" for name in names)).encode())
    assert [column.name for column in cursor.description or ()] == names
    ones = connection.execute(f"select parse_ident({literal(qualified(*names))})".encode()).fetchone()
    assert ones == (names,)


def test_every_keyword_that_needs_quotes_gets_them(connection: psycopg.Connection[Any]) -> None:
    """``pg_get_keywords``: all but the unreserved stand somewhere where they cannot be a name."""
    rows = connection.execute("select word from pg_get_keywords() where catcode <> 'U'").fetchall()
    assert {word for (word,) in rows} <= KEYWORDS
    assert all(ident(word) == f'"{word}"' for word in KEYWORDS)
