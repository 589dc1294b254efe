create schema "Other";
create type grade as enum ('low', 'high');
create table "Other"."Base" (day grade, added text);
create table second (day grade, added text);
create table heir () inherits (second, "Other"."Base");
