"""Parameters as drivers write them, read as PostgreSQL's."""

from __future__ import annotations

import pytest

from schemadiff.script.parameters import readings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("select :a, :b, :a", "select $1, $2, $1"),
        ("select :'a'::int, x::int", "select $1::int, x::int"),
        ("select %(a)s, %(b)s::int, '%%' like %(a)s", "select $1, $2::int, '%' like $1"),
        ("select %s, %s", "select $1, $2"),
        ("select 7 %% %s", "select 7 % $1"),
        ("select 7 % 3", "select 7 % 3"),
        ("select $2, :a", "select $2, $3"),
        ("select @id, @id", "select $1, $1"),
        ("select a @> b, c <@ d", "select a @> b, c <@ d"),
        ("select ':a', \"%s\", $$ :b $$ -- :c", "select ':a', \"%s\", $$ :b $$ -- :c"),
        ("select :a and x", "select $1 and x"),
    ],
)
def test_named_parameters(text: str, meant: str) -> None:
    assert readings(text)[0] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("select ?, ?", "select $1, $2"),
        ("select id=?", "select id=$1"),
        ("select data ?? 'a', ?", "select data ? 'a', $1"),
        ("select data ?| :a, ?", "select data ?| $1, $2"),
    ],
)
def test_question_marks_are_tried_second(text: str, meant: str) -> None:
    assert meant in readings(text)[1:]


def test_the_text_as_it_stands_is_tried_last() -> None:
    assert readings("select a[1:n]") == ("select a[1$1]", "select a[1:n]")
    assert readings("select 1") == ("select 1",)


def test_each_use_of_a_name_may_be_of_its_own_type() -> None:
    assert readings("select :a, :a")[:2] == ("select $1, $1", "select $1, $2")
