"""A kind is one file of data that says all there is to know; the machinery names none."""

from __future__ import annotations

import ast
import hashlib
import re
from dataclasses import fields
from typing import Any

import pytest

from schemadiff.catalog._json import FORMAT
from schemadiff.kinds import Kind, kinds
from schemadiff.model import Fact

from .source import Module, modules, named, within

NAMELESS = (
    "_diff", "graph", "_plan", "prove", "catalog._read", "catalog._json", "catalog._frame", "catalog._fingerprint",
    "engine._changes", "engine._actions", "engine._action_edges", "engine._order", "engine._steps",
)  # fmt: skip
"""Modules that must work for a kind that they have never heard of."""

ALSO_ENGLISH = """
    attribute cast column comment default function identity index language operator owner partition
    policy privilege role rule schema sequence server statistics table trigger type view
"""
"""Words that a message may use; as a whole string they are still a kind's name."""

OF_PYTHON = {"index", "partition", "default"}
"""Attributes of Python's own: of lists, of strings, of a dataclass's fields."""

BASE = frozenset(f.name for f in fields(Fact))
DEFAULTS = {f.name: f.default for f in fields(Kind)}
EVERY_KIND = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))


@pytest.mark.parametrize("name", NAMELESS)
def test_no_kind_is_named(name: str) -> None:
    found = [f"line {line}: {text!r}" for line, text in named(name).strings() if names_a_kind(text)]
    found += [f"line {node.lineno}: {node.attr}" for node in ast.walk(named(name).tree) if reads_a_kind(node)]
    assert found == []


def test_the_search_for_names_finds_them() -> None:
    assert names_a_kind("owner")
    assert names_a_kind("drop the domain_constraint first")
    assert names_a_kind("materialized views")
    assert not names_a_kind("alter the owner of it")
    assert reads_a_kind(ast.parse("kinds.owner", mode="eval").body)


def names_a_kind(text: str) -> bool:
    if text in kinds():
        return True
    words = set(re.findall(r"\w+", text))
    return bool(words & (kinds().keys() - set(ALSO_ENGLISH.split()))) or any(
        t in text for t in titles() if " " in t
    )


def titles() -> list[str]:
    return [kind.title for kind in kinds().values()]


def reads_a_kind(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in kinds().keys() - OF_PYTHON


def kind_modules() -> list[Module]:
    return [m for m in within("kinds") if not m.path.stem.startswith("_")]


@pytest.mark.parametrize("module", kind_modules(), ids=lambda m: m.name)
def test_each_module_exports_one_kind_of_its_own_name(module: Module) -> None:
    assigned = [t.id for node in module.tree.body for t in targets(node) if t.id == "KIND"]
    assert assigned == ["KIND"]
    assert module.path.stem in kinds()


def targets(node: ast.stmt) -> list[ast.Name]:
    found = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return [t for t in found if isinstance(t, ast.Name)]


@EVERY_KIND
def test_every_compared_field_has_a_rule(kind: Kind[Any]) -> None:
    compared = {f.name for f in fields(kind.fact) if f.compare} - BASE
    assert compared == set(kind.changes)


@EVERY_KIND
def test_every_other_field_has_a_reason(kind: Kind[Any]) -> None:
    others = {f.name for f in fields(kind.fact) if not f.compare} - BASE
    assert others == set(kind.ignored)
    assert all(kind.ignored.values())


@EVERY_KIND
def test_what_is_not_written_by_migra_says_why(kind: Kind[Any]) -> None:
    verbs = {"create", "drop", *(["replace"] if kind.changes else [])}
    assert kind.migra <= {"create", "drop", "replace"}
    always = kind.migra_when is DEFAULTS["migra_when"]
    assert kind.why_not_migra or (verbs <= kind.migra and always)


@EVERY_KIND
def test_every_kind_names_itself(kind: Kind[Any]) -> None:
    assert kind.name.isidentifier()
    assert kind.title
    assert kind.satellite == (
        kind.catalog is None and kind.parent is None and "target_class" in text_of(kind)
    )


def text_of(kind: Kind[Any]) -> str:
    return kind.query(180000) if callable(kind.query) else kind.query


@EVERY_KIND
def test_a_kind_that_cannot_be_made_alone_stands_below_another(kind: Kind[Any]) -> None:
    if kind.create is None or kind.drop is None:
        assert kind.parent is not None or kind.satellite


@EVERY_KIND
def test_only_what_stands_in_its_parent_has_a_place_there(kind: Kind[Any]) -> None:
    if kind.after_inline is not DEFAULTS["after_inline"] or kind.order is not DEFAULTS["order"]:
        assert kind.inline is not None


def test_no_module_but_the_kinds_and_the_census_lists_them() -> None:
    """Nothing else has a list of kinds that a new one would have to be added to. The witness knows what pg_dump calls
    otherwise, so that it finds what is ignored without asking the kinds."""
    few = 12
    lists = {
        module.name
        for module in modules()
        if module not in within("kinds")
        and len({text for _, text in module.strings()} & kinds().keys()) >= few
    }
    assert lists <= {"catalog._census", "engine.migra", "_witness._view"}


SHAPES = {7: "3474d3bd0956b3f9"}
"""What the facts of a snapshot are, by its format: its rows have the values in the order of the fields."""


def test_another_shape_of_facts_is_another_format() -> None:
    shape = [
        (kind.name, [(f.name, f.type) for f in fields(kind.fact)]) for _, kind in sorted(kinds().items())
    ]
    assert SHAPES[FORMAT] == hashlib.sha256(repr(shape).encode()).hexdigest()[:16]
