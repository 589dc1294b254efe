create schema "Other";
create type grade as enum ('low', 'high');
create table "Other"."Base" (mark grade, day date);
create table second (other integer, mark grade, day date);
create table "Heir" () inherits (second, "Other"."Base");
create table grandchild (own integer) inherits ("Heir");
