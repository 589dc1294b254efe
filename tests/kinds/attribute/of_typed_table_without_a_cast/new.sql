create schema "Other";
create type "Other"."Point" as (x int, "Why" int[], z varchar(20), d text);
create table points of "Other"."Point" (primary key (x));
create table "Other"."More" of "Other"."Point";
create table heir () inherits (points);
alter table points alter column z set storage external, alter column z set compression lz4;
alter table only heir alter column z set storage main;
create view seen as select x, "Why" from points;
create index on points ("Why");


