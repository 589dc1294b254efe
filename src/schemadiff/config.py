"""The configuration: ``schemadiff.toml``, or ``[tool.schemadiff]`` of ``pyproject.toml``. Opens no database.

    schema = "schema/schema.sql"    the target: any source
    snapshots = "snapshots"         the folder of compiled schemas
    scratch = "embedded"            where scratch databases come from
    sandbox = true                  whether sources are loaded with few rights
    strategy = "online"             how plans treat tables in use: online or simple
    lock_timeout, statement_timeout, retries, wait    how long an apply waits: see ``_patience``
    allow = ["DELETES_DATA"]        hazards that need no word on the command line
    rewrite_limit = "100 MB"        size of a table up to which a rewrite, or a scan under a lock, needs none either
    schemas, exclude, ignore, presets, owners, privileges, comments, tablespaces, column_order,
    manage_roles, soft_drop    the scope: see ``_scope``
    schema_per_tenant = "tenant_*"  schemas that must each be like the one that the schema describes: see ``_tenants``
    tenant_schema = "public"        what the schema calls that one
    preflight_timeout = "5s"        how long a question to the rows may take; "0" asks none
    preflight_examples = true       whether plans and messages may show values of rows
    [lint]
    prefer-text-field = "off"       the level of a rule of lint: off, note, warning or error
    [[waiver]]                      a difference that a check does not fail for: see ``_waivers``
    object = "index:app.*"
    reason, owner, until
    [targets.NAME]
    url = "postgresql://…"          or url_env = "VARIABLE"
    allow = ["REWRITES_TABLE"]      hazards that need no word for this database
    schema_per_tenant, tenant_schema    as above, for this database

Paths are relative to the file. It is looked for in the working folder and upward.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ._findings import DEFAULT_ASKING, Asking
from ._patience import Patience, duration
from ._presets import HISTORIES, PRESETS
from ._scope import EVERYTHING, Scope
from ._waivers import Waiver
from .errors import UsageError

SCHEMA, SNAPSHOTS = "schema/schema.sql", "snapshots"
REWRITE_LIMIT = 100 * 2**20
"""Bytes of a table up to which a rewrite or a scan is over before anybody minds."""
UNITS: Mapping[str, int] = {"B": 1, "kB": 2**10, "MB": 2**20, "GB": 2**30, "TB": 2**40}
KEYS: Mapping[str, type] = {
    "schema": str,
    "snapshots": str,
    "scratch": str,
    "strategy": str,
    "lock_timeout": str,
    "statement_timeout": str,
    "retries": int,
    "wait": str,
    "sandbox": bool,
    "allow": list,
    "rewrite_limit": str,
    "schema_per_tenant": str,
    "tenant_schema": str,
    "preflight_timeout": str,
    "preflight_examples": bool,
    "targets": dict,
    "lint": dict,
    "waiver": list,
} | {f.name: bool if isinstance(f.default, bool) else list for f in fields(Scope)}
TARGET_KEYS: Mapping[str, type] = {
    "url": str,
    "url_env": str,
    "allow": list,
    "schema_per_tenant": str,
    "tenant_schema": str,
}
WAIVER_KEYS: Mapping[str, type] = {"object": str, "reason": str, "owner": str, "until": date}
CALLED: Mapping[type, str] = {
    date: "a date, such as 2026-12-31 without quotes",
    bool: "true or false",
    int: "a number",
    str: "a string",
    list: "a list of strings",
    dict: "a table",
}
NEITHER: Mapping[type, type] = {int: bool, date: datetime}
"""What Python takes for the other, and the configuration does not."""


@dataclass(frozen=True, slots=True)
class Tenants:
    """``pattern`` is a glob of the schemas that are tenants', ``schema`` what the target calls the one of each."""

    pattern: str
    schema: str = "public"


@dataclass(frozen=True, slots=True)
class Target:
    """A database by name: its URL, or the environment variable that holds it, what is allowed there, and its tenants
    where they are others than those of the configuration."""

    name: str
    url: str = field(default="", repr=False)
    url_env: str = ""
    allow: tuple[str, ...] = ()
    tenants: Tenants | None = None

    def resolve(self, environment: Mapping[str, str]) -> str:
        """The URL. Raises UsageError where the variable is not set."""
        found = self.url or environment.get(self.url_env, "")
        if not found:
            raise UsageError(
                f"target {self.name}: the environment variable {self.url_env} is not set; set it to a URL"
            )
        return found


