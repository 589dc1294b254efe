create schema "Other";
create table page (id integer, notes jsonb);
create table "Other"."Heir" (own text) inherits (page);
create table whole (id integer, notes jsonb) partition by list (id);
create table part partition of whole for values in (1);
