"""Who may import what."""

from __future__ import annotations

import sys

import pytest

from .source import Module, modules, named, within

FOUNDATION = ("errors", "_facts", "_edges", "_index", "model", "sqltext")

OWNERS = {
    "migra": ("engine.migra",),
    "schemainspect": ("engine.migra",),
    # Sources read URLs by libpq's rules; scripts are compiled in a database; renames are tried on a clone; the demo makes
    # the databases that it shows; the preflight asks rows; the witness names a clone to pg_dump; a copy of a template is
    # there to be connected to; Alembic is given a URL in parts.
    "psycopg": (
        "catalog",
        "scratch",
        "_apply",
        "prove",
        "script",
        "sources",
        "_compile",
        "_copies",
        "_renames",
        "_soft_drop",
        "_template",
        "demo",
        "_preflight",
        "_witness._asking",
        "_alembic",
    ),
    "typer": ("cli",),
    "pytest": ("pytest_plugin",),
    "rich": ("cli", "report.text"),
    "jinja2": ("report.html",),
    "markupsafe": ("report.html",),
    "graphlay": ("report.diagram.layout",),
}
"""Packages of others, each with the only modules that may import it."""

REGULAR_EXPRESSIONS = {
    "kinds._conninfo": "finds the password in a connection string of libpq, which is no SQL",
    "cli._main": "keeps the password of a mistyped URL out of a message",
    "report.marks": "splits two definitions into words to mark where they differ",
    "sqltext": "tells a plain name from one to quote",
    "script": "a psql script is text until it is run",
    "scratch.binaries": "reads version numbers out of what programs print and of file names",
}
"""Modules that may import ``re``, each with why that does not read the meaning of SQL."""


def names(found: tuple[Module, ...]) -> list[str]:
    return [module.name for module in found]


@pytest.mark.parametrize("name", FOUNDATION)
def test_the_foundation_imports_the_standard_library_alone(name: str) -> None:
    module = named(name)
    assert all(name.startswith(("_facts", "_edges", "_index")) for name in module.ours)
    assert module.foreign <= sys.stdlib_module_names


@pytest.mark.parametrize("name", ["_diff", "graph"])
def test_diff_and_graph_import_only_the_foundation(name: str) -> None:
    module = named(name)
    assert {n.partition(".")[0] for n in module.ours} <= set(FOUNDATION)
    assert module.foreign <= sys.stdlib_module_names


@pytest.mark.parametrize("module", within("kinds"), ids=lambda m: m.name)
def test_a_kind_imports_no_other_kind_and_no_driver(module: Module) -> None:
    if module.name == "kinds":
        return
    allowed = {*FOUNDATION, *(m.name for m in within("kinds") if m.path.stem.startswith("_"))}
    assert {n for n in module.ours if not any(n == a or n.startswith(a + ".") for a in allowed)} == set()
    assert module.foreign <= sys.stdlib_module_names


@pytest.mark.parametrize("package", sorted(OWNERS))
def test_a_package_of_others_is_imported_by_its_owners_alone(package: str) -> None:
    users = {m.name for m in modules() if package in m.foreign}
    assert users <= set(names(within(*OWNERS[package])))


def test_nobody_imports_the_command_line() -> None:
    outside = [m for m in modules() if m not in within("cli", "__main__")]
    assert [m.name for m in outside if any(n == "cli" or n.startswith("cli.") for n in m.ours)] == []


def test_layers_look_down_only() -> None:
    """The layers: what reads and compares knows nothing of what plans, and that nothing of what runs and shows."""
    above = {
        "catalog": ("engine", "_plan", "prove", "_apply", "report", "sources", "_api"),
        "kinds": ("catalog", "engine", "_plan", "prove", "_apply", "report", "sources", "_api"),
        "engine": ("_plan", "prove", "_apply", "report", "sources", "_api", "scratch", "script"),
        "scratch": (
            "catalog",
            "kinds",
            "engine",
            "_plan",
            "prove",
            "_apply",
            "report",
            "sources",
            "_api",
            "model",
        ),
        "_plan": ("prove", "_apply", "report", "sources", "_api", "scratch", "script"),
    }
    wrong = {
        f"{module.name} imports {name}"
        for lower, forbidden in above.items()
        for module in within(lower)
        for name in module.ours
        if any(name == f or name.startswith(f + ".") for f in forbidden)
    }
    assert wrong == set()


def test_only_some_modules_use_regular_expressions() -> None:
    allowed = set(names(within(*REGULAR_EXPRESSIONS)))
    assert {m.name for m in modules() if "re" in m.foreign} - allowed == set()


def test_every_exception_is_needed() -> None:
    """An allowance that nobody uses goes."""
    for name in REGULAR_EXPRESSIONS:
        assert any("re" in m.foreign for m in within(name)), name
    for package, owners in OWNERS.items():
        assert any(package in m.foreign for m in within(*owners)), package


def test_no_other_driver() -> None:
    assert [m.name for m in modules() if m.foreign & {"psycopg2", "asyncpg", "pg8000"}] == []
