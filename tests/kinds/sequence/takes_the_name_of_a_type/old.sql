create schema "Other";
create type "Other"."order" as enum ('a');
create domain "Other".d as int;
create type r as range (subtype = float8);
create type t_id_seq as (a int);
create sequence back;
create table t (n int);
