"""The words of directives, and the part of a statement that they are about."""

from __future__ import annotations

import pytest

from schemadiff.errors import LoadError
from schemadiff.script import Directive, Mapped, Place, Renamed, parse_script, place, said

WORDS = {
    "renamed from Old": Renamed(("old",), "Old"),
    'renamed from "Old ""1"" name"': Renamed(('Old "1" name',), 'Old "1" name'),
    "renamed from app . users": Renamed(("app", "users"), "users"),
    "renamed  FROM 'It''s'": Renamed(("It's",), "It's"),
    "map 'a ''b''' to 'c'": Mapped("a 'b'", "c"),
}


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert said(Directive(text, "a.sql", 1)) == WORDS[text]


@pytest.mark.parametrize(
    "text", ["", "renamed", "renamed from", "renamed from a.", "renamed from a,b", "map 'a'"]
)
def test_no_words(text: str) -> None:
    with pytest.raises(LoadError, match=r"^a.sql:7: ") as caught:
        said(Directive(text, "a.sql", 7))
    assert caught.value.line == 7


PLACES = {
    "-- schemadiff: x\ncreate table t (a int);": Place("statement"),
    "create table t ( -- schemadiff: x\n a int);": Place("statement"),
    "create table t (a int); -- schemadiff: x": Place("statement"),
    "create table t (\n-- schemadiff: x\n-- another\n/* one */ A int);": Place("element", "a"),
    'create table t (\n  "A b" int -- schemadiff: x\n);': Place("element", "A b"),
    "create table t (\n  a int\n  , b int -- schemadiff: x\n);": Place("element", "b"),
    "create table t (a int\n-- schemadiff: x\n, constraint C check (a > 0));": Place("constraint", "c"),
    "create type e as enum (\n-- schemadiff: x\n'It''s');": Place("label", "It's"),
    "alter table t\n-- schemadiff: x\nadd column if not exists b int;": Place("element", "b"),
    "alter table t\n-- schemadiff: x\nadd b int;": Place("element", "b"),
    "alter table t\n-- schemadiff: x\nadd constraint c check (true);": Place("constraint", "c"),
    "alter type t\n-- schemadiff: x\nadd attribute b int;": Place("element", "b"),
    "alter type t\n-- schemadiff: x\nadd value if not exists 'b';": Place("label", "b"),
    "create table t (\n-- schemadiff: x\nadd int);": Place("element", "add"),
}


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    script = parse_script(text, "a.sql")
    (directive,) = script.directives
    assert directive.statement == 0
    assert place(directive, script.statements[0]) == PLACES[text]
