create schema "Other";
create type "Other"."Point" as (x int, "Why" int, z text);
create table points of "Other"."Point" (primary key (x), "Why" with options default 7 not null);
create table "Other"."More" of "Other"."Point";
create view seen as select x, "Why" from points;
comment on column points."Why" is 'up';
