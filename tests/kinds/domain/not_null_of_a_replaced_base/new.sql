create schema "Other";
create type grade as enum ('high', 'low');
create domain "Other"."Mark" as grade not null;
create table t (a integer not null);
create domain t_a as text constraint t_a_not_null not null;
create table "Held" (mark "Other"."Mark", other t_a);
