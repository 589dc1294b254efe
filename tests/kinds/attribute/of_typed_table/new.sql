create schema "Other";
create type "Other"."Point" as (x bigint, "Why" int, "New one" date);
create table points of "Other"."Point" (primary key (x), "Why" with options default 7 not null, "New one" with options default current_date);
create table "Other"."More" of "Other"."Point";
create view seen as select x, "Why" from points;
comment on column points."Why" is 'up';
