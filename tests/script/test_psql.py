"""What psql takes beside SQL: variables, conditions, rows, included files; and directives."""

from __future__ import annotations

import pytest

from schemadiff.errors import LoadError
from schemadiff.script import Script, parse_script

FILES = {
    "b.sql": "select 'b';",
    "sub/c.sql": "\\ir d.sql\nselect 'c'",
    "sub/d.sql": "select :'v';\n\\set v changed\n",
    "loop.sql": "\\i loop2.sql",
    "loop2.sql": "select 1;\n\\ir loop.sql",
    "broken.sql": "select 1;\nselect 'a",
    "open.sql": "\\if true\n",
}


def include(path: str) -> str:
    if path not in FILES:
        raise FileNotFoundError(path)
    return FILES[path]


def parse(sql: str) -> Script:
    return parse_script(sql, "a.sql", include=include)


def texts(sql: str) -> list[str]:
    return [" ".join(statement.text.split()) for statement in parse(sql).statements]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("\\set n foo\nselect :n, :'n', :\"n\"", ["select foo, 'foo', \"foo\""]),
        ("\\set n 'it''s'\nselect :'n'", ["select 'it''s'"]),
        ("\\set n 'a\\\\b\\n'\nselect :'n'", ["select E'a\\\\b '"]),
        ('\\set n \'A "q"\'\nselect :"n"', ['select "A ""q"""']),
        ("\\set n a b 'c d'\nselect :'n'", ["select 'abc d'"]),
        ("\\set n 1\n\\set m :n:n\nselect :m", ["select 11"]),
        ("\\set n\nselect 1:n", ["select 1"]),
        ("\\set n x\nselect 1::n, a[1:2], b := :n", ["select 1::n, a[1:2], b := x"]),
        ("\\set n x\nselect ':n', \":n\", $$:n$$ -- :n\n", ["select ':n', \":n\", $$:n$$"]),
        ("\\set n x\n\\unset n\nselect :n", ["select :n"]),
        ("select :n, :'n', :\"n\"", ["select :n, :'n', :\"n\""]),
        ("\\set q 'select 1; select 2;'\n:q", ["select 1", "select 2"]),
        ("\\set n :n\nselect :n", ["select :n"]),
        ("\\set a 'x :b'\n\\set b 'y :a'\nselect :a, :b;", ["select x y :a, y x :b"]),
        ("\\set n 1\nselect :{?n}, :{?m}", ["select TRUE, FALSE"]),
        ("\\set größe 3\nselect :größe", ["select 3"]),
        ("\\set n a \\set m b\nselect :n:m", ["select ab"]),
        ("\\set n a \\\\ select :n", ["select a"]),
        ("\\set n 'it';\nselect :n", ["select it"]),
    ],
)
def test_variables(sql: str, expected: list[str]) -> None:
    assert texts(sql) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("\\if true\nselect 1;\n\\else\nselect 2;\n\\endif\nselect 3;", ["select 1", "select 3"]),
        ("\\if 0\nselect 1;\n\\elif on\nselect 2;\n\\elif true\nselect 3;\n\\endif", ["select 2"]),
        ("\\if no\na;\n\\elif off\nb;\n\\else\nc;\n\\endif", ["c"]),
        ("\\if false\n\\if true\na;\n\\else\nb;\n\\endif\nc;\n\\else\nd;\n\\endif", ["d"]),
        ("\\if true\n\\if false\na;\n\\else\nb;\n\\endif\nc;\n\\endif", ["b", "c"]),
        ("\\set v 1\n\\if :v\na;\n\\endif", ["a"]),
        ("\\if :{?v}\na;\n\\endif\nb", ["b"]),
        ("select (1 +\n\\if false\n2 + (\n\\else\n3 +\n\\endif\n4); x", ["select (1 + 3 + 4)", "x"]),
        ("\\if false\n\\i nowhere.sql\n\\! rm -rf /\n\\unknown `x`\n\\echo it's\n\\endif\nx", ["x"]),
        ("\\if false\n\\set v 1\nselect '\n\\endif\n';\n\\endif\nselect :v", ["select :v"]),
    ],
)
def test_conditions(sql: str, expected: list[str]) -> None:
    assert texts(sql) == expected


def test_lines_stay_right_behind_what_was_cut() -> None:
    sql = "\\set v 'a\nselect 0"
    with pytest.raises(LoadError, match="not closed on its line"):
        parse(sql)
    sql = "select (1 +\n\\if false\n2 +\n\\endif\n3);\ncopy t from stdin;\n1\n2\n\\.\nx;\n\\set n '1\\n2'\nselect :n;\ny"
    assert [s.line for s in parse(sql).statements] == [1, 6, 10, 12, 13]
    assert parse(sql).statements[0].text.split("\n")[4] == "3)"


