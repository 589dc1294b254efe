"""What PostgreSQL shows to some roles alone is left out for the others, and never keeps them from reading."""

from __future__ import annotations

import psycopg
import pytest

from schemadiff.catalog import read_from
from schemadiff.kinds.subscription import Subscription
from schemadiff.kinds.user_mapping import UserMapping
from schemadiff.model import Id
from schemadiff.scratch import ScratchServer

SETUP = """
    create foreign data wrapper w;
    create server s foreign data wrapper w;
    create user mapping for public server s options (password 'secret');
    create subscription sub connection 'host=x password=secret' publication p with (connect = false, slot_name = none);
"""


@pytest.mark.parametrize(
    ("role", "options", "connection"),
    [("sees_all", (("password", "secret"),), "host=x password=secret"), ("sees_little", (), None)],
)
def test_secrets(
    server: ScratchServer,
    database: str,
    role: str,
    options: tuple[tuple[str, str], ...],
    connection: str | None,
) -> None:
    server.ensure_roles([role])
    with psycopg.connect(database, autocommit=True) as session:
        session.execute(SETUP.encode())
        session.execute(f"alter role {role} {'superuser' if role == 'sees_all' else 'nosuperuser'}".encode())
        session.execute(f"set session authorization {role}".encode())
        facts = read_from(session).facts
    mapping, subscription = facts[Id("user_mapping", ("s", "public"))], facts[Id("subscription", ("sub",))]
    assert isinstance(mapping, UserMapping)
    assert isinstance(subscription, Subscription)
    assert mapping.options == options
    assert subscription.connection == connection
    assert subscription.publications == ("p",)
