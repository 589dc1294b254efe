create schema "Other";
create table page (id integer, notes jsonb, grade integer generated always as (case when notes is null then 1 else 2 end) stored);
create table "Other"."Heir" (own text) inherits (page);
create table whole (id integer, notes jsonb, grade integer generated always as (case when notes is null then 1 else 2 end) stored) partition by list (id);
create table part partition of whole for values in (1);
create table a_holder (held "Other"."Heir", parts part[]);
