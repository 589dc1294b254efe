"""``schemadiff lint``: levels, exceptions with their reasons, plans, and what each format says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import rendered

from schemadiff.lint import rules
from schemadiff.report._review import page
from schemadiff.sqltext import ident

from .conftest import Call

SCHEMA = """
create table course (
    id int primary key,
    code char(3),
    title varchar(80)
);
"""


@pytest.fixture(autouse=True)
def schema(folder: Path) -> Path:
    path = folder / "schema.sql"
    path.write_text(SCHEMA)
    configured()
    return path


def configured(more: str = "") -> None:
    Path("schemadiff.toml").write_text(f'schema = "schema.sql"\n{more}')


def levels(**found: str) -> None:
    lines = (f'{rule.replace("_", "-")} = "{level}"' for rule, level in found.items())
    configured("[lint]\n" + "\n".join(lines))


def test_says_what_harm_there_is_and_the_cure(call: Call) -> None:
    said = call("lint")
    assert said.code == 0, said.err
    assert said.out == (
        "schema.sql: 1 warning, 1 note\n"
        "warning  ban-char-field\n"
        "         column course.code (schema.sql:4)\n"
        "           character(3) fills short values with blanks\n"
        "           fix  use text, with a check where the length is fixed\n"
        "note     prefer-text-field\n"
        "         column course.title (schema.sql:5)\n"
        "           its limit cannot change without a strong lock on the table\n"
        "           fix  use text, with a check where a limit is meant\n"
    )


def test_an_error_ends_with_2(call: Call) -> None:
    levels(ban_char_field="error", prefer_text_field="off")
    said = call("lint")
    assert said.code == 2
    assert said.out.startswith("schema.sql: 1 error\nerror    ban-char-field\n")


def test_a_rule_or_level_that_there_is_not(call: Call) -> None:
    levels(ban_chr_field="error")
    said = call("lint")
    assert said.code == 64
    assert "there is no rule 'ban-chr-field'; is ban-char-field meant?" in said.err
    levels(ban_char_field="fatal")
    assert "write one of off, note, warning, error" in call("lint").err
    configured("[lint]\nban-char-field = true")
    assert 'ban-char-field must be "off", "note", "warning" or "error"' in call("lint").err


def test_json(call: Call, schema: Path) -> None:
    schema.write_text(
        SCHEMA.replace("code char(3),", "code char(3), -- schemadiff: ignore ban-char-field ISO 4217")
    )
    said = call("lint", "--format", "json")
    body = json.loads(said.out)
    assert (body["format"], body["source"], body["failed"]) == (1, "schema.sql", False)
    (found,) = body["findings"]
    assert (found["rule"], found["level"], found["kind"]) == ("prefer-text-field", "note", "column")
    assert found["path"] == ["public", "course", "title"]
    assert found["location"] == {"file": "schema.sql", "line": 5}
    (ignored,) = body["ignored"]
    assert (ignored["rule"], ignored["reason"], ignored["line"]) == ("ban-char-field", "ISO 4217", 4)


@pytest.mark.parametrize(
    "text",
    [
        "-- schemadiff: ignore ban-char-field it's ISO 4217\n" + SCHEMA.lstrip(),
        SCHEMA.replace("    code", "    -- schemadiff: ignore ban-char-field ISO 4217\n    code"),
        SCHEMA.replace("(3),", "(3), -- schemadiff: ignore ban-char-field ISO 4217"),
        SCHEMA.replace(
            "    code",
            "    -- schemadiff: ignore ban-char-field ISO 4217\n    -- schemadiff: ignore unused-enum nothing\n    code",
        ),
        SCHEMA.replace("course (", '"Cou""rse" (').replace(
            "    code char", '    -- schemadiff: ignore ban-char-field ISO 4217\n    "Co de" char'
        ),
    ],
    ids=["above the table", "above the column", "behind it", "beside another", "hostile names"],
)
def test_a_comment_with_a_reason_takes_a_finding_back(call: Call, schema: Path, text: str) -> None:
    schema.write_text(text)
    said = call("lint")
    assert said.code == 0, said.err
    assert "ban-char-field" not in said.out
    assert "ignored  1 finding by comments with a reason" in said.out


def test_a_finding_is_ignored_where_the_column_stands_that_it_is_about(call: Call, schema: Path) -> None:
    child = """
    create table child (id int primary key,
        -- schemadiff: ignore unindexed-foreign-key courses are never deleted
        course int references course);
    create index unused on child (id); -- schemadiff: ignore redundant-index smaller, and read much
    """
    schema.write_text(SCHEMA + child)
    said = call("lint")
    assert "unindexed-foreign-key" not in said.out
    assert "redundant-index" not in said.out
    assert "ignored  2 findings" in said.out


def test_a_comment_without_a_reason(call: Call, schema: Path) -> None:
    schema.write_text(SCHEMA.replace("(3),", "(3), -- schemadiff: ignore ban-char-field"))
    said = call("lint")
    assert said.code == 1
    assert "schema.sql:4: 'ignore ban-char-field' gives no reason" in said.err


def test_a_comment_on_a_rule_that_there_is_not(call: Call, schema: Path) -> None:
    schema.write_text(SCHEMA.replace("(3),", "(3), -- schemadiff: ignore ban-char-feild ISO 4217"))
    said = call("lint")
    assert said.code == 1
    assert "schema.sql:4: there is no rule 'ban-char-feild'; is ban-char-field meant?" in said.err
    assert call("dump", "schema.sql").code == 0


def test_a_comment_above_nothing(call: Call, schema: Path) -> None:
    schema.write_text(SCHEMA + "-- schemadiff: ignore ban-char-field ISO 4217\n")
    said = call("lint")
    assert (said.code, "this directive stands above nothing" in said.err) == (1, True)


def test_a_comment_that_takes_nothing_back_is_named(call: Call, schema: Path) -> None:
    schema.write_text(SCHEMA.replace("(80)", "(80) -- schemadiff: ignore ban-char-field ISO 4217"))
    said = call("lint")
    assert (
        "note     schema.sql:5: ignores ban-char-field of column course.title, where it finds nothing"
        in said.out
    )
    call("lint", *EVERY)
    for format in ("markdown", "html"):
        assert "schema.sql:5: ignores ban-char-field of column course.title" in read(format), format
    levels(ban_char_field="off")
    assert "where it finds nothing" not in call("lint").out


def test_what_a_comment_says_survives_a_snapshot(call: Call, schema: Path) -> None:
    schema.write_text(SCHEMA.replace("(3),", "(3), -- schemadiff: ignore ban-char-field ISO 4217"))
    assert call("snapshot").code == 0
    (kept, *_) = sorted(Path("snapshots").iterdir(), reverse=True)
    said = call("lint", str(kept))
    assert said.code == 0, said.err
    assert "ban-char-field" not in said.out
    assert "prefer-text-field" in said.out


def test_from_another_source_only_what_is_new(call: Call, schema: Path) -> None:
    Path("old.sql").write_text(SCHEMA)
    schema.write_text(SCHEMA.replace("title varchar(80)", "body json, amount money not null"))
    said = call("lint", "--from", "old.sql")
    assert said.code == 0, said.err
    assert said.out.startswith("schema.sql: 3 warnings, 1 note\n")
    for rule in ("adding-required-field", "ban-drop-column", "ban-money-field", "prefer-jsonb"):
        assert f" {rule}\n" in said.out
    assert "known    1 finding that --from has too" in said.out


def test_a_comment_holds_for_what_a_plan_does(call: Call, schema: Path) -> None:
    Path("old.sql").write_text(SCHEMA)
    comment = "-- schemadiff: ignore ban-drop-column nobody has read it for years\n"
    schema.write_text(comment + SCHEMA.lstrip().replace("    code char(3),\n", ""))
    said = call("lint", "--from", "old.sql")
    assert said.code == 0, said.err
    assert "ban-drop-column" not in said.out
    assert "ignored  1 finding" in said.out
    assert "where it finds nothing" not in call("lint").out


def test_two_comments_may_take_back_the_same(call: Call, schema: Path) -> None:
    schema.write_text(
        "-- schemadiff: ignore ban-char-field codes are ISO 4217\n"
        + SCHEMA.lstrip().replace("(3),", "(3), -- schemadiff: ignore ban-char-field ISO 4217")
    )
    said = call("lint")
    assert "where it finds nothing" not in said.out
    assert "ignored  1 finding" in said.out


def test_a_plan_file(call: Call, schema: Path) -> None:
    Path("old.sql").write_text(SCHEMA + "create table gone (id int primary key);")
    assert call("plan", "old.sql", "--out", ".").code == 0
    said = call("lint", "--plan", "migration.plan.json")
    assert said.code == 0, said.err
    assert said.out.startswith(
        "migration.plan.json: 1 warning\nwarning  ban-drop-table\n         table gone\n"
    )
    assert "a plan file does not say enough for adding-required-field; --from SOURCE does" in said.out
    call("lint", "--plan", "migration.plan.json", *EVERY)
    for format in ("markdown", "html"):
        assert "a plan file does not say enough for adding-required-field" in read(format), format
    assert call("lint", "schema.sql", "--plan", "migration.plan.json").code == 64
    assert call("lint", "--plan", "nowhere.json").code == 1


def test_the_scope_leaves_out(call: Call, schema: Path) -> None:
    configured('ignore = ["table:public.course"]')
    assert call("lint").out == "schema.sql: nothing found\n"


def test_the_example_has_no_error(call: Call) -> None:
    example = Path(__file__).parents[2] / "schema" / "schema.sql"
    said = call("lint", str(example), "--format", "json")
    assert said.code == 0, said.err
    assert {f["level"] for f in json.loads(said.out)["findings"]} == {"warning", "note"}


def test_names_do_not_steer_the_terminal(call: Call, schema: Path) -> None:
    schema.write_text('create table "a\x1b[31mb\nc" (id int primary key, "\u202ex" char(3));')
    said = call("lint")
    assert said.code == 0, said.err
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    assert len(said.out.splitlines()) == 5


FORMATS = ("json", "markdown", "junit", "sarif", "github", "html")
EVERY = [f"--report={format}=out/{format}" for format in FORMATS]


def read(format: str) -> str:
    return Path("out", format).read_text(encoding="utf-8")


def test_reports_say_what_the_text_does(call: Call, schema: Path) -> None:
    levels(ban_char_field="error")
    schema.write_text(
        SCHEMA + "-- schemadiff: ignore require-primary-key only for a day\ncreate table log (a int);"
    )
    plain = call("lint")
    said = call("lint", *EVERY)
    assert (said.code, said.out, said.err) == (2, plain.out, "")
    assert read("json") == call("lint", "--format", "json").out
    rendered.is_sarif(read("sarif"))
    results = {r["ruleId"]: r for r in json.loads(read("sarif"))["runs"][0]["results"]}
    assert results["ban-char-field"]["level"] == "error"
    place = results["ban-char-field"]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("schema.sql", {"startLine": 4})
    assert results["require-primary-key"]["suppressions"] == [
        {"kind": "inSource", "justification": "only for a day"}
    ]
    rendered.is_junit(read("junit"), 3)
    assert 'failures="1"' in read("junit").partition("\n")[2].partition("\n")[0]
    rendered.is_commands(read("github"), 2)
    assert read("github").startswith(
        "::error file=schema.sql,line=4,title=ban-char-field%3A column course.code::"
    )
    assert "::notice file=schema.sql,line=5,title=prefer-text-field" in read("github")
    rendered.is_page(read("html"))
    assert '<span class="what error">error</span> <b>column course.code</b>' in read("html")
    rendered.marks_up_nothing(read("markdown"))
    assert "❌ 1 error, 1 note" in read("markdown")
    assert "only for a day" in read("markdown")


def test_reports_where_nothing_is_found(call: Call, schema: Path) -> None:
    schema.write_text("create table t (id bigint primary key);")
    assert call("lint", *EVERY).code == 0
    assert read("github") == ""
    rendered.is_sarif(read("sarif"))
    rendered.is_junit(read("junit"), 0)
    rendered.is_page(read("html"))
    assert "Nothing found" in read("html")
    assert "Nothing found" in read("markdown")


def test_reports_of_a_plan(call: Call, folder: Path) -> None:
    (folder / "old.sql").write_text("create table t (id bigint primary key, name text, gone text);")
    (folder / "new.sql").write_text("create table t (id bigint primary key, name text);")
    assert call("plan", "old.sql", "--to", "new.sql", "--out", "plans").code == 0
    for arguments in (["--plan", "plans/migration.plan.json"], ["new.sql", "--from", "old.sql"]):
        call("lint", *arguments, *EVERY)
        results = json.loads(read("sarif"))["runs"][0]["results"]
        assert "ban-drop-column" in {r["ruleId"] for r in results}
        rendered.is_sarif(read("sarif"))
        rendered.is_commands(read("github"), len(results))


def test_no_name_steers_a_report(call: Call, schema: Path) -> None:
    name = ident('"::error::x%0A<script>alert(1)</script>|`[x](//y)&amp;\n\x1b[2J]]>,line=1:')
    schema.write_text(f"create table {name} (id int primary key, {name} char(3));")
    assert call("lint", *EVERY).code == 0
    rendered.is_sarif(read("sarif"))
    rendered.is_commands(read("github"), 1)
    rendered.is_page(read("html"))
    rendered.marks_up_nothing(read("markdown"))
    for format in ("markdown", "junit", "github", "html"):
        assert not rendered.FORBIDDEN.findall(read(format)), format


def test_every_rule_has_a_page() -> None:
    assert [name for name in rules() if len(page(name)) < 40] == []


def test_the_files_of_another_tool_are_read_as_files(call: Call, folder: Path) -> None:
    """What PostgreSQL cuts off is seen in the statements alone."""
    (folder / "migrations").mkdir()
    (folder / "migrations" / "1_first.sql").write_text(
        f"-- migrate:up\ncreate table {'t' * 64} (id bigint);\n"
    )
    assert "identifier-too-long" in call("lint", "dbmate:migrations").out
