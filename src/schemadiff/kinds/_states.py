"""The enabled states that triggers, rules and event triggers share, by their letter in the catalogs."""

from __future__ import annotations

from ..model import Fact
from ..sqltext import ident, qualified

STATES = {"O": "enable", "D": "disable", "R": "enable replica", "A": "enable always"}


def on_table(what: str, fact: Fact, state: str, only: str = "") -> str:
    """The statement that gives a rule or a trigger of a table (``what``) a state; ``only`` leaves partitions out."""
    *table, name = fact.id.path
    return f"alter table {only}{qualified(*table)} {STATES[state]} {what} {ident(name)}"
