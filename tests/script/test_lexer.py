"""Where statements end: psql's rules for quotes, comments, parentheses and routine bodies."""

from __future__ import annotations

import pytest

from schemadiff.errors import LoadError
from schemadiff.script import parse_script
from schemadiff.script.lexer import tokens


def texts(sql: str) -> list[str]:
    return [statement.text for statement in parse_script(sql, "t.sql").statements]


SPLITS = {
    "two": ("select 1; select 2;", ["select 1", "select 2"]),
    "no end": ("select 1;\nselect 2", ["select 1", "select 2"]),
    "empty statements": (";; ;\n;", []),
    "only comments": ("-- a; b\n/* c; */", []),
    "semicolon in string": ("select 'a;b''c;';select 2", ["select 'a;b''c;'", "select 2"]),
    "backslash ends a plain string": (r"select '\'; select ';'", [r"select '\'", "select ';'"]),
    "escape string": (r"select E'\';'; select 2", [r"select E'\';'", "select 2"]),
    "escape string goes on": ("select e'a'\n'\\';'; select 2", ["select e'a'\n'\\';'", "select 2"]),
    "escape string goes on behind a comment": (
        "select e'a' -- '\n  '\\';'; select 2",
        ["select e'a' -- '\n  '\\';'", "select 2"],
    ),
    "name ends in e": ("select type'a\\'; select 2", ["select type'a\\'", "select 2"]),
    "unicode string": (r"select U&'\'';'; select 2", [r"select U&'\'';'", "select 2"]),
    "national, bits, hex": ("select n';', b'1;', X'f;'; x", ["select n';', b'1;', X'f;'", "x"]),
    "quoted name": ('select 1 as "a;""b;"; select 2', ['select 1 as "a;""b;"', "select 2"]),
    "unicode name": ('select 1 as U&"a;"";"; x', ['select 1 as U&"a;"";"', "x"]),
    "dollar": ("select $$;'$$; select 2", ["select $$;'$$", "select 2"]),
    "dollar tags": ("select $a$;$$;$b$;$a$; x", ["select $a$;$$;$b$;$a$", "x"]),
    "non-ASCII tag": ("select $é$;$é$; x", ["select $é$;$é$", "x"]),
    "dollar inside a name": ("select a$$; select b$$", ["select a$$", "select b$$"]),
    "parameter": ("select $1; select $2", ["select $1", "select $2"]),
    "number then dollar": ("select 1$$;$$; x", ["select 1$$;$$", "x"]),
    "nested comments": ("select /* ; /* ; */ ; */ 1; x", ["select /* ; /* ; */ ; */ 1", "x"]),
    "comment in an operator": ("select 1 +-- ;\n2; x", ["select 1 +-- ;\n2", "x"]),
    "comment behind an operator": ("select 1*/* ; */2; x", ["select 1*/* ; */2", "x"]),
    "trailing comment": ("select 1 -- ;\n; x", ["select 1", "x"]),
    "parentheses": (
        "create rule r as on update to t do (a; b); x",
        ["create rule r as on update to t do (a; b)", "x"],
    ),
    "closing too many": ("select ); x", ["select )", "x"]),
    "begin atomic": (
        "create function f() returns int begin atomic select 1; select case when a then 1 end; end; x",
        ["create function f() returns int begin atomic select 1; select case when a then 1 end; end", "x"],
    ),
    "or replace procedure": (
        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC a; b; END; x",
        ["CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC a; b; END", "x"],
    ),
    "begin elsewhere": ("begin; select 1; end;", ["begin", "select 1", "end"]),
    "case outside of a body": (
        "create function f(a int default case when true then 1 end) returns int return 1; x",
        ["create function f(a int default case when true then 1 end) returns int return 1", "x"],
    ),
    "create table with a column begin": (
        'create table t ("begin" int); create table u (a int); x',
        ['create table t ("begin" int)', "create table u (a int)", "x"],
    ),
    "joined": (r"select 1\; select 2; x", ["select 1; select 2", "x"]),
    "body behind a joined one": (
        r"select 1\; create function f() begin atomic a; end; x",
        ["select 1; create function f() begin atomic a; end", "x"],
    ),
    "colon": (r"select a[1\:n]", ["select a[1:n]"]),
    "windows lines": ("select\r\n1;\r\nx\r\n", ["select\r\n1", "x"]),
    "non-ASCII": ("select 'ü;' as größe; x", ["select 'ü;' as größe", "x"]),
    "byte order mark": ("\ufeffselect 1; x", ["select 1", "x"]),
    "percent and braces": ("select '%s {}' % 1; x", ["select '%s {}' % 1", "x"]),
}


@pytest.mark.parametrize(("sql", "expected"), SPLITS.values(), ids=SPLITS)
def test_splits(sql: str, expected: list[str]) -> None:
    assert texts(sql) == expected


def test_without_conforming_strings_a_backslash_escapes() -> None:
    sql = "set standard_conforming_strings = off; select '\\';'; set standard_conforming_strings to 'on'; select '\\'; x"
    assert texts(sql)[1::2] == ["select '\\';'", "select '\\'"]
    assert texts(sql)[-1] == "x"


@pytest.mark.parametrize(
    ("sql", "what", "line"),
    [
        ("select 1;\nselect 'a;\n\n", "quoted string", 2),
        ("\nselect e'a\\';\n", "quoted string", 2),
        ('select 1;\n\nselect "a;', "quoted name", 3),
        ("select 1;\ncreate function f() as $a$ $$\n;", "dollar-quoted string", 2),
        ("select 1; /* /* */\n;", "comment", 1),
        ("select 1;\nselect\n(1;\n", "parenthesis", 3),
        ("create function f()\nbegin atomic\nselect 1;", "BEGIN", 1),
    ],
)
def test_what_stays_open_is_named_where_it_opens(sql: str, what: str, line: int) -> None:
    with pytest.raises(LoadError, match=what) as caught:
        texts(sql)
    assert (caught.value.file, caught.value.line) == ("t.sql", line)
    assert str(caught.value).startswith(f"t.sql:{line}: ")


def test_lines_and_files() -> None:
    script = parse_script("-- a\n\n  select\n1; select 2;\n/* x\n */ select 3", "dir/t.sql")
    assert [(s.line, s.file) for s in script.statements] == [
        (3, "dir/t.sql"),
        (4, "dir/t.sql"),
        (6, "dir/t.sql"),
    ]


def test_names_as_postgresql_folds_them() -> None:
    found = [token.name for token in tokens('Foo "Foo""x" ÄB')]
    assert found == ["foo", 'Foo"x', "Äb"]
