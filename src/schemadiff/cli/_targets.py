"""Which databases a command means, and which target they should have."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from .._scope import Scope
    from ..config import Config, Target, Tenants

LIBPQ = ("PGSERVICE", "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER")


@dataclass(frozen=True, slots=True)
class Named:
    """A source with the name that messages call it by."""

    name: str
    text: str = field(repr=False)
    allow: tuple[str, ...] = ()
    """The hazards that the configuration allows there."""
    tenants: Tenants | None = None


def configuration(sandbox: bool = False) -> Config:
    """The configuration of the working folder; with ``--sandbox`` what of it holds whoever has written it."""
    from ..config import load

    found = load(Path.cwd())
    return found.of_stranger() if sandbox else found


def chosen(urls: Sequence[str], targets: Sequence[str], config: Config) -> tuple[Named, ...]:
    """The databases of a call, at least one. Raises UsageError where nothing names one."""
    from ..sources import source

    given = [Named(str(source(url)), source(url).text) for url in urls]
    found = given or ([] if targets else [_from_environment(os.environ)])
    named = [_named(config.target(t)) for t in targets]
    return tuple(d if d.tenants else replace(d, tenants=config.tenants) for d in (*found, *named))


def _named(target: Target) -> Named:
    from ..sources import source

    return Named(target.name, source(target.resolve(os.environ)).text, target.allow, target.tenants)


def _from_environment(environment: Mapping[str, str]) -> Named:
    from ..sources import source

    if url := environment.get("DATABASE_URL"):
        found = source(url)
        return Named(str(found), found.text)
    if any(environment.get(name) for name in LIBPQ):
        return Named(_called(environment), "postgresql://")
    raise UsageError(
        "no database: give its URL, --target NAME of the configuration, DATABASE_URL, or libpq's PG* variables"
    )


def _called(environment: Mapping[str, str]) -> str:
    if service := environment.get("PGSERVICE"):
        return f"service {service}"
    host, user = environment.get("PGHOST", ""), environment.get("PGUSER", "")
    database = environment.get("PGDATABASE") or user
    return f"postgresql://{user + '@' if user else ''}{'' if host.startswith('/') else host}/{database}"


def databases(found: Sequence[Named]) -> tuple[Named, ...]:
    """The same, where only databases will do. Raises UsageError for any other source."""
    from ..sources import source

    for one in found:
        if not source(one.text).live:
            raise UsageError(f"{one.name}: not a database; give a postgresql:// URL")
    return tuple(found)


def whole(database: Named, command: str) -> Named:
    """The database itself. Raises UsageError for one that has a schema for each tenant."""
    if database.tenants is not None:
        raise UsageError(
            f"{database.name}: {command} looks at a whole database, and this one has a schema for each tenant"
        )
    return database


def wanted(to: str | None, config: Config) -> str:
    """The target's source. Raises UsageError where it is none, SourceError where there is no such file."""
    from ..sources import Reader, source

    found = source(to or config.schema)
    if found.in_files:
        Reader("sandbox" if config.sandbox else None).files(found).digest()
    return found.text


def scratch_spec(option: str | None, config: Config, *sources: Named) -> str | None:
    """Where scratch databases come from; ``live`` is the server of the first database among the sources.

    Raises UsageError where that server cannot be a sandbox, and one is wanted."""
    from ..sources import source

    spec = option or config.scratch
    if config.sandbox:
        from ..scratch import sandboxed

        return sandboxed(spec)
    if spec != "live":
        return spec
    for one in sources:
        if source(one.text).live:
            return one.text
    raise UsageError(f"--scratch live: no database among {', '.join(one.name for one in sources)}")


def within(config: Config, soft_drop: bool) -> Scope:
    """The scope of the configuration, with what the call adds."""
    return replace(config.scope, soft_drop=True) if soft_drop else config.scope