@dataclass(frozen=True, slots=True)
class Config:
    """What the configuration says; ``path`` is None where there is none."""

    path: Path | None = None
    schema: str = SCHEMA
    snapshots: str = SNAPSHOTS
    scratch: str | None = None
    strategy: str | None = None
    patience: Patience = field(default_factory=Patience)
    sandbox: bool = False
    allow: tuple[str, ...] = ()
    rewrite_limit: int = REWRITE_LIMIT
    """In bytes."""
    asking: Asking = DEFAULT_ASKING
    targets: tuple[Target, ...] = ()
    scope: Scope = EVERYTHING
    lint: tuple[tuple[str, str], ...] = ()
    """The level of rules by name; which there are is ``lint``'s."""
    waivers: tuple[Waiver, ...] = ()
    tenants: Tenants | None = None
    distrusted: bool = False
    """Whether it may have been written by whoever wrote the schema, so that it names no place outside of its folder."""

    def of_stranger(self) -> Config:
        """What of it holds for a sandbox: neither databases nor programs, and only files below its folder.

        Raises UsageError where it names others."""
        home = self.path.parent if self.path else Path.cwd()
        sourced = self.schema == "empty" or self.schema.startswith("git:")
        named = {"snapshots": self.snapshots} | ({} if sourced else {"schema": self.schema})
        for key, text in named.items():
            if not _is_inside(text, home):
                raise UsageError(
                    f"{key} = {text!r}: --sandbox takes only files below {home} from the configuration, none of them "
                    "hidden; give another with --to"
                )
        return replace(self, targets=(), scratch=None, sandbox=True, distrusted=True)

    @property
    def asks(self) -> Asking:
        """How rows are asked: not at all for the schema of a stranger, whose expressions the database would run."""
        return replace(self.asking, timeout=0.0) if self.sandbox else self.asking

    def target(self, name: str) -> Target:
        """The target of a name. Raises UsageError, with those there are."""
        for found in self.targets:
            if found.name == name:
                return found
        known = ", ".join(t.name for t in self.targets) or "none"
        if self.distrusted:
            raise UsageError(
                f"--sandbox and --target {name}: the configuration may be of whoever wrote the schema; give the "
                "database by its URL or DATABASE_URL"
            )
        where = self.path.name if self.path else "no schemadiff.toml here or above"
        raise UsageError(f"target {name}: not in the configuration ({where}); it has: {known}")


def _is_inside(text: str, home: Path) -> bool:
    """Whether a place that the configuration names is below a folder, links followed, and no hidden one."""
    inside = os.path.relpath(os.path.realpath(text), os.path.realpath(home)).split(os.sep)
    return "://" not in text and "=" not in text and not any(part.startswith(".") for part in inside)


def load(folder: Path) -> Config:
    """The configuration that holds in a folder. Raises UsageError for a key or value that it cannot have."""
    for place in (folder, *folder.parents):
        path = place / "schemadiff.toml"
        if path.is_file():
            return _config(_read(path), path, folder)
        path = place / "pyproject.toml"
        if path.is_file() and (found := _read(path).get("tool", {}).get("schemadiff")) is not None:
            return _config(found, path, folder)
    return Config()


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None


def _config(found: dict[str, Any], path: Path, folder: Path) -> Config:
    _verify({key: value for key, value in found.items() if key != "waiver"}, KEYS, f"{path.name}")
    targets = tuple(_target(name, value, path) for name, value in found.get("targets", {}).items())
    return Config(
        path=path,
        schema=_from_here(found.get("schema", SCHEMA), path.parent, folder),
        snapshots=_from_here(found.get("snapshots", SNAPSHOTS), path.parent, folder),
        scratch=found.get("scratch"),
        strategy=found.get("strategy"),
        patience=_patience(found, path.name),
        sandbox=found.get("sandbox", False),
        allow=tuple(found.get("allow", ())),
        rewrite_limit=_size(found["rewrite_limit"], path.name) if "rewrite_limit" in found else REWRITE_LIMIT,
        asking=_asking(found, path.name),
        targets=targets,
        scope=_scope(found, path.name),
        lint=_lint(found.get("lint", {}), path.name),
        waivers=_waivers(found.get("waiver", []), path.name),
        tenants=_tenants(found, path.name),
    )


