"""A small statement or two for each kind: what the generated walks are made of.

``{s}`` is a schema and ``{n}`` a name, both quoted, ``{q}`` the qualified name within a literal, ``{l}`` the name within a literal.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """``make`` makes the object beside what ``setup`` does; ``alter`` makes it so that it is altered in place,
    ``replace`` so that it is dropped and created; ``dependents`` use it."""

    setup: str = ""
    make: str
    alter: str | None = None
    replace: str | None = None
    dependents: str = ""
    since: int = 14


TABLE = "create table {s}.{n} (a int not null, b text)"
TRIGGER = "create function {s}.f() returns trigger language plpgsql as 'begin return new; end'"
PARTED = "create table {s}.t (a int, b text) partition by list (a)"
PARSER = "start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype"
FOREIGN = "create foreign data wrapper w; create server sv foreign data wrapper w"
BASE = (
    "create type {s}.{n}; create function {s}.i(cstring) returns {s}.{n} language internal immutable strict as 'textin';"
    "create function {s}.o({s}.{n}) returns cstring language internal immutable strict as 'textout';"
    "create type {s}.{n} (input = {s}.i, output = {s}.o"
)
OPERATOR = "create function {s}.f(int, int) returns bool language sql immutable strict as 'select true'"
SUBSCRIBED = (
    "create subscription {n} connection 'host=x' publication p with (connect = false, slot_name = none)"
)

TEMPLATES = {
    "access_method": Template(
        make="create access method {n} type index handler bthandler",
        replace="create access method {n} type index handler hashhandler",
        dependents="create operator family {s}.fam using {n}",
    ),
    "aggregate": Template(
        make="create aggregate {s}.{n}(int) (sfunc = int4pl, stype = int)",
        replace="create aggregate {s}.{n}(int) (sfunc = int4mul, stype = int)",
        dependents="create table {s}.t (a int); create view {s}.v as select {s}.{n}(a) as x from {s}.t",
    ),
    "attribute": Template(
        setup="create type {s}.{n} as (a int)",
        make="alter type {s}.{n} add attribute {n} varchar(3)",
        alter="alter type {s}.{n} add attribute {n} varchar(4)",
        dependents="create function {s}.f({s}.{n}) returns int language sql as 'select 1'",
    ),
    "base_type": Template(
        make=BASE + ", storage = extended)",
        alter=BASE + ", storage = external)",
        replace=BASE + ", storage = extended, category = 'S')",
        dependents="create table {s}.t (a {s}.{n}, b int); create view {s}.v as select a from {s}.t",
    ),
    "cast": Template(
        setup="create type {s}.{n} as (a int)",
        make="create cast (text as {s}.{n}) with inout",
        replace="create cast (text as {s}.{n}) with inout as assignment",
        dependents="create table {s}.t (a text); create view {s}.v as select a::{s}.{n} as x from {s}.t",
    ),
    "cloned_trigger": Template(
        setup=f"{TRIGGER}; {PARTED}; create table {{s}}.{{n}} partition of {{s}}.t default",
        make="create trigger {n} before insert on {s}.t for each row execute function {s}.f();"
        "alter table {s}.{n} disable trigger {n}",
        alter="create trigger {n} before insert on {s}.t for each row execute function {s}.f();"
        "alter table {s}.{n} enable replica trigger {n}",
    ),
    "clustered": Template(
        setup=f"{TABLE}; create index {{i}} on {{s}}.{{n}} (a); create index i on {{s}}.{{n}} (b)",
        make="alter table {s}.{n} cluster on {i}",
        alter="alter table {s}.{n} cluster on i",
    ),
    "collation": Template(
        make="create collation {s}.{n} (provider = libc, locale = 'C')",
        replace="create collation {s}.{n} (provider = libc, locale = 'POSIX')",
        dependents="create table {s}.t (a text collate {s}.{n}, b int); create view {s}.v as select b from {s}.t",
    ),
    "column": Template(
        setup="create table {s}.{n} (a int)",
        make="alter table {s}.{n} add {n} int",
        alter="alter table {s}.{n} add {n} bigint",
        dependents="create view {s}.v as select {n} from {s}.{n}; create index i on {s}.{n} ({n})",
    ),
    "comment": Template(
        setup=TABLE,
        make="comment on table {s}.{n} is {l}",
        alter="comment on table {s}.{n} is 'another'",
    ),
    "composite_type": Template(
        make="create type {s}.{n} as (a int)",
        dependents="create table {s}.t (a {s}.{n}[]); create view {s}.v as select a from {s}.t",
    ),
    "constraint": Template(
        setup=TABLE,
        make="alter table {s}.{n} add constraint {n} check (a > 0) not valid",
        alter="alter table {s}.{n} add constraint {n} check (a > 0)",
        replace="alter table {s}.{n} add constraint {n} check (b <> {l})",
    ),
    "constraint_index": Template(
        setup=TABLE,
        make="alter table {s}.{n} add constraint {i} unique (a)",
        replace="alter table {s}.{n} add constraint {i} unique (b)",
        dependents="alter table {s}.{n} cluster on {i}",
    ),
    "conversion": Template(
        make="create conversion {s}.{n} for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8",
        replace="create default conversion {s}.{n} for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8",
    ),
    "database_setting": Template(
        setup=TABLE,
        make="do $do$begin execute format('alter database %I set work_mem = ''1MB''', current_database()); end$do$",
        alter="do $do$begin execute format('alter database %I set work_mem = ''2MB''', current_database()); end$do$",
    ),
    "default": Template(
        setup=TABLE,
        make="alter table {s}.{n} alter b set default {l}",
        alter="alter table {s}.{n} alter b set default 'x'",
    ),
    "default_privilege": Template(
        setup=TABLE,
        make="alter default privileges for role {r} in schema {s} grant select on tables to {r2}",
        alter="alter default privileges for role {r} in schema {s} grant select on tables to {r2} with grant option",
    ),
    "domain": Template(
        make="create domain {s}.{n} as int",
        alter="create domain {s}.{n} as int default 3",
        replace="create domain {s}.{n} as bigint",
        dependents="create table {s}.t (a {s}.{n}, b int); create view {s}.v as select a from {s}.t;"
        "create function {s}.f({s}.{n}) returns {s}.{n} language sql as 'select $1'",
    ),
    "domain_constraint": Template(
        setup="create domain {s}.{n} as int",
        make="alter domain {s}.{n} add constraint {n} check (value > 0) not valid",
        alter="alter domain {s}.{n} add constraint {n} check (value > 0)",
        replace="alter domain {s}.{n} add constraint {n} check (value > 1)",
        dependents="create table {s}.t (a {s}.{n})",
    ),
    "enum": Template(
        make="create type {s}.{n} as enum ('a', {l})",
        alter="create type {s}.{n} as enum ('a', {l}, 'c')",
        replace="create type {s}.{n} as enum ('c')",
        dependents="create table {s}.t (a {s}.{n}, b {s}.{n}[]); create view {s}.v as select a from {s}.t",
    ),
    "event_trigger": Template(
        setup="create function {s}.f() returns event_trigger language plpgsql as 'begin end'",
        make="create event trigger {n} on ddl_command_end execute function {s}.f()",
        alter="create event trigger {n} on ddl_command_end execute function {s}.f(); alter event trigger {n} disable",
        replace="create event trigger {n} on sql_drop execute function {s}.f()",
    ),
    "extension": Template(
        make="create extension citext with schema {s}",
        alter="create extension citext with schema public",
        dependents="create table {s}.t (a int)",
    ),
    "extension_dependency": Template(
        setup="create extension citext; create function {s}.{n}() returns int language sql as 'select 1'",
        make="alter function {s}.{n}() depends on extension citext",
    ),
    "foreign_column_options": Template(
        setup=f"{FOREIGN}; create foreign table {{s}}.{{n}} ({{n}} int) server sv",
        make="alter foreign table {s}.{n} alter {n} options (add {n} {l})",
        alter="alter foreign table {s}.{n} alter {n} options (add {n} 'x', add y 'z')",
    ),
    "foreign_data_wrapper": Template(
        make="create foreign data wrapper {n} options ({n} {l})",
        alter="create foreign data wrapper {n} options (x 'y')",
        dependents="create server sv foreign data wrapper {n}",
    ),
    "foreign_server": Template(
        setup="create foreign data wrapper w",
        make="create server {n} foreign data wrapper w",
        alter="create server {n} version {l} foreign data wrapper w options ({n} {l})",
        replace="create server {n} type 't' foreign data wrapper w",
        dependents="create foreign table {s}.t (a int) server {n}; create user mapping for public server {n}",
    ),
    "foreign_table": Template(
        setup=f"{FOREIGN}; create server {{n}} foreign data wrapper w",
        make="create foreign table {s}.{n} ({n} int) server sv",
        alter="create foreign table {s}.{n} ({n} int) server sv options ({n} {l})",
        replace="create foreign table {s}.{n} ({n} int) server {n}",
        dependents="create view {s}.v as select {n} from {s}.{n}",
    ),
    "function": Template(
        make="create function {s}.{n}({n} int) returns int language sql immutable return {n}",
        alter="create function {s}.{n}({n} int) returns int language sql immutable return {n} + 1",
        replace="create function {s}.{n}(a int) returns bigint language sql immutable return a",
        dependents="create table {s}.t (a int check ({s}.{n}(a) > 0)); create index i on {s}.t (({s}.{n}(a)));"
        "create view {s}.v as select {s}.{n}(a) > 1 as x from {s}.t",
    ),
    "identity": Template(
        setup=TABLE,
        make="alter table {s}.{n} alter a add generated always as identity (sequence name {s}.{i})",
        alter="alter table {s}.{n} alter a add generated by default as identity (sequence name {s}.{i} increment 3)",
    ),
    "identity_sequence": Template(
        setup="create table {s}.{n} (a int)",
        make="alter table {s}.{n} alter a set not null, alter a add generated always as identity (sequence name {s}.{i})",
    ),
    "index": Template(
        setup=TABLE,
        make="create unique index {i} on {s}.{n} (a, (lower(b)))",
        alter="create unique index {i} on {s}.{n} (a, (lower(b))); alter index {s}.{i} alter column 2 set statistics 9",
        replace="create unique index {i} on {s}.{n} (a, (upper(b)))",
        dependents="alter table {s}.{n} cluster on {i}",
    ),
    "index_attachment": Template(
        setup=f"{PARTED}; create table {{s}}.{{n}} partition of {{s}}.t default; create index {{i}} on {{s}}.{{n}} (a)",
        make="create index pi on {s}.t (a)",
    ),
    "inheritance": Template(
        setup="create table {s}.t (a int); create table {s}.{n} (a int)",
        make="alter table {s}.{n} inherit {s}.t",
    ),
    "language": Template(
        make="create trusted language {n} handler plpgsql_call_handler",
        alter="create trusted language {n} handler plpgsql_call_handler inline plpgsql_inline_handler",
        dependents="create function {s}.f() returns int language {n} as 'x'",
    ),
    "materialized_view": Template(
        make="create materialized view {s}.{n} as select 1 as {n}",
        alter="create materialized view {s}.{n} with (fillfactor = 50) as select 1 as {n}",
        replace="create materialized view {s}.{n} as select 2 as {n}, 3 as more",
        dependents="create index {i} on {s}.{n} ({n}); create view {s}.v as select {n} from {s}.{n}",
    ),
    "not_null": Template(
        setup="create table {s}.{n} ({n} int)",
        make="alter table {s}.{n} add constraint {n} not null {n} not valid",
        alter="alter table {s}.{n} add constraint {n} not null {n}",
        since=18,
    ),
    "operator": Template(
        setup=f"{OPERATOR}; {OPERATOR}".replace("{s}.f(int, int)", "{s}.g(int, int)", 1),
        make="create operator {s}.=#= (leftarg = int, rightarg = int, function = {s}.f)",
        alter="create operator {s}.=#= (leftarg = int, rightarg = int, function = {s}.f, restrict = eqsel)",
        replace="create operator {s}.=#= (leftarg = int, rightarg = int, function = {s}.g)",
        dependents="create table {s}.t (a int check (a operator({s}.=#=) 1))",
    ),
    "operator_class": Template(
        make="create operator class {s}.{n} for type int using btree as operator 1 <, operator 3 =, function 1 btint4cmp(int, int)",
        replace="create operator class {s}.{n} for type int using btree as operator 1 <, operator 2 <=, operator 3 =,"
        " function 1 btint4cmp(int, int)",
        dependents="create table {s}.t (a int); create index i on {s}.t (a {s}.{n})",
    ),
    "operator_family": Template(
        make="create operator family {s}.{n} using btree",
        dependents="create operator class {s}.c for type int using btree family {s}.{n} as operator 1 <, function 1 btint4cmp(int, int)",
    ),
    "operator_family_member": Template(
        setup="create operator family {s}.{n} using btree",
        make="alter operator family {s}.{n} using btree add operator 1 < (int, bigint)",
        replace="alter operator family {s}.{n} using btree add operator 1 <= (int, bigint)",
    ),
    "owned_by": Template(
        setup="create table {s}.{n} ({n} int, b int); create sequence {s}.{i}",
        make="alter sequence {s}.{i} owned by {s}.{n}.{n}",
        alter="alter sequence {s}.{i} owned by {s}.{n}.b",
    ),
    "owner": Template(
        make="create table {s}.{n} (a int)",
        alter="create table {s}.{n} (a int); alter table {s}.{n} owner to {r}",
    ),
    "partition": Template(
        setup=f"{PARTED}; create table {{s}}.{{n}} (a int, b text)",
        make="alter table {s}.t attach partition {s}.{n} for values in (1)",
        replace="alter table {s}.t attach partition {s}.{n} for values in (2)",
        dependents="create view {s}.v as select a from {s}.{n}",
    ),
    "policy": Template(
        setup=TABLE,
        make="create policy {n} on {s}.{n} to {r} using (a > 0)",
        alter="create policy {n} on {s}.{n} to {r2} using (a > 1)",
        replace="create policy {n} on {s}.{n} as restrictive to {r} using (a > 0)",
    ),
    "member_privilege": Template(
        setup="create extension hstore schema {s}",
        make="grant execute on function {s}.akeys({s}.hstore) to {r}",
        alter="grant execute on function {s}.akeys({s}.hstore) to {r} with grant option",
    ),
    "system_privilege": Template(
        make="grant execute on function pg_catalog.pg_reload_conf() to {r}",
        alter="grant execute on function pg_catalog.pg_reload_conf() to {r} with grant option",
    ),
    "privilege": Template(
        setup=TABLE,
        make="grant select, update on {s}.{n} to {r}",
        alter="grant select, delete on {s}.{n} to {r} with grant option",
    ),
    "publication": Template(
        setup="create table {s}.{n} (a int primary key)",
        make="create publication {n} for table {s}.{n}",
        alter="create publication {n} for table {s}.{n} with (publish = 'insert')",
        replace="create publication {n} for all tables",
    ),
    "publication_schema": Template(
        setup="create publication {n}",
        make="alter publication {n} add tables in schema {s}",
        since=15,
    ),
    "publication_table": Template(
        setup="create table {s}.{n} ({n} int primary key); create publication {n}",
        make="alter publication {n} add table {s}.{n}",
        replace="alter publication {n} add table {s}.{n} ({n}) where ({n} > 1)",
        since=15,
    ),
    "range_type": Template(
        make="create type {s}.{n} as range (subtype = int, multirange_type_name = {s}.{i})",
        replace="create type {s}.{n} as range (subtype = bigint, multirange_type_name = {s}.{i})",
        dependents="create table {s}.t (a {s}.{n}, b {s}.{i}); create view {s}.v as select a from {s}.t",
    ),
    "replica_identity": Template(
        setup=f"{TABLE}; create unique index {{i}} on {{s}}.{{n}} (a); create unique index j on {{s}}.{{n}} (a)",
        make="alter table {s}.{n} replica identity full",
        alter="alter table {s}.{n} replica identity nothing",
        replace="alter table {s}.{n} replica identity using index j",
    ),
    "rule": Template(
        setup=TABLE,
        make="create rule {n} as on delete to {s}.{n} do instead nothing",
        alter="create rule {n} as on delete to {s}.{n} do instead nothing; alter table {s}.{n} disable rule {n}",
        replace="create rule {n} as on update to {s}.{n} do instead nothing",
    ),
    "schema": Template(
        make="create schema {n}",
        dependents="create table {n}.t (a int); create view {s}.v as select a from {n}.t",
    ),
    "sequence": Template(
        make="create sequence {s}.{n}",
        alter="create sequence {s}.{n} increment 5 maxvalue 99 cycle",
        dependents="create table {s}.t (a int default nextval('{q}'))",
    ),
    "statistics": Template(
        setup=TABLE,
        make="create statistics {s}.{n} on a, b from {s}.{n}",
        alter="create statistics {s}.{n} on a, b from {s}.{n}; alter statistics {s}.{n} set statistics 5",
        replace="create statistics {s}.{n} (ndistinct) on a, b from {s}.{n}",
    ),
    "subscription": Template(
        make=SUBSCRIBED,
        alter=SUBSCRIBED.replace("publication p", "publication {n}"),
    ),
    "table": Template(
        make="create table {s}.{n} (a int primary key, b text)",
        alter="create unlogged table {s}.{n} (a int primary key, b text) with (fillfactor = 50)",
        replace="create table {s}.{n} (a int primary key, b text) partition by range (a)",
        dependents="create view {s}.v as select a from {s}.{n}; create function {s}.f({s}.{n}) returns int language sql return 1",
    ),
    "tablespace": Template(
        setup=TABLE,
        make="alter table {s}.{n} set tablespace {n}",
        alter="alter table {s}.{n} set tablespace {i}",
        dependents="create view {s}.v as select a from {s}.{n}",
    ),
    "text_search_configuration": Template(
        setup=f"create text search parser {{s}}.ps ({PARSER})",
        make="create text search configuration {s}.{n} (parser = default)",
        replace="create text search configuration {s}.{n} (parser = {s}.ps)",
        dependents="create table {s}.t (a text); create index i on {s}.t (to_tsvector('{q}'::regconfig, a))",
    ),
    "text_search_dictionary": Template(
        make="create text search dictionary {s}.{n} (template = simple)",
        replace="create text search dictionary {s}.{n} (template = simple, accept = false)",
        dependents="create text search configuration {s}.c (parser = default);"
        "alter text search configuration {s}.c add mapping for word with {s}.{n}",
    ),
    "text_search_mapping": Template(
        setup="create text search configuration {s}.{n} (parser = default); create text search dictionary {s}.{n} (template = simple)",
        make="alter text search configuration {s}.{n} add mapping for word with {s}.{n}",
        alter="alter text search configuration {s}.{n} add mapping for word with {s}.{n}, simple",
    ),
    "text_search_parser": Template(
        make=f"create text search parser {{s}}.{{n}} ({PARSER})",
        replace=f"create text search parser {{s}}.{{n}} ({PARSER}, headline = prsd_headline)",
        dependents="create text search configuration {s}.c (parser = {s}.{n})",
    ),
    "text_search_template": Template(
        make="create text search template {s}.{n} (lexize = dsimple_lexize)",
        replace="create text search template {s}.{n} (lexize = dsimple_lexize, init = dsimple_init)",
        dependents="create text search dictionary {s}.d (template = {s}.{n})",
    ),
    "transform": Template(
        setup="create type {s}.{n} as (a int); create function {s}.f(internal) returns internal language internal immutable strict as 'varchar_support';"
        "create function {s}.g(internal) returns internal language internal immutable strict as 'varchar_support'",
        make="create transform for {s}.{n} language sql (from sql with function {s}.f(internal))",
        alter="create transform for {s}.{n} language sql (from sql with function {s}.g(internal))",
    ),
    "trigger": Template(
        setup=f"{TABLE}; {TRIGGER}",
        make="create trigger {n} before insert on {s}.{n} for each row execute function {s}.f({l})",
        alter="create trigger {n} before insert on {s}.{n} for each row execute function {s}.f({l});"
        "alter table {s}.{n} disable trigger {n}",
        replace="create trigger {n} after insert on {s}.{n} for each row execute function {s}.f()",
    ),
    "user_mapping": Template(
        setup="create foreign data wrapper w; create server {n} foreign data wrapper w",
        make="create user mapping for {r} server {n} options ({n} {l})",
        alter="create user mapping for {r} server {n} options (x 'y')",
    ),
    "view": Template(
        make="create view {s}.{n} as select 1 as {n}",
        alter="create view {s}.{n} as select 2 as {n}",
        replace="create view {s}.{n} as select 'x' as {n}",
        dependents="create view {s}.v as select {n} from {s}.{n}; create function {s}.f({s}.{n}) returns int language sql return 1",
    ),
    "view_column": Template(
        setup=TABLE,
        make="create materialized view {s}.m as select b as {n} from {s}.{n}",
        alter="create materialized view {s}.m as select b as {n} from {s}.{n}; alter materialized view {s}.m alter {n} set statistics 8",
        dependents="create index i on {s}.m ({n})",
    ),
}  # fmt: skip
