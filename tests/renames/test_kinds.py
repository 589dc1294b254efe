"""Every kind that can be renamed is, from the registry, with a hostile name and in another schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.programs import Programs

from schemadiff.kinds import kinds
from schemadiff.scratch import ScratchServer
from schemadiff.sqltext import ident

from .walk import there_and_back

HOSTILE = ('Old "näme".x', "new; drop --'\"$1")
SCHEMA = 'S "1".x'
RENAMED = [k for k in kinds().values() if not k.keeps_name]

MADE = {
    "aggregate": "{d}create aggregate {s}.{n}(integer) (sfunc = int4pl, stype = integer);"
    "\n{d}create aggregate {s}.{n}(bigint) (sfunc = int8pl, stype = bigint);",
    "attribute": "create type {s}.c as (a integer,\n{d}{n} text); create table {s}.t (c {s}.c[]);"
    "create view {s}.v as select (c[1]).{n} as x from {s}.t",
    "collation": "{d}create collation {s}.{n} (locale = 'C'); create table {s}.t (a text collate {s}.{n});",
    "column": "create table {s}.t (a integer,\n{d}{n} integer check ({n} > 0) default 1);"
    "create index i on {s}.t ({n}) where {n} > 1; create view {s}.v as select {n} as b from {s}.t;"
    "comment on column {s}.t.{n} is 'mine'",
    "composite_type": "{d}create type {s}.{n} as (a integer); create table {s}.t (a {s}.{n}[]);"
    "create function {s}.f({s}.{n}) returns integer language sql return 1",
    "constraint": "create table {s}.t (a integer,\n{d}constraint {n} check (a > 0));"
    "comment on constraint {n} on {s}.t is 'mine'",
    "conversion": "{d}create conversion {s}.{n} for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8",
    "base_type": (
        "create type {s}.{n}; create function {s}.i(cstring) returns {s}.{n} language internal immutable strict "
        "as 'textin'; create function {s}.o({s}.{n}) returns cstring language internal immutable strict as "
        "'textout';\n{d}create type {s}.{n} (input = {s}.i, output = {s}.o, storage = extended)"
    ),
    "domain": "{d}create domain {s}.{n} as integer check (value > 0); create table {s}.t (a {s}.{n} default 1)",
    "domain_constraint": "create domain {s}.d as integer\n{d}constraint {n} check (value > 0)",
    "enum": "{d}create type {s}.{n} as enum ('a'); create table {s}.t (a {s}.{n} default 'a', b {s}.{n}[]);"
    "create view {s}.v as select a from {s}.t where a = 'a'",
    "event_trigger": "create function {s}.f() returns event_trigger language plpgsql as 'begin end';"
    "\n{d}create event trigger {n} on ddl_command_end when tag in ('CREATE VIEW') execute function {s}.f()",
    "foreign_data_wrapper": "{d}create foreign data wrapper {n}; create server s foreign data wrapper {n}",
    "foreign_server": "create foreign data wrapper w;\n{d}create server {n} foreign data wrapper w;"
    "create foreign table {s}.t (a integer) server {n}; create user mapping for public server {n}",
    "foreign_table": "create foreign data wrapper w; create server s foreign data wrapper w;"
    "\n{d}create foreign table {s}.{n} (a integer) server s; create view {s}.v as select a from {s}.{n}",
    "function": "{d}create function {s}.{n}(a integer) returns integer language sql immutable return a;"
    "\n{d}create function {s}.{n}(a text) returns text language sql return a;"
    "create table {s}.t (a integer check ({s}.{n}(a) > 0))",
    "index": "create table {s}.t (a integer not null);\n{d}create unique index {n} on {s}.t (a);"
    "alter table {s}.t replica identity using index {n}",
    "language": "{d}create trusted language {n} handler plpgsql_call_handler;"
    "create function {s}.f() returns integer language {n} as 'x'",
    "materialized_view": "create table {s}.t (a integer);\n{d}create materialized view {s}.{n} as select a from {s}.t;"
    "create index i on {s}.{n} (a); create view {s}.v as select a from {s}.{n}",
    "operator_class": "create operator family {s}.fam using btree;\n{d}create operator class {s}.{n} for type integer"
    " using btree family {s}.fam as operator 3 =, function 1 btint4cmp(integer, integer);"
    "create table {s}.t (a integer); create index i on {s}.t (a {s}.{n})",
    "operator_family": "{d}create operator family {s}.{n} using btree; create operator class {s}.c for type integer"
    " using btree family {s}.{n} as operator 3 =, function 1 btint4cmp(integer, integer)",
    "policy": "create table {s}.t (a integer);\n{d}create policy {n} on {s}.t using (a > 0)",
    "publication": "create table {s}.t (a integer);\n{d}create publication {n} for table {s}.t",
    "range_type": "{d}create type {s}.{n} as range (subtype = integer); create table {s}.t (a {s}.{n});"
    "create view {s}.v as select {s}.{n}(1, 2) as r",
    "rule": "create table {s}.t (a integer);\n{d}create rule {n} as on delete to {s}.t do instead nothing",
    "schema": "{d}create schema {n}; create table {n}.t (a serial, b text unique);"
    "create view {s}.v as select a from {n}.t; create function {n}.f({n}.t) returns integer language sql return 1",
    "sequence": "{d}create sequence {s}.{n}; create table {s}.t (a integer default nextval('{q}'))",
    "statistics": "create table {s}.t (a integer, b integer);\n{d}create statistics {s}.{n} on a, b from {s}.t",
    "subscription": "{d}create subscription {n} connection 'host=x' publication p with (connect = false, slot_name = 's')",
    "table": "{d}create table {s}.{n} (a integer primary key, b {s}.{n}_t);"
    "create table {s}.r (a integer references {s}.{n}); create view {s}.v as select a from {s}.{n};"
    "create index on {s}.{n} (b)",
    "text_search_configuration": "{d}create text search configuration {s}.{n} (copy = simple);"
    "create table {s}.t (a text); create index i on {s}.t (to_tsvector('{q}'::regconfig, a))",
    "text_search_dictionary": "{d}create text search dictionary {s}.{n} (template = simple);"
    "create text search configuration {s}.c (copy = simple);"
    "alter text search configuration {s}.c alter mapping for word with {s}.{n}",
    "text_search_parser": "{d}create text search parser {s}.{n} (start = prsd_start, gettoken = prsd_nexttoken,"
    " end = prsd_end, lextypes = prsd_lextype); create text search configuration {s}.c (parser = {s}.{n})",
    "text_search_template": "{d}create text search template {s}.{n} (lexize = dsimple_lexize);"
    "create text search dictionary {s}.d (template = {s}.{n})",
    "trigger": "create table {s}.t (a integer);"
    "create function {s}.f() returns trigger language plpgsql as 'begin return new; end';"
    "\n{d}create trigger {n} before insert on {s}.t for each row execute function {s}.f()",
    "view": "{d}create view {s}.{n} as select 1 as a; create view {s}.v as select a from {s}.{n}",
    "view_column": "create view {s}.v (a,\n{d}{n}) as select 1, 2; create view {s}.w as select {n} as x from {s}.v",
}  # fmt: skip
MADE["table"] = MADE["table"].replace("b {s}.{n}_t", "b text")


def text(kind: str, name: str, old: str = "") -> str:
    """The statements that make an object of the kind, with a directive where there is an old name."""
    s, n = ident(SCHEMA), ident(name)
    q = f"{s}.{n}".replace("'", "''")
    directive = f"-- schemadiff: renamed from {ident(old)}\n" if old else ""
    return f"create schema {s};\n{MADE[kind].format(d=directive, s=s, n=n, q=q)};\n"


def test_every_kind_is_here_or_says_why_it_is_not() -> None:
    assert MADE.keys() == {kind.name for kind in RENAMED}
    assert all(kind.address or kind.rename for kind in RENAMED)


@pytest.mark.parametrize("kind", sorted(MADE))
def test_renamed(
    kind: str,
    server: ScratchServer,
    programs: Programs,
    binaries: str | None,
    tmp_path: Path,
) -> None:
    old, new = HOSTILE
    file = tmp_path / "new.sql"
    file.write_text(text(kind, new, old), encoding="utf-8")
    plan = there_and_back(text(kind, old), file, server, programs, binaries)
    assert (kind, new) in [(r.id.kind, r.new) for r in plan.renamed]
    assert {s.verb for s in plan.forward.steps if s.id.kind == kind} == {"rename"}
    assert plan.restores == "lossless"
