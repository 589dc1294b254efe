create schema "Other";
create type "Other"."Point" as (x text);
create table points of "Other"."Point";
create table heir () inherits (points);
