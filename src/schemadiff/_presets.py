"""What hosted PostgreSQL offerings, and migration tools, put into a database of their own accord, as patterns of a
scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Preset:
    """Schemas and objects that are the service's, not the user's: see ``Scope`` for the patterns."""

    service: str
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


HISTORIES = ("alembic", "dbmate", "flyway", "golang-migrate")
"""The presets of migration tools, each called like the kind of source that its histories are."""


def _granted(*roles: str) -> tuple[str, ...]:
    """What is granted to a service's roles, and what they grant by default."""
    return tuple(
        f"{what}" for role in roles for what in (f"privilege:*.{role}", f"default_privilege:{role}.*",
                                                 f"default_privilege:*.{role}")
    )  # fmt: skip


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "aiven": Preset("Aiven", ("aiven_extras",), _granted("aiven*", "avnadmin")),
        "alembic": Preset("Alembic", (), ("table:*.alembic_version",)),
        "dbmate": Preset("dbmate", (), ("table:*.schema_migrations",)),
        "flyway": Preset("Flyway", (), ("table:*.flyway_schema_history",)),
        "golang-migrate": Preset("golang-migrate", (), ("table:*.schema_migrations",)),
        "azure": Preset("Azure Database for PostgreSQL", ("azure", "azure_*"), _granted("azure*", "azuresu")),
        "cloudsql": Preset("Google Cloud SQL and AlloyDB", ("google_*",), _granted("cloudsql*", "alloydb*")),
        "dms": Preset(
            "AWS Database Migration Service",
            (),
            ("event_trigger:awsdms_*", "table:*.awsdms_*", "function:*.awsdms_*"),
        ),
        "heroku": Preset(
            "Heroku Postgres",
            ("heroku_ext", "_heroku"),
            (
                "event_trigger:extension_before_drop",
                "event_trigger:log_create_ext",
                "event_trigger:log_drop_ext",
                "event_trigger:validate_extension",
            ),
        ),
        "neon": Preset("Neon", ("neon", "neon_auth"), _granted("neon_superuser", "cloud_admin")),
        "rds": Preset(
            "Amazon RDS and Aurora",
            ("rds_tools",),
            (*_granted("rdsadmin", "rds_*", "rdsrepladmin"), "event_trigger:rds_*"),
        ),
        "supabase": Preset(
            "Supabase",
            (
                "auth", "extensions", "graphql", "graphql_public", "net", "pgbouncer", "pgmq", "pgsodium",
                "pgsodium_masks", "realtime", "_realtime", "storage", "supabase_functions",
                "supabase_migrations", "vault", "_analytics", "_supavisor",
            ),
            (
                "publication:supabase_realtime*",
                "event_trigger:issue_*",
                "event_trigger:pgrst_*",
                *_granted("supabase_*", "dashboard_user", "pgbouncer"),
            ),
        ),
        "timescale": Preset("Timescale", ("_timescaledb_*", "timescaledb_*"), _granted("tsdbadmin", "tsdbexplorer")),
    }
)  # fmt: skip
