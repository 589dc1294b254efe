create schema "Other";
create type "Other"."Point" as (x text, "New one" text);
create table points of "Other"."Point";
create table heir () inherits (points);
alter table points alter column "New one" set storage external, alter column "New one" set compression lz4;
alter table points alter column "New one" set statistics 100, alter column "New one" set (n_distinct = 5);
alter table only heir alter column "New one" set statistics 50;