def _lint(found: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    for rule, level in found.items():
        if not isinstance(level, str):
            raise UsageError(f'{where}, lint: {rule} must be "off", "note", "warning" or "error"')
    return tuple(found.items())


def _waivers(found: Any, where: str) -> tuple[Waiver, ...]:
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise UsageError(f"{where}: waiver must be tables, each of which begins with [[waiver]]")
    return tuple(_waiver(table, f"{where}, waiver {n}") for n, table in enumerate(found, 1))


def _waiver(found: dict[str, Any], where: str) -> Waiver:
    _verify(found, WAIVER_KEYS, where)
    lacking = [key for key in WAIVER_KEYS if not found.get(key)]
    if lacking:
        raise UsageError(
            f"{where}: {', '.join(lacking)} missing; a waiver has an object, a reason, an owner and an end"
        )
    return Waiver(**found)


def _patience(found: dict[str, Any], where: str) -> Patience:
    texts = {n: found[n] for n in ("lock_timeout", "statement_timeout", "wait") if n in found}
    times = {name: duration(text, f"{where}: {name}") for name, text in texts.items()}
    retries = found.get("retries", Patience().retries)
    if retries < 0:
        raise UsageError(f"{where}: retries must be 0 or more")
    return Patience(**times, retries=retries)


def _asking(found: dict[str, Any], where: str) -> Asking:
    text, examples = found.get("preflight_timeout"), found.get("preflight_examples", True)
    timeout = duration(text, f"{where}: preflight_timeout") if text is not None else DEFAULT_ASKING.timeout
    return Asking(timeout, examples)


def _scope(found: dict[str, Any], where: str) -> Scope:
    """Raises UsageError for a preset that is not there."""
    names = (f.name for f in fields(Scope))
    given: dict[str, Any] = {n: _frozen(found[n]) for n in names if n in found}
    scope = Scope(**given)
    for name in scope.presets:
        if name not in PRESETS:
            raise UsageError(f"{where}: unknown preset {name!r}; known are {', '.join(PRESETS)}")
    return scope


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _target(name: str, found: Any, path: Path) -> Target:
    where = f"{path.name}, targets.{name}"
    if not isinstance(found, dict):
        raise UsageError(f'{where}: must be a table with url = "…" or url_env = "…"')
    _verify(found, TARGET_KEYS, where)
    if len(found.keys() & {"url", "url_env"}) != 1:
        raise UsageError(f'{where}: needs either url = "…" or url_env = "…"')
    of = {key: _frozen(value) for key, value in found.items() if key in ("url", "url_env", "allow")}
    return Target(name, **of, tenants=_tenants(found, where))


def _tenants(found: Mapping[str, Any], where: str) -> Tenants | None:
    """Raises UsageError for the name of a schema that stands for no tenant's."""
    if "schema_per_tenant" not in found:
        if "tenant_schema" in found:
            raise UsageError(f"{where}: tenant_schema says nothing without schema_per_tenant")
        return None
    return Tenants(found["schema_per_tenant"], found.get("tenant_schema", "public"))


def _size(text: str, where: str) -> int:
    """A size in the units of PostgreSQL's settings, in bytes. Raises UsageError."""
    number = text.rstrip("".join({letter for unit in UNITS for letter in unit})).strip()
    unit = text.removeprefix(number).strip()
    if not (number.isascii() and number.isdigit()) or unit not in UNITS:
        raise UsageError(
            f'{where}: rewrite_limit {text!r}: write a size like "100 MB"; the units are {", ".join(UNITS)}'
        )
    return int(number) * UNITS[unit]


def _verify(found: dict[str, Any], keys: Mapping[str, type], where: str) -> None:
    for key, value in found.items():
        if key not in keys:
            raise UsageError(f"{where}: unknown key {key!r}; known are {', '.join(keys)}")
        whole = isinstance(value, keys[key]) and not isinstance(value, NEITHER.get(keys[key], ()))
        if not whole or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
            raise UsageError(f"{where}: {key} must be {CALLED[keys[key]]}")


def _from_here(text: str, home: Path, folder: Path) -> str:
    """A path of the configuration as one from the working folder; other sources stay as they are."""
    scheme, colon, path = text.partition(":")
    if colon and scheme in HISTORIES:
        return f"{scheme}:{_from_here(path, home, folder)}"
    if home == folder or Path(text).is_absolute() or text == "empty" or ":" in text:
        return text
    return os.path.relpath(home / text, folder)
