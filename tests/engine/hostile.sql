-- Every kind that migra writes a part of, two of most, with names that need care.
create schema "S.1 ""a"" {0} %s 'b' Ünï";
set search_path = "S.1 ""a"" {0} %s 'b' Ünï";
create extension citext;
create schema "Select";
create type "E.n ""um""" as enum ('Plain', 'a "quoted" {} %s; label', '$$');
create type "Select"."E.n ""um""" as enum ('a', 'b');
create sequence "Se.q ""x""";
create sequence "Select"."Se.q ""x""";
create table "T.a ""b""" ("C.1 ""x""" integer not null, "order" "E.n ""um""", "a;b" text);
create table "Select"."T.a ""b""" ("C.1 ""x""" integer not null, "order" "E.n ""um""", "a;b" text);
alter table "T.a ""b""" add constraint "K.1 ""x""" check ("C.1 ""x""" > 0);
alter table "Select"."T.a ""b""" add constraint "K.1 ""x""" check ("C.1 ""x""" > 0);
alter table "T.a ""b""" enable row level security;
create index "I.1 ""x""" on "T.a ""b""" (lower("a;b")) where "order" = 'a "quoted" {} %s; label';
create index "I.1 ""x""" on "Select"."T.a ""b""" ("a;b" desc);
create view "V.1 ""x""" as select "C.1 ""x""" as "Co""l.", ';%s{}' as "%s{}" from "T.a ""b""";
create view "Select"."V.1 ""x""" as select * from "V.1 ""x""";
create function "F.1 ""x"""("A ""b""" integer, "E.n ""um""") returns integer language sql
    as $f$ select 1; -- $body$ "x" 'y';
$f$;
create function "F.1 ""x"""("A ""b""" integer) returns integer language sql as 'select 2;';
create function "Tr.f ""x"""() returns trigger language plpgsql as $f$ begin return new; end; $f$;
create procedure "P.1 ""x"""() language sql as 'select 3;';
create trigger "Tr.1 ""x""" before insert on "T.a ""b""" for each row execute function "Tr.f ""x"""();
create trigger "Tr.1 ""x""" after insert on "Select"."T.a ""b""" for each row
    when (new."a;b" <> ';%s{}') execute function "Tr.f ""x"""();
create policy "Po.1 ""x""" on "T.a ""b""" for select to public using ("a;b" <> ';%s{}');
create policy "Po.1 ""x""" on "Select"."T.a ""b""" as restrictive to "Ro.le ""x""", current_user
    using (true) with check ("C.1 ""x""" > 1);
