create schema "Other";
create type grade as enum ('low', 'high');
create domain "Other"."Mark" as grade not null;
create domain t_a as text;
create table "Held" (mark "Other"."Mark", other t_a);
