-- As much of PostgreSQL as one schema can hold: something of each entry that pg_dump --schema-only writes.
-- roles: owner_of_it, "Reader's"
select current_setting('server_version_num')::int >= 150000 as v15,
       current_setting('server_version_num')::int >= 160000 as v16,
       current_setting('server_version_num')::int >= 170000 as v17,
       current_setting('server_version_num')::int >= 180000 as v18 \gset
create schema "S x" authorization owner_of_it;
comment on schema "S x" is 'a schema';
create extension hstore with schema "S x";
comment on extension hstore is 'another text';
create schema plain;
create table plain.log (a int);

create collation "S x"."Coll" (provider = libc, locale = 'C');
comment on collation "S x"."Coll" is 'a collation';
create conversion "S x".conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
comment on conversion "S x".conv is 'a conversion';

create type "S x".lone_shell;
create type "S x"."Base";
create function "S x".base_in(cstring) returns "S x"."Base" language internal immutable strict as 'int4in';
create function "S x".base_out("S x"."Base") returns cstring language internal immutable strict as 'int4out';
create type "S x"."Base" (internallength = 4, input = "S x".base_in, output = "S x".base_out, passedbyvalue, default = '3');
comment on type "S x"."Base" is 'a base type';
create type "S x"."Mood" as enum ('sad', 'it''s ok');
comment on type "S x"."Mood" is 'an enum';
create type "S x".pair as (a int, "B" text collate "C");
comment on type "S x".pair is 'a composite type';
comment on column "S x".pair."B" is 'an attribute';
create type "S x".span as range (subtype = timestamptz, multirange_type_name = "S x"."spans m");
comment on type "S x".span is 'a range';
grant usage on type "S x".span to "Reader's" with grant option;
revoke usage on type "S x".pair from public;
create domain "S x".positive as int default 1 not null constraint "is it" check (value > 0);
alter domain "S x".positive add constraint later check (value < 100) not valid;
comment on domain "S x".positive is 'a domain';
comment on constraint "is it" on domain "S x".positive is 'a constraint of a domain';

create function "S x".f(a int, b text default 'x''y', variadic c int[] default '{}') returns int
    language sql immutable parallel safe cost 7 set search_path = pg_catalog, "S x" as 'select a';
comment on function "S x".f(int, text, int[]) is 'a function';
revoke all on function "S x".f(int, text, int[]) from public;
grant execute on function "S x".f(int, text, int[]) to "Reader's";
create function "S x".atomic_f(a int) returns int language sql begin atomic select a + 1; end;
create procedure "S x".p(inout a int) language plpgsql security definer as 'begin a := 1; end';
comment on procedure "S x".p(int) is 'a procedure';
create function "S x".tf() returns trigger language plpgsql as 'begin return new; end';
create function "S x".etf() returns event_trigger language plpgsql as 'begin end';
create aggregate "S x".agg(int) (sfunc = int4pl, stype = int, initcond = '0');
comment on aggregate "S x".agg(int) is 'an aggregate';
create function "S x".eq("S x"."Base", "S x"."Base") returns bool language internal immutable strict as 'int4eq';
create function "S x".lt("S x"."Base", "S x"."Base") returns bool language internal immutable strict as 'int4lt';
create function "S x".cmp("S x"."Base", "S x"."Base") returns int language internal immutable strict as 'btint4cmp';
create operator "S x".=== (leftarg = "S x"."Base", rightarg = "S x"."Base", function = "S x".eq, commutator = operator("S x".===), merges, hashes);
create operator "S x".<<< (leftarg = "S x"."Base", rightarg = "S x"."Base", function = "S x".lt);
comment on operator "S x".=== ("S x"."Base", "S x"."Base") is 'an operator';
create operator family "S x".fam using btree;
comment on operator family "S x".fam using btree is 'a family';
create operator class "S x".ops for type "S x"."Base" using btree family "S x".fam as
    operator 1 "S x".<<<, operator 3 "S x".===, function 1 "S x".cmp("S x"."Base", "S x"."Base");
