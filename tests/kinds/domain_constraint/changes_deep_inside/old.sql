create schema "Other";
create domain "Other"."P" as integer check (value > 0);
create type pair as (one "Other"."P", other integer);
create table of_arrays (id integer, pairs pair[], plain "Other"."P");
create domain later as integer;
alter domain later add constraint c check (value > 0) not valid;
create table of_later (a later[]);
create domain loose as integer;
create table of_loose (a loose[]);
