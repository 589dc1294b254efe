create schema "S 2";
create domain "S 2".d as integer;
create type label as enum ('a', 'b');
create type part as (x "S 2".d, "Y" label);
create type whole as (w part);
create table t (id integer, c whole) partition by list (id);
create table t1 partition of t for values in (1);
