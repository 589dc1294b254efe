"""Schema as code for PostgreSQL: one schema.sql, and a proven migration there and back."""

from ._api import Plan, diff, plan, read

__all__ = ["Plan", "diff", "plan", "read"]