@pytest.mark.parametrize(
    ("sql", "rows", "after"),
    [
        ("copy t (a, b) from stdin;\n1\t;\n2\t'\n\\.\nx;", "1\t;\n2\t'\n", ["x"]),
        ("COPY public.t FROM STDIN WITH (format csv);\r\na\r\n\\.\r\nx;", "a\r\n", ["x"]),
        ("copy t from stdin;\n\\.\nx;", "", ["x"]),
        ("copy t from stdin; x;\n1\n\\.\ny;", "1\n", ["x", "y"]),
        ("copy t from stdin;\n1\n", "1\n", []),
        ("copy t from stdin", "", []),
        ('copy "from" (stdin) from stdin;\n1\n\\.\n', "1\n", []),
    ],
)
def test_rows_of_copy(sql: str, rows: str, after: list[str]) -> None:
    statements = parse(sql).statements
    assert statements[0].copy_data == rows
    assert [s.text for s in statements[1:]] == after


@pytest.mark.parametrize(
    "sql", ["copy t to stdout", "copy (select a from stdin) to stdout", "copy t from 'x'", "select 1"]
)
def test_no_rows_follow(sql: str) -> None:
    assert [s.copy_data for s in parse(sql + ";\nx;").statements] == [None, None]


def test_client_side_copy_is_left_out_with_its_rows() -> None:
    script = parse("\\copy t from 'x.csv' csv;\n\\copy t from stdin\n1\n\\.\nx;")
    assert [s.text for s in script.statements] == ["x"]
    assert [(i.text, i.line) for i in script.ignored] == [
        ("\\copy t from 'x.csv' csv;", 1),
        ("\\copy t from stdin", 2),
    ]


def test_included_files_share_variables_and_are_hashed() -> None:
    script = parse("\\set v first\n\\i b.sql\n\\i sub/c.sql;\nselect :v;\n\\include_relative b.sql\n")
    assert [s.text for s in script.statements] == [
        "select 'b'",
        "select 'first'",
        "select 'c'",
        "select changed",
        "select 'b'",
    ]
    assert [s.file for s in script.statements][:3] == ["b.sql", "sub/d.sql", "sub/c.sql"]
    assert [name for name, _ in script.files] == ["a.sql", "b.sql", "sub/c.sql", "sub/d.sql"]


def test_an_included_file_runs_before_the_statement_that_it_stands_in() -> None:
    assert texts("select 1 +\n\\i b.sql\n2;") == ["select 'b'", "select 1 + 2"]


@pytest.mark.parametrize(
    "sql",
    [
        "\\restrict abc\nx;\n\\unrestrict abc",
        "\\echo hi 'there'\nx;",
        "\\qecho a\n\\warn b\nx;",
        "\\timing on\n\\pset format unaligned\n\\encoding UTF8\nx;",
        "\\dt+ public.*\n\\d\n\\df\n\\l\n\\x\nx;",
        "x;\n\\q\ny;",
        "x;\n\\if true\n\\quit\n",
        "y\n\\r\nx;",
        "x \\g\n",
    ],
)
def test_commands_that_change_nothing(sql: str) -> None:
    assert texts(sql) == ["x"]


def test_connect_is_reported() -> None:
    ignored = parse("\n\\c other\nx;\n\\connect -reuse-previous=on \"dbname='x'\"\n").ignored
    assert [(i.text, i.line, i.file) for i in ignored] == [
        ("\\c other", 2, "a.sql"),
        ("\\connect -reuse-previous=on \"dbname='x'\"", 4, "a.sql"),
    ]


