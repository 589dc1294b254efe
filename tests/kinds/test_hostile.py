"""Content that wants out of its quotes, in every kind: it comes through plan, apply, both scripts and every report
as what it is, judged by pg_dump."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dumps import entries
from support.every import is_asked
from support.programs import Programs
from support.rendered import FORBIDDEN, rendered

import schemadiff
from schemadiff import Plan
from schemadiff._drift import Drift
from schemadiff._dump import dump
from schemadiff.model import Changed, Fact
from schemadiff.report import json as as_json
from schemadiff.report import sql as as_sql
from schemadiff.report import text
from schemadiff.report._report import of_drift, of_plan
from schemadiff.scratch import ScratchServer
from schemadiff.script import Location
from schemadiff.sqltext import ident, literal

from .templates import TEMPLATES, Template

NAME = "a\"b'c\\;--\nd$$e*/f`|<i>[/]\x1b[2J\u202eg%s{}:x@h\rdrop\t"
"""63 bytes, the most that a name may have."""
INDEX = "*/\n\\! touch x\n-- schemadiff: renamed from x\r\\q"
SCHEMA = "$_1$\n\\restrict x\n'||E'\\'\";commit;</details>![x](//y)"
ROLES = ("r\"\n\\! touch x\n'", "**r** 2 @all\x9b[31m")
SPECIAL = {
    "a slice is no variable": 'create table {s}.{n} ("x" int, a int[]); create view {s}.v as '
    'select a[1\\:"x"] as b, a["x"\\:"x"] as c from {s}.{n}',
    "a function called begin": 'create function {s}.begin(begin int) returns int language sql begin atomic '
    "select b.begin + case when b.begin > 1 then 1 else 2 end from (select $1 as begin) b; end; create table {s}.{n} ()",
    "bodies of any text": "set check_function_bodies = off; create function {s}.{n}() returns text language sql as {l};"
    "create function {s}.f() returns int language plpgsql as $x$ begin return 1; /* $$ $_1$ $function$ \\! :x */ end $x$",
    "expressions of any text": "create table {s}.{n} ({n} text default {l} check ({n} <> {l}), b text generated always as "
    "({n} || {l}) stored); create index {i} on {s}.{n} ((b || {l})) where b <> {l};"
    "create policy {i} on {s}.{n} using ({n} = {l}); comment on policy {i} on {s}.{n} is {l};"
    "create view {s}.v as select {l}\\:\\:text as {i}; create rule {i} as on delete to {s}.{n} do instead select {l}\\:\\:text;"
    "comment on column {s}.{n}.{n} is {l}; comment on constraint {c} on {s}.{n} is {l}",
}  # fmt: skip
ALWAYS = 2
"""One kind of so many is always asked."""
ASKED = [name for name in sorted(TEMPLATES) if is_asked(name, ALWAYS)]


@pytest.fixture(scope="module")
def programs(server: ScratchServer) -> Programs:
    server.ensure_roles(ROLES)
    server.ensure_tablespaces((NAME, INDEX))
    return Programs.of(server)


@pytest.fixture
def marker(tmp_path: Path) -> Iterator[Path]:
    """A file that is made where something of a text runs."""
    path = tmp_path / "ran"
    yield path
    assert not path.exists(), "a text was run by psql's shell"


def told(marker: Path) -> str:
    """A text with all that may end a quote, a comment, a line or a format."""
    return (
        f"{NAME}\n\\! touch {marker}\n\\copy (select 1) to {marker}\n\\o {marker}\n:x :'x' :\"x\" :{{?x}}\n\\.\n"
        f"$$ $_1$ $function$ E'\\' /* */ */\n-- schemadiff: renamed from old\n```\n</details>\n::error::x\n##vso[x]\n"
        f"commit;\n\\i {marker}\n<script>alert(1)</script> [l](http://x.example/) %(s)s {{0}}\u2028x"
    )


def sql(marker: Path, kind: str, *parts: str) -> str:
    name = ident(NAME)
    called = {
        "s": ident(SCHEMA), "n": name, "i": ident(INDEX), "c": ident("\\q\n'"), "r": ident(ROLES[0]),
        "r2": ident(ROLES[1]), "l": literal(NAME if kind == "enum" else told(marker)),
        "q": f"{ident(SCHEMA)}.{name}".replace("'", "''"),
    }  # fmt: skip
    return ";\n".join(p for p in ("create schema {s}", *parts) if p).format(**called) + ";\n"


@pytest.mark.parametrize("name", ASKED)
def test_every_kind(
    name: str, server: ScratchServer, programs: Programs, binaries: str | None, marker: Path
) -> None:
    """Altered where it can be, else made; what makes the origin anew for the proof is a creation too."""
    found: Template = TEMPLATES[name]
    if server.major < found.since:
        pytest.skip(f"needs PostgreSQL {found.since}, the server is {server.major}")
    keep = "create table {s}.keep ()"
    ends = (found.make, f"{keep}; {found.alter}") if found.alter else (keep, f"{keep}; {found.make}")
    old, new = (sql(marker, name, found.setup, end, found.dependents if found.alter else "") for end in ends)
    walked(old, new, server, programs, binaries)


@pytest.mark.parametrize("case", SPECIAL)
def test_special(
    case: str, server: ScratchServer, programs: Programs, binaries: str | None, marker: Path
) -> None:
    made = SPECIAL[case].replace("{c}", "{n}").replace("check ({n}", "constraint {n} check ({n}")
    new = sql(marker, "", made)
    walked(sql(marker, "", "create table {s}.keep ()"), new, server, programs, binaries)
    dumped = marker.with_name("schema.sql")
    with server.database() as url:
        programs.psql(url, new)
        dumped.write_text(dump(url, scratch=binaries), encoding="utf-8", newline="")
        assert schemadiff.diff(url, str(dumped), scratch=binaries) == (), "what dump wrote, loaded"


def walked(old: str, new: str, server: ScratchServer, programs: Programs, binaries: str | None) -> None:
    """There with apply, back and there again with the scripts, which psql runs with a variable that is set."""
    variable = "\\set x INJECTED\n"
    with server.database() as ours, server.database() as wanted:
        programs.psql(ours, old)
        programs.psql(wanted, new)
        origin, target = entries(programs.dump(ours)), entries(programs.dump(wanted))
        plan = schemadiff.plan(ours, wanted, scratch=binaries)
        assert not plan.empty
        reported(plan, schemadiff.check(ours, wanted, scratch=binaries))
        kept = Plan.from_json(plan.to_json())
        assert kept == plan
        schemadiff.apply(ours, plan=kept, allow=kept.hazards)
        assert entries(programs.dump(ours)) == target, "after apply"
        programs.psql(ours, variable + as_sql.migration(plan.reverse))
        assert entries(programs.dump(ours)) == origin, "after the reverse script"
        programs.psql(ours, variable + as_sql.migration(plan.forward))
        assert entries(programs.dump(ours)) == target, "after the forward script"


def reported(plan: Plan, drift: Drift) -> None:
    """Every report says it without being steered by it."""
    shown = {
        "plan": text.plan(plan).plain,
        "coloured": text.plan(plan, text.coloured).plain,
        "running": text.running(plan).plain,
        "drift": text.drift(drift).plain,
        "compared": text.compared(drift).plain,
    }
    for which, said in shown.items():
        assert not FORBIDDEN.findall(said), which
    at = {f.id: Location(f"a {NAME}.sql", 1) for f in facts(drift)}
    check = of_drift(drift, at, file=NAME)
    rendered([check])
    rendered([of_plan(plan, drift, at, file=NAME)])
    json.loads(as_json.compared(check))
    heads_are_comments(plan)


def facts(drift: Drift) -> Iterator[Fact]:
    for d in drift.differences:
        yield d.after if isinstance(d, Changed) else d.fact


def heads_are_comments(plan: Plan) -> None:
    for script in (plan.forward, plan.reverse):
        lines = script.sql.splitlines()
        assert len(script.head) == len(lines[: len(script.head)])
        assert all(line.startswith("--") for line in lines[: len(script.head)])