comment on operator class "S x".ops using btree is 'a class';
create operator family "S x".lonely using hash;
alter operator family "S x".lonely using hash add operator 1 "S x".=== ("S x"."Base", "S x"."Base");
create cast ("S x"."Base" as int) without function as assignment;
comment on cast ("S x"."Base" as int) is 'a cast';
create function "S x".from_sql(internal) returns internal language internal immutable strict as 'varchar_support';
create transform for "S x"."Base" language sql (from sql with function "S x".from_sql(internal));
comment on transform for "S x"."Base" language sql is 'a transform';
create access method "My heap" type table handler heap_tableam_handler;
comment on access method "My heap" is 'an access method';
create trusted language "my lang" handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;
comment on language "my lang" is 'a language';
grant usage on language "my lang" to "Reader's";
create text search parser "S x"."Ts parser" (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
comment on text search parser "S x"."Ts parser" is 'a parser';
create text search template "S x".tmpl (init = dsimple_init, lexize = dsimple_lexize);
comment on text search template "S x".tmpl is 'a template';
create text search dictionary "S x".dict (template = "S x".tmpl, accept = false);
comment on text search dictionary "S x".dict is 'a dictionary';
create text search configuration "S x".conf (parser = "S x"."Ts parser");
alter text search configuration "S x".conf add mapping for word, asciiword with "S x".dict, simple;
comment on text search configuration "S x".conf is 'a configuration';

create sequence "S x"."Seq" as smallint increment by 3 minvalue -5 maxvalue 500 start 7 cache 4 cycle;
comment on sequence "S x"."Seq" is 'a sequence';
grant usage, select on sequence "S x"."Seq" to "Reader's";
create table "S x"."T" (
    id int generated by default as identity (start 10 increment 2) primary key,
    "Na""me" varchar(20) collate "C" not null default 'it''s',
    base "S x"."Base",
    mood "S x"."Mood" default 'sad',
    serial_like int default nextval('"S x"."Seq"'),
    double_it int generated always as (serial_like * 2) stored,
    big text,
    during tstzrange,
    dom "S x".positive,
    constraint "a check" check (serial_like > 0) no inherit,
    constraint uniq unique ("Na""me") include (base) deferrable initially deferred,
    constraint excl exclude using gist (during with &&) where (id > 3)
) with (fillfactor = 70, toast.autovacuum_enabled = false);
alter sequence "S x"."Seq" owned by "S x"."T".serial_like;
alter table "S x"."T" alter column big set storage external, alter column big set compression pglz,
    alter column big set statistics 55, alter column big set (n_distinct = -0.5), alter column big set (n_distinct_inherited = 7);
alter table "S x"."T" add constraint late check (id > 0) not valid;
comment on table "S x"."T" is 'a table';
comment on column "S x"."T"."Na""me" is 'a column';
comment on constraint "a check" on "S x"."T" is 'a constraint';
comment on constraint "T_pkey" on "S x"."T" is 'a key';
grant select, update on "S x"."T" to "Reader's" with grant option;
grant select ("Na""me") on "S x"."T" to public;
create index "I x" on "S x"."T" (lower("Na""me"), id desc nulls last) where id > 1;
alter index "S x"."I x" alter column 1 set statistics 44;
alter index "S x"."I x" set (fillfactor = 60);
alter index "S x"."I x" depends on extension hstore;
comment on index "S x"."I x" is 'an index';
alter table "S x"."T" cluster on "T_pkey";
alter table "S x"."T" replica identity using index "T_pkey";
create statistics "S x".st (dependencies, mcv) on id, mood, (id + 1) from "S x"."T";
alter statistics "S x".st set statistics 77;
comment on statistics "S x".st is 'statistics';
alter table "S x"."T" enable row level security, force row level security;
create policy "only mine" on "S x"."T" as restrictive for update to "Reader's" using (id > 0) with check (id < 9);
comment on policy "only mine" on "S x"."T" is 'a policy';
create trigger "Tr" after update on "S x"."T" referencing old table as o new table as n for each statement execute function "S x".tf('it''s');
create constraint trigger ct after insert on "S x"."T" deferrable initially deferred for each row when (new.id > 1) execute function "S x".tf();
alter table "S x"."T" disable trigger ct;
comment on trigger "Tr" on "S x"."T" is 'a trigger';
create rule "R u" as on delete to "S x"."T" where old.id = 1 do also delete from plain.log;
alter table "S x"."T" enable replica rule "R u";
comment on rule "R u" on "S x"."T" is 'a rule';
create table plain.child (extra int) inherits ("S x"."T");
create unlogged table plain.un (a int) using "My heap";
create table plain.typed of "S x".pair (a with options not null, primary key (a));
create table plain.refs (id int references "S x"."T" on delete set null on update cascade deferrable, x int);
alter table plain.refs add constraint nv foreign key (x) references "S x"."T" not valid;
create table plain.parted (id int, at date, note text) partition by range (id, at);
create table plain.p1 partition of plain.parted for values from (1, minvalue) to (5, '2020-01-01');
create table plain.p2 partition of plain.parted for values from (5, '2020-01-01') to (9, maxvalue) partition by hash (at);
create table plain.p2a partition of plain.p2 for values with (modulus 2, remainder 0);
create table plain.pd (note text, id int, at date, constraint own check (id > 100));
alter table plain.parted attach partition plain.pd default;
create index parted_note on plain.parted (note);
alter table plain.parted add primary key (id, at);
create trigger cloned before insert on plain.parted for each row execute function "S x".tf();
alter table plain.p1 disable trigger cloned;
alter table plain.p1 alter column note set default 'of p1';

create view "S x".v with (security_barrier) as select id, "Na""me" as n from "S x"."T" where id > 1 with local check option;
alter view "S x".v alter column n set default 'd';
comment on view "S x".v is 'a view';
comment on column "S x".v.n is 'a column of a view';
create trigger io instead of insert on "S x".v for each row execute function "S x".tf();
create materialized view "S x"."M v" with (fillfactor = 50) as select id, big from "S x"."T";
alter materialized view "S x"."M v" alter column big set statistics 33;
create unique index mi on "S x"."M v" (id);
comment on materialized view "S x"."M v" is 'a materialized view';
alter materialized view "S x"."M v" cluster on mi;

create foreign data wrapper "F dw" options (a 'it''s');
comment on foreign data wrapper "F dw" is 'a wrapper';
grant usage on foreign data wrapper "F dw" to "Reader's";
create server "Sr v" type 't' version '1' foreign data wrapper "F dw" options (host 'h');
comment on server "Sr v" is 'a server';
grant usage on foreign server "Sr v" to "Reader's";
create user mapping for public server "Sr v" options (who 'me');
create user mapping for "Reader's" server "Sr v" options (who 'him');
create foreign table plain.ft (a int options (c 'd') not null, b text collate "C" default 'x', constraint pos check (a > 0)) server "Sr v" options (t 'u');
comment on foreign table plain.ft is 'a foreign table';
comment on column plain.ft.a is 'a foreign column';
create event trigger "Ev" on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function "S x".etf();
alter event trigger "Ev" enable always;
comment on event trigger "Ev" is 'an event trigger';
create publication "Pub" for table "S x"."T", plain.refs with (publish = 'insert, update', publish_via_partition_root = true);
comment on publication "Pub" is 'a publication';
create publication every_one for all tables;
create subscription "Sub" connection 'host=nowhere' publication a, "B" with (connect = false, slot_name = none, binary = true);
comment on subscription "Sub" is 'a subscription';

create table "S x".placed (id int primary key using index tablespace "Other disk", a int) tablespace "Other disk";
create index on "S x".placed (a) tablespace "Other disk" where a > 1;
create materialized view plain.placed tablespace "Other disk" as select 1 as a;

alter default privileges for role owner_of_it in schema "S x" grant select on tables to "Reader's";
alter default privileges for role owner_of_it revoke execute on functions from public;
alter function "S x".f(int, text, int[]) owner to owner_of_it;
alter table plain.un owner to owner_of_it;
alter view "S x".v owner to owner_of_it;
alter type "S x"."Mood" owner to owner_of_it;

\if :v15
create publication in_15 for table plain.refs (id) where (id > 3);
create publication in_schema for tables in schema "S x";
create table plain.nulls (a int, unique nulls not distinct (a));
create view plain.inv with (security_invoker) as select 1 as one;
\endif
\if :v16
alter materialized view "S x"."M v" alter column big set storage main;
create function plain.ret() returns int language sql return 1;
\endif
\if :v17
grant maintain on plain.refs to "Reader's";
alter domain "S x".positive drop not null;
alter domain "S x".positive add constraint "not null" not null;
\endif
\if :v18
create table plain.in_18 (a int, v int generated always as (a + 1) virtual, constraint "named nn" not null a no inherit, b daterange, c int);
alter table plain.in_18 add constraint not_yet not null c not valid;
comment on constraint "named nn" on plain.in_18 is 'a not null';
create table plain.over (id int4range, during daterange, primary key (id, during without overlaps));
create table plain.period (id int4range, during daterange, foreign key (id, period during) references plain.over (id, period during));
create table plain.unforced (a int, constraint ne check (a > 1) not enforced);
create publication gen for table plain.in_18 with (publish_generated_columns = stored);
\endif
