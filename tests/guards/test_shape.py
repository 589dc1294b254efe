"""The size and the outside of modules and functions."""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterator

import pytest

import schemadiff
from schemadiff._draft import draft
from schemadiff.catalog import to_json
from schemadiff.model import Catalog, Facts, Server

from .source import PACKAGE, Module, modules

LONGEST_FUNCTION, LONGEST_FILE = 60, 400


def test_every_module_says_what_it_owns() -> None:
    assert [m.name for m in modules() if not ast.get_docstring(m.tree)] == []


def test_files_are_short() -> None:
    assert [m.name for m in modules() if len(m.text.splitlines()) > LONGEST_FILE] == []


def test_functions_are_short() -> None:
    every = [(m, f) for m in modules() for f in functions(m)]
    assert [f"{m.name}.{f.name}: {lines(f)} lines" for m, f in every if lines(f) > LONGEST_FUNCTION] == []


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


WITH_NAMES = [m for m in modules() if "__all__ =" in m.text]


@pytest.mark.parametrize("module", WITH_NAMES, ids=lambda m: m.name or PACKAGE)
def test_public_names_are_sorted_and_real(module: Module) -> None:
    found = [
        n
        for n in module.tree.body
        if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "__all__"
    ]
    for node in found:
        names = ast.literal_eval(node.value)
        assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
        loaded = importlib.import_module(f"{PACKAGE}.{module.name}".rstrip("."))
        assert [n for n in names if not hasattr(loaded, n)] == []


def test_the_package_is_its_public_names_and_nothing_else() -> None:
    (module,) = (m for m in modules() if m.name == "")
    assert schemadiff.__all__ == sorted(schemadiff.__all__)
    assert [f.name for f in functions(module)] in ([], ["__getattr__"])
    assert not any(isinstance(node, ast.ClassDef) for node in module.tree.body)


def test_no_module_keeps_state() -> None:
    """A module's variables are constants; none is assigned again."""
    assert [m.name for m in modules() if any(isinstance(n, ast.Global) for n in ast.walk(m.tree))] == []


def test_equality_is_never_written_by_hand() -> None:
    special = {"__eq__", "__hash__", "__ne__"}
    assert [m.name for m in modules() if special & {f.name for f in functions(m)}] == []


def test_what_is_written_to_a_file_carries_a_format() -> None:
    empty = Catalog(facts=Facts.of([]), edges=frozenset(), server=Server(180000, "postgres"))
    snapshot = json.loads(to_json(empty))
    plan = json.loads(draft(empty, empty, ("a", "b")).finished().to_json())
    assert isinstance(snapshot["format"], int)
    assert isinstance(plan["format"], int)