@pytest.mark.parametrize(
    ("sql", "line", "said"),
    [
        ("\n\\! ls", 2, "shell"),
        ("\\o out.txt", 1, "files"),
        ("x;\n\\w out.txt", 2, "files"),
        ("select 1 \\g out.txt", 1, "files"),
        ("\\getenv v HOME", 1, "environment"),
        ("\\set v `id`", 1, "shell"),
        ("select 'create table t ()' \\gexec", 1, "not supported"),
        ("select 1 as a \\gset", 1, "not supported"),
        ("\n\n\\nonsense", 3, "no command"),
        ("\\.", 1, "no command"),
        ("\\", 1, "no command"),
        ("\\i", 1, "names no file"),
        ("x;\n\\i nowhere.sql", 2, "no such file"),
        ("\\set a-b c", 1, "no name of a variable"),
        ("\\if\n\\endif", 1, "true or false"),
        ("\n\\if maybe\n\\endif", 2, "maybe"),
        ("\\if :nope\n\\endif", 1, ":nope"),
        ("x;\n\\if true\n", 2, "without"),
        ("\\endif", 1, "without"),
        ("\\else", 1, "without"),
        ("\\if true\n\\else\n\\else\n\\endif", 3, "after"),
        ("\\if true\n\\else\n\\elif true\n\\endif", 3, "after"),
    ],
)
def test_refused_commands(sql: str, line: int, said: str) -> None:
    with pytest.raises(LoadError, match=said) as caught:
        parse(sql)
    assert (caught.value.file, caught.value.line) == ("a.sql", line)


def test_a_circle_of_files_is_an_error_with_its_path() -> None:
    with pytest.raises(LoadError, match=r"a\.sql → loop\.sql → loop2\.sql → loop\.sql") as caught:
        parse("\\i loop.sql")
    assert (caught.value.file, caught.value.line) == ("loop2.sql", 2)


@pytest.mark.parametrize(("name", "line"), [("broken.sql", 2), ("open.sql", 1)])
def test_errors_in_an_included_file_name_it(name: str, line: int) -> None:
    with pytest.raises(LoadError) as caught:
        parse(f"x;\ny;\nz;\n\\i {name}\n")
    assert (caught.value.file, caught.value.line) == (name, line)


def test_a_text_without_a_reader_includes_nothing() -> None:
    with pytest.raises(LoadError, match="no such file"):
        parse_script("\\i b.sql", "a.sql")


def test_directives_keep_their_statement() -> None:
    script = parse(
        "x;\n"
        "-- schemadiff: renamed from old\n"
        "-- an ordinary comment\n"
        "create table t (\n"
        "  a int, -- schemadiff: two\n"
        '  "B;c" int -- schemadiff : no directive\n'
        ");\n"
        "select '-- schemadiff: no' /* -- schemadiff: no */;\n"
        "\\if false\n-- schemadiff: no\n\\endif\n"
        "--schemadiff: last\n"
    )
    found = [(d.text, d.line, d.statement, d.offset, d.before) for d in script.directives]
    assert found == [
        ("renamed from old", 2, 1, None, "create"),
        ("two", 5, 1, 1, "B;c"),
        ("last", 12, None, None, ""),
    ]
    assert {d.file for d in script.directives} == {"a.sql"}


def test_directives_stand_behind_what_they_are_about_too() -> None:
    script = parse(
        "create table t ( -- @renamed from=u\n"
        "  a int, -- @renamed from = old\n"
        "  -- atlas:renamed_from c\n"
        "  b int\n"
        "); -- schemadiff: three\n"
        "x; -- schemadiff: four\n"
        "-- @renamed to=y\n"
        "-- @renamed from\n"
        "y;\n"
    )
    found = [(d.text, d.line, d.statement, d.offset, d.trailing) for d in script.directives]
    assert sorted(found, key=lambda each: each[1]) == [
        ("renamed from u", 1, 0, 0, True),
        ("renamed from old", 2, 0, 1, True),
        ("renamed from c", 3, 0, 2, False),
        ("three", 5, 0, None, True),
        ("four", 6, 1, None, True),
    ]


def test_empty() -> None:
    assert parse("").statements == ()
    assert parse("\n -- nothing\n").statements == ()


def test_digest_depends_on_names_and_contents_alone() -> None:
    first = parse("\\i b.sql\n")
    assert first.digest() == parse("\\i b.sql\n").digest()
    assert first.digest() != parse("\\i b.sql\n\n").digest()
    FILES["b.sql"], kept = "select 'changed'", FILES["b.sql"]
    try:
        assert first.digest() != parse("\\i b.sql\n").digest()
    finally:
        FILES["b.sql"] = kept


def test_variables_and_files_that_double() -> None:
    """Thirty lines would make a billion."""
    doubling = "\\set x aaaaaaaaaa\n" + "\\set x :x:x:x:x:x:x:x:x:x:x\n" * 12
    with pytest.raises(LoadError, match="a variable may hold 1,000,000 characters"):
        parse_script(doubling, "x.sql")
    files = {f"f{n}": f"\\i f{n + 1}\n\\i f{n + 1}\n" for n in range(30)} | {"f30": "select 1;"}
    with pytest.raises(LoadError, match="more than 10,000 files are included"):
        parse_script("\\i f0", "x.sql", include=files.__getitem__)
