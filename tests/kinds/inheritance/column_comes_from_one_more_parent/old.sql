create schema "Other";
create type grade as enum ('low', 'high');
create table "Other"."Base" (mark text, day date);
create table second (other integer);
create table "Heir" () inherits (second, "Other"."Base");
create table grandchild (own integer) inherits ("Heir");
