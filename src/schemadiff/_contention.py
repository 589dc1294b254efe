"""What another session's work at the same moment makes fail, and what passes with it."""

from __future__ import annotations

UPDATES = ("simple_heap_update", "simple_heap_delete")


def changed_meanwhile(error: BaseException) -> bool:
    """Whether a statement failed since another session changed the same row of a system catalog at that moment
    (``tuple concurrently updated``): the rights of one table, a role, a setting. Asked again, it meets the new row.

    PostgreSQL has no code of its own for it and translates the message, but not the name of the function that says it.
    https://www.postgresql.org/docs/current/protocol-error-fields.html"""
    said = getattr(error, "diag", None)
    return said is not None and said.sqlstate == "XX000" and said.source_function in UPDATES
